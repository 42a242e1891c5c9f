import type { ExposedMessage } from "../../joins/exposure.ts";
import { exposedMessages, newExposureLedger, noteAccess } from "../../joins/exposure.ts";
import type { JoinedCase } from "../../joins/joined-case.ts";
import type { Report } from "../report.ts";
import type { Assessment } from "../../model/assessment.ts";
import { NO_SCORE, reaches } from "../../model/finding.ts";
import { inSeconds, known, listed } from "../report.ts";

/**
 * Whether an address or an application that scores high came to the message, be it by its session; what each of them that scores medium or more
 * does score, and how sure it is that it came to it.
 */
function suspicion(message: ExposedMessage, assessment: Assessment): readonly [string, string] {
  const addresses = message.addresses.map((address, at) => ({
    name: address,
    score: assessment.address(address),
    how: `access attributed with ${message.confidences[at] ?? "none"} confidence`,
  }));
  const applications = message.applications.map((id) => {
    const { label = id, score = NO_SCORE } = assessment.application(id) ?? {};
    return { name: `application ${label}`, score, how: "named by the record of the access" };
  });
  const sessions = message.suspects.map((name) => ({
    name,
    score: assessment.address(name),
    how: "its session synchronised the folder from another address",
  }));
  const scored = [...addresses, ...sessions, ...applications].filter(({ score }) => reaches(score, "medium"));
  const isSuspicious = scored.some(({ score }) => reaches(score, "high"));
  const words = scored.map(({ name, score, how }) => `${name} scores ${score.points} (${score.severity}), ${how}`);
  return [isSuspicious ? "yes" : "no", listed([...new Set(words)])];
}

function cells(joined: JoinedCase, message: ExposedMessage, assessment: Assessment): readonly string[] {
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
    ...suspicion(message, assessment),
    listed(message.confidences),
    listed(message.ways.map((ways) => ways.map(({ access, confidence }) => `${access} ${confidence}`).join(", "))),
  ];
}

/** One row a message whose content somebody came to, how, and whether a suspicious address or application did. */
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
    "Confidence",
    "Ways",
  ],
  families: new Set(["read", "attachment", "message", "other"]),
  order: "mailbox",
  scores: true,
  begin(joined, sink, assessment) {
    const ledger = newExposureLedger(joined, assessment.sessionOf);
    const { mailbox } = joined.mailboxCase;
    return {
      event(event) {
        noteAccess(ledger, event);
      },
      finish() {
        for (const message of exposedMessages(ledger)) {
          sink.row(cells(joined, message, assessment), { mailbox, ...joined.sourceOf(message.firstRow) });
        }
      },
    };
  },
};
