import type { MailboxEvent } from "../../model/event.ts";
import { aboutMessages } from "../rule.ts";
import { told, toldBy } from "../told.ts";

/** Where a delivery names who sent it. They differ where somebody else than the visible From sent it. */
const SENDERS = ["SenderSmtpAddress", "SenderAddress", "From"] as const;

/** Everybody whom the delivery names as its sender; where it names nobody, whom other records or the given message name. */
function sendersOf(event: MailboxEvent): readonly { readonly sender: string; readonly by: string }[] {
  const own = SENDERS.map((name) => event.record.properties.text(name) ?? "").filter((sender) => sender !== "");
  if (own.length > 0) return own.map((sender) => ({ sender, by: "" }));
  const from = told(event, "from") ?? "";
  return from === "" ? [] : [{ sender: from, by: toldBy(event, "from") }];
}

export const messageWatchList = aboutMessages({
  id: "message-watch-list",
  about: "message",
  title: "Sender on the watch list",
  description:
    "The domain of the sending address or of From is, or lies below, a domain of the list given with --watch.",
  requires: "--watch, and MessageDelivered records with a sender",
  falsePositives: ["A domain that is shared by many, such as a mail provider's."],
  blindSpots: [
    "Senders can be forged; a forged one is found as well.",
    "The From of an exported message, where the log names a sender.",
  ],
  references: ["https://attack.mitre.org/techniques/T1566/"],
  attack: ["T1566"],
  nextSteps: ["Say where the entry comes from and how old it is."],
  settings: { listed: { is: 40, says: "points for a listed sender" } },
  begin(picture, { listed }) {
    const { watch } = picture.knowledge;
    let named = 0;
    return {
      ask(event) {
        if (watch === undefined || event.type.role !== "delivered") return undefined;
        const senders = sendersOf(event);
        if (senders.length > 0) named++;
        for (const { sender, by } of senders) {
          const entry = watch.matchDomain(sender);
          if (entry !== undefined) return { points: listed, text: `${sender} is on the watch list as ${entry}${by}` };
        }
        return undefined;
      },
      missing() {
        if (watch === undefined) return "no --watch list was given";
        return named === 0 ? "no delivery names its sender" : undefined;
      },
    };
  },
});
