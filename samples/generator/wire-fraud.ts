import { markdownTable, SYNTHETIC } from "./case.ts";
import type { CaseFile } from "./case.ts";
import { generateMailbox } from "./index.ts";
import type { GeneratedMailbox } from "./index.ts";
import { toRetrieverCsv } from "./rows.ts";
import type { MailboxTruth } from "./truth.ts";
import { answerKey, answerText } from "./wire-fraud-answers.ts";
import { ARRIVALS, CSV, GAP, OWNER, PLAN, USER } from "./wire-fraud-script.ts";

const OVERLAP = { pages: 3, records: 14 };

/** The 60 days of the case, with their truth. */
export function wireFraudMailbox(): GeneratedMailbox {
  return generateMailbox({
    seed: "wire-fraud-60-days",
    user: USER,
    start: "2018-03-01",
    days: 60,
    deliveriesPerDay: 34,
    awkward: true,
    owner: OWNER,
    plan: PLAN,
    arrivals: ARRIVALS,
    gap: GAP,
    overlap: OVERLAP,
  });
}

/** What the network team knows, without saying who is who: sorted by address. */
function networks(truth: MailboxTruth): string {
  const uses = [...truth.ownerAddresses, ...truth.intruderAddresses];
  const known = new Map(uses.map((use) => [use.address, use]));
  const neutral = (place: string): string =>
    place.startsWith("home") ? "home connection" : place.replace(/, (first|second) trip$/, "");
  const lines = [...known.values()]
    .sort((a, b) => (a.address < b.address ? -1 : 1))
    .map((use) => [use.address, neutral(use.place), use.country]);
  return markdownTable(["Address", "Network", "Country"], lines);
}

function readme({ rows, truth }: GeneratedMailbox): string {
  return `${SYNTHETIC}

# Wire fraud: 60 days of a controller's mailbox

\`${CSV}\` is the export of one mailbox, ${truth.mailbox}, from 1 March to 29 April 2018 (UTC): ${rows.length} rows. Dana Keller is the
controller of Northgate, works at an office and at home (UTC+1) and travelled twice in that time. On 17 April a
customer wrote that its bank had stopped a payment: the account it was to go to is not Northgate's.

Find out who else was in the mailbox, from where and when; what was searched for, read, opened and sent; what was done to hide it; and what
nobody can tell from this log.

The addresses are from ranges set aside for documentation, so no database places them. For the exercise take them as the network
team has written them down (country XA is Northgate's own):

${networks(truth)}

\`answer-key.json\` and \`answer-key.md\` are the solution. Subjects, addresses and types that look broken are meant to.
`;
}

/** The case's files. */
export function wireFraudCase(generated: GeneratedMailbox): readonly CaseFile[] {
  return [
    { path: "README.md", text: readme(generated) },
    { path: CSV, text: toRetrieverCsv(generated.rows) },
    { path: "answer-key.json", text: `${JSON.stringify(answerKey(generated), null, 2)}\n` },
    { path: "answer-key.md", text: answerText(generated) },
  ];
}
