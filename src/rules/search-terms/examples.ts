import type { ApiRecord } from "../../activities/example.ts";
import type { RuleExample } from "../example.ts";

/** A search that ran, without keystrokes before it. */
export function ranAt(time: string, query: string, more: { readonly session?: string } = {}): ApiRecord {
  const { session } = more;
  return {
    TimeStamp: time,
    AppIdType: "Web",
    ActivityIdType: "SearchResult",
    ...(session === undefined ? {} : { ClientSessionId: session }),
    CustomProperties: { Query: `<Query><RawQuery>${query}</RawQuery></Query>` },
  };
}

/** The text typed so far. */
export function typedAt(time: string, SuggestionStimulus: string): ApiRecord {
  return {
    TimeStamp: time,
    AppIdType: "Web",
    ActivityIdType: "SearchSuggestionsDisplay",
    CustomProperties: { SuggestionStimulus },
  };
}

/** One search after the other, a minute apart: search 1 is row 1. */
function searches(...queries: readonly string[]): ApiRecord[] {
  return queries.map((query, at) => ranAt(`2018-03-05T10:${String(at).padStart(2, "0")}:00Z`, query));
}

export const examples: readonly RuleExample[] = [
  {
    name: "one term of each weight, with its theme",
    records: searches("wire transfer", "invoice", "password", "w-2", "passport", "cfo", "hacked", "new bank details"),
    outcome: "found",
    says: [
      { entity: "1", points: 20, text: "terms wire transfer (payments)", rows: [1] },
      { entity: "2", points: 10, text: "terms invoice (payments)", rows: [2] },
      { entity: "3", points: 12, text: "password (credentials)", rows: [3] },
      { entity: "4", points: 15, text: "w-2 (payroll)", rows: [4] },
      { entity: "5", points: 12, text: "passport (identity)", rows: [5] },
      { entity: "6", points: 3, text: "cfo (people)", rows: [6] },
      { entity: "7", points: 15, text: "hacked (hiding)", rows: [7] },
      // The list has 25 points for it: words alone never make more than low.
      { entity: "8", points: 21, text: "new bank details (payments)", rows: [8] },
    ],
  },
  {
    name: "the weightiest term, and 3 points for each further one, up to 21",
    records: searches("password vpn mfa", "invoice invoice", "iban invoice", "wire OR transfer"),
    outcome: "found",
    says: [
      { entity: "1", points: 18, text: "password (credentials), vpn (credentials), mfa (credentials)" },
      { entity: "2", points: 10, text: "terms invoice (payments)" },
      { entity: "3", points: 21, text: "iban (payments), invoice (payments)" },
      { entity: "4", points: 15, text: "wire (payments), transfer (payments)" },
    ],
  },
  {
    name: "other languages, case and accents folded",
    records: searches(
      "Überweisung",
      "UBERWEISUNG",
      "ueberweisung",
      "virement bancaire",
      "płatność",
      "platnosc",
      "lösenord",
      "mot de passe",
      "nómina",
      "BURGERSERVICENUMMER",
    ),
    outcome: "found",
    says: [
      { entity: "1", points: 15, text: "Überweisung (payments)" },
      { entity: "2", points: 15, text: "Überweisung (payments)" },
      { entity: "3", points: 15, text: "Überweisung (payments)" },
      { entity: "4", points: 20, text: "virement bancaire (payments)" },
      { entity: "5", points: 8 },
      { entity: "6", points: 8 },
      { entity: "7", points: 12, text: "lösenord (credentials)" },
      { entity: "8", points: 12, text: "mot de passe (credentials)" },
      { entity: "9", points: 12, text: "nómina (payroll)" },
      { entity: "10", points: 15, text: "burgerservicenummer (identity)" },
    ],
  },
  {
    name: "Keyword Query Language: values of subject: and phrases count, what is excluded does not",
    records: searches(
      "subject:invoice",
      'subject:"wire transfer" received:2018-03-01..2018-03-05',
      "payment NOT invoice",
      "(payment OR bank) AND hasattachments:yes",
      "invoic*",
      "from:ceo",
      "from:ceo payment",
    ),
    outcome: "found",
    says: [
      { entity: "1", points: 10, text: "terms invoice (payments)" },
      { entity: "2", points: 20, text: "terms wire transfer (payments)" },
      { entity: "3", points: 8, text: "terms payment (payments)" },
      { entity: "4", points: 11, text: "payment (payments), bank (payments)" },
      { entity: "5", points: 10, text: "invoice (payments)" },
      { entity: "6", points: 3, text: "ceo (people)" },
      { entity: "7", points: 11, text: "ceo (people), payment (payments)" },
    ],
  },
  {
    name: "typed key by key and then run: every row of it",
    records: [
      typedAt("2018-03-05T10:00:00Z", "pass"),
      typedAt("2018-03-05T10:00:01Z", "passwo"),
      ranAt("2018-03-05T10:00:03Z", "password"),
      ranAt("2018-03-05T10:01:03Z", "password"),
      typedAt("2018-03-05T10:05:00Z", "invoice"),
    ],
    outcome: "found",
    says: [
      { entity: "1", points: 12, rows: [1, 2, 3, 4] },
      { entity: "2", points: 10, rows: [5] },
    ],
  },
  {
    name: "terms that a rule file adds and removes",
    records: searches("northgate", "invoice", "wire transfer"),
    rules:
      "rules:\n  search-terms:\n    most: 7\nterms:\n  add:\n    - {term: Northgate, theme: payments, weight: 6}\n  remove: [Invoice]\n",
    outcome: "found",
    says: [
      { entity: "1", points: 6, text: "Northgate (payments)" },
      { entity: "3", points: 7, text: "wire transfer (payments)" },
    ],
  },
  {
    name: "words that only hold a term, and other meanings",
    records: searches(
      "wireless",
      "attachment",
      "coach attack",
      "swiftly",
      "bankrupt",
      "passwordless",
      "bank holiday",
      "token ring",
      "food bank",
    ),
    outcome: "clear",
  },
  {
    name: "only what is excluded, names of correspondents, and dates",
    records: searches("NOT invoice", "-invoice", "from:bank", "to:payments@contoso.example", "received:today", "inv*"),
    outcome: "clear",
  },
  {
    name: "marks without a query are no search",
    records: [{ TimeStamp: "2018-03-05T10:00:00Z", AppIdType: "Web", ActivityIdType: "SearchSessionStart" }],
    outcome: "notAssessed",
  },
];
