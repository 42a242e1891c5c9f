import { newItemId, storeFolderId, writeRow } from "./mailbox.ts";
import type { Folder, Mailbox, Message, Topic } from "./mailbox.ts";
import type { Random } from "./random.ts";
import type { Property } from "./rows.ts";
import type { Process } from "./schedule.ts";
import { acquaintances, AWKWARD_SUBJECTS, draftMessage } from "./texts.ts";
import { DAY, HOUR, receivedTime, SECOND, sentTime, weekday } from "./time.ts";

export interface Arrival {
  readonly key?: string;
  readonly at: number;
  readonly sender: string;
  readonly subject: string;
  readonly topic: Topic;
  readonly attachments?: readonly string[];
  readonly folder?: Folder;
  readonly itemClass?: string;
  /** The conversation it belongs to; a new one without. */
  readonly conversationId?: string;
  readonly isReply?: boolean;
  /** Addresses beside the owner's. */
  readonly others?: readonly string[];
  /** "none": delivered before the log begins; "blank" and "empty": the record has lost its properties. */
  readonly record?: "full" | "none" | "blank" | "empty";
}

/** Name and size of each attachment. The API's documentation never described it. */
const attachmentDetail = (random: Random, names: readonly string[]): string =>
  names.map((name) => `${name}:${random.between(9_000, 900_000)}`).join("|");

function properties(mailbox: Mailbox, random: Random, arrival: Arrival, message: Message): readonly Property[] {
  const flag = (value: boolean): string => (value ? "True" : "False");
  const sentAt = arrival.at - random.between(1, 40) * SECOND;
  const recipients = [mailbox.user, ...(arrival.others ?? [])];
  return [
    ["From", arrival.sender],
    ["DeliveredToInbox", flag(message.folder === "Inbox")],
    ["InferenceClassification", arrival.topic === "bulk" ? "Other" : "Focused"],
    ["DeliveredFolderType", message.folder === "Suppliers" ? "None" : message.folder],
    ["ItemClass", message.itemClass],
    ["Recipients", recipients.join(";")],
    ["ConversationId", message.conversationId],
    ["isReply", flag(arrival.isReply === true)],
    ["MessageGuid", random.guid()],
    ["ExchangeApplicationFlags", String(random.pick([0, 0, 32, 1024]))],
    ["ReceivedTime", receivedTime(arrival.at)],
    ["DeliveredViaBcc", "False"],
    ["DeliveredToClutter", "False"],
    ["IsClutter", "False"],
    ...(message.folder === "Suppliers" ? [["DeliveredFolderId", storeFolderId(mailbox, "Suppliers")] as const] : []),
    ["OrgAuthAs", arrival.sender.endsWith(mailbox.user.replace(/^.*@/, "@")) ? "Internal" : "Anonymous"],
    ["SentTime", sentTime(sentAt)],
    ["IsGroupEscalationMessage", "False"],
    ["SenderSmtpAddress", arrival.sender],
    ["IsMentioned", "False"],
    ["InternetMessageId", message.internetMessageId],
    ["Subject", message.subject],
    ...(message.attachments.length > 0
      ? [["AttachmentDetail", attachmentDetail(random, message.attachments)] as const]
      : []),
  ];
}

/** Puts a message into the mailbox and, unless it is older than the log, its delivery into the log. */
export function deliver(mailbox: Mailbox, random: Random, arrival: Arrival): Message {
  const folder = arrival.folder ?? "Inbox";
  const record = arrival.record ?? "full";
  const message: Message = {
    key: arrival.key ?? "",
    itemId: newItemId(mailbox, folder),
    internetMessageId: `<${random.token(30)}@${arrival.sender.split("@")[1] ?? "mail.example"}>`,
    conversationId: arrival.conversationId ?? `AAQkA${random.token(70)}=`,
    subject: arrival.subject,
    sender: arrival.sender,
    received: arrival.at,
    itemClass: arrival.itemClass ?? "IPM.Note",
    attachments: arrival.attachments ?? [],
    topic: arrival.topic,
    folder,
    read: false,
    openedByIntruder: false,
    gone: false,
  };
  mailbox.messages.push(message);
  if (record === "none") return message;
  const full = properties(mailbox, random, arrival, message);
  writeRow(mailbox, {
    at: arrival.at,
    app: "Exchange",
    type: "MessageDelivered",
    item: message.itemId,
    session: random.guid(),
    properties: record === "full" ? full : record === "empty" ? [] : undefined,
    actor: "service",
    address: undefined,
    delay: random.between(4, 900),
  });
  return message;
}

export interface MailTraffic {
  readonly start: number;
  readonly days: number;
  /** Deliveries on a working day, about. */
  readonly perDay: number;
  readonly awkward: boolean;
  readonly scripted: readonly Arrival[];
}

function arrivals(random: Random, traffic: MailTraffic, people: readonly string[]): Arrival[] {
  const list: Arrival[] = [];
  let awkward = 0;
  for (let day = 0; day < traffic.days; day += 1) {
    const midnight = traffic.start + day * DAY;
    const quiet = weekday(midnight) % 6 === 0;
    const count = Math.round(traffic.perDay * (quiet ? 0.15 : 0.8 + random.next() * 0.4));
    for (let i = 0; i < count; i += 1) {
      // Most mail comes in working hours, some through the night.
      const hour = random.chance(0.85) ? random.between(6, 17) : random.int(24);
      const draft = draftMessage(random, people);
      const at = midnight + hour * HOUR + random.int(HOUR);
      const odd = traffic.awkward && random.chance(0.03);
      if (odd) awkward += 1;
      list.push({
        ...draft,
        at,
        ...(odd ? { subject: AWKWARD_SUBJECTS[awkward % AWKWARD_SUBJECTS.length] ?? "" } : {}),
        ...(random.chance(0.03) ? { folder: "JunkEmail" as const, topic: "bulk" as const } : {}),
        ...(draft.topic === "finance" && random.chance(0.06) ? { folder: "Suppliers" as const } : {}),
        ...(draft.topic === "work" && random.chance(0.07) ? { itemClass: "IPM.Schedule.Meeting.Request" } : {}),
        ...(random.chance(0.3) ? { others: [random.pick(people), random.pick(people)].slice(random.int(2)) } : {}),
        ...(traffic.awkward && random.chance(0.004) ? { record: random.pick(["blank", "empty"] as const) } : {}),
      });
    }
  }
  return list;
}

/** All mail that arrives: a quarter of it answers something earlier. */
export function* deliveries(mailbox: Mailbox, random: Random, traffic: MailTraffic): Process {
  const people = acquaintances(random.fork("people"), mailbox.user.split("@")[1] ?? "mail.example");
  for (let i = 0; i < 60; i += 1) {
    const draft = draftMessage(random, people);
    const at = traffic.start - random.between(1, 90 * 24) * HOUR;
    deliver(mailbox, random, { ...draft, at, record: "none" }).read = true;
  }
  const all = [...arrivals(random, traffic, people), ...traffic.scripted].sort((a, b) => a.at - b.at);
  const scripted = new Set(traffic.scripted);
  for (const arrival of all) {
    if (arrival.record !== "none") yield arrival.at;
    const earlier = mailbox.messages.slice(-40).filter((message) => message.topic !== "bulk" && message.key === "");
    if (scripted.has(arrival) || arrival.topic === "bulk" || earlier.length === 0 || !random.chance(0.25)) {
      deliver(mailbox, random, arrival);
      continue;
    }
    const first = random.pick(earlier);
    const subject = first.subject.startsWith("RE: ") ? first.subject : `RE: ${first.subject}`;
    const thread = { subject, conversationId: first.conversationId, topic: first.topic, isReply: true };
    deliver(mailbox, random, { ...arrival, ...thread, itemClass: "IPM.Note" });
  }
}
