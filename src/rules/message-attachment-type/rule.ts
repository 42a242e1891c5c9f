import { attachmentNames, riskyAttachment } from "../../enrich/senders/attachment-types.ts";
import { aboutMessages } from "../rule.ts";
import { told, toldBy } from "../told.ts";

export const messageAttachmentType = aboutMessages({
  id: "message-attachment-type",
  about: "message",
  title: "Attachment of a type that carries malware",
  description:
    "The delivery, or its message that was given beside the log, names an attachment whose extension is tied to malware or phishing pages, or whose name hides its extension.",
  requires: "MessageDelivered records with AttachmentDetail, or the messages themselves (--messages)",
  falsePositives: ["Archives and documents with macros are ordinary in many offices; a PDF is weak evidence."],
  blindSpots: [
    "Attachments inside of archives.",
    "Links instead of attachments.",
    "The form of AttachmentDetail is attested nowhere; names are read from any form.",
  ],
  references: ["https://attack.mitre.org/techniques/T1566/001/"],
  attack: ["T1566.001"],
  nextSteps: ["Recover the attachment and have it examined; see whether it was opened."],
  settings: {
    strong: { is: 22, says: "points for programs, scripts, disk images and hidden extensions" },
    medium: { is: 8, says: "points for archives and pages" },
    weak: { is: 4, says: "points for types that are common and seldom harmful" },
  },
  begin(_picture, points) {
    let named = 0;
    return {
      ask(event) {
        if (event.type.role !== "delivered") return undefined;
        const attachments = told(event, "attachments");
        if (attachments === undefined) return undefined;
        named++;
        if (attachments === "") return undefined;
        let best: { points: number; text: string } | undefined;
        for (const name of attachmentNames(attachments)) {
          const risk = riskyAttachment(name);
          if (risk === undefined) continue;
          const own = points[risk.strength];
          if (best === undefined || own > best.points) best = { points: own, text: `attachment ${name}: ${risk.why}` };
        }
        return best === undefined ? undefined : { ...best, text: best.text + toldBy(event, "attachments") };
      },
      missing: () => (named === 0 ? "no delivery tells its attachments" : undefined),
    };
  },
});
