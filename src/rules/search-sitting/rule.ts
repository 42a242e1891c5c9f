import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import type { SearchView } from "../picture.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

export const searchSitting = scoring({
  id: "search-sitting",
  about: "search",
  title: "Several themes in one sitting",
  description:
    "Within an hour the same address searched for words of several themes (payments, payroll, credentials, identity, hiding): somebody is finding out what the mailbox holds.",
  requires: "SearchResult or SearchSuggestionsDisplay records, and logons to attribute them",
  falsePositives: ["A busy bookkeeper; months of searches at one familiar address are therefore left out."],
  blindSpots: ["An intruder who comes back for one search a day."],
  references: ["https://attack.mitre.org/techniques/T1114/002/"],
  attack: ["T1114.002"],
  nextSteps: ["Read the searches of that hour together."],
  settings: {
    several: { is: 10, says: "points for each search of such a sitting that holds a term" },
    themes: { is: 2, says: "themes that make a sitting" },
    minutes: { is: 60, says: "minutes between the first and the last", takes: "length" },
  },
  assess(picture, { several, themes, minutes }) {
    const fired: Fired[] = [];
    const length = minutes * 60 * TICKS_PER_SECOND;
    for (const { searches, familiar } of picture.addresses.values()) {
      if (familiar) continue;
      const telling = searches.filter(({ matches }) => matches.some(({ entry }) => entry.theme !== "people"));
      const told = new Set<SearchView>();
      for (const [from, first] of telling.entries()) {
        const sitting = telling.slice(from).filter(({ ticks }) => ticks - first.ticks <= length);
        const found = [...new Set(sitting.flatMap(themesOf))];
        if (found.length < themes) continue;
        for (const search of sitting) {
          if (told.has(search)) continue;
          told.add(search);
          fired.push({
            entity: String(search.number),
            text: `${found.join(", ")} within ${minutes} minutes`,
            points: several,
            rows: sitting.map(({ search: { first } }) => first.row),
          });
        }
      }
    }
    return { fired, missing: picture.searches.length === 0 ? "no search is logged" : undefined };
  },
});

function themesOf({ matches }: SearchView): string[] {
  return matches.map(({ entry }) => entry.theme).filter((theme) => theme !== "people");
}
