import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import { citedRun } from "../cited.ts";
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
      const rows = telling.map(({ search }) => search.first.row);
      const themesFrom = themesWithin(telling, length);
      let to = 0;
      let told = 0;
      for (const [from, first] of telling.entries()) {
        while (to < telling.length && (telling[to] as SearchView).ticks - first.ticks <= length) to++;
        const found = themesFrom[from] as readonly string[];
        if (found.length < themes) continue;
        for (told = Math.max(told, from); told < to; told++) {
          const cited = citedRun(rows, from, to, [rows[told] as number]);
          fired.push({
            entity: String((telling[told] as SearchView).number),
            text: `${found.join(", ")} within ${minutes} minutes${cited.words}`,
            points: several,
            rows: cited.rows,
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

/** For each of some searches in order the themes within a length of time from it on, in order of their first words. */
function themesWithin(searches: readonly SearchView[], length: number): (readonly string[])[] {
  // From the last search to the first: the theme that was met last stands in front.
  const next = new Map<string, number>();
  return searches
    .toReversed()
    .map((search) => {
      for (const theme of themesOf(search).toReversed()) {
        next.delete(theme);
        next.set(theme, search.ticks);
      }
      const near = [...next].filter(([, ticks]) => ticks - search.ticks <= length);
      return near.map(([theme]) => theme).toReversed();
    })
    .toReversed();
}
