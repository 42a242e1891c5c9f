import { reaches } from "../../model/finding.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

export const searchSuspiciousAddress = scoring({
  id: "search-suspicious-address",
  about: "search",
  title: "Search from a suspicious address",
  description:
    "The search is attributed to an address that scores medium or more; how much it counts depends on how sure the attribution is.",
  requires: "searches that are attributed, and addresses that score",
  falsePositives: ["An owner's search at an address that scores wrongly."],
  blindSpots: ["Searches that no logon attributes."],
  references: ["https://attack.mitre.org/techniques/T1114/002/"],
  attack: ["T1114.002"],
  nextSteps: ["Take the words as what the intruder knew or wanted to know."],
  settings: {
    high: { is: 30, says: "points for an address that scores high or critical" },
    medium: { is: 6, says: "points for one that scores medium" },
    unsure: { is: 0.6, says: "part of the points that is left where the attribution is of low confidence" },
  },
  assess(picture, { high, medium, unsure }) {
    const fired: Fired[] = [];
    for (const { number, address, confidence, search } of picture.searches) {
      const score = picture.verdict.address(address);
      const full = reaches(score, "high") ? high : reaches(score, "medium") ? medium : 0;
      if (full === 0) continue;
      fired.push({
        entity: String(number),
        text: `from ${address}, which scores ${score.points} (${score.severity}), attributed with ${confidence} confidence`,
        points: confidence === "low" ? Math.round(full * unsure) : full,
        rows: [search.first.row],
      });
    }
    const attributed = picture.searches.some(({ address }) => address !== "");
    return { fired, missing: attributed ? undefined : "no search is attributed to an address" };
  },
});
