import type { Evidence } from "../ingest/evidence/evidence.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import type { ManifestInput } from "../model/manifest.ts";
import type { InputCounts, RowSample } from "./build-case.ts";
import type { OpenInput, SkippedInput } from "./inputs.ts";

interface Accounts {
  duplicates: number;
  parsed: number;
  first: number;
  last: number;
}

/** Per input of a mailbox: what became of its rows, and its earliest and latest. */
function accountsOf(joined: JoinedCase): Accounts[] {
  const { rows, evidence } = joined.mailboxCase;
  const accounts = evidence.map(() => ({ duplicates: 0, parsed: 0, first: -1, last: -1 }));
  for (let row = 0; row < rows.count; row++) {
    const account = accounts[rows.evidence[row] as number] as Accounts;
    if (joined.duplicates.has(row)) account.duplicates++;
    else if (rows.hidden[row] === 0) account.parsed++;
    const ticks = rows.ticks[row] as number;
    if (Number.isNaN(ticks)) continue;
    if (account.first < 0 || ticks < (rows.ticks[account.first] as number)) account.first = row;
    if (account.last < 0 || ticks >= (rows.ticks[account.last] as number)) account.last = row;
  }
  return accounts;
}

/**
 * The manifest's lines for the inputs of one mailbox.
 *
 * @throws Error where rows do not add up, which would mean that one was lost or invented.
 */
export async function manifestInputs(
  inputs: readonly OpenInput[],
  counts: readonly InputCounts[],
  joined: JoinedCase,
): Promise<ManifestInput[]> {
  const timeOf = (row: number) => (row < 0 ? "" : joined.recordOf(row).timeStamp);
  const accounts = accountsOf(joined);
  const lines: ManifestInput[] = [];
  for (const [at, { evidence, reader }] of inputs.entries()) {
    const { rows, filtered, rejects } = counts[at] as InputCounts;
    const { parsed, duplicates, first, last } = accounts[at] as Accounts;
    if (rows !== parsed + rejects.length + duplicates + filtered) {
      throw new Error(`The rows of ${evidence.label} do not add up.`);
    }
    lines.push({
      ...(await describe(evidence, reader.format)),
      mailbox: joined.mailboxCase.mailbox,
      rows,
      parsed,
      rejected: rejects.length,
      duplicates,
      filtered,
      firstTime: timeOf(first),
      lastTime: timeOf(last),
    });
  }
  return lines;
}

async function describe(evidence: Evidence, format: string) {
  const { bytes, sha256 } = await evidence.checked;
  return { path: evidence.label, bytes, sha256, format, encoding: evidence.encoding, container: evidence.container };
}

/** The manifest's line for an input that is no evidence. */
export async function skippedLine({ evidence, found }: SkippedInput): Promise<ManifestInput> {
  const none = { rows: 0, parsed: 0, rejected: 0, duplicates: 0, filtered: 0, firstTime: "", lastTime: "" };
  return { ...(await describe(evidence, `not read: ${found}`)), mailbox: "", ...none };
}

function sampled(label: string, { count, rows }: RowSample, what: string): string[] {
  if (count === 0) return [];
  const list = `${rows.join(", ")}${count > rows.length ? ", …" : ""}`;
  return [`${label}: ${count} ${count === 1 ? "row" : "rows"} ${what} (row ${list})`];
}

/** What an examiner has to know of an input that was read, a sentence each. */
export function inputWarnings({ evidence }: OpenInput, counts: InputCounts): string[] {
  const { label, encoding, problems } = evidence;
  return [
    ...(encoding === "UTF-8" ? [] : [`${label}: read as ${encoding}`]),
    ...problems.map((problem) => `${label}: ${problem}`),
    ...sampled(label, counts.unreadableProperties, "whose CustomProperties cannot be read; kept without them"),
    ...sampled(label, counts.unreadableTimes, "whose TimeStamp cannot be read; listed last and never attributed"),
    ...sampled(label, counts.unreadableQueries, "whose Query cannot be read; the raw text stands for it"),
  ];
}
