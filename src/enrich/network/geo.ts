import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { canonicalAddress } from "../../ingest/address.ts";
import { isTeredo } from "../../ingest/address-range.ts";
import { InputError, systemError } from "../../ingest/evidence/input-error.ts";
import { parseTicks, ticksToMilliseconds } from "../../ingest/timestamp.ts";
import { addressClass } from "./address-class.ts";
import { damage, openDatabase, type Database, type Given, type NoDatabase } from "./database.ts";
import { UNKNOWN_PLACE, type Place } from "../../model/place.ts";
import { remembering } from "../../model/remembering.ts";

/** A database that places come from, as the manifest names it. */
export interface GeoDatabase {
  /** Its file name: no path of the machine may enter a bundle. */
  readonly path: string;
  /** Its own word for what it is, such as `GeoLite2-City`. */
  readonly type: string;
  /** When it was built: ISO 8601 in UTC. */
  readonly built: string;
  readonly sha256: string;
  /** What is taken from it. */
  readonly gives: readonly Given[];
}

/** Says where addresses are. */
export interface Geo {
  /**
   * Where an address is, in any spelling. Host names and addresses that are nobody's (private, documentation and the
   * like) are not looked up; nothing is known of them.
   */
  place(address: string): Place;
  /** The databases in use. */
  readonly databases: readonly GeoDatabase[];
  /** What an examiner has to know of the databases. Grows where one turns out to be damaged. */
  readonly warnings: readonly string[];
}

export interface GeoOptions {
  /** A database of cities or countries. */
  readonly city: string | undefined;
  /** A database of autonomous systems. */
  readonly asn: string | undefined;
  /** A folder with databases. */
  readonly dir: string | undefined;
  /** Whether the country database of the package maxmind-country may fill in. */
  readonly embedded: boolean;
}

/** Knows nothing of any address. */
export const NO_GEO: Geo = { place: () => UNKNOWN_PLACE, databases: [], warnings: [] };

/** What is looked up at once: where an address is, and which network it is in. */
type Purpose = "place" | "network";
type Version = 4 | 6;

interface Candidate {
  readonly database: Database;
  /** The purpose for which the command line names it. */
  readonly named: Purpose | undefined;
}

const PURPOSES = { place: ["country", "city"], network: ["asn"] } as const;
const VERSIONS = [4, 6] as const;
const WORDS = {
  place: { flag: "--geoip-city", what: "countries or cities", says: "Countries and cities" },
  network: { flag: "--geoip-asn", what: "autonomous systems", says: "Autonomous systems" },
} as const;
const EMBEDDED_FILE = "GeoLite2-Country.mmdb";
const MEMORY_LIMIT = 50_000;
const MILLISECONDS_PER_DAY = 86_400_000;

/** Where the embedded database is; undefined where its package, which is optional, is not installed. */
function embeddedFile(): string | undefined {
  try {
    return join(dirname(createRequire(import.meta.url).resolve("maxmind-country/package.json")), EMBEDDED_FILE);
  } catch {
    return undefined;
  }
}

/**
 * Opens the databases and chooses among them. One file answers for countries and cities, so that these never
 * contradict each other, and one for autonomous systems; where a file knows one version of IP only, the other version
 * may have another file. Of several the first of these is taken: the one that its flag names; one that gives cities;
 * the newest; the first by name. What is not taken is named in a warning. The embedded database (GeoLite2 Country of
 * 2019-12-24) gives countries where nothing else does.
 *
 * @param findEmbedded gives the file of the embedded database, undefined where it is not installed.
 * @throws InputError for a named file that does not open as a database or is one of another kind, and for a folder
 *   that cannot be read or holds no *.mmdb. A database that is damaged further in is a warning, and so is any that
 *   does not open in the folder.
 */
export async function openGeo(options: GeoOptions, findEmbedded = embeddedFile): Promise<Geo> {
  const warnings: string[] = [];
  const candidates: Candidate[] = [];
  const add = (found: Database | NoDatabase, named: Purpose | undefined) => {
    if ("problem" in found) warnings.push(`${found.name} is not used: ${found.problem}.`);
    else if (!candidates.some(({ database }) => database.sha256 === found.sha256)) {
      candidates.push({ database: found, named });
    }
  };
  if (options.city !== undefined) add(await openNamed(options.city, "place"), "place");
  if (options.asn !== undefined) add(await openNamed(options.asn, "network"), "network");
  if (options.dir !== undefined) {
    for (const file of await databasesIn(options.dir)) {
      const found = await openDatabase(join(options.dir, file));
      if (!("problem" in found) && found.gives.size === 0) {
        warnings.push(`${found.name} is not used: as ${found.type} it says nothing of countries, cities or networks.`);
      } else add(found, undefined);
    }
  }

  const chosen = {
    place: { 4: choose(candidates, "place", 4), 6: choose(candidates, "place", 6) },
    network: { 4: choose(candidates, "network", 4), 6: choose(candidates, "network", 6) },
  };
  warnings.push(...explain(candidates, chosen));
  const open = VERSIONS.filter((version) => chosen.place[version] === undefined);
  if (options.embedded && open.length > 0) {
    const fallback = await openEmbedded(findEmbedded());
    if ("problem" in fallback) {
      const stays = open.length === VERSIONS.length ? "country columns stay empty" : "some country columns stay empty";
      warnings.push(`No country database fills in, as ${fallback.name} ${fallback.problem}: ${stays}.`);
    } else {
      for (const version of open.filter((version) => fallback.knows(version))) {
        chosen.place[version] = fallback;
        if (open.length === 1) warnings.push(`Countries of IPv${version} addresses come from ${dated(fallback)}.`);
      }
    }
  }
  return geoOf(chosen, warnings);
}

type Chosen = Record<Purpose, Record<Version, Database | undefined>>;

async function openNamed(path: string, purpose: Purpose): Promise<Database | NoDatabase> {
  const { flag, what } = WORDS[purpose];
  const found = await openDatabase(path);
  if ("problem" in found) {
    if (found.opened) return found;
    throw new InputError(`Expected a database of ${what} as ${flag}, but ${path} cannot be used: ${found.problem}.`);
  }
  if (!PURPOSES[purpose].some((given) => found.gives.has(given))) {
    throw new InputError(`Expected a database of ${what} as ${flag}, but ${path} (${found.type}) has none.`);
  }
  return found;
}

/** The names of a folder's databases, in code-unit order. */
async function databasesIn(dir: string): Promise<string[]> {
  let names: string[];
  try {
    names = await readdir(dir);
  } catch (error) {
    throw systemError(`Expected a folder of databases at ${dir}`, error);
  }
  const databases = names.filter((name) => name.toLowerCase().endsWith(".mmdb")).sort();
  if (databases.length === 0) throw new InputError(`Expected databases (*.mmdb) in ${dir}, but it holds none.`);
  return databases;
}

async function openEmbedded(path: string | undefined): Promise<Database | Pick<NoDatabase, "name" | "problem">> {
  if (path === undefined) return { name: "the package maxmind-country", problem: "is not installed" };
  const found = await openDatabase(path);
  return "problem" in found ? { name: found.name, problem: `cannot be used: ${found.problem}` } : found;
}

/** The first of those that serve, by the order that `openGeo` states. */
function choose(candidates: readonly Candidate[], purpose: Purpose, version: Version): Database | undefined {
  const serving = candidates.filter(({ database }) => serves(database, purpose) && database.knows(version));
  return serving.sort((a, b) => compare(a, b, purpose))[0]?.database;
}

function serves(database: Database, purpose: Purpose): boolean {
  return PURPOSES[purpose].some((given) => database.gives.has(given));
}

function givesMore(database: Database, purpose: Purpose): boolean {
  return purpose === "place" && database.gives.has("city");
}

function compare(a: Candidate, b: Candidate, purpose: Purpose): number {
  return (
    Number(b.named === purpose) - Number(a.named === purpose) ||
    Number(givesMore(b.database, purpose)) - Number(givesMore(a.database, purpose)) ||
    compareTexts(b.database.built, a.database.built) ||
    compareTexts(a.database.name, b.database.name)
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Why a database was taken and not another one. */
function reason(taken: Candidate, other: Candidate, purpose: Purpose): string {
  if (taken.named === purpose && other.named !== purpose) return `${WORDS[purpose].flag} names it`;
  if (givesMore(taken.database, purpose) && !givesMore(other.database, purpose)) return "it gives cities";
  if (taken.database.built !== other.database.built) return "it is newer";
  return "it was built at the same time and comes first by name";
}

/** Says of every choice what was not taken and why, and which addresses nothing is known of. */
function explain(candidates: readonly Candidate[], chosen: Chosen): string[] {
  const said = new Set<string>();
  for (const purpose of ["place", "network"] as const) {
    for (const version of VERSIONS) {
      const taken = candidates.find(({ database }) => database === chosen[purpose][version]);
      if (taken === undefined) continue;
      for (const other of candidates) {
        if (other === taken || !serves(other.database, purpose) || !other.database.knows(version)) continue;
        said.add(
          `${WORDS[purpose].says} come from ${dated(taken.database)} and not from ${dated(other.database)}: ` +
            `${reason(taken, other, purpose)}.`,
        );
      }
    }
    const known = VERSIONS.find((version) => chosen[purpose][version] !== undefined);
    const unknown = VERSIONS.find((version) => chosen[purpose][version] === undefined);
    if (known === undefined || unknown === undefined) continue;
    const name = chosen[purpose][known]?.name ?? "";
    said.add(`${WORDS[purpose].says}: ${name} knows IPv${known} addresses only.`);
  }
  return [...said];
}

function dated({ name, built }: Database): string {
  return `${name} (built ${built.slice(0, 10)})`;
}

function geoOf(chosen: Chosen, warnings: string[]): Geo {
  const taken = new Map<Database, Set<Given>>();
  for (const purpose of ["place", "network"] as const) {
    for (const version of VERSIONS) {
      const database = chosen[purpose][version];
      if (database === undefined) continue;
      const gives = taken.get(database) ?? new Set<Given>();
      for (const given of PURPOSES[purpose]) if (database.gives.has(given)) gives.add(given);
      taken.set(database, gives);
    }
  }
  const damaged = new Set<Database>();
  const ask = (database: Database | undefined, canonical: string): Place | undefined => {
    if (database === undefined || damaged.has(database)) return undefined;
    try {
      return database.place(canonical);
    } catch (error) {
      damaged.add(database);
      warnings.push(
        `${database.name} is damaged (${damage(error)}) and was not asked any more; ` +
          "what it could not say of addresses is empty.",
      );
      return undefined;
    }
  };
  const lookUp = (address: string): Place => {
    const canonical = canonicalAddress(address);
    if (canonical === undefined || !isLookedUp(canonical)) return UNKNOWN_PLACE;
    const version = canonical.includes(":") ? 6 : 4;
    const place = ask(chosen.place[version], canonical);
    const isSame = chosen.network[version] === chosen.place[version];
    const network = isSame ? place : ask(chosen.network[version], canonical);
    if (place === undefined && network === undefined) return UNKNOWN_PLACE;
    const { asn, organization } = network ?? UNKNOWN_PLACE;
    return { ...(place ?? UNKNOWN_PLACE), asn, organization };
  };
  return {
    place: remembering(lookUp, MEMORY_LIMIT),
    databases: [...taken].map(([{ name, type, built, sha256 }, gives]) => {
      return { path: name, type, built, sha256, gives: [...gives] };
    }),
    warnings,
  };
}

/** MaxMind's files repeat their IPv4 part for Teredo, and would say of an address where its Teredo server stands. */
function isLookedUp(canonical: string): boolean {
  const found = addressClass(canonical);
  return found === "microsoft" || (found === "public" && !isTeredo(canonical));
}

/**
 * How old a database was for the events that it placed, for the manifest and its reader.
 *
 * @param firstTime, lastTime the time of the first and the last event as records write it; either may be empty or
 *   unreadable, then the other one stands for both.
 * @returns whole days: positive where the database was built so long before the first event, negative where so long
 *   after the last one, 0 where it was built between the two; undefined where no time is readable.
 */
export function databaseAge(database: GeoDatabase, firstTime: string, lastTime: string): number | undefined {
  const built = Date.parse(database.built);
  const [first, last] = [firstTime, lastTime].map((time) => ticksToMilliseconds(parseTicks(time)));
  const times = [first, last].filter((time): time is number => time !== undefined && !Number.isNaN(time));
  if (times.length === 0 || Number.isNaN(built)) return undefined;
  const before = Math.min(...times) - built;
  const after = built - Math.max(...times);
  if (before > 0) return Math.floor(before / MILLISECONDS_PER_DAY);
  return after > 0 ? 0 - Math.floor(after / MILLISECONDS_PER_DAY) : 0;
}
