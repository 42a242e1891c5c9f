import { escapeControls } from "../evidence/labels.ts";
import { type Authentication, authenticationOf } from "./authentication.ts";
import { joinedAddresses, messageKey, type MessageRecord, NOBODY } from "./message-record.ts";
import { type DateOrder, earlier, later, newDateOrder, traceTime } from "./received-time.ts";
import { contradictions, type Likeness, tellingOf } from "./same-message.ts";
import type { TraceRow } from "./trace-columns.ts";

/** What was read of a file of messages. */
export interface FoundMessages {
  readonly messages: readonly MessageRecord[];
  /** What was not read and why, to go behind the file's name; no full stop. */
  readonly problems: readonly string[];
  /** Where a message contradicts itself, a sentence each. */
  readonly conflicts: readonly string[];
}

/** The rows of one message trace on their way to messages. */
export interface TraceGatherer {
  /**
   * Takes in a row.
   *
   * @param number of the row, from 1.
   * @param zoneless what a time without zone is.
   */
  add(number: number, row: TraceRow, zoneless: "UTC" | "unknown"): void;
  /** Says that another export begins, which may be of another machine. */
  nextExport(): void;
  /** Takes in a row that cannot be read: why, to go behind the file's name. */
  reject(problem: string): void;
  found(): FoundMessages;
}

/** What the rows of one message say together. */
interface Traced {
  readonly id: string;
  /** The first of them. */
  row: number;
  subject: string;
  sender: string;
  returnPath: string;
  readonly recipients: string[];
  /** The same without case, where they are more than a few. */
  knownRecipients: Set<string> | undefined;
  /** The earliest time of the exports before `dates`, and the latest that it may be: the same where it is known. */
  soonest: string;
  latest: string;
  /** The earliest times in the last export that has the message. */
  monthFirst: string;
  dayFirst: string;
  dates: ExportDates;
  /** The next different message of the same id. */
  another: Traced | undefined;
}

/** The dates of one export: a file may have several, from machines that write dates differently. */
interface ExportDates {
  readonly found: DateOrder;
  /** Rows in which day and month may be either. */
  ambiguous: Flaw | undefined;
}

/** A row with what is known of where it stands. */
interface WaitingRow {
  readonly number: number;
  readonly row: TraceRow;
  readonly zoneless: "UTC" | "unknown";
  readonly dates: ExportDates;
}

type Flawed = "id" | "unclear" | "time";

/** Rows that have the same wrong with them. */
interface Flaw {
  readonly rows: number;
  readonly first: number;
  readonly example: string;
}

/** More different messages of one id than these are not told apart. */
const MOST_OF_ONE_ID = 100;
/** More recipients than these are looked up in a set; nearly every message has fewer, and there may be millions. */
const FEW_RECIPIENTS = 8;

function addRecipient(message: Traced, address: string): void {
  const { recipients } = message;
  const folded = address.toLowerCase();
  const known = message.knownRecipients?.has(folded) ?? recipients.some((one) => one.toLowerCase() === folded);
  if (known) return;
  recipients.push(address);
  if (recipients.length <= FEW_RECIPIENTS) return;
  message.knownRecipients ??= new Set(recipients.map((one) => one.toLowerCase()));
  message.knownRecipients.add(folded);
}

function newExportDates(): ExportDates {
  return { found: newDateOrder(), ambiguous: undefined };
}

/** Settles the times of a message in an export that has ended, as far as its dates can be told. */
function settleTimes(message: Traced): void {
  const { monthFirst, dayFirst } = message;
  if (monthFirst === "") return;
  const order = message.dates.found.order();
  const [soonest, latest] =
    order === undefined
      ? [earlier(monthFirst, dayFirst), later(monthFirst, dayFirst)]
      : [message[order], message[order]];
  message.soonest = earlier(message.soonest, soonest);
  message.latest = earlier(message.latest, latest);
  message.monthFirst = "";
  message.dayFirst = "";
}

function likenessOf({ subject, sender, returnPath }: Pick<Traced, "subject" | "sender" | "returnPath">): Likeness {
  return { subject, from: [], senders: [], envelope: [sender, returnPath].filter((address) => address !== "") };
}

function mayBe(message: Traced, row: TraceRow): boolean {
  if (message.subject === row.subject && message.sender === row.sender) return true;
  return contradictions(likenessOf(message), likenessOf(row)).length === 0;
}

/** A trace says nothing of it. */
const NOT_AUTHENTICATED: Authentication = authenticationOf([]);

/**
 * Puts the rows of a message trace together: several rows of one message, one a recipient or one an event, become one
 * message with every recipient once, the first subject and sender that a row knows, and the earliest time. Rows of one
 * ID that contradict each other in subject or sender stay apart; rows that tell less than both wait until all others are
 * in, so that their order makes no difference. Rows without an ID, and times that cannot
 * be told for sure, are counted and named in one problem each.
 *
 * @param file label of the file.
 */
export function newTraceGatherer(file: string): TraceGatherer {
  const byKey = new Map<string, Traced>();
  const problems: string[] = [];
  const exports = [newExportDates()];
  let dates = exports[0] as ExportDates;
  /** Rows that tell neither subject nor sender, and rows that tell one of them. */
  const waiting: readonly [WaitingRow[], WaitingRow[]] = [[], []];
  const flaws = new Map<Flawed, Flaw>();

  function flaw(kind: Flawed, row: number, example: string): void {
    flaws.set(kind, oneMore(flaws.get(kind), row, example));
  }

  function takeTime(message: Traced, { number, row: { received: text }, zoneless, dates }: WaitingRow): void {
    if (text === "") return;
    const time = traceTime(text, zoneless);
    if (time === undefined) {
      flaw("time", number, text);
      return;
    }
    dates.found.add(time);
    const { monthFirst, dayFirst } = time;
    if (monthFirst !== "" && dayFirst !== "" && monthFirst !== dayFirst) {
      dates.ambiguous = oneMore(dates.ambiguous, number, text);
    }
    if (message.dates !== dates) settleTimes(message);
    message.dates = dates;
    // A date that exists in one order only is known, whatever the others are.
    message.monthFirst = earlier(message.monthFirst, monthFirst || dayFirst);
    message.dayFirst = earlier(message.dayFirst, dayFirst || monthFirst);
  }

  /** The message that a row is of, or why it is of none. */
  function messageOf({ number, row, dates }: WaitingRow): Traced | "id" | "unclear" {
    const key = messageKey(row.messageId);
    if (key === "") return "id";
    let found: Traced | undefined;
    let last: Traced | undefined;
    let different = 0;
    for (let message = byKey.get(key); message !== undefined; message = message.another) {
      if (mayBe(message, row)) {
        if (found !== undefined) return "unclear";
        found = message;
      }
      last = message;
      different++;
    }
    if (found !== undefined) return found;
    if (different >= MOST_OF_ONE_ID) return "unclear";
    const message: Traced = {
      id: row.messageId,
      row: number,
      subject: "",
      sender: "",
      returnPath: "",
      recipients: [],
      knownRecipients: undefined,
      soonest: "",
      latest: "",
      monthFirst: "",
      dayFirst: "",
      dates,
      another: undefined,
    };
    if (last === undefined) byKey.set(key, message);
    else last.another = message;
    return message;
  }

  function take(one: WaitingRow): void {
    const { number, row } = one;
    const message = messageOf(one);
    if (typeof message === "string") {
      flaw(message, number, row.messageId);
      return;
    }
    message.row = Math.min(message.row, number);
    if (message.subject === "") message.subject = row.subject;
    if (message.sender === "") message.sender = row.sender;
    if (message.returnPath === "") message.returnPath = row.returnPath;
    for (const address of row.recipients) addRecipient(message, address);
    takeTime(message, one);
  }

  return {
    add(number, row, zoneless) {
      const one = { number, row, zoneless, dates };
      const telling = tellingOf(row.subject, row.sender);
      if (telling === 2) take(one);
      else waiting[telling].push(one);
    },
    nextExport() {
      dates = newExportDates();
      exports.push(dates);
    },
    reject(problem) {
      problems.push(problem);
    },
    found() {
      for (const one of [...waiting[1].splice(0), ...waiting[0].splice(0)]) take(one);
      const traced: Traced[] = [];
      for (const first of byKey.values()) {
        for (let message: Traced | undefined = first; message !== undefined; message = message.another) {
          traced.push(message);
        }
      }
      traced.sort((a, b) => a.row - b.row);
      const messages = traced.map((message): MessageRecord => {
        settleTimes(message);
        const to = message.recipients.map((address) => ({ name: "", address }));
        return {
          kind: "trace",
          internetMessageId: message.id,
          subject: message.subject,
          from: message.sender === "" ? NOBODY : { name: "", address: message.sender },
          sender: NOBODY,
          replyTo: [],
          to,
          recipients: joinedAddresses(to),
          returnPath: message.returnPath,
          date: "",
          received: message.soonest === message.latest ? message.soonest : "",
          authentication: NOT_AUTHENTICATED,
          attachments: [],
          source: { file, entry: message.row },
          origin: `message ${file}:${message.row}`,
        };
      });
      return { messages, problems: [...flawProblems(flaws, undecidedRows(exports)), ...problems], conflicts: [] };
    },
  };
}

/** A flaw with one row more. */
function oneMore(flaw: Flaw | undefined, row: number, example: string): Flaw {
  const rows = (flaw?.rows ?? 0) + 1;
  return flaw === undefined || row < flaw.first ? { rows, first: row, example } : { ...flaw, rows };
}

/** The rows whose order of day and month no date of their export tells. */
function undecidedRows(exports: readonly ExportDates[]): Flaw | undefined {
  const flaws = exports.flatMap(({ found, ambiguous }) => (found.order() === undefined ? (ambiguous ?? []) : []));
  const [first] = flaws;
  return first && { ...first, rows: flaws.reduce((rows, flaw) => rows + flaw.rows, 0) };
}

function flawProblems(flaws: ReadonlyMap<Flawed, Flaw>, undecided: Flaw | undefined): string[] {
  const problems: string[] = [];
  const shown = ({ example }: Flaw) => escapeControls(example.slice(0, 40));
  const id = flaws.get("id");
  if (id !== undefined) {
    const them = id.rows === 1 ? "it" : "them";
    problems.push(
      `${counted(id)} no message ID, or one that is blacked out, so that nothing can be joined with ${them}`,
    );
  }
  const unclear = flaws.get("unclear");
  if (unclear !== undefined) {
    const which = `which of them cannot be told; not used ("${shown(unclear)}")`;
    problems.push(`${counted(unclear)} the ID of several different messages, and ${which}`);
  }
  const time = flaws.get("time");
  if (time !== undefined) {
    problems.push(`${counted(time)} a time that cannot be read or whose time zone is not known ("${shown(time)}")`);
  }
  if (undecided !== undefined) {
    problems.push(`${counted(undecided)} a time in which day and month may be either ("${shown(undecided)}")`);
  }
  return problems;
}

function counted({ rows, first }: Flaw): string {
  return rows === 1 ? `row ${first} has` : `${rows} rows, the first of them row ${first}, have`;
}
