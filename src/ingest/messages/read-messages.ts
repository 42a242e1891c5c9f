import { setImmediate as nextTurn } from "node:timers/promises";
import { detectFormat } from "../detect.ts";
import type { Evidence, InputCheck } from "../evidence/evidence.ts";
import { InputError } from "../evidence/input-error.ts";
import { type ListedInput, listInputs } from "../evidence/list-inputs.ts";
import { type OpenOptions, openEvidence, reopenAs } from "../evidence/open-evidence.ts";
import type { FoundMessages } from "./gather-trace.ts";
import type { MessageRecord } from "./message-record.ts";
import { mimeOutline } from "./mime-outline.ts";
import { settleMessages } from "./one-message.ts";
import { looksLikeEml, readEml } from "./read-eml.ts";
import { readMessageJson } from "./read-json.ts";
import { looksLikeTrace, readTraceCsv } from "./read-trace-csv.ts";

/** A file of messages, for the manifest. */
export interface MessageFile {
  /** Its label. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** How many messages were read in it, those included that another file has as well; of a trace not its rows. */
  readonly messages: number;
}

export interface Messages {
  /** By `messageKey`; several where messages of one id contradict each other. */
  readonly byId: ReadonlyMap<string, readonly MessageRecord[]>;
  /** Every file that could be opened, in the order of the inputs; an archive is one file. */
  readonly files: readonly MessageFile[];
  /** What was not read and why, a sentence each with the file's label. */
  readonly problems: readonly string[];
  /** Where two files, two rows of a trace or two headers say different things of the same message, a sentence each. */
  readonly conflicts: readonly string[];
}

export interface MessageOptions extends OpenOptions {
  /** Bytes of the longest file that is read; default 256 MiB, as a file is held in memory. */
  readonly longestFile?: number;
  readonly signal?: AbortSignal | undefined;
}

const LONGEST_FILE = 256 << 20;
const HEAD = 4096;
/** A file of something else altogether would otherwise fill the report. */
const MOST_PROBLEMS_A_FILE = 20;

/**
 * Reads exported messages, .eml files and message JSON of Microsoft Graph or the Outlook REST API, and message traces,
 * CSV or JSON, in files, folders, gzip and zip archives, recognised by their content. What is no message becomes a
 * problem and ends nothing.
 *
 * The same message in two files: the first one counts, unless the later one says more of its origin
 * (`settleMessages`), as the .eml beside JSON exported without internetMessageHeaders, or any message beside a trace.
 *
 * @param paths files and folders; `-` is standard input.
 * @param workDir an existing folder of the caller's for unpacked copies.
 * @throws InputError where a path does not exist, cannot be listed or is a folder without files; the signal's reason.
 */
export async function readMessages(
  paths: readonly string[],
  workDir: string,
  options: MessageOptions = {},
): Promise<Messages> {
  const all: MessageRecord[] = [];
  const files: MessageFile[] = [];
  const problems: string[] = [];
  const conflicts: string[] = [];
  for (const listed of await listInputs(paths)) {
    const { check, messages, problems: found, conflicts: own } = await readInput(listed, workDir, options);
    conflicts.push(...own.slice(0, MOST_PROBLEMS_A_FILE));
    const others = own.length - MOST_PROBLEMS_A_FILE;
    if (others > 0) conflicts.push(`${listed.label}: ${others} further headers stand twice in a message and differ.`);
    for (const message of messages) all.push(message);
    if (check !== undefined) {
      const { bytes, sha256 } = check;
      files.push({ path: listed.label, bytes, sha256, messages: messages.length });
    }
    problems.push(...found.slice(0, MOST_PROBLEMS_A_FILE));
    const rest = found.length - MOST_PROBLEMS_A_FILE;
    if (rest > 0) problems.push(`${listed.label}: ${rest} further entries could not be read as messages.`);
  }
  return { byId: settleMessages(all, conflicts), files, problems, conflicts };
}

/** What was read of one input; `check` is undefined where it could not be opened. */
interface InputMessages extends FoundMessages {
  readonly check: InputCheck | undefined;
}

async function readInput(listed: ListedInput, workDir: string, options: MessageOptions): Promise<InputMessages> {
  const messages: MessageRecord[] = [];
  const problems: string[] = [];
  const conflicts: string[] = [];
  let check: InputCheck | undefined;
  let opened: Evidence[] = [];
  try {
    opened = await openEvidence(listed, workDir, options);
    check = await opened[0]?.checked;
    if (opened.length === 0) problems.push(`Expected messages in ${listed.label}, but it holds no file.`);
    // Only a plain file is opened before all of it is known to be UTF-8.
    const [first] = opened;
    if (first !== undefined && check?.utf8 === false) opened = [await reopenAs(first, workDir, options)];
    for (const evidence of opened) {
      // Reading itself never waits: signals need a turn.
      await nextTurn();
      options.signal?.throwIfAborted();
      const { label } = evidence;
      problems.push(...evidence.problems.map((problem) => `${label}: ${problem}`));
      const found = await readEvidence(evidence, options.longestFile ?? LONGEST_FILE);
      // One by one: a trace has more messages than a call has room for arguments.
      for (const message of found.messages) messages.push(message);
      for (const problem of found.problems) problems.push(problem);
      for (const conflict of found.conflicts) conflicts.push(conflict);
    }
  } catch (error) {
    // A file that cannot be read keeps nobody from the others.
    if (!(error instanceof InputError)) throw error;
    problems.push(error.message);
  } finally {
    for (const evidence of opened) evidence.close();
  }
  return { check, messages, problems, conflicts };
}

/** The messages of one file; problems are whole sentences here. */
async function readEvidence(evidence: Evidence, longest: number): Promise<FoundMessages> {
  const { label, start, size } = evidence;
  const unexpected = (found: string) =>
    onlyProblem(`Expected an .eml file, message JSON or a message trace, but ${label} is ${found}.`);
  if (evidence.unreadable !== undefined) return unexpected(evidence.unreadable);
  const headBytes = readBytes(evidence, start, Math.min(HEAD, size - start));
  const head = headBytes.toString("utf8");
  // oxlint-disable-next-line no-control-regex -- the record separator of RFC 7464 may precede JSON
  const lead = /^[\s\u001e]*/.exec(head)?.[0] ?? "";
  const isJson = /^[[{]/.test(head.slice(lead.length));
  // Asked before .eml, as `#Software: ...` of a tracking log could be a header.
  const isTrace = !isJson && looksLikeTrace(headBytes.subarray(Buffer.byteLength(lead)));
  if (!isJson && !isTrace && !looksLikeEml(head.slice(lead.length))) {
    const isMbox = head.startsWith("From ");
    const { found } = isMbox ? { found: "an mbox file; export its messages one by one" } : detectFormat(evidence);
    return unexpected(found === "nothing" ? "empty" : found);
  }
  if (size - start > longest) {
    return onlyProblem(
      `${label} has ${size - start} bytes, and a file of messages may have ${longest} at most; split it.`,
    );
  }
  const from = start + Buffer.byteLength(lead);
  const bytes = readBytes(evidence, from, size - from);
  if (!isJson && !isTrace) {
    const found = await readEml(bytes, label);
    if ("problem" in found) return onlyProblem(`${label} ${found.problem}.`);
    return {
      messages: [found.message],
      problems: guessedEncoding(evidence, mimeOutline(bytes)),
      conflicts: found.conflicts,
    };
  }
  const found = isTrace ? readTraceCsv(bytes, label) : readMessageJson(bytes.toString("utf8"), label);
  if (found.messages.length === 0 && found.problems.length === 0) return onlyProblem(`${label} holds no message.`);
  const problems = found.problems.map((problem) => `${label}: ${problem}.`);
  return { ...found, problems: [...guessedEncoding(evidence, bytes), ...problems] };
}

/** What is said of a text in which letters were guessed; `read` is what is made use of. */
function guessedEncoding({ label, encoding }: Evidence, read: Uint8Array): string[] {
  if (encoding !== "Windows-1252" || !read.some((byte) => byte > 0x7f)) return [];
  return [`${label}: Not UTF-8: taken for Windows-1252; of another code page all letters beyond ASCII are wrong.`];
}

function onlyProblem(problem: string): FoundMessages {
  return { messages: [], problems: [problem], conflicts: [] };
}

function readBytes(evidence: Evidence, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, length));
  return bytes.subarray(0, evidence.read(bytes, 0, bytes.length, from));
}
