import type { Place } from "../../model/place.ts";

/** Mean radius of the Earth (IUGG). */
const EARTH_KM = 6371.0088;
/** A tenth of a metre. No database is that fine: a coordinate this near to zero is a damaged number. */
const TINY_DEGREES = 1e-6;
const LAST_ASN = 4_294_967_295;

type Fields = Readonly<Record<string, unknown>>;
const NO_FIELDS: Fields = {};

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : NO_FIELDS;
}

/** The first of the values that is a text with something in it. */
function textOf(...values: unknown[]): string {
  for (const value of values) {
    if (typeof value === "string" && value.trim() !== "") return value.trim();
  }
  return "";
}

/** The first of the values that is a finite number, or a text of one, as some flat databases write numbers. */
function numberOf(...values: unknown[]): number | undefined {
  for (const value of values) {
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    if (typeof number === "number" && Number.isFinite(number)) return number;
  }
  return undefined;
}

/** Codes that ISO 3166 leaves to its users and that databases write for an unknown country. */
const NO_COUNTRY = /^(?:xx|zz)$/i;

function countryOf(...values: unknown[]): string {
  for (const value of values) {
    if (typeof value === "string" && /^[A-Za-z]{2}$/.test(value) && !NO_COUNTRY.test(value)) return value.toUpperCase();
  }
  return "";
}

/** A number, `15169` or `AS15169`. */
function asnOf(...values: unknown[]): number | undefined {
  for (const value of values) {
    const digits = typeof value === "string" ? /^(?:AS)?(\d{1,10})$/i.exec(value.trim())?.[1] : undefined;
    const asn = typeof value === "string" || typeof value === "bigint" ? Number(digits ?? value) : value;
    if (typeof asn === "number" && Number.isInteger(asn) && asn > 0 && asn <= LAST_ASN) return asn;
  }
  return undefined;
}

/** The English name of a MaxMind city, else the first in the order of its language codes. */
function cityName(names: Fields): string {
  const others = Object.keys(names).sort();
  return textOf(names["en"], ...others.map((language) => names[language]));
}

/**
 * Reads a record of a MaxMind DB file, whoever made it.
 *
 * MaxMind, DB-IP and IP2Location nest (`country.iso_code`, `city.names.en`, `location.latitude`); ip-location-db and
 * ipinfo are flat (`country_code` or a `country` of two letters, `city`, `latitude` or `lat`, `as_name`,
 * `autonomous_system_organization`).
 *
 * `registered_country` is never taken for `country`: it says where a provider registered the block and not where the
 * address is. MaxMind leaves `country` out where it cannot say, and so do we.
 */
export function readPlace(record: unknown): Place {
  const fields = fieldsOf(record);
  const location = fieldsOf(fields["location"]);
  const traits = fieldsOf(fields["traits"]);
  const latitude = numberOf(location["latitude"], fields["latitude"], fields["lat"]);
  const longitude = numberOf(location["longitude"], fields["longitude"], fields["lng"], fields["lon"]);
  const placed = latitude !== undefined && longitude !== undefined && areCoordinates(latitude, longitude);
  const radius = numberOf(location["accuracy_radius"], fields["accuracy_radius"]);
  return {
    country: countryOf(fieldsOf(fields["country"])["iso_code"], fields["country_code"], fields["country"]),
    city: textOf(cityName(fieldsOf(fieldsOf(fields["city"])["names"])), fields["city"]),
    asn: asnOf(
      fields["autonomous_system_number"],
      traits["autonomous_system_number"],
      fields["as_number"],
      fields["asn"],
    ),
    organization: textOf(
      fields["autonomous_system_organization"],
      traits["autonomous_system_organization"],
      fields["as_name"],
      fields["as_organization"],
    ),
    latitude: placed ? latitude : undefined,
    longitude: placed ? longitude : undefined,
    accuracyKm: placed && radius !== undefined && radius > 0 ? radius : undefined,
  };
}

function areCoordinates(latitude: number, longitude: number): boolean {
  const inRange = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  const damaged = [latitude, longitude].some((degrees) => degrees !== 0 && Math.abs(degrees) < TINY_DEGREES);
  // Flat databases write 0, 0 for what they do not know; there is only sea.
  return inRange && !damaged && !(latitude === 0 && longitude === 0);
}

/**
 * Great-circle distance between two places (haversine on a sphere, at most 0.6 % off), in whole kilometres: the
 * databases are no finer, and the last bits of a sine are no matter for a report.
 *
 * @returns undefined where a place has no coordinates.
 */
export function distanceKm(a: Place, b: Place): number | undefined {
  if (a.latitude === undefined || a.longitude === undefined) return undefined;
  if (b.latitude === undefined || b.longitude === undefined) return undefined;
  const radians = Math.PI / 180;
  const north = Math.sin(((b.latitude - a.latitude) * radians) / 2);
  const east = Math.sin(((b.longitude - a.longitude) * radians) / 2);
  const chord = north * north + Math.cos(a.latitude * radians) * Math.cos(b.latitude * radians) * east * east;
  // Rounding can lift the chord of two opposite points above 1, where there is no arc sine.
  return Math.round(2 * EARTH_KM * Math.asin(Math.sqrt(Math.min(1, chord))));
}
