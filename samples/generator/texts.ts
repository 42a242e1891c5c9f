import type { Topic } from "./mailbox.ts";
import type { Random } from "./random.ts";

const FIRST =
  "anna ben carla dmitri elena farid grace henry ines jack karin liam mona nils olga pavel rosa sven tara viktor".split(
    " ",
  );
const LAST = "ashford baker costa dahl eriksen fuchs grant holm ivanov jansen kraus lindt moreau novak osei".split(" ");
const PARTNERS = [
  "fabrikam.example",
  "adatum.example",
  "litware.example",
  "wingtip.example",
  "halvorsen-crane.example",
  "bergmann-anlagen.example",
  "tailspin-freight.example",
];
const BULK = [
  "news@trade-weekly.example",
  "no-reply@travel-desk.example",
  "digest@controllers-forum.example",
  "updates@printer-supplies.example",
  "events@northern-chamber.example",
];

const THINGS = "budget forecast month-end audit warehouse fleet canteen lease insurance training laptop travel".split(
  " ",
);
const WORK = [
  "Minutes of the THING meeting",
  "THING: questions before Thursday",
  "Agenda for the THING review",
  "Draft THING plan, please comment",
  "THING figures, second version",
  "Who looks after the THING file?",
  "Short note on THING",
  "Holiday cover and THING",
  "Parking during the THING week",
];
const FINANCE = [
  "Invoice NUM",
  "Invoice NUM: payment date",
  "Purchase order NUM confirmation",
  "Statement of account, NUM",
  "Remittance advice NUM",
  "Overdue: invoice NUM",
  "Payment run NUM for release",
  "Wire NUM: value date",
];
const LETTERS = [
  "This week in freight and finance",
  "Your itinerary",
  "Ten answers on month-end closing",
  "Toner is 20% off until Friday",
  "Chamber breakfast: register now",
];
const FILES = [
  "figures.xlsx",
  "minutes.docx",
  "plan v2.pptx",
  "scan0041.pdf",
  "Anna's list.xlsx",
  "photo.png",
  "offer.pdf",
];

/** Subjects that broke tools before: quotes of both kinds, separators, control characters, formulas, emoji. */
export const AWKWARD_SUBJECTS: readonly string[] = [
  "It's, here: now",
  "Anna's note, Subject: x",
  `He said "pay on Friday" today`,
  `It's the "final" one; really`,
  "Costs; freight; customs",
  "Geschafft \u{1F600}\u2764 danke",
  "tab\there and there",
  "first line\r\nsecond line",
  `=HYPERLINK("http://192.0.2.66/x","open")`,
  "@SUM(1+1)*cmd",
  "+49 30 5550 000 called",
  "-2% on paper",
  "C:\\temp\\new folder\\it's there",
  "zero\u200bwidth and right\u202eto left",
  "<img src=x onerror=alert(1)>",
  "",
  "Übergabe für München – Straße",
  "Ends with a backslash \\",
];

export interface Draft {
  readonly sender: string;
  readonly subject: string;
  readonly topic: Topic;
  readonly attachments: readonly string[];
}

const person = (random: Random, domain: string): string => `${random.pick(FIRST)}.${random.pick(LAST)}@${domain}`;

/** Colleagues and partners whose names are used again and again. */
export function acquaintances(random: Random, domain: string): readonly string[] {
  const inside = Array.from({ length: 14 }, () => person(random, domain));
  const outside = Array.from({ length: 24 }, () => person(random, random.pick(PARTNERS)));
  return [...inside, `sean.o'brien@${domain}`, ...outside];
}

/** A message as the mailbox of a finance department gets it. */
export function draftMessage(random: Random, people: readonly string[]): Draft {
  const topic = random.weighted<Topic>([
    ["work", 55],
    ["finance", 25],
    ["bulk", 20],
  ]);
  if (topic === "bulk") return { sender: random.pick(BULK), subject: random.pick(LETTERS), topic, attachments: [] };
  const number = String(random.between(10_000, 99_999));
  const subject =
    topic === "finance"
      ? random.pick(FINANCE).replace("NUM", number)
      : random.pick(WORK).replace("THING", random.pick(THINGS));
  const chance = topic === "finance" ? 0.6 : 0.2;
  const attachments: string[] = [];
  if (random.chance(chance)) attachments.push(topic === "finance" ? `Invoice_${number}.pdf` : random.pick(FILES));
  if (random.chance(chance / 4)) attachments.push(random.pick(FILES));
  return { sender: random.pick(people), subject, topic, attachments };
}

/** What the owner searches for in an ordinary week. A controller looks for invoices too. */
export const OWNER_QUERIES: readonly string[] = [
  "parking permit",
  "budget 2018",
  "agenda",
  "travel itinerary",
  "from:grace lease",
  "toner",
  "holiday cover",
  "forecast q2",
  "invoice 41877",
  "canteen",
  "o'brien handover",
  "minutes audit",
  "payment run april",
];

/** What an intruder after money searches for. */
export const INTRUDER_QUERIES: readonly string[] = [
  "invoice",
  "wire",
  "payment",
  "bank account",
  "w-2",
  "routing",
  "transfer",
  "bacs",
  "payroll",
  "swift",
  "remittance",
  "o'brien payment",
  'from:"cfo" AND subject:wire',
];
