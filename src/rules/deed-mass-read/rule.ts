import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import { messagesInWindow } from "../windows.ts";
import type { Picture } from "../picture.ts";
import { openedRows } from "../picture.ts";
import { finding } from "../rule.ts";
import { deedsBySuspects } from "../suspects.ts";

/** The most accesses within a length of time, of those stretches that reach enough different messages. */
function densest({ joined }: Picture, rows: readonly number[], many: number, length: number): readonly number[] {
  let best = { start: 0, end: 0 };
  messagesInWindow(joined, rows, length, (start, end, messages) => {
    if (messages >= many && end + 1 - start > best.end - best.start) best = { start, end: end + 1 };
  });
  return rows.slice(best.start, best.end);
}

export const deedMassRead = finding({
  id: "deed-mass-read",
  about: "mailbox",
  title: "Many messages opened from a suspicious address",
  description: "Within an hour many different messages were opened from an address that scores high.",
  requires: "an address that scores high, and reading rows attributed to it",
  falsePositives: ["Rows of the owner that are attributed wrongly; see their confidence."],
  blindSpots: ["Clients that copy the mailbox leave no reading rows."],
  references: ["https://attack.mitre.org/techniques/T1114/002/"],
  attack: ["T1114.002"],
  nextSteps: ["Go through exposure.tsv, the rows that say Suspicious: yes."],
  settings: {
    points: { is: 50, says: "points for such reading" },
    unsure: { is: 25, says: "points where it is that many only with rows of low confidence" },
    many: { is: 25, says: "different messages that are many" },
    minutes: { is: 60, says: "minutes within which they are many", takes: "length" },
  },
  find(picture, { points, unsure, many, minutes }) {
    const inTime = (rows: readonly number[]) => densest(picture, rows, many, minutes * 60 * TICKS_PER_SECOND);
    return deedsBySuspects(picture, "deed-mass-read", { points, unsure }, (view) => {
      const all = openedRows(picture, view);
      const sure = inTime(all.filter((row) => picture.activities.confidenceOf(row) !== "low"));
      const isTogether = sure.length === 0;
      return { rows: isTogether ? inTime(all) : sure, isTogether, words: () => `opened within ${minutes} minutes` };
    });
  },
});
