import type { ApiRecord } from "../../activities/example.ts";
import { minuteOf, ownDays } from "../access-volume/examples.ts";
import type { AuditRecordExample, RuleExample } from "../example.ts";
import { auditAt, HOME, logonAt, STRANGER } from "../example.ts";
import { ranAt, typedAt } from "../search-terms/examples.ts";

const WORDS = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel"];
const entered = logonAt("2018-03-05T09:59:00Z", "192.0.2.1");

/** A time so many seconds after 10:00. */
function after(seconds: number): string {
  return new Date(Date.UTC(2018, 2, 5, 10, 0, seconds)).toISOString().replace(".000", "");
}

/** Results without keystrokes, at these seconds after 10:00. */
function results(seconds: readonly number[], queries: readonly string[] = WORDS): ApiRecord[] {
  return seconds.map((second, at) => ranAt(after(second), queries[at] as string));
}

const all = (numbers: readonly number[], text: string, rows: readonly number[]) =>
  numbers.map((number) => ({ entity: String(number), points: 20, text, rows }));

const upTo = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

/** What of 26 searches in rows 2 to 27 each is cited by: the run's first row, its own and the run's last. */
const ends = (text: string) =>
  upTo(26, (at) => ({
    entity: String(at + 1),
    points: 20,
    text: `${text}; of 26 rows the first, the last and its own are cited`,
    rows: [...new Set([2, at + 2, 27])],
  }));

const TELLING = ["invoice", "wire transfer", "password", "payroll", "passport", "bank details"];
/** Searches at uneven pauses of some minutes, as SearchQueryInitiatedExchange has them. */
function auditSearches(ClientIP: string, queries: readonly string[], pace = 4): AuditRecordExample[] {
  return queries.map((QueryText, at) =>
    auditAt(minuteOf(5, 600 + pace * at + (pace < 1 ? 0 : at % 2)), "SearchQueryInitiatedExchange", {
      RecordType: 101,
      ClientIP,
      QueryText,
    }),
  );
}

export const examples: readonly RuleExample[] = [
  {
    name: "five searches, one every half minute",
    records: [entered, ...results([0, 30, 60, 90, 120])],
    outcome: "found",
    says: all([1, 2, 3, 4, 5], "5 searches without keystrokes at a steady pace", [2, 3, 4, 5, 6]),
  },
  {
    name: "five searches, one a minute, of which no time has seconds",
    records: [
      entered,
      ...results([0, 60, 120, 180, 240]).map(({ TimeStamp, ...more }) => ({
        ...more,
        TimeStamp: TimeStamp.replace(":00Z", "Z"),
      })),
    ],
    outcome: "clear",
  },
  {
    // Pauses of 27, 33, 27 and 33 seconds: mean 30, deviation 3, spread 0.1.
    name: "nearly even pauses are steady",
    records: [entered, ...results([0, 27, 60, 87, 120])],
    outcome: "found",
    says: all([1, 2, 3, 4, 5], "5 searches without keystrokes at a steady pace", [2, 3, 4, 5, 6]),
  },
  {
    name: "a script in a session without any logon",
    records: [0, 30, 60, 90, 120].map((second, at) => ranAt(after(second), WORDS[at] as string, { session: "web-1" })),
    outcome: "found",
    says: all([1, 2, 3, 4, 5], "5 searches without keystrokes", [1, 2, 3, 4, 5]),
  },
  {
    name: "eight different queries in five minutes, typed by hand",
    records: [
      entered,
      ...[0, 10, 40, 60, 130, 150, 230, 298].flatMap((second, at) => {
        const word = WORDS[at] as string;
        return [typedAt(after(second), word.slice(0, 3)), ranAt(after(second + 2), word)];
      }),
    ],
    outcome: "found",
    // A search begins with its first keystroke: every second row.
    says: all([1, 2, 3, 4, 5, 6, 7, 8], "8 different queries within 5 minutes", [2, 4, 6, 8, 10, 12, 14, 16]),
  },
  {
    // The last window from 10:00:10 to 10:05:10 holds all but the first search, the one before all but the last.
    name: "nine different queries of which no window holds all: each has the last that holds it",
    records: [entered, ...results([0, 10, 40, 60, 130, 150, 230, 298, 310], [...WORDS, "india"])],
    outcome: "found",
    says: [
      ...all([1], "8 different queries within 5 minutes", [2, 3, 4, 5, 6, 7, 8, 9]),
      ...all([2, 3, 4, 5, 6, 7, 8, 9], "8 different queries within 5 minutes", [3, 4, 5, 6, 7, 8, 9, 10]),
    ],
  },
  {
    name: "a run of 25 is cited whole",
    records: [
      entered,
      ...results(
        upTo(25, (at) => 30 * at),
        upTo(25, (at) => WORDS[at % 2] as string),
      ),
    ],
    outcome: "found",
    says: all(
      upTo(25, (at) => at + 1),
      "25 searches without keystrokes at a steady pace",
      upTo(25, (at) => at + 2),
    ),
  },
  {
    name: "a steady run of 26 is too long to be cited for each of its searches",
    records: [
      entered,
      ...results(
        upTo(26, (at) => 30 * at),
        upTo(26, (at) => WORDS[at % 2] as string),
      ),
    ],
    outcome: "found",
    says: ends("26 searches without keystrokes at a steady pace"),
  },
  {
    name: "so are 26 different queries within minutes",
    records: [
      entered,
      ...results(
        upTo(26, (at) => 10 * at + (at % 2) * 4),
        upTo(26, (at) => `word ${at}`),
      ),
    ],
    outcome: "found",
    says: ends("26 different queries within 5 minutes"),
  },
  { name: "four searches make no run", records: [entered, ...results([0, 30, 60, 90])], outcome: "clear" },
  { name: "a person's uneven pauses", records: [entered, ...results([0, 10, 60, 80, 170])], outcome: "clear" },
  {
    name: "five steady searches that were typed",
    records: [
      entered,
      ...[0, 60, 120, 180, 240].flatMap((second, at) => {
        const word = WORDS[at] as string;
        return [typedAt(after(second), word.slice(0, 3)), ranAt(after(second + 2), word)];
      }),
    ],
    outcome: "clear",
  },
  {
    name: "a pause of more than ten minutes between three and three",
    records: [entered, ...results([0, 60, 120, 721, 781, 841])],
    outcome: "clear",
  },
  {
    name: "eight queries of which two say the same",
    records: [
      entered,
      ...results(
        [0, 10, 40, 60, 130, 150, 230, 298],
        ["bank", "alpha", "  Bänk ", "bravo", "charlie", "delta", "echo", "golf"],
      ),
    ],
    outcome: "clear",
  },
  {
    name: "eight queries in five minutes and a second",
    records: [entered, ...results([0, 10, 40, 60, 130, 150, 230, 301])],
    outcome: "clear",
  },
  {
    name: "four each at two addresses",
    records: [
      entered,
      logonAt("2018-03-05T09:59:30Z", "203.0.113.66", { session: "web-2" }),
      ...[0, 30, 60, 90].flatMap((second, at) => [
        ranAt(after(second), WORDS[at] as string, { session: "web-2" }),
        ranAt(after(second + 15), WORDS[at + 4] as string, { session: "web-3" }),
      ]),
      logonAt("2018-03-05T10:10:00Z", "192.0.2.1", { session: "web-3" }),
    ],
    outcome: "clear",
  },
  { name: "no search", records: [entered], outcome: "notAssessed" },
  {
    name: "six telling words within an hour, by an audit log",
    audit: [...ownDays(10), ...auditSearches(STRANGER, TELLING)],
    outcome: "found",
    says: all(
      [1, 2, 3, 4, 5, 6],
      "6 different queries with telling words, 6 or more within an hour",
      [11, 12, 13, 14, 15, 16],
    ),
  },
  {
    name: "from the owner's own network",
    audit: [...ownDays(10), ...auditSearches(HOME, TELLING)],
    outcome: "found",
    says: [1, 2, 3, 4, 5, 6].map((number) => ({ entity: String(number), points: 5 })),
  },
  { name: "five of them", audit: [...ownDays(10), ...auditSearches(STRANGER, TELLING.slice(1))], outcome: "clear" },
  {
    name: "one word that is typed letter by letter",
    audit: [
      ...ownDays(10),
      ...auditSearches(
        STRANGER,
        ["bank", "bank d", "bank de", "bank det", "bank deta", "bank detai", "bank details"],
        0.1,
      ),
    ],
    outcome: "clear",
  },
  {
    name: "words of no list",
    audit: [...ownDays(10), ...auditSearches(STRANGER, WORDS.slice(0, 6))],
    outcome: "clear",
  },
  {
    name: "a frequency of the user's own",
    audit: [...ownDays(10), ...auditSearches(STRANGER, TELLING)],
    rules: "rules:\n  search-cadence:\n    KeywordSearchFrequency: 7\n",
    outcome: "clear",
  },
  {
    name: "searches at times that cannot be read",
    records: [entered, ...WORDS.map((word) => ranAt("some time", word))],
    outcome: "clear",
  },
  {
    name: "seven in time, and one whose time cannot be read",
    audit: [
      ...ownDays(10),
      ...auditSearches(STRANGER, WORDS.slice(0, 7), 0.6),
      { ...auditSearches(STRANGER, WORDS.slice(7))[0], CreationTime: "some time" },
    ],
    outcome: "clear",
  },
];
