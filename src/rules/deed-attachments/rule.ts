import { rowsOfFamily } from "../picture.ts";
import { finding } from "../rule.ts";
import { deedsBySuspects } from "../suspects.ts";

export const deedAttachments = finding({
  id: "deed-attachments",
  about: "mailbox",
  title: "Attachments opened, previewed or downloaded from a suspicious address",
  description: "Attachments previewed, opened or downloaded from an address that scores high.",
  requires: "an address that scores high, and attachment rows attributed to it",
  falsePositives: ["Rows of the owner that are attributed wrongly; see their confidence."],
  blindSpots: ["Clients that copy the mailbox take attachments along without a row."],
  references: ["https://attack.mitre.org/techniques/T1114/002/"],
  attack: ["T1114.002"],
  nextSteps: ["Find out what the attachments hold: they decide who must be notified."],
  settings: {
    points: { is: 50, says: "points for such attachments" },
    unsure: { is: 25, says: "points where all are attributed with low confidence" },
  },
  find(picture, values) {
    return deedsBySuspects(picture, "deed-attachments", values, (view) => ({
      rows: rowsOfFamily(picture, view, "attachment"),
      words: () => "attachments opened, previewed or downloaded",
    }));
  },
});
