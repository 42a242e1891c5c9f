import { partOf } from "../joins/rows.ts";
import type { Evidence } from "../ingest/evidence/evidence.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import type { ManifestInput } from "../model/manifest.ts";
import type { CaseInput, InputCounts } from "./build-case.ts";
import type { OpenInput, SkippedInput } from "./inputs.ts";
import type { RoutedLog } from "./routes.ts";
import type { Extent, Reject, RowSample } from "./row-counts.ts";
import { newRowSample, NO_EXTENT, noteRow } from "./row-counts.ts";

/** What became of those rows of an input that are one mailbox's. */
export interface MailboxAccount extends InputCounts {
  readonly mailbox: string;
  readonly parsed: number;
  readonly duplicates: number;
  readonly filtered: number;
  readonly extent: Extent;
}

/** What became of the rows of one input, over all mailboxes that it tells of. */
export interface InputAccount {
  readonly input: OpenInput;
  /** Of an audit log, which holds several mailboxes' records. */
  readonly log: RoutedLog | undefined;
  readonly mailboxes: string[];
  /** Rows of an audit log that the classic files leave out, by table. */
  readonly leftOut: Record<string, number>;
  rows: number;
  parsed: number;
  duplicates: number;
  filtered: number;
  rejects: readonly Reject[];
  extent: Extent;
  readonly unreadableProperties: RowSample;
  readonly unreadableTimes: RowSample;
  readonly minuteTimes: RowSample;
  readonly unreadableQueries: RowSample;
}

/** The accounts of a run's inputs, in the order in which their first mailboxes are read. */
export type Accounts = Map<OpenInput, InputAccount>;

function newAccount(input: OpenInput, log: RoutedLog | undefined): InputAccount {
  return {
    input,
    log,
    mailboxes: [],
    leftOut: {},
    rows: log?.rows ?? 0,
    parsed: 0,
    duplicates: log?.duplicates ?? 0,
    filtered: 0,
    rejects: log?.rejects ?? [],
    extent: log?.extent ?? NO_EXTENT,
    unreadableProperties: newRowSample(),
    unreadableTimes: newRowSample(),
    minuteTimes: newRowSample(),
    unreadableQueries: newRowSample(),
  };
}

function accountFor(accounts: Accounts, input: OpenInput, log: RoutedLog | undefined): InputAccount {
  let account = accounts.get(input);
  if (account === undefined) {
    account = newAccount(input, log);
    accounts.set(input, account);
  }
  return account;
}

function addSample(sample: RowSample, more: RowSample): void {
  const known = sample.count;
  for (const row of more.rows) noteRow(sample, row);
  sample.count = known + more.count;
}

/** What became of one mailbox's rows, input by input of its case. */
export function mailboxAccounts(counts: readonly InputCounts[], joined: JoinedCase): readonly MailboxAccount[] {
  const { rows, mailbox } = joined.mailboxCase;
  const members = counts.map(() => ({ parsed: 0, duplicates: 0, filtered: 0, first: -1, last: -1 }));
  for (let row = 0; row < rows.count; row++) {
    // The further rows of an audit record are no records of the input.
    if (partOf(rows, row) !== 0) continue;
    const member = members[rows.evidence[row] as number] as (typeof members)[number];
    // A duplicate is one whatever a filter says, as in audit logs, whose duplicates never come here.
    member[joined.duplicates.has(row) ? "duplicates" : rows.hidden[row] === 1 ? "filtered" : "parsed"]++;
    const ticks = rows.ticks[row] as number;
    if (Number.isNaN(ticks)) continue;
    if (member.first < 0 || ticks < (rows.ticks[member.first] as number)) member.first = row;
    if (member.last < 0 || ticks >= (rows.ticks[member.last] as number)) member.last = row;
  }
  return members.map(({ parsed, duplicates, filtered, first, last }, at) => ({
    ...(counts[at] as InputCounts),
    mailbox,
    parsed,
    duplicates,
    filtered,
    extent:
      first < 0
        ? NO_EXTENT
        : {
            firstTicks: rows.ticks[first] as number,
            lastTicks: rows.ticks[last] as number,
            firstTime: joined.recordOf(first).timeStamp,
            lastTime: joined.recordOf(last).timeStamp,
          },
  }));
}

/**
 * Takes what became of one mailbox's rows into the account of an input.
 *
 * @param leftOut those that the classic files leave out, by table.
 */
export function addAccount(
  accounts: Accounts,
  input: OpenInput,
  log: RoutedLog | undefined,
  { mailbox, rows, parsed, duplicates, filtered, rejects, extent, ...samples }: MailboxAccount,
  leftOut: Readonly<Record<string, number>> = {},
): void {
  const account = accountFor(accounts, input, log);
  for (const [table, count] of Object.entries(leftOut)) {
    account.leftOut[table] = (account.leftOut[table] ?? 0) + count;
  }
  account.mailboxes.push(mailbox);
  account.parsed += parsed;
  account.duplicates += duplicates;
  account.filtered += filtered;
  if (log === undefined) {
    account.rows += rows;
    account.rejects = rejects;
  }
  addSample(account.unreadableProperties, samples.unreadableProperties);
  addSample(account.unreadableTimes, samples.unreadableTimes);
  addSample(account.minuteTimes, samples.minuteTimes);
  addSample(account.unreadableQueries, samples.unreadableQueries);
  // A routed log knows its own, repeated records among them.
  if (log === undefined) account.extent = extent;
}

/** Gives an account to the audit logs that have no record of any mailbox. */
export function accountEmptyLogs(accounts: Accounts, routed: ReadonlyMap<OpenInput, RoutedLog>): void {
  for (const [input, log] of routed) accountFor(accounts, input, log);
}

/** Whose records an input holds, in a word. */
function mailboxWords(mailboxes: readonly string[]): string {
  return mailboxes.length > 1 ? `${mailboxes.length} mailboxes` : (mailboxes[0] ?? "");
}

/**
 * The manifest's line for an input.
 *
 * @throws Error where rows do not add up, which would mean that one was lost or invented.
 */
export async function manifestLine(account: InputAccount): Promise<ManifestInput> {
  const { input, rows, parsed, rejects, duplicates, filtered, extent, mailboxes } = account;
  const { firstTime, lastTime } = extent;
  const { evidence, reader } = input;
  const rejected = rejects.length;
  if (rows !== parsed + rejected + duplicates + filtered) {
    throw new Error(`The rows of ${evidence.label} do not add up.`);
  }
  const described = await describe(evidence, reader.format);
  const mailbox = mailboxWords(mailboxes);
  return { ...described, mailbox, rows, parsed, rejected, duplicates, filtered, firstTime, lastTime };
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

/** The rows of a log that are routed to one mailbox. */
function routedSample({ records, from, to }: NonNullable<CaseInput["routed"]>): RowSample {
  const sample = newRowSample();
  for (let one = from; one < to; one++) noteRow(sample, records.number[one] as number);
  return sample;
}

/** Which inputs of a mailbox without a name have records that name none. */
export function unnamedWarnings(group: readonly CaseInput[], accounts: readonly MailboxAccount[]): string[] {
  return group.flatMap(({ input, routed }, at) => {
    const { label } = input.evidence;
    if (routed !== undefined)
      return sampled(label, routedSample(routed), "without the name of a mailbox; parse --user gives one");
    const { rows, rejects } = accounts[at] as MailboxAccount;
    return rows > rejects.length ? [`${label}: no successful logon names the mailbox; parse --user does`] : [];
  });
}

/**
 * What is said of mailboxes whose pages each name a further one. Where one page of a mailbox does not, it is taken for
 * the last; whether any between is missing cannot be told, as a page names the next one and not itself.
 *
 * @param groups the inputs of each mailbox.
 */
export function lastPageWarnings(groups: readonly (readonly CaseInput[])[]): string[] {
  return groups.flatMap((group) => lastPageWarning(group.map(({ input }) => input)));
}

function lastPageWarning(inputs: readonly OpenInput[]): string[] {
  const pages = inputs.filter(({ reader }) => reader.namesNextPage !== undefined);
  const [first, ...more] = pages;
  if (first === undefined || !pages.every(({ reader }) => reader.namesNextPage)) return [];
  const { label } = first.evidence;
  if (more.length === 0) {
    return [`${label}: ends with @odata.nextLink, which names a further page; the last one was not found`];
  }
  return [
    `${label} and ${more.length} more: each ends with @odata.nextLink, which names a further page; the last one was not found`,
  ];
}

const TO_THE_MINUTE =
  "read as the beginning of the minute: within it rows stand as in the source, those of an export that say the same are duplicates, and lengths of time may be off by nearly a minute";
const UNTIMED = "listed last, with no address but one that the record itself names, and not counted in ip-scores";

/** What is said of an input that is no evidence; damage may be why it does not look like any. */
export function skippedWarnings({ evidence, found }: SkippedInput): string[] {
  return [`${evidence.label}: not read, it looks like ${found}`, ...damageWarnings(evidence)];
}

function damageWarnings({ label, problems }: Evidence): string[] {
  return problems.map((problem) => `${label}: ${problem}`);
}

/** What is said of evidence in which no record stands: it may be worth as much as one with many. */
function emptyWarning(label: string, rows: number, rejected: number): string[] {
  if (rows > rejected) return [];
  if (rows === 0) return [`${label}: no record was found in it`];
  return [`${label}: no record was found in it; ${rows === 1 ? "its only row was" : `all ${rows} rows were`} rejected`];
}

/** What is said of the bytes of evidence that was read, whatever is made of its records. */
export function readingWarnings(evidence: Evidence, rows: number, rejected: number): string[] {
  const { label, encoding } = evidence;
  return [
    ...emptyWarning(label, rows, rejected),
    ...(encoding === "UTF-8" ? [] : [`${label}: read as ${encoding}`]),
    ...damageWarnings(evidence),
  ];
}

/** What an examiner has to know of an input that was read, a sentence each. */
export function inputWarnings(account: InputAccount): string[] {
  const { input, log } = account;
  const { label } = input.evidence;
  return [
    ...readingWarnings(input.evidence, account.rows, account.rejects.length),
    ...sampled(label, account.unreadableProperties, "whose CustomProperties cannot be read; kept without them"),
    ...sampled(label, account.unreadableTimes, `whose TimeStamp cannot be read; ${UNTIMED}`),
    ...sampled(label, account.minuteTimes, `whose TimeStamp has no seconds; ${TO_THE_MINUTE}`),
    ...sampled(label, account.unreadableQueries, "whose Query cannot be read; the raw text stands for it"),
    ...(log === undefined ? [] : logWarnings(label, log)),
    ...leftOutWarnings(label, account.leftOut),
  ];
}

/** How many rows of which tables the classic files leave out. */
function leftOutWarnings(label: string, leftOut: Readonly<Record<string, number>>): string[] {
  const counts = Object.entries(leftOut).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (counts.length === 0) return [];
  const words = counts.map(([table, count]) => `${count} ${count === 1 ? "row" : "rows"} of ${table}`);
  return [`${label}: classic/ has the layout of exports of the Activities API and leaves out ${words.join(", ")}`];
}

function logWarnings(label: string, { otherTimes, sharedIds, unreadableLists }: RoutedLog): string[] {
  return [
    ...sampled(
      label,
      unreadableLists,
      "whose Folders, AffectedItems or OperationProperties cannot be read; their rows do not say what they name",
    ),
    ...sampled(
      label,
      otherTimes,
      "with two times that differ; CreationTime counts, or TimeGenerated where that stands for it",
    ),
    ...sampled(label, sharedIds, "with the Id of another record that says other things; kept"),
  ];
}
