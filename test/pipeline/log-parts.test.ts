import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openAuditCsv, openAuditJson } from "../../src/ingest/audit-log/reader.ts";
import type { Evidence } from "../../src/ingest/evidence/evidence.ts";
import type { PartReader, RecordReader } from "../../src/ingest/format.ts";
import type { TenantLog } from "../../src/joins/tenant-log.ts";
import { newTenantLog } from "../../src/joins/tenant-log.ts";
import { joinPart, readPart } from "../../src/pipeline/log-parts.ts";
import { isRepeated, newRecordIds } from "../../src/pipeline/record-ids.ts";
import type { RoutedLog } from "../../src/pipeline/routes.ts";
import { mailboxNumbers, newGrowingLog, routedLog, routeInto, routeLog } from "../../src/pipeline/routes.ts";
import { boundAt, signInAt, syncedAt } from "../../src/activities/audit-example.ts";
import { inMemory } from "../ingest/evidence/support.ts";

const HEADER = ["CreationDate", "UserIds", "AuditData"];
const HEADER_LINE = `${HEADER.join(",")}\r\n`;

function jsonReader(text: string): RecordReader {
  return openAuditJson({ ...inMemory(text), label: "log" } as unknown as Evidence, "audit-json");
}

function csvReader(text: string): RecordReader {
  const evidence = { ...inMemory(text), label: "log" } as unknown as Evidence;
  return openAuditCsv(evidence, HEADER, HEADER_LINE.length, "audit-csv");
}

function parts(reader: RecordReader): PartReader {
  if (reader.parts === undefined) throw new Error("a reader without parts");
  return reader.parts;
}

function ended<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

function shownTenant(tenant: TenantLog): unknown {
  const { count, ticks, context, address, input, row, sync, contexts, addresses, consents, records } = tenant;
  const columns = [ticks, context, address, input, row, sync].map((column) => [...column.subarray(0, count)]);
  return { columns, contexts, addresses, consents, records, numbers: [...tenant.contextNumbers.entries()] };
}

function shownLog({ records, ...rest }: RoutedLog): unknown {
  return { ...rest, start: [...records.start], length: [...records.length], number: [...records.number] };
}

/** What a run knows after a log, which is not its first. */
function routed(open: () => RecordReader, keepDuplicates: boolean): unknown {
  const ids = keepDuplicates ? undefined : newRecordIds();
  const tenant = newTenantLog();
  const first = ended(routeLog(open(), ids, tenant, 0));
  return [shownLog(first), shownLog(ended(routeLog(open(), ids, tenant, 1))), shownTenant(tenant)];
}

/** The same where a second reader begins at `until`, and whether it could. */
function routedInParts(open: () => RecordReader, keepDuplicates: boolean, until: number): [boolean, unknown] {
  const ids = keepDuplicates ? undefined : newRecordIds();
  const tenant = newTenantLog();
  let isParted = false;
  const logs = [0, 1].map((input) => {
    const log = newGrowingLog(1);
    const mailboxNumber = mailboxNumbers(log);
    const ask = ids && ((id: string, said: number) => isRepeated(ids, id, said));
    const sink = routeInto(log, mailboxNumber, ask, tenant, input);
    isParted = ended(parts(open()).scan(sink, undefined, until));
    if (isParted) {
      const part = ended(readPart(parts(open()), until, keepDuplicates, 1));
      joinPart(log, mailboxNumber, ids, tenant, input, part);
    }
    return shownLog(routedLog(log));
  });
  return [isParted, [...logs, shownTenant(tenant)]];
}

const id = fc.oneof(
  fc.integer({ min: 1, max: 6 }).map((n) => `0000000${n}-0000-4000-8000-00000000000${n}`),
  fc.constantFrom("", "00000000-0000-0000-0000-000000000000", "no-guid", "No-Guid-2", "-", "0-0"),
);
const record = fc
  .record({
    id,
    time: fc.constantFrom("2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z", "2026-02-01T10:00:00Z", "unreadable"),
    owner: fc.constantFrom("anna@contoso.example", "Anna@contoso.example", "bert@contoso.example", ""),
    guid: fc.constantFrom("G-1", "g-1", "g-2", ""),
    address: fc.constantFrom("192.0.2.1", "2001:DB8::1", ""),
    kind: fc.constantFrom("bound", "synced", "signIn", "consent", "refused"),
    subject: fc.constantFrom("plain", "Zürich", '"},{"CreationTime":', "a\nb"),
  })
  .map(({ id: Id, time, owner, guid, address, kind, subject }) => {
    const user = owner === "" ? "delegate@contoso.example" : owner;
    const who = { MailboxOwnerUPN: owner, MailboxGuid: guid, UserId: user, LogonType: owner === "" ? 2 : 0 };
    const more = { Id, ...who, Subject: subject };
    if (kind === "bound") return boundAt(time, address, ["<1@fabrikam.example>"], more);
    if (kind === "synced") return syncedAt(time, address, "\\Inbox", more);
    const signedIn = signInAt(time, address, { user });
    return kind === "signIn"
      ? { ...signedIn, Id }
      : {
          ...signedIn,
          Id,
          Operation: "Consent to application.",
          ObjectId: subject,
          OrganizationId: owner,
          ResultStatus: kind === "refused" ? "Failure" : "Success",
        };
  })
  .map((fields) => JSON.stringify(fields));
/** What is no record, or one that no reader of parts expects. */
const damage = fc.constantFrom(
  '{"CreationTime":"2026-03-01T10:00:00","Operation":"cut',
  '{"no":"record"}',
  "[",
  "]",
  ",",
  "noise",
  '{"CreationTime":01}',
  '"',
);
const lines = fc.array(fc.oneof({ arbitrary: record, weight: 12 }, { arbitrary: damage, weight: 1 }), {
  minLength: 2,
  maxLength: 12,
});
const json = fc.oneof(
  fc.tuple(lines, fc.constantFrom("\n", "\r\n", "\n\n", " ", "")).map(([all, between]) => all.join(between)),
  fc.tuple(lines, fc.constantFrom(",", ",\n", " ,\n ")).map(([all, between]) => `[${all.join(between)}]`),
  lines.map((all) => `\ufeff\n[\n  ${all.join(",\n  ")}\n]\n`),
  lines.map((all) => `{"value":[${all.join(",\n")}]}\n${all.join("\n")}`),
);
const csv = fc
  .tuple(lines, fc.constantFrom("\n", "\r\n"), fc.constantFrom(0, 1))
  .map(([all, end, space]) =>
    all
      .map((line) => (line.startsWith('{"Crea') && line.endsWith("}") ? pretty(line, space) : line))
      .map((line) => stringify([["3/1/2026 10:00:00 AM", "x", line]], { record_delimiter: end }))
      .map((row, at) => (at % 5 === 4 ? `stray "quote${end}${row}` : row))
      .join(""),
  )
  .map((rows) => HEADER_LINE + rows);

/** A record over several lines, which a quoted field may hold. */
function pretty(line: string, space: number): string {
  return line.includes(":01") ? line : JSON.stringify(JSON.parse(line), undefined, space);
}

describe("a log that two readers share", () => {
  test.each([
    ["JSON", json, jsonReader],
    ["CSV", csv, csvReader],
  ] as const)("says in %s what one reader says, wherever the second begins", (_, text, reader) => {
    let parted = 0;
    fc.assert(
      fc.property(text, fc.nat(), fc.boolean(), fc.boolean(), (log, place, isGuess, keepDuplicates) => {
        const open = () => reader(log);
        const position = place % Buffer.byteLength(log);
        const until = isGuess ? parts(open()).near(position) : position;
        if (until === undefined) return;
        const [isParted, said] = routedInParts(open, keepDuplicates, until);
        if (isParted) parted++;
        expect(said).toEqual(routed(open, keepDuplicates));
      }),
      { numRuns: 1500 },
    );
    expect(parted).toBeGreaterThan(200);
  });

  const records = Array.from({ length: 40 }, (_, at) =>
    JSON.stringify(boundAt(`2026-03-01T10:00:${10 + at}Z`, "192.0.2.1", [`<${at}@fabrikam.example>`])),
  );
  const rows = records.map((line) => stringify([["", "", line]])).join("");

  test.each([
    ["one a line", jsonReader, records.join("\n")],
    ["a list on one line", jsonReader, `[${records.join(",")}]`],
    ["a list, one a line", jsonReader, `[\r\n${records.join(",\r\n")}\r\n]`],
    [
      "an indented list",
      jsonReader,
      JSON.stringify(
        records.map((line) => JSON.parse(line) as object),
        undefined,
        2,
      ),
    ],
    ["CSV", csvReader, HEADER_LINE + rows],
  ] as const)("%s can be parted in the middle", (_, reader, log) => {
    const open = () => reader(log);
    const until = parts(open()).near(Math.floor(log.length / 2));
    expect(until).toBeGreaterThan(log.length / 3);
    const [isParted, said] = routedInParts(open, false, until as number);
    expect(isParted).toBe(true);
    expect(said).toEqual(routed(open, false));
  });

  test("pages are read by one", () => {
    const page = JSON.stringify({ "@odata.context": "x", value: records.map((line) => JSON.parse(line) as object) });
    expect(parts(jsonReader(page)).near(Math.floor(page.length / 2))).toBeUndefined();
  });
});
