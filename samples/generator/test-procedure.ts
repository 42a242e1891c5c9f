import { markdownTable, SYNTHETIC } from "./case.ts";
import type { CaseFile } from "./case.ts";
import { deliver } from "./delivery.ts";
import { deleteMessage, markAsJunk } from "./filing.ts";
import { signInToWeb } from "./logons.ts";
import { createMailbox, openSession } from "./mailbox.ts";
import type { Mailbox, Message, Session } from "./mailbox.ts";
import { createRandom } from "./random.ts";
import { readInPane, readInWindow } from "./reading.ts";
import { toRetrieverCsv } from "./rows.ts";
import type { MailboxRow } from "./rows.ts";
import { searchOnWeb } from "./searching.ts";
import { SECOND, utc } from "./time.ts";
import { composeMessage } from "./writing.ts";

const FIRST = "test@address.com";
const SECOND_USER = "second.test@address.example";
/** The published procedure names this address. */
const ADDRESS = "175.45.176.123";
const BROWSER =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/67.0.3396.87 Safari/537.36";

const at = (time: string): number => utc(`2018-06-20T${time}`);

const open = (mailbox: Mailbox): Session =>
  openSession(mailbox, { actor: "owner", app: "Web", address: ADDRESS, userAgent: BROWSER });

/** One slip: "inc" is typed, the c taken back, then on as meant. */
const INBOX_RULES = [
  "i",
  "in",
  "inc",
  "in",
  "inb",
  "inbo",
  "inbox",
  ..."rules".split("").map((_, i) => `inbox ${"rules".slice(0, i)}`),
  "inbox rules",
];

const inTimeOrder = (mailbox: Mailbox): MailboxRow[] =>
  mailbox.rows.toSorted((a, b) => (a.timeStamp < b.timeStamp ? -1 : 1));

/** The account the procedure is about. */
function firstMailbox(): readonly MailboxRow[] {
  const random = createRandom("june-2018-test-procedure");
  const mailbox = createMailbox(FIRST, random.fork("ids"));
  const mail = random.fork("mail");
  const arrives = (time: string, subject: string): Message =>
    deliver(mailbox, mail, { at: at(time), sender: "tester@sender.example", subject, topic: "work" });

  signInToWeb(mailbox, open(mailbox), at("07:36:12.345"));
  const read = arrives("07:37:20.118", "Test message 1: reading pane");
  const windowed = arrives("07:37:51.602", "Test message 2: window of its own");
  const deleted = arrives("07:38:14.951", "Test message 3: to be deleted");
  const junk = arrives("07:38:40.077", "Test message 4: to be marked as junk");

  const second = open(mailbox);
  signInToWeb(mailbox, second, at("07:41:33.870"));
  readInPane(mailbox, second, read, at("07:45:02.410"), 62_300);
  readInWindow(mailbox, second, windowed, at("07:50:10.066"), 95_120);
  const outgoing = { key: "sent", to: "tester@sender.example", subject: "Test message 5: sent" };
  const sent = composeMessage(mailbox, second, outgoing, at("07:56:04.230"), 118 * SECOND);
  readInPane(mailbox, second, sent, at("08:02:31.900"), 21_400);
  deleteMessage(mailbox, second, deleted, "MoveToDeletedItems", at("08:08:15.312"));
  deleteMessage(mailbox, second, deleted, "SoftDelete", at("08:12:40.508"), true);
  markAsJunk(mailbox, second, junk, at("08:17:09.741"));
  // 08:21 settings and 08:25 the rule: nothing is logged.
  searchOnWeb(mailbox, second, "inbox rules", at("08:30:05.118"), { texts: INBOX_RULES });

  signInToWeb(mailbox, open(mailbox), at("08:43:40.226"));
  return inTimeOrder(mailbox);
}

/** The second account: it only searches. */
function secondMailbox(): readonly MailboxRow[] {
  const random = createRandom("june-2018-test-procedure, second account");
  const mailbox = createMailbox(SECOND_USER, random.fork("ids"));
  const session = open(mailbox);
  signInToWeb(mailbox, session, at("08:44:25.007"));
  searchOnWeb(mailbox, session, "wire transfer", at("08:45:02.612"));
  searchOnWeb(mailbox, session, "banking", at("08:46:18.330"));
  searchOnWeb(mailbox, session, "bacs", at("08:47:05.944"));
  return inTimeOrder(mailbox);
}

const NOTHING = "**nothing**";
const STEPS: readonly (readonly [step: string, time: string, records: string, missing: string])[] = [
  ["Open Outlook on the web", "07:36:12", "ServerLogon (server), Logon (browser)", ""],
  ["Four test messages arrive", "07:37 to 07:38", "MessageDelivered, AppIdType Exchange, four times", ""],
  ["Sign out", "07:39", NOTHING, "Signing out"],
  ["Sign in", "07:40", NOTHING, "The password alone: the redirect to the second factor is not a logon"],
  ["Approve by phone", "07:41:33", "ServerLogon, Logon", "The approval itself; it stands in the sign-in log"],
  [
    "Read message 1 in the reading pane",
    "07:45:02",
    "ReadingPaneDisplayStart, MarkAsRead twice (browser with properties, server without), ReadingPaneDisplayEnd",
    "",
  ],
  [
    "Read message 2 in a window of its own",
    "07:50:10",
    "InspectorDisplayStart, MarkAsRead twice, InspectorDisplayEnd",
    "On-premises servers of the time did not keep the two Inspector records",
  ],
  ["Compose and send", "07:56:04", "NewMessage, DraftCreated, MessageSent", "Recipients and subject"],
  [
    "Open Sent Items, the message shows",
    "08:02:31",
    "ReadingPaneDisplayStart, ReadingPaneDisplayEnd",
    "Opening the folder; the message was never delivered here, so its subject is unknown",
  ],
  ["Delete message 3", "08:08:15", "Delete twice (browser, server), DeleteFromInbox, Move with the new item id", ""],
  [
    "Empty Deleted Items",
    "08:12:40",
    "Delete with DeletedByEmptyFolder True, Move with MoveType SoftDelete",
    "That a folder was emptied is only a property of the item's row: an empty folder leaves none",
  ],
  ["Mark message 4 as junk", "08:17:09", "MarkAsJunk (browser), Move to JunkEmail, MoveFromInbox", ""],
  ["Open settings", "08:21", NOTHING, "Settings"],
  ["Create an inbox rule", "08:25", NOTHING, "The rule; the unified audit log has New-InboxRule"],
  [
    'Search "inbox rules"',
    "08:30:05",
    `SearchSessionStart, SearchSuggestionsDisplay for each of ${INBOX_RULES.length} key strokes (a slip and its taking back among them), SearchQueryExecute, SearchResult`,
    "Which of the results were looked at",
  ],
  ["Sign out", "08:40", NOTHING, "Signing out"],
  ["Sign in", "08:43:40", "ServerLogon, Logon", ""],
  ["Second account: sign in", "08:44:25", "ServerLogon, Logon, in the second file", ""],
  ['Second account: search "wire transfer"', "08:45:02", "as above", ""],
  ['Second account: search "banking"', "08:46:18", "as above", ""],
  ['Second account: search "bacs"', "08:47:05", "as above", ""],
];

/** The case's files. */
export function testProcedureCase(): readonly CaseFile[] {
  const readme = `${SYNTHETIC}

# A test procedure of June 2018, replayed

Two exports, a mailbox each: \`${FIRST}.csv\` and \`${SECOND_USER}.csv\`. A tester went through a list of steps in Outlook on the web on 20 June 2018,
07:36 to 08:44 UTC, then searched from a second account. \`procedure.md\` says which records each step leaves, and which it does not.

The account name of the first file and the address ${ADDRESS} stand in the published procedure, which is why they are not from the ranges
set aside for documentation; the records are made up all the same, and say nothing about whoever holds them.
`;
  const procedure = `Synthetic: the records were made by a program after the published list of steps.

# Steps and records

All times are UTC on 20 June 2018; all rows are AppIdType Web unless said otherwise; the address is ${ADDRESS}.

${markdownTable(["Step", "Time", "Records", "Not logged"], STEPS)}

Worth noticing:

- One action often leaves two rows, the browser's and the server's. Their ClientSessionId differ, and nothing joins them.
- The address stands in the logon rows alone. Every other row has to be given one.
- A move changes the item id. The Move row has the new one; the rows before it have the old one.
- Settings and rules leave no row at all. Their absence here proves nothing.
`;
  return [
    { path: "README.md", text: readme },
    { path: "procedure.md", text: procedure },
    { path: `${FIRST}.csv`, text: toRetrieverCsv(firstMailbox()) },
    { path: `${SECOND_USER}.csv`, text: toRetrieverCsv(secondMailbox()) },
  ];
}
