import type { Actor, MailboxRow, Property } from "../../samples/generator/rows.ts";
import type { IntruderQuery } from "../labelled.ts";
import { MINUTE, printed, SECOND, toSecond } from "./clock.ts";
import type { Dice } from "./dice.ts";
import { someone, subjectOf } from "./texts.ts";
import type { Topic } from "./texts.ts";

/** How an export looks, whoever did what. */
export interface Shape {
  /** Whether the browser's own Logon records are in it. */
  readonly webLogons: boolean;
  /** Whether the server's records carry the session id of the browser; else each has an id of its own. */
  readonly joined: boolean;
  /** Whether desktop programs report their reading pane as browsers do. */
  readonly desktopPanes: boolean;
  /** Share of records that lost their properties; logons keep theirs. */
  readonly lost: number;
  /** Whether times are printed without the zeros at the end. */
  readonly trimmed: boolean;
}

export interface Message {
  id: string;
  folder: string;
  unread: boolean;
  gone: boolean;
  readonly internetId: string;
  readonly conversation: string;
  readonly topic: Topic;
  readonly from: string;
  readonly received: number;
  readonly attachment: boolean;
}

/** One sitting: somebody with one client at one address. */
export interface Sitting {
  readonly actor: Actor;
  readonly app: string;
  readonly userAgent: string;
  readonly address: string;
  /** The address as the logon's record spells it. */
  readonly spelt: string;
  readonly session: string;
}

interface Task {
  readonly at: number;
  readonly run: () => void;
}

/** A mailbox whose log is being made. Tasks are done in the order of time, so that all see the same messages. */
export interface Log {
  readonly dice: Dice;
  readonly user: string;
  readonly shape: Shape;
  readonly mailboxId: string;
  readonly messages: Message[];
  readonly tasks: Task[];
  readonly queries: IntruderQuery[];
  readonly entries: { readonly at: number; readonly ticks: number; readonly row: MailboxRow }[];
}

export function newLog(dice: Dice, user: string, shape: Shape): Log {
  const mailboxId = `AAMkAD${dice.letters(46)}`;
  return { dice, user, shape, mailboxId, messages: [], tasks: [], queries: [], entries: [] };
}

export const newId = ({ dice, mailboxId }: Log): string => `${mailboxId}AAB${dice.letters(24)}AAA=`;

/** Who reports a record: the browser with its session's id, or the server. */
type Reporter = "browser" | "server";

/** Adds a record of a sitting. */
export function record(
  log: Log,
  sitting: Sitting,
  at: number,
  type: string,
  item: string,
  properties: readonly Property[] | undefined,
  by: Reporter = "server",
): void {
  const { dice, shape } = log;
  const session = by === "browser" || shape.joined ? sitting.session : dice.guid();
  const lost = !type.endsWith("Logon") && properties !== undefined && dice.odds(shape.lost);
  const { actor, app, address } = sitting;
  add(log, at, app, type, item, session, lost ? dice.of([undefined, []]) : properties, actor, address);
}

function add(
  log: Log,
  at: number,
  app: string,
  type: string,
  item: string,
  session: string,
  properties: readonly Property[] | undefined,
  actor: Actor,
  address: string | undefined,
): void {
  const { dice, shape } = log;
  // Round times are common with some servers; trimming then leaves no fraction at all.
  const ticks = dice.odds(0.1) ? 0 : dice.range(0, 9999);
  const row: MailboxRow = {
    timeStamp: printed(at, ticks, shape.trimmed),
    appIdType: app,
    activityIdType: type,
    activityItemId: item,
    activityCreationTime: printed(at + dice.range(1, 30 * SECOND), ticks, shape.trimmed),
    clientSessionId: session,
    properties,
    actor,
    address,
    duplicate: false,
  };
  log.entries.push({ at, ticks, row });
}

/** A message arrives. */
export function arrive(log: Log, at: number, topic: Topic, logged = true): void {
  const { dice, user } = log;
  const from = someone(dice);
  const message: Message = {
    id: newId(log),
    folder: "Inbox",
    unread: logged,
    gone: false,
    internetId: `<${dice.hex(24)}.${dice.hex(6)}@${from.split("@")[1] ?? ""}>`,
    conversation: `AAQkAD${dice.letters(52)}=`,
    topic,
    from,
    received: at,
    attachment: dice.odds(topic === "money" ? 0.5 : 0.15),
  };
  log.messages.push(message);
  if (!logged) return;
  const properties: readonly Property[] = [
    ["InternetMessageId", message.internetId],
    ["Subject", subjectOf(dice, topic)],
    ["SenderSmtpAddress", from],
    ["ReceivedTime", toSecond(at)],
    ["ConversationId", message.conversation],
    ["DeliveredFolderType", "Inbox"],
    ["Recipients", dice.odds(0.2) ? `${user};${someone(dice)}` : user],
    ["ItemClass", "IPM.Note"],
    ["DeliveredToInbox", "True"],
  ];
  const lost = dice.odds(log.shape.lost);
  add(log, at, "Exchange", "MessageDelivered", message.id, dice.guid(), lost ? [] : properties, "service", undefined);
}

/** A logon at the server, `failure` being why it failed. */
export function logOn(log: Log, sitting: Sitting, at: number, failure = ""): void {
  record(log, sitting, at, "ServerLogon", "", [
    ["Result", failure === "" ? "Success" : "Failure"],
    ["ExceptionInfo", failure],
    ["UserName", log.user],
    ["ClientIP", sitting.spelt],
    ["UserAgent", sitting.userAgent],
    ["NetworkPresenceLocation", ""],
  ]);
}

/** The browser's own record of its start, where the export has such. */
export function startBrowser(log: Log, sitting: Sitting, at: number): void {
  if (!log.shape.webLogons) return;
  const properties: readonly Property[] = [
    ["IPAddress", sitting.address],
    ["Browser", sitting.userAgent],
    ["Layout", "mouse"],
    ["Timezone", "UTC"],
    ["InferenceUiReady", "1"],
  ];
  record(log, sitting, at, "Logon", "", properties, "browser");
}

/** Signs in with a browser. */
export function signIn(log: Log, sitting: Sitting, at: number): void {
  logOn(log, sitting, at);
  startBrowser(log, sitting, at + log.dice.range(900, 9000));
}

export function later(log: Log, at: number, run: () => void): void {
  log.tasks.push({ at, run });
}

/** Times spread over a span, in order and at least `gap` ms apart where there is room. */
export function timesWithin(dice: Dice, from: number, to: number, count: number, gap = MINUTE): number[] {
  const times = Array.from({ length: count }, () => dice.range(from, to)).sort((a, b) => a - b);
  return times.filter((at, index) => index === 0 || at - (times[index - 1] ?? 0) >= gap);
}

/** Does every task and returns the rows between two times, as an export has them. */
export function finish(log: Log, from: number, to: number): MailboxRow[] {
  for (const task of log.tasks.sort((a, b) => a.at - b.at)) task.run();
  return log.entries
    .filter(({ at }) => at >= from && at < to)
    .sort((a, b) => a.at - b.at || a.ticks - b.ticks)
    .map(({ row }) => row);
}
