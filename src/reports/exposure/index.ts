import type { ExposedMessage } from "../../joins/exposure.ts";
import { exposedMessages, newExposureLedger, noteAccess } from "../../joins/exposure.ts";
import type { JoinedCase } from "../../joins/joined-case.ts";
import type { Report } from "../report.ts";
import { inSeconds, known, listed } from "../report.ts";

function cells(joined: JoinedCase, message: ExposedMessage): readonly string[] {
  const facts = joined.factsOf(message.item);
  return [
    known(facts.subject),
    known(facts.from),
    known(facts.received),
    known(facts.internetMessageId),
    joined.idOf(message.item),
    listed(message.access),
    message.firstTime,
    message.lastTime,
    String(message.accesses),
    inSeconds(message.dwellSeconds),
    listed(message.addresses),
    "",
    "",
  ];
}

/** One row a message whose content somebody came to, and how. Suspicious and Reasons stay empty until something fills them. */
export const exposure: Report = {
  table: "exposure",
  columns: [
    "Subject",
    "From",
    "Received Date",
    "Internet Message ID",
    "Activity Item ID",
    "Access",
    "First Access",
    "Last Access",
    "Accesses",
    "Dwell Seconds",
    "IPs",
    "Suspicious",
    "Reasons",
  ],
  families: new Set(["read", "attachment", "message", "other"]),
  order: "mailbox",
  begin(joined, sink) {
    const ledger = newExposureLedger(joined);
    const { mailbox } = joined.mailboxCase;
    return {
      event(event) {
        noteAccess(ledger, event);
      },
      finish() {
        for (const message of exposedMessages(ledger)) {
          sink.row(cells(joined, message), { mailbox, ...joined.sourceOf(message.firstRow) });
        }
      },
    };
  },
};
