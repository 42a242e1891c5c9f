import { markdownTable } from "./case.ts";
import type { GeneratedMailbox } from "./index.ts";
import type { AddressUse, MessageNote } from "./truth.ts";
import { CSV, GAP } from "./wire-fraud-script.ts";

const iso = (ms: number): string => new Date(ms).toISOString();

/** A note with times as the export's TimeStamp has them, but for the last four decimals. */
function readable<T extends { readonly at: number }>({ at, ...rest }: T): { readonly time: string } & Omit<T, "at"> {
  return { time: iso(at), ...rest };
}

/** The ground truth as data. */
export function answerKey({ rows, truth }: GeneratedMailbox): object {
  const messages = (notes: readonly MessageNote[]): object[] => notes.map(readable);
  return {
    note: "Ground truth of a synthetic case. Times are UTC; TimeStamp has four more decimals.",
    mailbox: truth.mailbox,
    export: {
      file: CSV,
      rows: rows.length,
      duplicateRows: rows.filter((row) => row.duplicate).length,
      firstTimeStamp: rows[0]?.timeStamp,
      lastTimeStamp: rows.at(-1)?.timeStamp,
      gap: GAP,
    },
    recordsByActor: truth.rowsByActor,
    ownerAddresses: truth.ownerAddresses,
    intruderAddresses: truth.intruderAddresses,
    intruderSessions: truth.intruderSessions,
    intruderLogons: truth.logons.map(readable),
    imapLogon: truth.logons.filter((logon) => logon.app === "IMAP4" && logon.result === "Success").map(readable)[0],
    intruderSearches: truth.searches.map((search) => ({
      ...readable(search),
      firstKeystroke: iso(search.firstKeystroke),
      lastKeystroke: iso(search.lastKeystroke),
    })),
    messagesOpened: messages(truth.opened),
    attachmentsOpened: messages(truth.attachments),
    messagesSent: truth.sent.map(readable),
    deletions: messages(truth.deletions),
    moves: messages(truth.moves),
  };
}

const useTable = (uses: readonly AddressUse[]): string =>
  markdownTable(
    ["Address", "Stands for", "Country", "Records", "First", "Last"],
    uses.map((use) => [use.address, use.place, use.country, String(use.rows), use.first, use.last]),
  );

const messageTable = (notes: readonly MessageNote[]): string =>
  markdownTable(
    ["Time", "What", "Subject", "Sender", "Delivery in the log", "Detail"],
    notes.map((note) => [
      iso(note.at),
      note.what,
      `\`${note.subject}\``,
      note.sender,
      note.deliveryInLog ? "yes" : "**no**",
      note.detail.join(", "),
    ]),
  );

/** The ground truth in words and tables. */
export function answerText({ rows, truth }: GeneratedMailbox): string {
  const { owner, intruder, service } = truth.rowsByActor;
  return `**Spoiler: this is the solution of the case.** Close it now if you mean to work the case yourself.

# What happened (for instructors)

The data are synthetic. \`answer-key.json\` has the same with ids and all times.

On 12 March the controller opened a phishing message and followed its link. An open proxy tried the password four times
that day and failed. In the night of 13 March the intruder got in by Outlook on the web from a hosting company, having
mistyped once, and read what was there. On 14 March the word "invoice" was typed into the search box between 10:42:44.548 and
10:43:07.214, nine rows, one of them a slip being taken back. On 15 March one IMAP4 logon succeeded: the whole mailbox must be taken
as copied, though not one record says that a message was read that way. From 19 March the intruder came from resold home connections, with
the very browser the owner uses. On 21 March a customer was sent changed bank details, and doubted them the same
afternoon; the doubt was answered, then moved to RSS Feeds, and what had been sent was purged. On 27 March the chief financial officer's wire
approval was forwarded with another account, and the W-2 file to a look-alike domain. By 4 April a rule was at work: the
customer's next message was delivered straight to RSS Feeds. The customer's bank stopped the payment on 17 April; that
evening the traces were purged. After the password had been changed, five logons failed.

## What the log cannot show

- To whom anything was sent, and under which subject: MessageSent and Forward name neither. Ask for message trace.
- The rule, the settings, the change of the password: no such record exists. Only its effect is there (DeliveredFolderType).
- What was copied by IMAP4. Everything, until something proves otherwise.
- Which of two attachments was opened: OpenedAnAttachment names the message only.
- Subjects of messages delivered before 1 March, in the gap, or with a record that lost its properties.
- Anything at all from 30 March to 2 April: no row is not "nothing happened".

## Traps

- The owner fails to log on now and then, travels twice (once abroad, six hours to the west), and searches for invoices: it is a controller's job.
- Latest logon is not attribution: owner and intruder are in the mailbox at the same time on several days.
- ${String(rows.filter((row) => row.duplicate).length)} rows are printed twice where the third page ends.
- Item ids change with every move; the InternetMessageId stays.

## Figures

${String(rows.length)} rows; without the repeated ones: owner ${owner}, intruder ${intruder}, service ${service}.

### Addresses of the intruder

${useTable(truth.intruderAddresses)}

### Addresses of the owner

${useTable(truth.ownerAddresses)}

### Sessions of the intruder

${markdownTable(
  ["Client", "Address", "ClientSessionId (browser)", "Records", "First", "Last"],
  truth.intruderSessions.map((session) => [
    session.app,
    session.address,
    session.app === "Web" ? session.webSessionId : "",
    String(session.rows),
    session.first,
    session.last,
  ]),
)}

### Logons

${markdownTable(
  ["Time", "Client", "Address", "Result"],
  truth.logons.map((logon) => [iso(logon.at), logon.app, logon.address, logon.result]),
)}

### Searches

${markdownTable(
  ["Query", "First key stroke", "Last key stroke", "Key strokes", "Run"],
  truth.searches.map((search) => [
    `\`${search.query}\``,
    iso(search.firstKeystroke),
    iso(search.lastKeystroke),
    String(search.keystrokes),
    iso(search.at),
  ]),
)}

### Messages opened

${messageTable(truth.opened)}

### Attachments opened

${messageTable(truth.attachments)}

### Sent

${markdownTable(
  ["Time", "What", "To (not in the log)", "Subject (not in the log)"],
  truth.sent.map((sent) => [iso(sent.at), sent.what, sent.to, `\`${sent.subject}\``]),
)}

### Deleted and moved

${messageTable([...truth.deletions, ...truth.moves].sort((a, b) => a.at - b.at))}
`;
}
