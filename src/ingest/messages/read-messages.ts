import { setImmediate as nextTurn } from "node:timers/promises";
import { detectFormat } from "../detect.ts";
import type { Evidence, InputCheck } from "../evidence/evidence.ts";
import { InputError } from "../evidence/input-error.ts";
import { escapeControls } from "../evidence/labels.ts";
import { type ListedInput, listInputs } from "../evidence/list-inputs.ts";
import { type OpenOptions, openEvidence, reopenAs } from "../evidence/open-evidence.ts";
import { messageKey, type MessageRecord } from "./message-record.ts";
import { looksLikeEml, readEml } from "./read-eml.ts";
import { readMessageJson } from "./read-json.ts";

/** A file of messages, for the manifest. */
export interface MessageFile {
  /** Its label. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** How many messages were read in it, those included that another file has as well. */
  readonly messages: number;
}

export interface Messages {
  /** By `messageKey`. */
  readonly byId: ReadonlyMap<string, MessageRecord>;
  /** Every file that could be opened, in the order of the inputs; an archive is one file. */
  readonly files: readonly MessageFile[];
  /** What was not read and why, a sentence each with the file's label. */
  readonly problems: readonly string[];
  /** Where two files have the same message and say different things of it, a sentence each. */
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
 * Reads exported messages: .eml files and message JSON of Microsoft Graph or the Outlook REST API, in files, folders,
 * gzip and zip archives, recognised by their content. What is no message becomes a problem and ends nothing.
 *
 * The same message in two files: the first one counts, unless it has no results of authentication and the later one
 * has, as JSON exported without internetMessageHeaders beside the .eml.
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
  const byId = new Map<string, MessageRecord>();
  const files: MessageFile[] = [];
  const problems: string[] = [];
  const conflicts: string[] = [];
  for (const listed of await listInputs(paths)) {
    const { check, messages, problems: found } = await readInput(listed, workDir, options);
    for (const message of messages) keep(message, byId, conflicts);
    if (check !== undefined) {
      const { bytes, sha256 } = check;
      files.push({ path: listed.label, bytes, sha256, messages: messages.length });
    }
    problems.push(...found.slice(0, MOST_PROBLEMS_A_FILE));
    const rest = found.length - MOST_PROBLEMS_A_FILE;
    if (rest > 0) problems.push(`${listed.label}: ${rest} further entries could not be read as messages.`);
  }
  return { byId, files, problems, conflicts };
}

function keep(message: MessageRecord, byId: Map<string, MessageRecord>, conflicts: string[]): void {
  const key = messageKey(message.internetMessageId);
  const first = byId.get(key);
  if (first === undefined) {
    byId.set(key, message);
    return;
  }
  const replaces = !isAuthenticated(first) && isAuthenticated(message);
  if (replaces) byId.set(key, message);
  const fields = differences(first, message);
  if (fields.length === 0) return;
  const used = replaces ? message : first;
  conflicts.push(
    `${escapeControls(message.internetMessageId)}: ${place(first)} and ${place(message)} differ in ` +
      `${fields.join(", ")}; ${place(used)} is used.`,
  );
}

function place({ source }: MessageRecord): string {
  return `${source.file}:${source.entry}`;
}

/** Whether the receiver said anything of the message's origin. */
function isAuthenticated({ authentication: { spf, dkim, dmarc, compauth } }: MessageRecord): boolean {
  return spf !== "" || dkim !== "" || dmarc !== "" || compauth !== "";
}

/** What two exports of one message have both, and not alike. */
function differences(a: MessageRecord, b: MessageRecord): string[] {
  const compared: readonly (readonly [words: string, a: string, b: string])[] = [
    ["subject", a.subject, b.subject],
    ["From", a.from.address.toLowerCase(), b.from.address.toLowerCase()],
    ["SPF", a.authentication.spf, b.authentication.spf],
    ["DKIM", a.authentication.dkim, b.authentication.dkim],
    ["DMARC", a.authentication.dmarc, b.authentication.dmarc],
  ];
  return compared.filter(([, a, b]) => a !== "" && b !== "" && a !== b).map(([words]) => words);
}

/** What was read of one input; `check` is undefined where it could not be opened. */
interface InputMessages {
  readonly check: InputCheck | undefined;
  readonly messages: readonly MessageRecord[];
  readonly problems: readonly string[];
}

async function readInput(listed: ListedInput, workDir: string, options: MessageOptions): Promise<InputMessages> {
  const messages: MessageRecord[] = [];
  const problems: string[] = [];
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
      const entries = await readEvidence(evidence, options.longestFile ?? LONGEST_FILE);
      for (const entry of entries) {
        if ("problem" in entry) problems.push(entry.problem);
        else messages.push(entry);
      }
    }
  } catch (error) {
    // A file that cannot be read keeps nobody from the others.
    if (!(error instanceof InputError)) throw error;
    problems.push(error.message);
  } finally {
    for (const evidence of opened) evidence.close();
  }
  return { check, messages, problems };
}

/** The messages of one file; problems are whole sentences here. */
async function readEvidence(
  evidence: Evidence,
  longest: number,
): Promise<readonly (MessageRecord | { readonly problem: string })[]> {
  const { label, start, size } = evidence;
  const unexpected = (found: string) => [
    { problem: `Expected an .eml file or message JSON, but ${label} is ${found}.` },
  ];
  if (evidence.unreadable !== undefined) return unexpected(evidence.unreadable);
  const head = readBytes(evidence, start, Math.min(HEAD, size - start)).toString("utf8");
  // oxlint-disable-next-line no-control-regex -- the record separator of RFC 7464 may precede JSON
  const lead = /^[\s\u001e]*/.exec(head)?.[0] ?? "";
  const isJson = /^[[{]/.test(head.slice(lead.length));
  if (!isJson && !looksLikeEml(head.slice(lead.length))) {
    const isMbox = head.startsWith("From ");
    const { found } = isMbox ? { found: "an mbox file; export its messages one by one" } : detectFormat(evidence);
    return unexpected(found === "nothing" ? "empty" : found);
  }
  if (size - start > longest) {
    return [
      { problem: `${label} has ${size - start} bytes, and a file of messages may have ${longest} at most; split it.` },
    ];
  }
  const from = start + Buffer.byteLength(lead);
  const bytes = readBytes(evidence, from, size - from);
  if (!isJson) {
    const message = await readEml(bytes, label);
    return "problem" in message ? [{ problem: `${label} ${message.problem}.` }] : [message];
  }
  const entries = readMessageJson(bytes.toString("utf8"), label);
  if (entries.length === 0) return [{ problem: `${label} holds no message.` }];
  return entries.map((entry) => ("problem" in entry ? { problem: `${label}: ${entry.problem}.` } : entry));
}

function readBytes(evidence: Evidence, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, length));
  return bytes.subarray(0, evidence.read(bytes, 0, bytes.length, from));
}
