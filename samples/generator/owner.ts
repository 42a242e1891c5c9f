import { deleteMessage, flagMessage, moveMessage } from "./filing.ts";
import { serverLogon, signInToWeb, webLogon } from "./logons.ts";
import { openSession, serverRow } from "./mailbox.ts";
import type { Mailbox, Message, Session } from "./mailbox.ts";
import { whereabouts } from "./places.ts";
import type { OwnerProfile, Place } from "./places.ts";
import type { Random } from "./random.ts";
import { openAttachment, readInClient, readInPane } from "./reading.ts";
import type { Process } from "./schedule.ts";
import { searchOnWeb } from "./searching.ts";
import { OWNER_QUERIES } from "./texts.ts";
import { DAY, HOUR, MINUTE, SECOND, weekday } from "./time.ts";
import { answerMessage, composeMessage } from "./writing.ts";

type Client = "Web" | "Outlook" | "Mobile";

interface Stay {
  readonly client: Client;
  readonly from: number;
  readonly to: number;
  readonly place: Place;
}

/** The stays of one day: phone early, Outlook in the morning, Outlook or the web after lunch, some evenings. */
function staysOf(random: Random, owner: OwnerProfile, midnight: number): Stay[] {
  const where = whereabouts(owner, midnight);
  const local = (hour: number): number => midnight + (hour - where.utcOffset) * HOUR + random.int(25 * MINUTE);
  const stays: Stay[] = [];
  const stay = (client: Client, place: Place, hour: number, minutes: number): void => {
    const from = local(hour);
    stays.push({ client, place, from, to: from + minutes * MINUTE });
  };
  if (weekday(midnight) % 6 === 0) {
    if (random.chance(0.7)) stay("Mobile", random.pick([where.evening, where.mobile]), random.between(9, 19), 12);
    if (random.chance(0.25)) stay("Web", where.evening, random.between(10, 20), 25);
    return stays;
  }
  stay("Mobile", random.pick([where.evening, where.mobile]), 6.75, 18);
  const desk: Client = where.travelling ? "Web" : "Outlook";
  stay(desk, where.work, 8.25, where.travelling ? 150 : 200);
  stay("Mobile", where.mobile, 12.25, 15);
  stay(random.chance(0.6) || where.travelling ? "Web" : "Outlook", where.work, 13.25, random.between(150, 220));
  if (random.chance(0.4)) stay("Mobile", where.mobile, 17.75, 12);
  if (random.chance(0.35)) stay(random.pick(["Web", "Mobile"]), where.evening, 20.25, 25);
  return stays;
}

/** How a logon record spells an address: mostly plainly, at times with a port or the proxies it came through. */
function recordedAddress(random: Random, place: Place, address: string, awkward: boolean): string {
  if (!awkward || !random.chance(0.12)) return address;
  if (place.proxies !== undefined && random.chance(0.6)) return [address, ...place.proxies].join(", ");
  const port = random.between(1_025, 65_000);
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

function logOn(mailbox: Mailbox, random: Random, session: Session, at: number, recorded: string): void {
  // A typing error before getting in: the owner fails too.
  if (random.chance(0.03)) {
    serverLogon(mailbox, session, at - random.between(6, 20) * SECOND, { recorded, failure: "InvalidCredentials" });
  }
  if (session.app !== "Web") serverLogon(mailbox, session, at, { recorded });
  // A browser that kept its cookie starts without a logon at the server.
  else if (random.chance(0.15)) webLogon(mailbox, session, at);
  else signInToWeb(mailbox, session, at, recorded);
}

/** What the owner turns to next: unread mail, newest first; now and then something read long ago. */
function nextToRead(mailbox: Mailbox, random: Random): Message | undefined {
  const inbox = mailbox.messages.filter(
    (message) => message.folder === "Inbox" && !message.gone && message.topic !== "phish",
  );
  const unread = inbox.filter((message) => !message.read);
  if (unread.length > 0 && random.chance(0.85)) return unread[Math.max(0, unread.length - 1 - random.int(6))];
  return inbox.length > 0 ? random.pick(inbox.slice(random.chance(0.2) ? 0 : -120)) : undefined;
}

function onWeb(mailbox: Mailbox, random: Random, session: Session, message: Message, at: number): number {
  const dwell = random.between(3, 40) ** 2 * 60;
  const done = readInPane(mailbox, session, message, at, dwell, random.chance(0.03));
  if (message.attachments.length > 0 && random.chance(0.35)) {
    openAttachment(
      mailbox,
      session,
      message,
      at + Math.min(dwell - 300, 5 * SECOND),
      random.pick(["Preview", "Download"]),
    );
  }
  return done;
}

/** One turn at the mailbox; returns when it is over. */
function oneTurn(mailbox: Mailbox, random: Random, session: Session, at: number): number {
  const message = nextToRead(mailbox, random);
  const outgoing = (subject: string) => ({ key: "", to: message?.sender ?? mailbox.user, subject });
  const drawn = random.weighted([
    ["read", 62],
    ["answer", 10],
    ["delete", 9],
    ["move", 5],
    ["search", session.app === "Web" ? 5 : 0],
    ["compose", 4],
    ["flag", 2],
    ["meeting", 2],
  ] as const);
  // The script counts on its own messages: the owner reads and answers them, but files none.
  const kind = (drawn === "delete" || drawn === "move") && message?.key !== "" ? "read" : drawn;
  if (kind === "search") return searchOnWeb(mailbox, session, random.pick(OWNER_QUERIES), at + 2 * SECOND).run + SECOND;
  if (kind === "compose" || message === undefined) {
    const time = random.between(50, 400) * SECOND;
    composeMessage(mailbox, session, outgoing("Short question"), at, time);
    return at + time;
  }
  const web = session.app === "Web";
  const read =
    message.read && !web
      ? at
      : web
        ? onWeb(mailbox, random, session, message, at)
        : readInClient(mailbox, session, message, at);
  const then = read + random.between(1, 9) * SECOND;
  if (kind === "answer") {
    const time = random.between(25, 300) * SECOND;
    const how = random.weighted([
      ["Reply", 5],
      ["ReplyAll", 3],
      ["Forward", 2],
    ] as const);
    answerMessage(mailbox, session, message, how, outgoing(`RE: ${message.subject}`), then, time);
    return then + time;
  }
  if (kind === "delete") return deleteMessage(mailbox, session, message, "MoveToDeletedItems", then);
  if (kind === "move" && session.app !== "Mobile") {
    return moveMessage(mailbox, session, message, message.topic === "finance" ? "Suppliers" : "Archive", then);
  }
  if (kind === "meeting" && message.itemClass === "IPM.Schedule.Meeting.Request") {
    const properties = [
      ["ProposeNewTime", "False"],
      ["ItemClass", message.itemClass],
    ] as const;
    serverRow(mailbox, session, then, "AcceptedMeetingRequest", message.itemId, properties);
    return then;
  }
  if (kind === "flag") return flagMessage(mailbox, session, message, then);
  return read;
}

function* stayProcess(mailbox: Mailbox, random: Random, owner: OwnerProfile, stay: Stay, awkward: boolean): Process {
  yield stay.from;
  const address = random.pick(stay.place.addresses);
  const userAgent = { Web: owner.browser, Outlook: owner.outlook, Mobile: owner.phone }[stay.client];
  const session = openSession(mailbox, { actor: "owner", app: stay.client, address, userAgent });
  logOn(mailbox, random, session, stay.from, recordedAddress(random, stay.place, address, awkward));
  const pause = { Web: 6, Outlook: 9, Mobile: 3 }[stay.client] * MINUTE;
  let at = stay.from + random.between(12, 70) * SECOND;
  while (at < stay.to) {
    yield at;
    at = oneTurn(mailbox, random, session, at) + random.between(20 * SECOND, 2 * pause);
  }
}

/** Everything the owner does, one process a stay, in the order the days run. */
export function ownerProcesses(
  mailbox: Mailbox,
  random: Random,
  owner: OwnerProfile,
  span: { readonly start: number; readonly days: number; readonly awkward: boolean },
): Process[] {
  return Array.from({ length: span.days }, (_, day) => {
    const today = random.fork(`day ${day}`);
    return staysOf(today, owner, span.start + day * DAY).map((stay, index) =>
      stayProcess(mailbox, today.fork(`stay ${index}`), owner, stay, span.awkward),
    );
  }).flat();
}
