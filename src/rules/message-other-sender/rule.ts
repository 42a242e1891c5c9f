import { differentSender } from "../../enrich/senders/look-alike.ts";
import { isAllowedDomain } from "../listed-addresses.ts";
import { aboutMessages } from "../rule.ts";

export const messageOtherSender = aboutMessages({
  id: "message-other-sender",
  about: "message",
  title: "From differs from the sending address",
  description: "The From of a delivery names another domain than its SenderSmtpAddress.",
  requires: "MessageDelivered records with both From and SenderSmtpAddress",
  falsePositives: ["Newsletters, mailing lists and services that send on behalf of somebody."],
  blindSpots: ["Most exports name only one of the two."],
  references: ["https://attack.mitre.org/techniques/T1566/"],
  attack: ["T1566"],
  nextSteps: ["Compare with Reply-To and Return-Path in the message's headers."],
  settings: { differs: { is: 12, says: "points for another domain" } },
  begin(picture, { differs }) {
    let told = 0;
    return {
      ask(event) {
        if (event.type.role !== "delivered") return undefined;
        const { properties } = event.record;
        const from = properties.text("From");
        const sender = from === undefined ? undefined : properties.text("SenderSmtpAddress");
        if (from === undefined || from === "" || sender === undefined || sender === "") return undefined;
        told++;
        if (isAllowedDomain(picture.knowledge, sender)) return undefined;
        if (!differentSender(from, sender)) return undefined;
        return { points: differs, text: `From is ${from}, sent by ${sender}` };
      },
      missing: () => (told === 0 ? "no delivery names both From and SenderSmtpAddress" : undefined),
    };
  },
});
