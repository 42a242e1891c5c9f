import { parseTicks } from "../src/ingest/timestamp.ts";
import { openTextWindow } from "../src/ingest/evidence/text-window.ts";
import { pythonRepr } from "../src/model/python-repr.ts";
import type { ActivityRecord } from "../src/model/record.ts";
import type { OpenInput } from "../src/pipeline/inputs.ts";
import { hold } from "./violation.ts";

/** A stretch of an input and the number that its row has to have. */
export interface Stretch {
  readonly number: number;
  readonly start: number;
  readonly length: number;
}

export interface ScannedRecord extends Stretch {
  readonly type: string;
  /** What makes a later record a duplicate of an earlier one. */
  readonly says: string;
  /** Of an audit record its Id: only records of one Id can be duplicates, in whatever file. Undefined of any other. */
  readonly auditId: string | undefined;
  /** How many rows of tables it makes: an audit record may name many messages. */
  readonly times: number;
}

/** What a reader handed over, in its order. */
export interface Scanned {
  readonly label: string;
  readonly records: readonly ScannedRecord[];
  readonly rejects: readonly Stretch[];
}

/** Keys that only a record of an export has, as they stand in JSON. */
const RECORD_KEY = /"(?:TimeStamp|ActivityIdType|ActivityItemId|CustomProperties)"[ \t\r\n]*:/;

const AUDIT_KEY = /"(?:CreationTime|AuditData|RecordType)"[ \t\r\n]*:/;
const TICKS_A_SECOND = 10_000_000;

/** Everything that is asked of a record, in one text. */
function allOf(record: ActivityRecord): string {
  const { timeStamp, appIdType, activityIdType, activityItemId, activityCreationTime, clientSessionId } = record;
  const { extra, absent, properties, audit } = record;
  const fields = [timeStamp, appIdType, activityIdType, activityItemId, activityCreationTime, clientSessionId];
  const asked = [fields, extra, absent, properties.raw, properties.problem, properties.entries()];
  const facts =
    audit === undefined
      ? []
      : [audit.recordId, audit.mailbox, audit.user, audit.address, audit.userAgent, audit.messageKey, audit.otherTime];
  const more = audit?.rows().map((row) => [row.activityItemId, row.properties.text("Subject")]);
  return JSON.stringify([asked, properties.text("Subject"), facts, more]);
}

/**
 * What a record says, whatever file shape it comes from: two that say the same are duplicates. Of properties that were
 * written twice the last one counts; those that cannot be read are compared as they are written. Of audit records of one
 * Id the second, the operation, the user and what their lists name tell.
 */
function saysOf(record: ActivityRecord): string {
  if (record.audit !== undefined) {
    const second = Math.floor(parseTicks(record.timeStamp) / TICKS_A_SECOND);
    return JSON.stringify([second, record.activityIdType, record.audit.user.toLowerCase(), record.audit.named]);
  }
  const { timeStamp, appIdType, activityIdType, activityItemId, activityCreationTime, clientSessionId, extra } = record;
  const { problem, raw } = record.properties;
  const last = new Map(record.properties.entries().map(([name, value]) => [name, pythonRepr(value)]));
  const named = [...last].sort(([a], [b]) => (a < b ? -1 : 1));
  const fields = [timeStamp, appIdType, activityIdType, activityItemId, activityCreationTime, clientSessionId, extra];
  return JSON.stringify([fields, problem === undefined ? named : raw]);
}

/**
 * Reads an input through: every record reads the same a second time, and stretches neither overlap nor leave a row out.
 *
 * @throws Violation where that does not hold.
 */
export function scanInput({ evidence, reader }: OpenInput): Scanned {
  const window = openTextWindow(evidence);
  const records: ScannedRecord[] = [];
  const rejects: Stretch[] = [];
  const texts: string[] = [];
  let number = 0;
  let end = evidence.start;
  /** What lies between two stretches is no row: of a CSV line ends alone, of JSON no key of a record. */
  function holdNoRow(to: number): void {
    const between = window.text(end, to - end);
    const words = () => `bytes ${end} to ${to} are in no row: ${JSON.stringify(between)}`;
    if (reader.format.endsWith("csv") && number > 0) hold(/^[\r\n]*$/.test(between), words);
    if (reader.format === "activity-json") hold(!RECORD_KEY.test(between), words);
    if (reader.format === "audit-json") hold(!AUDIT_KEY.test(between), words);
  }
  function take(start: number, length: number): Stretch {
    const isBehind = start >= end && length >= 0 && start + length <= evidence.size;
    hold(isBehind, () => `a stretch at ${start} of ${length} bytes behind ${end} in ${evidence.size}`);
    holdNoRow(start);
    end = start + length;
    return { number: ++number, start, length };
  }
  const steps = reader.scan({
    record(record, start, length) {
      const { activityIdType: type, audit } = record;
      const times = audit?.rows().length ?? 1;
      records.push({ ...take(start, length), type, says: saysOf(record), auditId: audit?.recordId, times });
      texts.push(allOf(record));
    },
    reject(start, length, reason) {
      hold(reason !== "" && !reason.includes("\n"), () => `a reason in words: ${JSON.stringify(reason)}`);
      rejects.push(take(start, length));
    },
  });
  let reached = 0;
  for (const position of steps) {
    hold(position >= reached && position <= evidence.size, () => `position ${position} behind ${reached}`);
    reached = position;
  }
  holdNoRow(evidence.size);
  for (const [at, { start, length }] of records.entries()) {
    const again = allOf(reader.parse(window.text(start, length)));
    hold(again === texts[at], () => `the record at ${start} reads otherwise a second time: ${texts[at]} ${again}`);
  }
  return { label: evidence.label, records, rejects };
}
