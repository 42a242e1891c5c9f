import { aboutMessages } from "../rule.ts";

export const messageAuthentication = aboutMessages({
  id: "message-authentication",
  about: "message",
  title: "Sender not authenticated",
  description:
    "The receiver's own Authentication-Results header (RFC 8601) says that SPF, DKIM, DMARC or Microsoft's composite authentication failed. Messages are joined by InternetMessageId, where subject and sender do not contradict it. ARC that passed outweighs DMARC that failed.",
  requires: "the messages with their headers (--messages)",
  falsePositives: ["Forwarded mail and mailing lists fail SPF, and often DKIM too."],
  blindSpots: ["Mail from a mailbox that was taken over passes everything."],
  references: ["https://www.rfc-editor.org/rfc/rfc8601"],
  attack: ["T1566", "T1656"],
  nextSteps: ["Read Return-Path, Reply-To and the Received lines of the message."],
  settings: {
    dmarc: { is: 25, says: "points for DMARC fail" },
    compauth: { is: 20, says: "points for compauth fail" },
    spf: { is: 8, says: "points for SPF fail or softfail" },
    dkim: { is: 8, says: "points for DKIM fail" },
  },
  begin(picture, { dmarc, compauth, spf, dkim }) {
    const { messages } = picture.knowledge;
    let joined = 0;
    return {
      ask(event) {
        if (messages === undefined || event.type.role !== "delivered") return undefined;
        const known = picture.joined.givenOf(event.item, () => event.own());
        if (known === undefined || known.authentication.evidence.length === 0) return undefined;
        joined++;
        const said = known.authentication;
        const words: string[] = [];
        let points = 0;
        const add = (name: string, result: string, failed: boolean, weight: number) => {
          if (!failed) return;
          words.push(`${name}=${result}`);
          points += weight;
        };
        add("dmarc", said.dmarc, said.dmarc === "fail" && said.arc !== "pass", dmarc);
        add("compauth", said.compauth, said.compauth === "fail", compauth);
        add("spf", said.spf, said.spf === "fail" || said.spf === "softfail", spf);
        add("dkim", said.dkim, said.dkim === "fail", dkim);
        if (points === 0) return undefined;
        return { points, text: `${words.join(", ")} in the headers of ${known.source.file}:${known.source.entry}` };
      },
      missing() {
        if (messages === undefined) return "no messages were given (--messages)";
        return joined === 0
          ? "none of the given messages with authentication results is in this mailbox's log"
          : undefined;
      },
    };
  },
});
