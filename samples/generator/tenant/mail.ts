import type { Random } from "../random.ts";
import { HOUR, MINUTE } from "../time.ts";
import type { Person } from "./people.ts";
import { days, isWorkday, PEOPLE } from "./people.ts";
import type { NamedItem } from "./records.ts";

/** A message that somebody of the tenant got or sent. */
export interface Mail extends NamedItem {
  readonly at: number;
  readonly sender: string;
  readonly recipient: string;
  /** About money: what an intruder looks for. */
  readonly money: boolean;
}

const PARTNERS = ["freight.fabrikam.example", "fabrikam.example", "northwind.example", "tidewater.example"] as const;
const FIRST_NAMES = ["bob", "carla", "dmitri", "elif", "george", "hana", "ivan", "june"] as const;
const MONEY = [
  "Invoice {n}",
  "Re: Invoice {n}: payment date",
  "Remittance advice {n}",
  "Wire confirmation {n}",
  "Bank details of the new supplier ({n})",
  "Payment run of week {w}",
  "Statement of account {n}",
] as const;
const WORK = [
  "Minutes of Monday's meeting",
  "Re: Delivery window {n}",
  "Offer {n}",
  "Question about order {n}",
  "Visit in week {w}",
  "Re: Samples for {n}",
  "Holiday plan, second version",
  "Lunch on Thursday?",
  "Your ticket {n} is closed",
  "Weekly report, week {w}",
] as const;

function subject(random: Random, money: boolean): string {
  return random
    .pick(money ? MONEY : WORK)
    .replace("{n}", String(random.between(10_200, 98_700)))
    .replace("{w}", String(random.between(10, 14)));
}

/** An Internet message id as the sender's servers write it: letter case differs from one to the next. */
function messageId(random: Random, domain: string): string {
  return random.chance(0.4)
    ? `<${random.token(32)}@${domain}>`
    : `<VI1PR05MB${random.between(1000, 9999)}${random.hex(22).toUpperCase()}@VI1PR05MB${random.between(1000, 9999)}.${domain}>`;
}

/** A message that is made on purpose. */
export function writeMail(
  random: Random,
  at: number,
  sender: string,
  recipient: string,
  subject: string,
  money = false,
): Mail {
  const domain = sender.split("@")[1] ?? "mail.example";
  return { at, sender, recipient, subject, money, folder: "\\Inbox", internetMessageId: messageId(random, domain) };
}

function oneDay(random: Random, person: Person, day: number): Mail[] {
  const count = isWorkday(day) ? random.between(4, 9) : random.between(0, 2);
  return Array.from({ length: count }, () => {
    const at = day + 6 * HOUR + random.int(12 * 60) * MINUTE + random.int(60) * 1000;
    const money = person.money && random.chance(0.4);
    const colleague = random.pick(PEOPLE.filter((other) => other !== person));
    const partner = `${random.pick(FIRST_NAMES)}@${random.pick(PARTNERS)}`;
    const sender = random.chance(0.25) ? colleague.upn : partner;
    return writeMail(random, at, sender, person.upn, subject(random, money), money);
  });
}

/** What everybody gets in the time of the log, in order of time. */
export function ordinaryMail(random: Random): readonly Mail[] {
  return PEOPLE.flatMap((person) => days().flatMap((day) => oneDay(random, person, day))).sort((a, b) => a.at - b.at);
}

const TRACE_COLUMNS = ["MessageTraceId", "MessageId", "Received", "SenderAddress", "RecipientAddress", "Subject"];

function csvCell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Messages as Get-MessageTraceV2 and Export-Csv write them, newest first; times are UTC. */
export function messageTrace(random: Random, mails: readonly Mail[]): string {
  const lines = mails
    .toSorted((a, b) => b.at - a.at)
    .map(({ internetMessageId, at, sender, recipient, subject }) => [
      random.guid(),
      internetMessageId,
      `${new Date(at).toISOString().slice(0, 19)}.${random.between(1_000_000, 9_999_999)}Z`,
      sender,
      recipient,
      subject,
    ]);
  return `\uFEFF${[TRACE_COLUMNS, ...lines].map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
}
