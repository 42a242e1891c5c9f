import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { Reader, type Response } from "maxmind";
import { isSystemError, systemReason } from "../../model/system-error.ts";
import type { Place } from "../../model/place.ts";
import { readPlace } from "./place.ts";
import { sampleRecords } from "./sample-records.ts";

/** What of a place a database can have. */
export type Given = "country" | "city" | "asn";

/** A database that is open. */
export interface Database {
  /** Its file name. */
  readonly name: string;
  readonly type: string;
  /** When it was built: ISO 8601 in UTC, to the second. */
  readonly built: string;
  readonly sha256: string;
  readonly gives: ReadonlySet<Given>;
  /**
   * Whether it has records of a version. One of IPv4 must not be asked for an IPv6 address: the reader would take the
   * first 32 bits of it for an IPv4 address and answer.
   */
  knows(version: 4 | 6): boolean;
  /**
   * What it says of a canonical address of a version that it knows; undefined where it says nothing.
   *
   * @throws where the database is damaged at the place that is asked for.
   */
  place(canonical: string): Place | undefined;
}

/** A file that is no database; or one that opens but is damaged further in, and is of no use either. */
export interface NoDatabase {
  readonly name: string;
  readonly problem: string;
  /** True where the file opened as a database. */
  readonly opened: boolean;
}

const VERSIONS = [4, 6] as const;
/** Enough to meet a record with a city, seldom as they are in some countries. */
const RECORDS_LOOKED_AT = 512;
const SEPARATOR_BYTES = 16;

/** What the type of a database promises, by the words that its makers use. */
const TYPES: readonly (readonly [RegExp, readonly Given[]])[] = [
  [/city|enterprise|location/i, ["country", "city"]],
  [/country/i, ["country"]],
  [/asn|isp/i, ["asn"]],
];

/**
 * Opens a MaxMind DB file and looks at some of its records, in order to know what it gives.
 *
 * @returns the database, or why it cannot be used. Never throws for what is in the file or for the file itself.
 */
export async function openDatabase(path: string): Promise<Database | NoDatabase> {
  const name = basename(path);
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    if (!isSystemError(error) && !(error instanceof RangeError)) throw error;
    // No path of the machine in a warning, even where the system names it.
    return { name, problem: systemReason(error).replaceAll(path, name), opened: false };
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    return { name, problem: "it is compressed and has to be unpacked first", opened: false };
  }
  let reader: Reader<Response>;
  try {
    reader = new Reader<Response>(bytes);
  } catch {
    // The reader trips over the first thing that it takes for metadata; what it says of it helps nobody.
    return { name, problem: "it is no MaxMind database, or its end is damaged", opened: false };
  }
  const { databaseType, buildEpoch, ipVersion, nodeCount, searchTreeSize } = reader.metadata;
  if (typeof databaseType !== "string" || (ipVersion !== 4 && ipVersion !== 6) || !Number.isInteger(nodeCount)) {
    return { name, problem: "its metadata is damaged", opened: false };
  }
  if (Number.isNaN(buildEpoch.getTime())) {
    return { name, problem: "its metadata has no date on which it was built", opened: false };
  }
  if (searchTreeSize + SEPARATOR_BYTES > bytes.length) {
    return { name, problem: "it is damaged: its search tree is larger than the file", opened: true };
  }
  const gives = new Set<Given>();
  const holds = { 4: false, 6: false };
  try {
    for (const version of VERSIONS) {
      if (version <= ipVersion) holds[version] = look(reader, version, databaseType, gives);
    }
  } catch (error) {
    return { name, problem: `it is damaged (${damage(error)})`, opened: true };
  }
  return {
    name,
    type: databaseType,
    built: `${buildEpoch.toISOString().slice(0, 19)}Z`,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    gives,
    knows: (version) => holds[version],
    place(canonical) {
      const record = reader.get(canonical);
      return record === null ? undefined : readPlace(record);
    },
  };
}

/** Adds what the records of a version give; true where there are any, or may be. */
function look(reader: Reader<Response>, version: 4 | 6, type: string, gives: Set<Given>): boolean {
  let seen = 0;
  const complete = sampleRecords(reader, version, (record) => {
    const place = readPlace(record);
    if (place.country !== "") gives.add("country");
    if (place.city !== "") gives.add("city");
    if (place.asn !== undefined) gives.add("asn");
    return ++seen === RECORDS_LOOKED_AT || gives.size === 3;
  });
  if (!complete) {
    for (const [word, promised] of TYPES) if (word.test(type)) promised.forEach((given) => gives.add(given));
  }
  return seen > 0 || !complete;
}

/** What the reader said of a damaged database, for a warning. */
export function damage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
