import type { AuditRecordExample, RuleExample } from "../example.ts";
import { auditAt, boundAt, dailyLogons, HOME, OWNER, STRANGER, syncedAt } from "../example.ts";
import { minuteOf, ownDays } from "../access-volume/examples.ts";

const evening = (at: number) => minuteOf(5, 600 + at);
const idOf = (subject: string) => `<${subject.toLowerCase().replaceAll(/\W/g, ".")}@contoso.example>`;

/** Messages bound from an address, and their subjects as later deletions at home name them. */
function opened(address: string, subjects: readonly string[], timeOf = evening): AuditRecordExample[] {
  return [
    ...subjects.map((subject, at) => boundAt(timeOf(at), address, [idOf(subject)])),
    auditAt(minuteOf(9, 0), "SoftDelete", {
      ClientIPAddress: HOME,
      ClientInfoString: "Client=OWA;Action=ViaProxy",
      LogonType: 0,
      MailboxOwnerUPN: OWNER,
      Folder: { Id: "folder-1", Path: "\\Inbox" },
      AffectedItems: subjects.map((Subject) => ({ Id: `item ${Subject}`, InternetMessageId: idOf(Subject), Subject })),
    }),
  ];
}

const MONEY = ["Invoice 4711", "Payment due", "Your bank details"];
const OTHER = ["Lunch on Friday", "Minutes of the meeting", "Holiday plans", "A book for you"];
const inOffice = (at: number) => minuteOf(2, at);

/** Messages as somebody exported them, with nothing but what names them. */
const exported = Object.fromEntries(
  MONEY.map((subject, at) => [
    `${at}.eml`,
    `From: Billing <billing@fabrikam.example>\r\nTo: ${OWNER}\r\nSubject: ${subject}\r\nMessage-ID: ${idOf(subject)}\r\n\r\nSee below.\r\n`,
  ]),
);

export const examples: readonly RuleExample[] = [
  {
    name: "three of three are about money",
    audit: [...ownDays(10), ...opened(STRANGER, MONEY)],
    outcome: "found",
    says: [{ entity: STRANGER, points: 14, text: "3 of 3 bound messages with a known subject", rows: [11, 12, 13] }],
  },
  {
    name: "three of seven, where the owner opens other things",
    audit: [...ownDays(10), ...opened(STRANGER, [...MONEY, ...OTHER]), ...opened(HOME, ["Tea", "Cake"], inOffice)],
    outcome: "found",
    says: [{ entity: STRANGER, points: 14, text: "3 of 7 bound messages with a known subject", rows: [11, 12, 13] }],
  },
  {
    name: "three of eight are less than two in five",
    audit: [...ownDays(10), ...opened(STRANGER, [...MONEY, ...OTHER, "Weather"])],
    outcome: "clear",
  },
  { name: "two may be chance", audit: [...ownDays(10), ...opened(STRANGER, MONEY.slice(1))], outcome: "clear" },
  {
    name: "an owner whose work it is",
    audit: [
      ...ownDays(10),
      ...opened(STRANGER, MONEY),
      ...opened(HOME, ["Invoice 1", "Invoice 2", "Invoice 3", "Tea"], inOffice),
    ],
    outcome: "clear",
  },
  {
    name: "twice the share of an owner whose work is half of it",
    audit: [
      ...ownDays(10),
      ...opened(STRANGER, MONEY),
      ...opened(HOME, ["Invoice 1", "Invoice 2", "Tea", "Cake"], inOffice),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 14, text: "(50 % from familiar addresses)", rows: [11, 12, 13] }],
  },
  { name: "the owner's own network", audit: [...ownDays(10), ...opened(HOME, MONEY)], outcome: "clear" },
  {
    name: "themes of the user's own",
    audit: [...ownDays(10), ...opened(STRANGER, MONEY)],
    rules: "rules:\n  access-subjects:\n    themes: [credentials]\n",
    outcome: "clear",
  },
  {
    name: "subjects that only exported messages tell",
    audit: [...ownDays(10), ...MONEY.map((subject, at) => boundAt(evening(at), STRANGER, [idOf(subject)]))],
    messages: exported,
    outcome: "found",
    says: [{ entity: STRANGER, points: 14, rows: [11, 12, 13] }],
  },
  { name: "nothing tells of their subjects", audit: ownDays(3), outcome: "notAssessed" },
  { name: "folders alone", audit: [syncedAt(evening(0), STRANGER, "\\Inbox")], outcome: "notAssessed" },
  { name: "an export of the Activities API", records: dailyLogons(3, HOME), outcome: "notAssessed" },
];
