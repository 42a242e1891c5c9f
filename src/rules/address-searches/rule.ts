import type { TermEntry } from "../../enrich/words/terms.ts";
import type { SearchView } from "../picture.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

/** The terms of a search that belong to certain themes. */
function termsOf({ matches }: SearchView, themes: readonly string[]): readonly TermEntry[] {
  return matches.map(({ entry }) => entry).filter(({ theme }) => themes.includes(theme));
}

export const addressSearches = scoring({
  id: "address-searches",
  about: "address",
  title: "Searches for money, credentials or the owner's suspicion",
  description:
    "What was searched for from an address that is not familiar, by themes of the term lists, compared with what is searched for from familiar addresses.",
  requires: "SearchResult or SearchSuggestionsDisplay records, and logons to attribute them",
  falsePositives: ["An accountant who searches for invoices wherever they are."],
  blindSpots: ["Searches of desktop and telephone clients are rarely logged.", "Words that no list has."],
  references: ["https://attack.mitre.org/techniques/T1114/002/"],
  attack: ["T1114.002"],
  nextSteps: ["Read searches.tsv for the words, and exposure.tsv for what was opened after them."],
  settings: {
    one: { is: 20, says: "points for one telling term, or two of any weight, that the owner does not search for" },
    two: { is: 28, says: "points for two telling terms" },
    weak: { is: 10, says: "points for one weak term" },
    another: { is: 8, says: "points for each further theme, up to two" },
    range: { is: 8, says: "points for several terms" },
    several: { is: 3, says: "terms that are several" },
    most: { is: 40, says: "most points for searches" },
    language: { is: 6, says: "points for terms in a language that the owner never searches in" },
    usual: { is: 4, says: "points where the owner searches for the same terms" },
    telling: { is: 12, says: "weight from which a term is telling" },
    habit: { is: 0.3, says: "share of the searches from familiar addresses from which a theme is the owner's work" },
    themes: {
      is: ["payments", "payroll", "credentials", "identity", "hiding"],
      says: "themes that count",
      takes: "themes",
    },
  },
  assess(picture, values) {
    const { usual, most, habit, themes, language: otherLanguage } = values;
    const own = picture.searches.filter(
      ({ address, confidence }) => confidence !== "low" && picture.addresses.get(address)?.familiar === true,
    );
    const ownEntries = own.flatMap((search) => termsOf(search, themes));
    const ownTerms = new Set(ownEntries.map(nameOf));
    // Work is done in the languages of the work.
    const ownLanguages = languagesOf(ownEntries);
    const isOwnLanguage = ({ language }: TermEntry) =>
      language.split(" ").some((code) => code === "" || ownLanguages.has(code));
    const isWork = (entry: TermEntry) =>
      own.length > 0 &&
      isOwnLanguage(entry) &&
      own.filter((search) => termsOf(search, [entry.theme]).length > 0).length / own.length >= habit;
    const fired: Fired[] = [];
    for (const { address, stranger, searches } of picture.addresses.values()) {
      if (!stranger) continue;
      const found = searches.filter((search) => termsOf(search, themes).length > 0);
      if (found.length === 0) continue;
      const terms = heaviest(found.flatMap((search) => termsOf(search, themes)));
      const strange = [...terms.values()].filter((entry) => !ownTerms.has(nameOf(entry)));
      const names = [...new Set([...terms.values()].map(({ theme }) => theme))];
      const work = strange.length > 0 && strange.every(isWork);
      const sure = found.some(({ confidence }) => confidence !== "low");
      const isForeign = ownLanguages.size > 0 && strange.some((entry) => !isOwnLanguage(entry));
      const full =
        strange.length === 0 ? usual : Math.min(most, pointsFor(strange, values) + (isForeign ? otherLanguage : 0));
      const notes = [
        ...(strange.length === 0 ? ["as the owner does"] : []),
        ...(isForeign ? ["in a language that the owner does not search in"] : []),
        ...(work ? ["a theme of the owner's work"] : []),
        ...(sure ? [] : ["all attributed with low confidence"]),
      ];
      const words = [...new Set(found.map(({ search }) => search.query))].slice(0, 5).join("; ");
      fired.push({
        entity: address,
        text: [`searched for ${names.join(", ")} (${words})`, ...notes].join(", "),
        points: Math.round(full * (work ? 0.5 : 1) * (sure ? 1 : 0.5)),
        rows: found.map(({ search }) => search.first.row),
      });
    }
    return { fired, missing: picture.searches.length === 0 ? "no search is logged" : undefined };
  },
});

/** A term by which one and many of it are the same. */
function nameOf({ term }: TermEntry): string {
  return term.toLowerCase().replace(/s$/, "");
}

/** One entry a term, the heaviest of its spellings. */
function heaviest(entries: readonly TermEntry[]): ReadonlyMap<string, TermEntry> {
  const terms = new Map<string, TermEntry>();
  for (const entry of entries) {
    const name = nameOf(entry);
    if (entry.weight > (terms.get(name)?.weight ?? -1)) terms.set(name, entry);
  }
  return terms;
}

/** The languages of a fair share of the terms that tell theirs. */
function languagesOf(entries: readonly TermEntry[]): ReadonlySet<string> {
  const telling = entries.filter(({ language }) => language !== "");
  const counts = new Map<string, number>();
  for (const { language } of telling) {
    for (const code of language.split(" ")) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count / telling.length >= OWN_LANGUAGE).map(([code]) => code));
}

const OWN_LANGUAGE = 0.25;

/** Points for terms that the owner does not search for. */
function pointsFor(
  strange: readonly TermEntry[],
  { one, two, weak, another, range, several, telling }: Readonly<Record<Weight, number>>,
): number {
  const strong = strange.filter(({ weight }) => weight >= telling).length;
  const base = strong >= 2 ? two : strong === 1 || strange.length >= 2 ? one : weak;
  const themes = new Set(strange.map(({ theme }) => theme)).size;
  return base + another * Math.min(2, themes - 1) + (strange.length >= several ? range : 0);
}

type Weight = "one" | "two" | "weak" | "another" | "range" | "several" | "telling";
