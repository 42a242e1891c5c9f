import { deleteMessage, moveMessage } from "./filing.ts";
import { serverLogon, signInToWeb } from "./logons.ts";
import { openSession } from "./mailbox.ts";
import type { Mailbox, Message, Session } from "./mailbox.ts";
import type { AttackPlan, Attempts, Choice, Step, Synchronisation, Visit } from "./plan.ts";
import type { Random } from "./random.ts";
import { markUnreadOnWeb, openAttachment, readInPane } from "./reading.ts";
import type { Process } from "./schedule.ts";
import { searchOnWeb } from "./searching.ts";
import { SECOND } from "./time.ts";
import type { NewMessageNote, Notebook } from "./truth.ts";
import { answerMessage } from "./writing.ts";

interface Stay {
  readonly mailbox: Mailbox;
  readonly random: Random;
  readonly session: Session;
  readonly notebook: Notebook;
}

/** A script's message by its name; other choices take one of the newest, for reading one not opened yet. */
function choose(stay: Stay, choice: Choice, unopened: boolean): Message | undefined {
  const { messages } = stay.mailbox;
  if ("key" in choice) return messages.find((message) => message.key === choice.key);
  const fits = messages.filter(
    (message) =>
      !message.gone &&
      message.key !== "phish" &&
      (!unopened || !message.openedByIntruder) &&
      ("topic" in choice
        ? message.topic === choice.topic && message.folder !== "JunkEmail"
        : message.folder === choice.folder),
  );
  return fits.length > 0 ? stay.random.pick(fits.slice(-25)) : undefined;
}

function note(stay: Stay, at: number, what: string, message: Message, detail: readonly string[] = []): NewMessageNote {
  return {
    at,
    address: stay.session.address,
    webSessionId: stay.session.webId,
    what,
    activityItemId: message.itemId,
    internetMessageId: message.internetMessageId,
    subject: message.subject,
    sender: message.sender,
    detail,
  };
}

function answer(stay: Stay, step: Extract<Step, { do: "reply" | "forward" }>, original: Message, at: number): number {
  const { mailbox, session, notebook } = stay;
  const time = stay.random.between(60 * SECOND, 240 * SECOND);
  const { key, to, subject } = step;
  const kind = step.do === "reply" ? "Reply" : "Forward";
  const originalItemId = original.itemId;
  const sent = answerMessage(mailbox, session, original, kind, { key, to, subject }, at, time);
  const { address, webId } = session;
  const told = { what: step.do, originalItemId, sentItemId: sent.itemId, to, subject };
  notebook.sent.push({ at: at + time, address, webSessionId: webId, ...told });
  return at + time;
}

/** One step; returns when it is over. */
function oneStep(stay: Stay, step: Step, at: number): number {
  const { mailbox, random, session, notebook } = stay;
  if (step.do === "search") {
    const search = searchOnWeb(mailbox, session, step.query, at, step);
    const { query, firstKeystroke, lastKeystroke, keystrokes, run } = search;
    const who = { address: session.address, webSessionId: session.webId };
    notebook.searches.push({ at: run, ...who, query, firstKeystroke, lastKeystroke, keystrokes });
    return run + SECOND;
  }
  const message = choose(stay, step.what, step.do === "read");
  if (message === undefined) return at;
  switch (step.do) {
    case "read": {
      const dwell = random.between(5, 22) ** 2 * 200;
      notebook.opened.push(note(stay, at, "read", message));
      message.openedByIntruder = true;
      return readInPane(mailbox, session, message, at, dwell);
    }
    case "attachment": {
      const action = random.pick(["Preview", "Open", "Download"] as const);
      notebook.attachments.push(note(stay, at, action, message, message.attachments));
      return openAttachment(mailbox, session, message, at, action);
    }
    case "unread":
      return markUnreadOnWeb(mailbox, session, message, at);
    case "reply":
    case "forward":
      return answer(stay, step, message, at);
    case "delete":
      notebook.deletions.push(note(stay, at, step.type, message, [`from ${message.folder}`]));
      return deleteMessage(mailbox, session, message, step.type, at);
    case "move":
      notebook.moves.push(note(stay, at, "move", message, [`from ${message.folder}`, `to ${step.to}`]));
      return moveMessage(mailbox, session, message, step.to, at);
  }
}

function begin(mailbox: Mailbox, notebook: Notebook, address: string, userAgent: string): Session {
  const session = openSession(mailbox, { actor: "intruder", app: "Web", address, userAgent });
  const { app, webId, serverId } = session;
  notebook.sessions.push({ app, address, webId, serverId });
  return session;
}

function* visitProcess(mailbox: Mailbox, random: Random, notebook: Notebook, visit: Visit): Process {
  const arrived = visit.at + random.int(1_000);
  yield arrived;
  const session = begin(mailbox, notebook, visit.address, visit.userAgent);
  const stay = { mailbox, random, session, notebook };
  const { address, webId } = session;
  notebook.logons.push({ at: arrived, address, webSessionId: webId, app: "Web", result: "Success" });
  let at = signInToWeb(mailbox, session, arrived) + random.between(5 * SECOND, 30 * SECOND);
  for (const step of visit.steps) {
    if (step.do === "search" && step.at !== undefined) at = step.at;
    yield at;
    at = oneStep(stay, step, at) + random.between(3 * SECOND, 45 * SECOND);
  }
}

function* attemptsProcess(mailbox: Mailbox, random: Random, notebook: Notebook, attempts: Attempts): Process {
  let at = attempts.at + random.int(1_000);
  const { app, address, userAgent } = attempts;
  for (let i = 0; i < attempts.count; i += 1) {
    yield at;
    const session = openSession(mailbox, { actor: "intruder", app, address, userAgent });
    serverLogon(mailbox, session, at, { failure: "InvalidCredentials" });
    notebook.logons.push({ at, address, webSessionId: "", app, result: "Failure" });
    at += random.between(4 * SECOND, 22 * SECOND);
  }
}

function* synchronisationProcess(mailbox: Mailbox, notebook: Notebook, sync: Synchronisation): Process {
  yield sync.at;
  const session = openSession(mailbox, { actor: "intruder", app: "IMAP4", address: sync.address, userAgent: "" });
  serverLogon(mailbox, session, sync.at);
  notebook.logons.push({ at: sync.at, address: sync.address, webSessionId: "", app: "IMAP4", result: "Success" });
}

/** Everything the intruder does, as processes; what was done is written into the notebook. */
export function intruderProcesses(mailbox: Mailbox, random: Random, notebook: Notebook, plan: AttackPlan): Process[] {
  return [
    ...plan.attempts.map((item, index) => attemptsProcess(mailbox, random.fork(`attempts ${index}`), notebook, item)),
    ...plan.visits.map((item, index) => visitProcess(mailbox, random.fork(`visit ${index}`), notebook, item)),
    ...plan.synchronisations.map((item) => synchronisationProcess(mailbox, notebook, item)),
  ];
}
