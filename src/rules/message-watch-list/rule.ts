import { aboutMessages } from "../rule.ts";
import { told, toldBy } from "../told.ts";

export const messageWatchList = aboutMessages({
  id: "message-watch-list",
  about: "message",
  title: "Sender on the watch list",
  description: "The sender's domain is, or lies below, a domain of the list given with --watch.",
  requires: "--watch, and MessageDelivered records with a sender",
  falsePositives: ["A domain that is shared by many, such as a mail provider's."],
  blindSpots: ["Senders can be forged; a forged one is found as well."],
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
        const from = told(event, "from");
        if (from === undefined || from === "") return undefined;
        named++;
        const entry = watch.matchDomain(from);
        if (entry === undefined) return undefined;
        return { points: listed, text: `${from} is on the watch list as ${entry}${toldBy(event, "from")}` };
      },
      missing() {
        if (watch === undefined) return "no --watch list was given";
        return named === 0 ? "no delivery names its sender" : undefined;
      },
    };
  },
});
