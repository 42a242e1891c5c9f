import { markdownTable, SYNTHETIC } from "../case.ts";
import type { Intrusion } from "./intrusion.ts";
import { INTRUDER, ROGUE, THROTTLED } from "./intrusion-script.ts";
import { BACKUP } from "./ordinary.ts";
import { NETWORKS, PEOPLE, TRIP } from "./people.ts";
import { creationTime } from "./records.ts";
import type { TenantCase } from "./tenant-case.ts";
import { FILES } from "./tenant-case.ts";

const NAME = "session-theft-30-days";

/** What stands in front of the evidence. */
export function guide({ csv, ndjson }: TenantCase): string {
  const people = PEOPLE.map(({ upn, role }) => [upn, role]);
  return `${SYNTHETIC}

# Session theft: 30 days of a tenant of eight mailboxes

The unified audit log of Harborline from 2 to 31 March 2026 (UTC), in two exports that overlap on 16, 17 and 18 March:

- \`${FILES.csv}\`: Search-UnifiedAuditLog and Export-Csv, newest first, ${csv.length} records
- \`${FILES.ndjson}\`: the Management Activity API, a record a line, ${ndjson.length} records
- \`${FILES.trace}\`: Get-MessageTraceV2: the subjects that most records of the audit log do not have
- \`${FILES.allow}\`: applications that the tenant uses on purpose

\`\`\`sh
alicorn parse ${NAME}/evidence --out bundle --allow ${NAME}/${FILES.allow} --messages ${NAME}/${FILES.trace}
\`\`\`

On 23 March a customer asked why the bank details on an invoice had changed. Find out whose sessions were stolen and from where
they were used; what was searched for, opened, copied and sent; what was changed to hide it; which mailboxes an application read, and
who let it in; and for which hours nobody can tell what was opened. Then leave out the allow list and the trace, and see what changes.

${markdownTable(["Mailbox", "Whose"], people)}

Addresses are from ranges set aside for documentation, so no database places them; only those of Microsoft's own back end are as real
logs have them. For the exercise take them as the network team has written them down (country XA is Harborline's own):

${markdownTable(
  ["Address", "Network", "Country"],
  NETWORKS.map((line) => [...line]),
)}

A real mailbox is throttled after 1,000 Bind records in 24 hours; here some dozens stand for them. Search auditing is on for everybody,
which a real tenant has to ask for. \`answer-key.json\` and \`answer-key.md\` are the solution.
`;
}

/** Records by who made them. */
function byActor({ rows }: TenantCase): Readonly<Record<string, number>> {
  const counts: Record<string, number> = { owner: 0, intruder: 0, application: 0, service: 0 };
  for (const { actor } of rows) counts[actor] = (counts[actor] ?? 0) + 1;
  return counts;
}

/** The ground truth as data. */
export function answerKey(made: TenantCase): object {
  const { rows, csv, ndjson, truth } = made;
  const { rows: _rows, mails: _mails, ...deeds } = truth;
  return {
    note: "Ground truth of a synthetic case. Times are UTC, as CreationTime has them.",
    mailboxes: PEOPLE.map(({ upn }) => upn),
    evidence: {
      records: rows.length,
      csv: { file: FILES.csv, records: csv.length },
      ndjson: { file: FILES.ndjson, records: ndjson.length },
      duplicates: csv.length + ndjson.length - rows.length,
    },
    recordsByActor: byActor(made),
    intruderAddresses: Object.values(INTRUDER),
    rogueApplication: { name: ROGUE.name, appId: ROGUE.app },
    throttled: { from: creationTime(THROTTLED.from), to: creationTime(THROTTLED.to) },
    harmless: {
      backup: BACKUP,
      traveller: { ...TRIP, from: creationTime(TRIP.from), to: creationTime(TRIP.to) },
    },
    ...deeds,
  };
}

function told(truth: Intrusion): string[][] {
  const { searches, opened, attachments, synced, sent, deleted, changes, failedSignIns } = truth;
  const messages = new Map<string, { readonly first: (typeof opened)[number]; count: number }>();
  for (const one of opened) {
    const known = messages.get(one.recordId);
    if (known === undefined) messages.set(one.recordId, { first: one, count: 1 });
    else known.count++;
  }
  const lines = [
    ...failedSignIns.map((deed) => ({ ...deed, what: "tried a password, in vain" })),
    ...searches.map((deed) => ({ ...deed, what: `searched for “${deed.query}”` })),
    ...[...messages.values()].map(({ first, count }) => ({
      ...first,
      what: count === 1 ? `opened “${first.subject}”` : `opened ${count} messages, “${first.subject}” first`,
    })),
    ...attachments.map((deed) => ({ ...deed, what: `opened an attachment of “${deed.subject}”` })),
    ...synced.map((deed) => ({ ...deed, what: `copied the folder ${deed.folder} with ${deed.client}` })),
    ...sent.map((deed) => ({ ...deed, what: `sent “${deed.subject}” to ${deed.to}` })),
    ...deleted.map((deed) => ({ ...deed, what: `${deed.what} of “${deed.subject}”` })),
    ...changes.map((deed) => ({ ...deed, what: `${deed.operation}: ${deed.what}` })),
  ];
  return lines
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
    .map(({ time, mailbox, address, what }) => [time, mailbox.split("@")[0] ?? "", address, what]);
}

/** The ground truth to read. */
export function answerText(made: TenantCase): string {
  const { truth } = made;
  const { sessions, burst } = truth;
  return `${SYNTHETIC}

# Session theft: the solution

**Two sessions were stolen.** Nobody signed in from the intruder's addresses: the failed sign-ins of 9 March are all there is. What gives it
away is that one session was used from two networks at once.

${markdownTable(
  ["Mailbox", "Session", "Begun by its owner", "From", "Used by the intruder since", "From"],
  sessions.map((one) => [
    one.mailbox,
    one.sessionId,
    one.begun,
    one.ownAddress,
    one.stolenFirst,
    one.addresses.join(", "),
  ]),
)}

**An application read ${burst.mailboxes.length} mailboxes** between ${burst.first} and ${burst.last}: ${ROGUE.name}, ${burst.appId}, which the administrator's stolen
session had let in twenty minutes before. ${burst.records} records name ${burst.messages} messages. The backup (${BACKUP.name}) looks the same every night and
is harmless; so is ${TRIP.who.split("@")[0] ?? ""}, who travelled from 16 to 20 March.

**What nobody can tell.** From ${creationTime(THROTTLED.from)} to ${creationTime(THROTTLED.to)} Bind was not audited in maria.ortiz: no record there does not mean that nothing was
opened. eM Client copied folders on 13 March: the whole mailbox, as it was then, has to be taken for copied. Identical operations are logged once an hour, so records
are not accesses.

## Everything the intruder did

${markdownTable(["Time (UTC)", "Mailbox", "From", "What"], told(truth))}
`;
}
