import { ownDays } from "../access-volume/examples.ts";
import type { ApiRecord } from "../../activities/example.ts";
import type { RuleExample } from "../example.ts";
import { HOME, STRANGER, auditAt, dailyLogons, doneAt, logonAt, searchAt } from "../example.ts";

const home = dailyLogons(10, HOME);

/** A logon at 21:00 and a search a minute from then on, all in one session. */
function sitting(address: string, day: string, ...queries: readonly string[]): ApiRecord[] {
  const session = `${address} on ${day}`;
  const searches = queries.map((words, at) => searchAt(`${day}T21:0${at + 1}:00Z`, words, session));
  return [logonAt(`${day}T21:00:00Z`, address, { session }), ...searches];
}
const stranger = (...queries: readonly string[]) => sitting(STRANGER, "2018-03-05", ...queries);
const owner = (...queries: readonly string[]) => sitting(HOME, "2018-03-02", ...queries);
/** One search of the owner's in German on each of so many days, and one in English on the day after. */
const ownGerman = (days: number) =>
  Array.from({ length: days + 1 }, (_, at) =>
    sitting(HOME, `2018-03-${String(at + 1).padStart(2, "0")}`, at < days ? "Rechnung" : "invoice"),
  ).flat();
/** Ten searches of the owner's, so many of them for invoices, each on a day of its own. */
const ownSearches = (money: number) =>
  Array.from({ length: 10 }, (_, at) => {
    const day = `2018-03-${String(at + 1).padStart(2, "0")}`;
    return sitting(HOME, day, at < money ? "invoice" : "lunch");
  }).flat();

export const examples: readonly RuleExample[] = [
  {
    name: "one telling term",
    records: [...home, ...stranger("wire transfer")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "searched for payments (wire transfer)", rows: [12] }],
  },
  {
    name: "a term of just twelve points is telling",
    records: [...home, ...stranger("passport")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "searched for identity (passport)" }],
  },
  {
    name: "one of eleven is not",
    records: [...home, ...stranger("project heron")],
    rules: "terms:\n  add:\n    - { term: project heron, theme: payments, weight: 11 }\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: "searched for payments (project heron)", rows: [12] }],
  },
  {
    name: "one of ten is weak",
    records: [...home, ...stranger("invoice")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, rows: [12] }],
  },
  {
    name: "one of eight is weak",
    records: [...home, ...stranger("payment")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, rows: [12] }],
  },
  {
    name: "two weak terms",
    records: [...home, ...stranger("deposit", "purchase")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "(deposit; purchase)", rows: [12, 13] }],
  },
  {
    // 20 and 8 for the range.
    name: "several terms of one theme",
    records: [...home, ...stranger("deposit", "purchase", "transfer")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 28, rows: [12, 13, 14] }],
  },
  {
    name: "two telling terms of one theme",
    records: [...home, ...stranger("wire transfer", "bank details")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 28 }],
  },
  {
    name: "a weak one beside one that is telling adds nothing",
    records: [...home, ...stranger("invoice", "bank details")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, rows: [12, 13] }],
  },
  {
    // 28, and 8 for the second theme.
    name: "two themes",
    records: [...home, ...stranger("wire transfer", "password")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 36, text: "searched for payments, credentials (wire transfer; password)" }],
  },
  {
    // 28, twice 8 for further themes and 8 for the range are 52, which is more than there is for searches.
    name: "three themes",
    records: [...home, ...stranger("wire transfer", "password", "passport")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 40 }],
  },
  {
    name: "three themes, with no limit",
    records: [...home, ...stranger("wire transfer", "password", "passport")],
    rules: "rules:\n  address-searches:\n    most: 99\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 52 }],
  },
  {
    name: "a fourth theme adds nothing",
    records: [...home, ...stranger("wire transfer", "password", "passport", "payroll")],
    rules: "rules:\n  address-searches:\n    most: 99\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 52, rows: [12, 13, 14, 15] }],
  },
  {
    name: "one word again and again is one term",
    records: [...home, ...stranger("invoice", "lunch", "Invoice", "friday", "INVOICE")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, rows: [12, 14, 16] }],
  },
  {
    name: "singular and plural are one weak term",
    records: [...home, ...stranger("invoice", "invoices")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: "(invoice; invoices)", rows: [12, 13] }],
  },
  {
    name: "or one telling term",
    records: [...home, ...stranger("wire transfers", "wire transfer")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, rows: [12, 13] }],
  },
  {
    name: "an accountant on the way, who searches for several of what there was one of at home",
    records: [...home, ...owner("invoice"), ...stranger("invoices")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 4, text: "(invoices), as the owner does", rows: [14] }],
  },
  {
    name: "typed letter by letter, and never run",
    records: [
      ...home,
      ...stranger(),
      ...["wi", "wire", "wire transfer"].map((typed, at) =>
        doneAt(`2018-03-05T21:01:0${at}Z`, "SearchSuggestionsDisplay", {
          session: `${STRANGER} on 2018-03-05`,
          properties: { SuggestionStimulus: typed },
        }),
      ),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "(wire transfer)", rows: [12] }],
  },
  {
    name: "an accountant on the way, who searches for the same at home",
    records: [...home, ...owner("invoice"), ...stranger("invoice")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 4, text: "(invoice), as the owner does", rows: [14] }],
  },
  {
    // Half of 20, for bank details alone.
    name: "what the owner searches for, and more of the same work",
    records: [...home, ...owner("invoice"), ...stranger("invoice", "bank details")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: "(invoice; bank details), a theme of the owner's work" }],
  },
  {
    name: "3 of 10 searches make a theme the owner's work",
    records: [...home, ...ownSearches(3), ...stranger("bank details")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: "owner's work" }],
  },
  {
    name: "2 of 10 do not",
    records: [...home, ...ownSearches(2), ...stranger("bank details")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20 }],
  },
  {
    // 10 and 6 for the language, which is not that of the owner's work.
    name: "the owner's theme in another language",
    records: [...home, ...owner("Rechnung"), ...stranger("invoice")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 16, text: "in a language that the owner does not search in" }],
  },
  {
    // Half of 20: English is a language of the owner's work.
    name: "a language of one in four of the owner's terms",
    records: [...home, ...ownGerman(3), ...stranger("bank details")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: "owner's work" }],
  },
  {
    // 20 and 6 for the language.
    name: "one of one in five is not the owner's",
    records: [...home, ...ownGerman(4), ...stranger("bank details")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 26, text: "in a language that the owner does not search in" }],
  },
  {
    // Half of 20, as the word is one of every language.
    name: "a word that no language has to itself",
    records: [...home, ...owner("Rechnung"), ...stranger("IBAN")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: "owner's work" }],
  },
  {
    name: "a search that nothing but the latest logon ties to the address, with nobody else there",
    records: [...home, logonAt("2018-03-05T21:00:00Z", STRANGER), searchAt("2018-03-05T21:05:00Z", "wire transfer")],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20 }],
  },
  {
    // Half of 20.
    name: "a search that may as well be the owner's",
    records: [
      ...home,
      logonAt("2018-03-05T20:00:00Z", HOME),
      logonAt("2018-03-05T21:00:00Z", STRANGER),
      searchAt("2018-03-05T21:05:00Z", "wire transfer"),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 10, text: "all attributed with low confidence", rows: [13] }],
  },
  {
    // Otherwise the intruder would make words usual by searching for them.
    name: "a search that may be the stranger's says nothing of the owner's habit",
    records: [
      ...home,
      ...stranger("wire transfer"),
      logonAt("2018-03-05T22:00:00Z", HOME),
      searchAt("2018-03-05T22:05:00Z", "wire transfer"),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, rows: [12] }],
  },
  {
    name: "words of every day, words that only hold a term, and people",
    records: [...home, ...stranger("holiday plans", "attach", "wireless", "bank holiday", "cfo")],
    outcome: "clear",
  },
  {
    name: "mail from a bank, and mail without the word",
    records: [...home, ...stranger("from:bank", "summer -invoice")],
    outcome: "clear",
  },
  {
    name: "the owner's own searches",
    records: [...home, ...owner("wire transfer", "password", "payroll")],
    outcome: "clear",
  },
  {
    name: "an allowed address",
    records: [...home, ...stranger("wire transfer")],
    allow: STRANGER,
    outcome: "clear",
  },
  {
    name: "Microsoft's own and an inner address",
    records: [
      ...home,
      ...sitting("40.97.1.1", "2018-03-05", "wire transfer"),
      ...sitting("10.0.0.5", "2018-03-06", "wire transfer"),
    ],
    outcome: "clear",
  },
  { name: "no search", records: [...home, ...stranger()], outcome: "notAssessed" },
  {
    name: "weights of the user's own",
    records: [...home, ...stranger("wire transfer", "password")],
    rules: "rules:\n  address-searches:\n    two: 30\n    another: 1\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 31 }],
  },
  {
    name: "what is telling to the user",
    records: [...home, ...stranger("invoice")],
    rules: "rules:\n  address-searches:\n    telling: 10\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 20 }],
  },
  {
    name: "themes of the user's own",
    records: [...home, ...stranger("invoice")],
    rules: "rules:\n  address-searches:\n    themes: [payroll]\n",
    outcome: "clear",
  },
  {
    name: "a term of the user's own, and one that the user takes off",
    records: [...home, ...stranger("project heron", "invoice")],
    rules: "terms:\n  add:\n    - { term: project heron, theme: payments, weight: 15 }\n  remove: [invoice]\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "(project heron)", rows: [12] }],
  },
  {
    name: "searches of an audit log, which carry their address",
    audit: [
      ...ownDays(10),
      auditAt("2026-03-05T21:00:00Z", "SearchQueryInitiatedExchange", {
        RecordType: 101,
        ClientIP: STRANGER,
        QueryText: "wire transfer",
      }),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 20, text: "searched for payments (wire transfer)", rows: [11] }],
  },
];
