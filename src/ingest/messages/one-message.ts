import { escapeControls } from "../evidence/labels.ts";
import { authenticationOf } from "./authentication.ts";
import {
  joinedAddresses,
  messageKey,
  type MessageRecord,
  type MessageSource,
  messageSources,
} from "./message-record.ts";
import { contradictions, type Likeness, likenessOf, tellingOf } from "./same-message.ts";

/** More different messages of one InternetMessageId than these are not told apart: a program gives all of them the same. */
const MOST_OF_ONE_ID = 100;

/**
 * Puts messages together that are one, by `messageKey`: of several records the first counts, but one of the message
 * itself before one of a trace, and among the former one with results of authentication before one without. What the
 * record that counts does not say of subject, sender, recipients and time is taken from the others, and its `sources`
 * say so; two traces have their recipients together. Records of one id that contradict each other in subject or sender
 * (`contradictions`) stay apart; of traces that differ in the sender alone it is not said that they are different messages.
 *
 * @param conflicts gets a sentence where records of one id say different things.
 */
export function settleMessages(
  messages: Iterable<MessageRecord>,
  conflicts: string[],
): Map<string, readonly MessageRecord[]> {
  const byId = new Map<string, MessageRecord[]>();
  for (const message of messages) {
    const key = messageKey(message.internetMessageId);
    const same = byId.get(key);
    if (same === undefined) byId.set(key, [message]);
    else same.push(message);
  }
  for (const [key, records] of byId) {
    if (records.length > 1) byId.set(key, settled(records, conflicts));
  }
  return byId;
}

/** Records of one id that contradict each other in nothing. */
interface Group {
  readonly likenesses: Likeness[];
  readonly records: Set<MessageRecord>;
}

/** The different messages among records of one id. */
function settled(records: readonly MessageRecord[], conflicts: string[]): MessageRecord[] {
  const groups: Group[] = [];
  /** Copies of one export are many: each likeness is compared once. */
  const known = new Map<string, Group | undefined>();
  const apart: string[] = [];
  const unclear: MessageRecord[] = [];
  for (const record of records.toSorted((a, b) => told(b) - told(a))) {
    const own = likenessOf(record);
    const words = JSON.stringify(own);
    if (!known.has(words)) {
      const differing = groups.map(({ likenesses }) => likenesses.flatMap((other) => contradictions(other, own)));
      const fitting = groups.filter((_, at) => differing[at]?.length === 0);
      const [first] = fitting;
      if (first === undefined && groups.length < MOST_OF_ONE_ID) {
        const [other] = groups[0]?.records ?? new Set<MessageRecord>();
        const fields = [...new Set(differing[0])].join(", ");
        // Each recipient of a list, and of a mailbox that forwards, has a sender of the envelope for itself.
        const isEnvelope = fields === "From" && other?.kind === "trace" && record.kind === "trace";
        if (other !== undefined && !isEnvelope) apart.push(`${place(other)} and ${place(record)} differ in ${fields}`);
        const group = { likenesses: [own], records: new Set<MessageRecord>() };
        groups.push(group);
        known.set(words, group);
      } else {
        const group = fitting.length === 1 ? first : undefined;
        group?.likenesses.push(own);
        known.set(words, group);
      }
    }
    const group = known.get(words);
    if (group === undefined) unclear.push(record);
    else group.records.add(record);
  }
  const [{ internetMessageId }] = records as [MessageRecord];
  const id = escapeControls(internetMessageId);
  if (apart.length > 0) conflicts.push(`${id}: ${firstOf(apart)}; they are taken for different messages.`);
  if (unclear.length > 0) {
    conflicts.push(`${id}: which of its messages ${firstOf(unclear.map(place))} is cannot be told; it is not used.`);
  }
  return groups.map((group) =>
    together(
      records.filter((record) => group.records.has(record)),
      conflicts,
    ),
  );
}

function told({ subject, from }: MessageRecord): number {
  return tellingOf(subject, from.address || from.name);
}

/** The first words and how many more there are. */
function firstOf(words: readonly string[]): string {
  const more = words.length - 3;
  return words.slice(0, 3).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Records that are one message as one. Results of authentication that differ are another message's, and not used. */
function together(group: readonly MessageRecord[], conflicts: string[]): MessageRecord {
  let used = group[0] as MessageRecord;
  for (const message of group.slice(1)) {
    used = worth(message) > worth(used) ? completed(message, used) : completed(used, message);
  }
  const assessed = group.filter((one) => worth(one) === 2);
  const differing = (["spf", "dkim", "dmarc"] as const).filter(
    (method) => new Set(resultsOf(assessed, method).map(({ authentication }) => authentication[method])).size > 1,
  );
  const [first] = differing;
  if (first === undefined) return used;
  const [one, ...others] = resultsOf(assessed, first) as [MessageRecord, ...MessageRecord[]];
  const other = others.find(({ authentication }) => authentication[first] !== one.authentication[first]) ?? one;
  conflicts.push(
    `${escapeControls(used.internetMessageId)}: ${place(one)} and ${place(other)} differ in ` +
      `${differing.join(", ").toUpperCase()}; no result of theirs is used.`,
  );
  return { ...used, authentication: authenticationOf([]) };
}

function resultsOf(records: readonly MessageRecord[], method: "spf" | "dkim" | "dmarc"): readonly MessageRecord[] {
  return records.filter(({ authentication }) => authentication[method] !== "");
}

/** Where a record was read, for a warning. */
export function place({ source }: MessageRecord): string {
  return `${source.file}:${source.entry}`;
}

function worth({ kind, authentication: { spf, dkim, dmarc, compauth } }: MessageRecord): number {
  if (kind === "trace") return 0;
  return spf !== "" || dkim !== "" || dmarc !== "" || compauth !== "" ? 2 : 1;
}

function completed(used: MessageRecord, other: MessageRecord): MessageRecord {
  const added: MessageSource["tells"][number][] = [];
  let { subject, from, received, to, recipients } = used;
  if (subject === "" && other.subject !== "") {
    subject = other.subject;
    added.push("subject");
  }
  if (from.address === "" && from.name === "" && (other.from.address !== "" || other.from.name !== "")) {
    from = other.from;
    added.push("from");
  }
  if (received === "" && other.received !== "") {
    received = other.received;
    added.push("received");
  }
  if (used.kind === "trace" && other.kind === "trace") {
    const known = new Set(to.map(({ address }) => address.toLowerCase()));
    const more = other.to.filter(({ address }) => !known.has(address.toLowerCase()));
    if (more.length > 0) {
      to = [...to, ...more];
      recipients = joinedAddresses(to);
      added.push("recipients");
    }
  } else if (recipients === "" && other.recipients !== "") {
    recipients = other.recipients;
    added.push("recipients");
  }
  if (added.length === 0) return used;
  const more = messageSources(other).map(({ origin, tells }) => ({
    origin,
    tells: tells.filter((name) => added.includes(name)),
  }));
  const sources = [...messageSources(used), ...more.filter(({ tells }) => tells.length > 0)];
  return { ...used, subject, from, received, to, recipients, sources };
}
