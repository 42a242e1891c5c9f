import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

export const searchTerms = scoring({
  id: "search-terms",
  about: "search",
  title: "Search words of mailbox intruders",
  description:
    "Whole words of the query, case and accents folded, on the term lists for payments, payroll and tax, credentials, identity, people with authority, and hiding. Words alone never make more than low: owners search for invoices too.",
  requires: "SearchResult or SearchSuggestionsDisplay records",
  falsePositives: ["Anybody whose work is about money."],
  blindSpots: ["Languages and words that the lists do not have.", "A query cut short by a suggestion."],
  references: ["https://attack.mitre.org/techniques/T1114/002/"],
  attack: ["T1114.002"],
  nextSteps: ["See what was opened from the same address after the search."],
  settings: {
    most: { is: 21, says: "most points for words alone" },
    further: { is: 3, says: "points for each further term" },
  },
  assess(picture, { most, further }) {
    const fired: Fired[] = [];
    for (const { number, matches, search } of picture.searches) {
      if (matches.length === 0) continue;
      const best = matches.reduce((most, { entry }) => Math.max(most, entry.weight), 0);
      const terms = [...new Set(matches.map(({ entry }) => `${entry.term} (${entry.theme})`))];
      fired.push({
        entity: String(number),
        text: `terms ${terms.join(", ")}`,
        points: Math.min(most, best + further * (terms.length - 1)),
        rows: [...search.keystrokes, ...search.runs].map(({ row }) => row),
      });
    }
    return { fired, missing: picture.searches.length === 0 ? "no search is logged" : undefined };
  },
});
