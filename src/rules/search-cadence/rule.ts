import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import type { Picture, SearchView } from "../picture.ts";
import { isAudit } from "../recorded.ts";
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
    "Results without keystrokes one after the other at a steady pace, many different queries within minutes, or, in an audit log, many different queries with telling words within an hour: a script, or somebody who goes down a list.",
  requires:
    "SearchResult records, or SearchQueryInitiated records of an audit log, which are logged where somebody switched that on",
  falsePositives: ["Clients that log no keystrokes; saved searches that refresh themselves."],
  blindSpots: [
    "A script that waits at random.",
    "SearchQueryInitiatedExchange is no default of mailbox auditing, and searches through Graph or IMAP are not logged as such.",
  ],
  references: ["https://attack.mitre.org/detectionstrategies/DET0048/"],
  attack: ["T1114.002", "T1119"],
  nextSteps: ["Compare the client with what the owner uses."],
  settings: {
    pace: { is: 20, says: "points for each search of such a run" },
    steady: { is: 5, says: "searches without keystrokes that make a steady run" },
    even: { is: 0.15, says: "spread of the pauses (standard deviation by mean) up to which they are steady" },
    many: { is: 8, says: "different queries that are many" },
    minutes: { is: 5, says: "minutes within which they are many", takes: "length" },
    pause: { is: 10, says: "minutes of pause that end a run", takes: "length" },
    KeywordSearchFrequency: {
      is: 6,
      says: "different queries with words of the term lists, without keystrokes, that are many within an hour (audit records only)",
    },
    ownPace: { is: 5, says: "points for such queries from a familiar address" },
  },
  assess(picture, { pace, steady, even, many, minutes, pause, KeywordSearchFrequency: keywords, ownPace }) {
    const minute = 60 * TICKS_PER_SECOND;
    const fired = new Map<number, Fired>();
    const add = (run: readonly SearchView[], text: string, points = pace) => {
      const rows = run.map(({ search }) => search.first.row);
      for (const { number } of run) {
        if ((fired.get(number)?.points ?? 0) > points) continue;
        fired.set(number, {
          entity: String(number),
          text,
          points,
          rows,
        });
      }
    };
    for (const place of byPlace(picture.searches)) {
      const searches = withoutBeginnings(picture, place);
      for (const run of keywordRuns(picture, searches, keywords)) {
        const isOwn = picture.addresses.get(run[0]?.address ?? "")?.familiar === true;
        const different = new Set(run.map(({ normalised }) => normalised)).size;
        add(
          run,
          `${different} different queries with telling words, ${keywords} or more within an hour`,
          isOwn ? ownPace : pace,
        );
      }
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

/** A query that is the beginning of the next one, so soon before it, was typed and not sent by a script. */
const TYPING = 60 * TICKS_PER_SECOND;
const HOUR = 3600 * TICKS_PER_SECOND;

/** Audit records tell no keystroke from a search that ran: without those that only lead to the next one. */
function withoutBeginnings({ joined }: Picture, searches: readonly SearchView[]): readonly SearchView[] {
  return searches.filter(({ search, normalised, ticks }, at) => {
    const next = searches[at + 1];
    if (next === undefined || !isAudit(joined, search.first.row) || next.ticks - ticks > TYPING) return true;
    return next.normalised === normalised || !next.normalised.startsWith(normalised);
  });
}

/** Stretches of an hour in which audit records have so many different queries with words of the term lists. */
function keywordRuns({ joined }: Picture, searches: readonly SearchView[], least: number): SearchView[][] {
  const telling = searches.filter(
    ({ search, matches }) => isAudit(joined, search.first.row) && search.keystrokes.length === 0 && matches.length > 0,
  );
  const counts = new Map<string, number>();
  const runs: SearchView[][] = [];
  let from = 0;
  let told = 0;
  for (const [end, search] of telling.entries()) {
    counts.set(search.normalised, (counts.get(search.normalised) ?? 0) + 1);
    for (; search.ticks - (telling[from] as SearchView).ticks > HOUR; from++) {
      const { normalised } = telling[from] as SearchView;
      const left = (counts.get(normalised) ?? 1) - 1;
      if (left === 0) counts.delete(normalised);
      else counts.set(normalised, left);
    }
    if (counts.size < least) continue;
    // Stretches that overlap are one.
    const more = telling.slice(Math.max(from, told), end + 1);
    if (from < told) runs.at(-1)?.push(...more);
    else runs.push(more);
    told = end + 1;
  }
  return runs;
}

/**
 * The searches of one address, or of one session where no address is known, in order of time; those whose time cannot be
 * read have no pace.
 */
function byPlace(searches: readonly SearchView[]): Iterable<SearchView[]> {
  const places = new Map<string, SearchView[]>();
  for (const search of searches) {
    if (Number.isNaN(search.ticks)) continue;
    const key = search.address === "" ? `session ${search.search.first.session}` : search.address;
    const list = places.get(key);
    if (list === undefined) places.set(key, [search]);
    else list.push(search);
  }
  return places.values();
}
