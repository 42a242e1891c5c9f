import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import type { SearchView } from "../picture.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

/** Spread of the pauses between searches: standard deviation by mean; Infinity for fewer than three. */
function unevenness(searches: readonly SearchView[]): number {
  const pauses = searches.slice(1).map(({ ticks }, at) => ticks - (searches[at] as SearchView).ticks);
  if (pauses.length < 3) return Infinity;
  const mean = pauses.reduce((sum, pause) => sum + pause, 0) / pauses.length;
  if (mean === 0) return 0;
  return Math.sqrt(pauses.reduce((sum, pause) => sum + (pause - mean) ** 2, 0) / pauses.length) / mean;
}

export const searchCadence = scoring({
  id: "search-cadence",
  about: "search",
  title: "Searches at a machine's pace",
  description:
    "Results without keystrokes one after the other at a steady pace, or many different queries within minutes: a script, or somebody who goes down a list.",
  requires: "SearchResult records",
  falsePositives: ["Clients that log no keystrokes; saved searches that refresh themselves."],
  blindSpots: ["A script that waits at random."],
  references: ["https://attack.mitre.org/detectionstrategies/DET0048/"],
  attack: ["T1114.002", "T1119"],
  nextSteps: ["Compare the client with what the owner uses."],
  settings: {
    pace: { is: 20, says: "points for each search of such a run" },
    steady: { is: 5, says: "searches without keystrokes that make a steady run" },
    even: { is: 0.15, says: "spread of the pauses (standard deviation by mean) up to which they are steady" },
    many: { is: 8, says: "different queries that are many" },
    minutes: { is: 5, says: "minutes within which they are many" },
    pause: { is: 10, says: "minutes of pause that end a run" },
  },
  assess(picture, { pace, steady, even, many, minutes, pause }) {
    const minute = 60 * TICKS_PER_SECOND;
    const fired = new Map<number, Fired>();
    const add = (run: readonly SearchView[], text: string) => {
      for (const { number } of run) {
        fired.set(number, {
          entity: String(number),
          text,
          points: pace,
          rows: run.map(({ search }) => search.first.row),
        });
      }
    };
    for (const searches of byPlace(picture.searches)) {
      const silent = searches.filter(({ search }) => search.keystrokes.length === 0);
      let from = 0;
      for (let at = 1; at <= silent.length; at++) {
        const next = silent[at];
        if (next !== undefined && next.ticks - (silent[at - 1] as SearchView).ticks <= pause * minute) continue;
        const run = silent.slice(from, at);
        from = at;
        if (run.length >= steady && unevenness(run) <= even)
          add(run, `${run.length} searches without keystrokes at a steady pace`);
      }
      let start = 0;
      for (const [end, search] of searches.entries()) {
        while (search.ticks - (searches[start] as SearchView).ticks > minutes * minute) start++;
        const run = searches.slice(start, end + 1);
        if (run.length < many) continue;
        const different = new Set(run.map(({ normalised }) => normalised)).size;
        if (different >= many) add(run, `${different} different queries within ${minutes} minutes`);
      }
    }
    return { fired: [...fired.values()], missing: picture.searches.length === 0 ? "no search is logged" : undefined };
  },
});

/** The searches of one address, or of one session where no address is known, in order of time. */
function byPlace(searches: readonly SearchView[]): Iterable<SearchView[]> {
  const places = new Map<string, SearchView[]>();
  for (const search of searches) {
    const key = search.address === "" ? `session ${search.search.first.session}` : search.address;
    const list = places.get(key);
    if (list === undefined) places.set(key, [search]);
    else list.push(search);
  }
  return places.values();
}
