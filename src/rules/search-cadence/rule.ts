import { isToTheMinute, TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import { timeOf } from "../../joins/mailbox-case.ts";
import { citedRun } from "../cited.ts";
import type { Picture, SearchView } from "../picture.ts";
import { isAudit } from "../recorded.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";
import { differentInWindow } from "../windows.ts";

/** Searches of a list that show something together: those from `from` up to `to`. */
interface Run {
  readonly from: number;
  readonly to: number;
}

const ticksOf = ({ ticks }: SearchView) => ticks;
const normalisedOf = ({ normalised }: SearchView) => normalised;

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
    "A steady pace, where times have no seconds.",
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
    /** Gives each search the words of the last run that holds it, unless what it has from before weighs more. */
    const tell = <R extends Run>(
      searches: readonly SearchView[],
      runs: readonly R[],
      says: (run: R) => string,
      points = pace,
    ) => {
      const rows = searches.map(({ search }) => search.first.row);
      for (const [at, run] of runs.entries()) {
        const text = says(run);
        const end = Math.min(run.to, runs[at + 1]?.from ?? Infinity);
        for (const [index, { number }] of searches.slice(run.from, end).entries()) {
          if ((fired.get(number)?.points ?? 0) > points) continue;
          const cited = citedRun(rows, run.from, run.to, [rows[run.from + index] as number]);
          fired.set(number, { entity: String(number), text: `${text}${cited.words}`, points, rows: cited.rows });
        }
      }
    };
    for (const place of byPlace(picture.searches)) {
      const searches = withoutBeginnings(picture, place);
      const isOwn = picture.addresses.get(searches[0]?.address ?? "")?.familiar === true;
      const telling = searches.filter((search) => isTelling(picture, search));
      tell(
        telling,
        keywordRuns(telling, keywords),
        ({ from, to }) => {
          const different = new Set(telling.slice(from, to).map(normalisedOf)).size;
          return `${different} different queries with telling words, ${keywords} or more within an hour`;
        },
        isOwn ? ownPace : pace,
      );
      const silent = searches.filter((one) => one.search.keystrokes.length === 0 && hasSeconds(picture, one));
      tell(
        silent,
        stretches(silent, pause * minute).filter(
          ({ from, to }) => to - from >= steady && unevenness(silent.slice(from, to)) <= even,
        ),
        ({ from, to }) => `${to - from} searches without keystrokes at a steady pace`,
      );
      const windows: (Run & { readonly different: number })[] = [];
      differentInWindow(searches, minutes * minute, ticksOf, normalisedOf, (start, end, different) => {
        if (different >= many) windows.push({ from: start, to: end + 1, different });
      });
      tell(searches, windows, (run) => `${run.different} different queries within ${minutes} minutes`);
    }
    return { fired: [...fired.values()], missing: picture.searches.length === 0 ? "no search is logged" : undefined };
  },
});

/** Whether a pace that is measured in seconds can be told of a search. */
function hasSeconds({ joined }: Picture, { search }: SearchView): boolean {
  return !isToTheMinute(timeOf(joined.mailboxCase, search.first.row));
}

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

/** Whether a search of an audit record has words of the term lists, and no keystroke. */
function isTelling({ joined }: Picture, { search, matches }: SearchView): boolean {
  return isAudit(joined, search.first.row) && search.keystrokes.length === 0 && matches.length > 0;
}

/** Stretches of an hour in which telling searches have so many different queries. */
function keywordRuns(telling: readonly SearchView[], least: number): Run[] {
  const runs: { from: number; to: number }[] = [];
  differentInWindow(telling, HOUR, ticksOf, normalisedOf, (start, end, different) => {
    if (different < least) return;
    const last = runs.at(-1);
    // Stretches that overlap are one.
    if (last !== undefined && start < last.to) last.to = end + 1;
    else runs.push({ from: start, to: end + 1 });
  });
  return runs;
}

/** The stretches of searches that no longer pause divides. */
function stretches(searches: readonly SearchView[], pause: number): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (const [at, { ticks }] of searches.entries()) {
    const next = searches[at + 1];
    if (next !== undefined && next.ticks - ticks <= pause) continue;
    runs.push({ from, to: at + 1 });
    from = at + 1;
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
