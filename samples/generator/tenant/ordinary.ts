import type { Random } from "../random.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../time.ts";
import { THROTTLED } from "./intrusion-script.ts";
import type { Mail } from "./mail.ts";
import { writeMail } from "./mail.ts";
import type { Person } from "./people.ts";
import { days, isWorkday, mobileAddress, named, PEOPLE, workplace } from "./people.ts";
import type { AuditRow, Client, SignIn } from "./records.ts";
import { attachment, bind, remove, search, send, signIn, sync, TENANT } from "./records.ts";

const BROWSER =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.0.0 Safari/537.36 Edg/134.0.0.0";
const OWA = "Client=OWA;Action=ViaProxy";
const MOBILE = "Client=OutlookService;Outlook-iOS/2.0;";
const DESKTOP = "Client=MSExchangeRPC";
/** What Microsoft's own services do in a mailbox. */
const BACK_END = "Client=REST;Client=RESTSystem;;";
const OWN_SEARCHES = ["holiday plan", "order", "minutes", "offer", "lunch", "ticket", "invoice"] as const;

/** A backup service that reads every mailbox every night: looks like an intruder's collection and is none. */
export const BACKUP = {
  name: "Keepwell Mail Backup",
  app: "5b1c7a10-6f2d-4c0e-9a51-2f6f0d7c4e11",
  address: "198.51.100.240",
} as const;

/** A session of somebody at a browser. */
export interface WebSession {
  readonly person: Person;
  readonly day: number;
  readonly address: string;
  readonly session: string;
}

/** What the tenant does by itself: its rows, what its people sent, and their browser sessions. */
export interface OrdinaryLife {
  readonly rows: readonly AuditRow[];
  readonly sent: readonly Mail[];
  readonly sessions: readonly WebSession[];
}

interface Life {
  readonly rows: AuditRow[];
  readonly sent: Mail[];
  readonly sessions: WebSession[];
}

function client(person: Person, address: string, session: string, clientInfo: string): Client {
  return { user: person.upn, address, session, clientInfo, actor: "owner" };
}

/** Bind is not audited while it is throttled. */
function isAudited(person: Person, at: number): boolean {
  return person !== named("Maria") || at <= THROTTLED.from || at >= THROTTLED.to;
}

/** Opens messages, up to three at a time, as they come to be read. */
function readMails(
  life: Life,
  random: Random,
  reader: Client,
  person: Person,
  mails: readonly Mail[],
  from: number,
): void {
  let at = from;
  for (let first = 0; first < mails.length;) {
    const items = mails.slice(first, first + random.between(1, 3));
    first += items.length;
    at += random.between(20, 400) * SECOND;
    if (isAudited(person, at)) life.rows.push(bind(random, at, person, reader, items));
    const [item] = items;
    if (item !== undefined && random.chance(item.money ? 0.3 : 0.08)) {
      const file = item.money ? `${item.subject.replaceAll(/[^\w ]/g, "").trim()} (1).pdf` : "attachment.docx";
      life.rows.push(attachment(random, at + 9 * SECOND, person, reader, item, file));
    }
  }
}

/** A working day in Outlook on the web, at one place. */
function atBrowser(life: Life, random: Random, person: Person, day: number, mails: readonly Mail[]): void {
  const address = workplace(random, person, day);
  const session = random.guid();
  const web = client(person, address, session, OWA);
  const start = day + 7 * HOUR + random.between(5, 90) * MINUTE;
  const from: SignIn = {
    user: person.upn,
    address,
    session,
    userAgent: BROWSER,
    app: TENANT.outlookWeb,
    actor: "owner",
  };
  if (random.chance(0.06)) {
    const error = ["50126", "InvalidUserNameOrPassword"] as const;
    life.rows.push(signIn(random, start - random.between(15, 50) * SECOND, { ...from, session: "", error }));
  }
  life.rows.push(signIn(random, start, from));
  life.sessions.push({ person, day, address, session });
  const known = mails.filter(({ at }) => at < start && at >= start - DAY);
  readMails(life, random, web, person, known, start + MINUTE);
  for (const hour of [11, 15]) {
    const at = day + hour * HOUR + random.int(50) * MINUTE;
    const fresh = mails.filter((mail) => mail.at < at && mail.at >= at - 4 * HOUR && mail.at >= start);
    readMails(life, random, web, person, fresh, at);
    if (random.chance(0.6)) {
      const colleague = random.pick(PEOPLE.filter((other) => other !== person));
      const answered = fresh.at(-1);
      const to = answered?.sender ?? colleague.upn;
      const subject = answered === undefined ? "Today" : `Re: ${answered.subject.replace(/^Re: /, "")}`;
      const mail = writeMail(random, at + 9 * MINUTE, person.upn, to, subject);
      life.sent.push(mail);
      life.rows.push(send(random, mail.at, person, web, mail));
    }
    const useless = fresh.filter(({ money }) => !money).slice(0, random.between(1, 2));
    if (useless.length > 0 && random.chance(0.45)) {
      const operation = random.chance(0.8) ? "MoveToDeletedItems" : "SoftDelete";
      life.rows.push(remove(random, at + 12 * MINUTE, operation, person, web, useless));
    }
    if (random.chance(0.12)) life.rows.push(search(random, at + 3 * MINUTE, web, random.pick(OWN_SEARCHES)));
  }
}

function onTelephone(
  life: Life,
  random: Random,
  person: Person,
  day: number,
  session: string,
  mails: readonly Mail[],
): void {
  const looks = isWorkday(day) ? [6, 18, 20] : [10];
  for (const hour of looks) {
    if (random.chance(0.25)) continue;
    const at = day + hour * HOUR + random.int(50) * MINUTE;
    const telephone = client(person, mobileAddress(random, person, day), session, MOBILE);
    if (random.chance(0.3)) life.rows.push(sync(random, at, person, telephone, "\\Inbox"));
    const fresh = mails.filter((mail) => mail.at < at && mail.at >= at - 6 * HOUR).slice(0, random.between(1, 3));
    readMails(life, random, telephone, person, fresh, at);
  }
}

/** Outlook on a desktop copies folders, and says nothing of what is read. */
function onDesktop(life: Life, random: Random, person: Person, day: number, session: string): void {
  const desktop = client(person, workplace(random, person, day), session, DESKTOP);
  for (const hour of [8, 12, 16]) {
    const at = day + hour * HOUR + random.int(40) * MINUTE;
    life.rows.push(sync(random, at, person, desktop, "\\Inbox"));
    if (hour === 12) life.rows.push(sync(random, at + 4 * SECOND, person, desktop, "\\Sent Items"));
  }
}

/** Microsoft's own services look at some of the mail. */
function inBackEnd(life: Life, random: Random, person: Person, day: number, mails: readonly Mail[]): void {
  const at = day + random.between(2, 22) * HOUR + random.int(60) * MINUTE;
  const items = mails.filter((mail) => mail.at < at && mail.at >= at - DAY).slice(0, random.between(1, 4));
  if (items.length === 0 || !isAudited(person, at)) return;
  const address = `2603:10b6:${random.pick(["5", "a03", "208", "408"])}:${random.hex(3)}::${random.hex(2)}`;
  const service: Client = { ...client(person, address, "", BACK_END), actor: "service" };
  life.rows.push(bind(random, at, person, service, items));
}

/** One night of the backup: every mailbox within some minutes. */
function backUp(life: Life, random: Random, day: number, mailsOf: (person: Person) => readonly Mail[]): void {
  let at = day + 1 * HOUR + random.between(1, 3) * MINUTE;
  for (const person of PEOPLE) {
    at += random.between(15, 40) * SECOND;
    const items = mailsOf(person).filter((mail) => mail.at < at && mail.at >= at - DAY);
    if (items.length === 0 || !isAudited(person, at)) continue;
    const { app, address } = BACKUP;
    const service: Client = { ...client(person, address, "", "Client=REST;;"), app, actor: "application" };
    life.rows.push(bind(random, at, person, service, items));
  }
}

/** A month of the tenant without anybody else in it. */
export function ordinaryLife(random: Random, mails: readonly Mail[]): OrdinaryLife {
  const life: Life = { rows: [], sent: [], sessions: [] };
  const boxes = new Map(PEOPLE.map((person) => [person, mails.filter(({ recipient }) => recipient === person.upn)]));
  const mailsOf = (person: Person) => boxes.get(person) ?? [];
  for (const person of PEOPLE) {
    const own = random.fork(person.upn);
    const [telephone, desktop] = [own.guid(), own.guid()];
    const mine = mailsOf(person);
    for (const day of days()) {
      const isAtWork = isWorkday(day) && own.chance(0.95);
      if (isAtWork) atBrowser(life, own, person, day, mine);
      if (isAtWork && person.desktop) onDesktop(life, own, person, day, desktop);
      onTelephone(life, own, person, day, telephone, mine);
      if (own.chance(0.7)) inBackEnd(life, own, person, day, mine);
    }
  }
  for (const day of days()) backUp(life, random.fork(`backup ${day}`), day, mailsOf);
  return life;
}
