import type { Deed } from "../deeds.ts";
import { deedsOf } from "../deeds.ts";
import { finding } from "../rule.ts";
import { deedsBySuspects } from "../suspects.ts";

export const deedHidden = finding({
  id: "deed-hidden",
  about: "mailbox",
  title: "Messages deleted or hidden from a suspicious address",
  description:
    "Deletions, above all beyond Deleted Items, and moves to folders where nobody looks, attributed to an address that scores high.",
  requires: "an address that scores high, and Delete or Move rows attributed to it",
  falsePositives: ["Rows of the owner that are attributed wrongly; see their confidence."],
  blindSpots: [
    "Inbox rules that hide messages leave no record in the Activities API; deed-inbox-rule reads those of audit logs.",
  ],
  references: ["https://attack.mitre.org/techniques/T1070/008/"],
  attack: ["T1070.008"],
  nextSteps: ["Recover the messages: they show what the owner was not to see."],
  settings: {
    points: { is: 50, says: "points for such deeds" },
    unsure: { is: 25, says: "points where all are attributed with low confidence" },
  },
  find(picture, values) {
    return deedsBySuspects(picture, "deed-hidden", values, (view) => {
      const deeds = deedsOf(picture, view).filter(({ removes, hard, hides }) => removes || hard || hides !== "");
      return {
        rows: deeds.map(({ row }) => row),
        words(rows) {
          const all = new Set(rows);
          const told = deeds.filter(({ row }) => all.has(row));
          const count = (kind: (deed: Deed) => boolean) => told.filter(kind).length;
          return `deleted or moved, ${count(({ hard }) => hard)} of them beyond Deleted Items, ${count(({ hides }) => hides !== "")} to where nobody looks`;
        },
      };
    });
  },
});
