import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { csvLine, HEADER, jsonExport, makeRows } from "../test/support/export.ts";
import { AUDIT_HEADER, auditLine, makeAuditRecords } from "./audit-seeds.ts";
import type { Dice } from "./dice.ts";

/** A small export before anything is done to it. */
export interface Seed {
  readonly bytes: Buffer;
  readonly kind: "csv" | "json";
  readonly encoding: "utf8" | "utf16le" | "utf16be";
  /** Where the rows of a CSV begin; 0 for JSON. */
  readonly dataStart: number;
  /** Whether every line of a CSV is one row, so that damage can cost only the lines it touches. */
  readonly oneLineRows: boolean;
  /** Where the records stand: [start, end), line ends and commas left out. UTF-8 only. */
  readonly records: readonly (readonly [start: number, end: number])[];
}

/** The bundled cases, cut into rows; made-up rows with awkward texts beside them. */
export interface Pools {
  readonly csv: readonly [Pool<string>, ...Pool<string>[]];
  readonly json: readonly [readonly unknown[], ...(readonly unknown[])[]];
}

interface Pool<T> {
  readonly header: string;
  readonly rows: readonly T[];
}

const CASES = fileURLToPath(new URL("../samples/cases", import.meta.url));

/** The records of a page of the API; none of a file that is something else. */
function recordsOf(text: string): readonly unknown[] {
  const { value } = JSON.parse(text) as { readonly value?: unknown };
  if (!Array.isArray(value)) return [];
  return value.filter((record) => Object.hasOwn(record as object, "ActivityIdType")) as unknown[];
}

/** Reads the bundled cases. Every CSV of theirs has one line a row. */
export function readPools(folder: string = CASES): Pools {
  const made = makeRows(1, 400);
  const csv: [Pool<string>, ...Pool<string>[]] = [{ header: HEADER, rows: made.map(csvLine) }];
  const json: [readonly unknown[], ...(readonly unknown[])[]] = [recordsOf(jsonExport(made, made.length))];
  for (const name of (readdirSync(folder, { recursive: true }) as string[]).sort()) {
    if (!/\.(?:csv|json)$/.test(name)) continue;
    const text = readFileSync(join(folder, name), "utf8").replace(/^\uFEFF/, "");
    if (name.endsWith(".csv")) {
      const [header = "", ...rows] = text.split(/\r?\n/).filter((line) => line !== "");
      if (header === HEADER) csv.push({ header, rows });
    } else {
      const records = recordsOf(text);
      if (records.length > 0) json.push(records);
    }
  }
  return { csv, json };
}

/** Neighbouring rows of a pool: what belongs together stays together. */
function stretch<T>(rows: readonly T[], dice: Dice, count: number): T[] {
  const from = dice.number(Math.max(1, rows.length - count));
  return rows.slice(from, from + count);
}

/** How many rows: mostly a few, now and then tens of kilobytes. */
function rowCount(dice: Dice): number {
  return dice.once(8) ? 20 + dice.number(50) : 2 + dice.number(14);
}

function swapped(bytes: Buffer): Buffer {
  return Buffer.from(bytes).swap16();
}

function encoded(text: string, encoding: Seed["encoding"]): Buffer {
  if (encoding === "utf8") return Buffer.from(text, "utf8");
  const little = Buffer.from(text, "utf16le");
  return encoding === "utf16le" ? little : swapped(little);
}

/** Puts a text together from parts and notes where those that are records stand. */
function assemble(parts: readonly { readonly text: string; readonly record?: boolean }[]) {
  const records: [number, number][] = [];
  let at = 0;
  for (const { text, record } of parts) {
    const end = at + Buffer.byteLength(text);
    if (record === true) records.push([at, end]);
    at = end;
  }
  return { text: parts.map(({ text }) => text).join(""), records };
}

function csvSeed({ csv }: Pools, dice: Dice): Seed {
  return csvOf(dice.pick(csv), dice);
}

/** An audit log as the portal exports it. */
function auditCsvSeed(_pools: Pools, dice: Dice): Seed {
  const quoteAll = dice.once(3);
  const rows = makeAuditRecords(dice, 40).map((record) => auditLine(record, quoteAll));
  return csvOf({ header: AUDIT_HEADER, rows }, dice);
}

/** An audit log as the Management Activity API gives it, wrapped or not. */
function auditJsonSeed(_pools: Pools, dice: Dice): Seed {
  const records = makeAuditRecords(dice, 40);
  const wrapped = dice.once(4);
  return jsonOf(
    wrapped ? records.map((record) => ({ Identity: "x", AuditData: JSON.stringify(record) })) : records,
    dice,
  );
}

function csvOf({ header, rows }: Pool<string>, dice: Dice): Seed {
  const lineEnd = dice.pick(["\n", "\n", "\r\n"]);
  const encoding = dice.once(4) ? dice.pick<Seed["encoding"]>(["utf16le", "utf16be"]) : "utf8";
  const mark = encoding !== "utf8" || dice.once(2) ? "\uFEFF" : "";
  const head = dice.once(12) ? mark : `${mark}${header}${lineEnd}`;
  const lines = stretch(rows, dice, rowCount(dice));
  const parts = lines.flatMap((text) => [{ text, record: true }, { text: lineEnd }]);
  if (dice.once(4)) parts.pop();
  const { text, records } = assemble([{ text: head }, ...parts]);
  const dataStart = Buffer.byteLength(head);
  return { bytes: encoded(text, encoding), kind: "csv", encoding, dataStart, oneLineRows: true, records };
}

/** A CSV with line ends inside of its quoted cells, as somebody else's program writes it. */
function multilineSeed(pools: Pools, dice: Dice): Seed {
  const seed = csvSeed(pools, dice);
  if (seed.encoding !== "utf8") return seed;
  const text = seed.bytes.toString("utf8").replaceAll(/', '/g, (between) => (dice.once(6) ? "',\n '" : between));
  return { ...seed, bytes: Buffer.from(text), oneLineRows: false, records: [] };
}

const CONTEXT = "https://outlook.office.com/api/v2.0/$metadata#Users('anna%40contoso.example')/Activities";

function jsonSeed({ json }: Pools, dice: Dice): Seed {
  return jsonOf(dice.pick(json), dice);
}

function jsonOf(pool: readonly unknown[], dice: Dice): Seed {
  const indent = dice.pick([undefined, undefined, 1]);
  const rows = stretch(pool, dice, rowCount(dice));
  const texts = rows.map((row) => ({ text: JSON.stringify(row, undefined, indent), record: true }));
  const joined = (list: typeof texts, between: string) =>
    list.flatMap((part, at) => (at === 0 ? [part] : [{ text: between }, part]));
  const page = (list: typeof texts) => [
    { text: `{"@odata.context":${JSON.stringify(CONTEXT)},"value":[` },
    ...joined(list, indent === undefined ? "," : ",\n"),
    { text: dice.once(2) ? `],"@odata.nextLink":"https://graph.example/?$skip=10"}` : "]}" },
  ];
  const half = Math.ceil(texts.length / 2);
  const parts = dice.pick([
    () => page(texts),
    () => [...page(texts.slice(0, half)), { text: "\n" }, ...page(texts.slice(half))],
    () => [{ text: "[" }, ...joined(texts, ","), { text: "]" }],
    () => [...joined(texts, "\n"), { text: "\n" }],
    () => joined(texts, "\n\u001e"),
  ])();
  const { text, records } = assemble(parts);
  return { bytes: Buffer.from(text), kind: "json", encoding: "utf8", dataStart: 0, oneLineRows: false, records };
}

/** A small export of any shape that alicorn reads. */
export function makeSeed(pools: Pools, dice: Dice): Seed {
  const shapes = [
    csvSeed,
    csvSeed,
    csvSeed,
    multilineSeed,
    jsonSeed,
    jsonSeed,
    jsonSeed,
    auditCsvSeed,
    auditJsonSeed,
  ] as const;
  return dice.pick(shapes)(pools, dice);
}
