import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distanceKm, readPlace } from "../../../src/enrich/network/place.ts";
import { UNKNOWN_PLACE, type Place } from "../../../src/model/place.ts";

function at(latitude: number, longitude: number): Place {
  return { ...UNKNOWN_PLACE, latitude, longitude };
}

describe("readPlace", () => {
  test("MaxMind's nested shape", () => {
    const record = {
      country: { iso_code: "GB", names: { en: "United Kingdom" } },
      registered_country: { iso_code: "US" },
      city: { names: { de: "London (de)", en: "London" } },
      location: { latitude: 51.5142, longitude: -0.0931, accuracy_radius: 10 },
      traits: { autonomous_system_number: 1221, autonomous_system_organization: "Telstra" },
    };
    expect(readPlace(record)).toEqual({
      country: "GB",
      city: "London",
      asn: 1221,
      organization: "Telstra",
      latitude: 51.5142,
      longitude: -0.0931,
      accuracyKm: 10,
    });
  });

  test("a flat shape with numbers", () => {
    const record = { country_code: "de", city: "Köln", latitude: 50.9, longitude: 6.9 };
    expect(readPlace(record)).toEqual({
      ...UNKNOWN_PLACE,
      country: "DE",
      city: "Köln",
      latitude: 50.9,
      longitude: 6.9,
    });
  });

  test("a flat shape with texts for numbers", () => {
    const record = { country: "NG", city: "Lagos", lat: "6.45407", lng: "3.39467", asn: "AS37148", as_name: "Glo" };
    expect(readPlace(record)).toEqual({
      country: "NG",
      city: "Lagos",
      asn: 37148,
      organization: "Glo",
      latitude: 6.45407,
      longitude: 3.39467,
      accuracyKm: undefined,
    });
  });

  test("an autonomous system alone", () => {
    const record = { autonomous_system_number: 15169, autonomous_system_organization: "Google LLC" };
    expect(readPlace(record)).toEqual({ ...UNKNOWN_PLACE, asn: 15169, organization: "Google LLC" });
  });

  test("where a provider registered a block is not where an address is", () => {
    expect(readPlace({ registered_country: { iso_code: "US" }, represented_country: { iso_code: "US" } })).toEqual(
      UNKNOWN_PLACE,
    );
  });

  test("a country in words is no code", () => {
    expect(readPlace({ country: "Germany", country_code: "" }).country).toBe("");
    expect(readPlace({ country: "Germany", country_code: "DE" }).country).toBe("DE");
    expect(readPlace({ country_code: "ZZ" }).country).toBe("");
  });

  test("a city without an English name has the first by language", () => {
    expect(readPlace({ city: { names: { fr: "Londres", de: "London" } } }).city).toBe("London");
  });

  test.each([
    ["out of range", { latitude: 91, longitude: 0.5 }],
    ["half of them", { latitude: 51 }],
    ["no numbers", { latitude: "north", longitude: "west" }],
    ["a damaged double", { latitude: 1.79e-52, longitude: 12 }],
    ["0, 0 for unknown", { latitude: 0, longitude: 0 }],
    ["empty texts", { latitude: "", longitude: " " }],
  ])("no coordinates: %s", (_why, location) => {
    expect(readPlace({ location: { ...location, accuracy_radius: 5 } })).toEqual(UNKNOWN_PLACE);
  });

  test("the equator and the meridian of Greenwich are places", () => {
    expect(readPlace({ latitude: 0, longitude: 32.5 })).toEqual(at(0, 32.5));
  });

  test.each([[0], [-1], [1.5], [4_294_967_296], ["AS"], ["ASN15169"], [""], [null], [{}]])("no ASN: %j", (asn) => {
    expect(readPlace({ asn }).asn).toBeUndefined();
  });

  test("reads anything without throwing", () => {
    const known = fc.constantFrom("country", "city", "names", "location", "traits", "latitude", "lng", "asn", "en");
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: "small" },
        fc.string(),
        fc.double(),
        fc.bigInt(),
        fc.constant(null),
        fc.array(tie("any")),
        fc.dictionary(known, tie("any")),
      ),
    })).any;
    fc.assert(
      fc.property(value, (record) => {
        const { country, asn, latitude, longitude } = readPlace(record);
        expect(country).toMatch(/^(?:[A-Z]{2})?$/);
        expect(asn === undefined || Number.isInteger(asn)).toBe(true);
        expect(latitude === undefined).toBe(longitude === undefined);
      }),
    );
  });
});

describe("distanceKm", () => {
  // By the spherical law of cosines, which the program does not use, and by shares of the circumference.
  test.each([
    ["London to Lagos", at(51.5142, -0.0931), at(6.45407, 3.39467), 5021],
    ["a quarter of the Earth", at(0, 1), at(0, 91), 10_008],
    ["pole to pole", at(90, 0), at(-90, 0), 20_015],
    ["over the date line", at(0, 179), at(0, -179), 222],
  ])("%s", (_name, a, b, km) => {
    expect(distanceKm(a, b)).toBe(km);
  });

  test("nothing from or to nowhere", () => {
    expect(distanceKm(UNKNOWN_PLACE, at(1, 1))).toBeUndefined();
    expect(distanceKm(at(1, 1), UNKNOWN_PLACE)).toBeUndefined();
  });

  const place = fc
    .tuple(fc.double({ min: -90, max: 90, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true }))
    .map(([latitude, longitude]) => at(latitude, longitude));

  test("the same both ways, never more than half around the Earth, none to itself", () => {
    fc.assert(
      fc.property(place, place, (a, b) => {
        const there = distanceKm(a, b);
        expect(distanceKm(b, a)).toBe(there);
        expect(there).toBeGreaterThanOrEqual(0);
        expect(there).toBeLessThanOrEqual(20_016);
        expect(distanceKm(a, a)).toBe(0);
      }),
    );
  });

  test("no way is shorter over a third place", () => {
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        // Each distance is rounded by half a kilometre at most.
        expect(distanceKm(a, c)!).toBeLessThanOrEqual(distanceKm(a, b)! + distanceKm(b, c)! + 1.5);
      }),
    );
  });
});
