import { lookAlike, registrableDomain } from "../../enrich/senders/look-alike.ts";
import { remembering } from "../../model/remembering.ts";
import { isAllowedDomain } from "../listed-addresses.ts";
import { aboutMessages } from "../rule.ts";
import { told, toldBy } from "../told.ts";

/** So many domains are remembered. */
const MOST_DOMAINS = 100_000;

export const messageLookAlike = aboutMessages({
  id: "message-look-alike",
  about: "message",
  title: "Sender's domain looks like the mailbox's own",
  description:
    "The sender's domain differs from the mailbox's own by a letter or two, by letters of another alphabet, by an added word, or by its ending. Letters away count in names of five letters or more: one, and two in names of ten or more with the same ending; under another ending only in names of eight or more.",
  requires: "MessageDelivered records with a sender, and the mailbox's name",
  falsePositives: ["Companies with similar names.", "A second domain of the same company."],
  blindSpots: [
    "Look-alikes of suppliers and customers, which the log cannot tell from the real ones.",
    "Names of four letters and less that differ in a letter: far too many honest ones do.",
  ],
  references: ["https://attack.mitre.org/techniques/T1656/"],
  attack: ["T1566", "T1656"],
  nextSteps: ["Look up when the domain was registered, and compare headers with genuine messages."],
  settings: { alike: { is: 35, says: "points for a look-alike" } },
  begin(picture, { alike }) {
    const { mailbox } = picture.joined.mailboxCase;
    const own = mailbox.includes("@") ? (registrableDomain(mailbox) ?? "") : "";
    const textFor = remembering((domain) => lookAlike(domain, own)?.text ?? "", MOST_DOMAINS);
    let named = 0;
    return {
      ask(event) {
        if (event.type.role !== "delivered" || own === "") return undefined;
        const from = told(event, "from");
        if (from === undefined) return undefined;
        named++;
        if (isAllowedDomain(picture.knowledge, from)) return undefined;
        const at = from.lastIndexOf("@");
        if (at < 0) return undefined;
        const text = textFor(from.slice(at + 1).toLowerCase());
        if (text === "") return undefined;
        return { points: alike, text: `sender ${from}: ${text}${toldBy(event, "from")}` };
      },
      missing: () =>
        own === "" ? "nothing names the mailbox" : named === 0 ? "no delivery names its sender" : undefined,
    };
  },
});
