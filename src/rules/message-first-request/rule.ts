import { wideHashTail } from "../../joins/hash.ts";
import { dayOf } from "../../joins/address-activity.ts";
import { isAllowedDomain } from "../listed-addresses.ts";
import { aboutMessages } from "../rule.ts";
import { told, toldBy } from "../told.ts";

export const messageFirstRequest = aboutMessages({
  id: "message-first-request",
  about: "message",
  title: "Somebody writes for the first time, about payment",
  description: "The first message of a sender in this log has words of payment in its subject.",
  requires: "MessageDelivered records with sender and subject, over more than a week",
  falsePositives: ["New customers and shops."],
  blindSpots: ["Who wrote before the export begins is new to it; the first days are therefore left out."],
  references: ["https://attack.mitre.org/techniques/T1566/"],
  attack: ["T1566"],
  nextSteps: ["Ask by telephone, under a number known before, whether the request is real."],
  settings: {
    first: { is: 10, says: "points for such a message" },
    weight: { is: 8, says: "weight that a term of the subject must have" },
    days: { is: 7, says: "days from the log's beginning during which every sender is new", takes: "fraction" },
  },
  begin(picture, { first, weight, days }) {
    // Hashes in place of the addresses: senders can be very many.
    const seen = new Set<number>();
    let named = 0;
    let late = false;
    const { rows } = picture.joined.mailboxCase;
    const start = dayOf(rows.ticks[picture.joined.logged[0] ?? 0] ?? 0);
    return {
      ask(event) {
        if (event.type.role !== "delivered") return undefined;
        const from = told(event, "from");
        if (from === undefined || from === "") return undefined;
        named++;
        const isLate = dayOf(event.ticks) - start >= days;
        late ||= isLate;
        if (isAllowedDomain(picture.knowledge, from)) return undefined;
        const sender = from.toLowerCase();
        const key = wideHashTail(sender, 256);
        if (seen.has(key)) return undefined;
        seen.add(key);
        if (!isLate) return undefined;
        const subject = told(event, "subject");
        if (subject === undefined) return undefined;
        const term = picture.knowledge.terms
          .match(subject)
          .find(({ entry }) => entry.theme === "payments" && entry.weight >= weight);
        if (term === undefined) return undefined;
        return {
          points: first,
          text: `first message of ${from}, with ${term.entry.term} in the subject${toldBy(event, "from") || toldBy(event, "subject")}`,
        };
      },
      missing() {
        if (named === 0) return "no delivery names its sender";
        return late ? undefined : `the log covers no more than the ${days} days during which every sender is new`;
      },
    };
  },
});
