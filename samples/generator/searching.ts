import { clientRow } from "./mailbox.ts";
import type { Mailbox, Session } from "./mailbox.ts";
import type { Random } from "./random.ts";

export interface TypedSearch {
  readonly query: string;
  readonly firstKeystroke: number;
  readonly lastKeystroke: number;
  readonly keystrokes: number;
  /** When the search was run. */
  readonly run: number;
}

/** The box's text after each key stroke; with a slip, one wrong letter is typed and taken back. */
function typedTexts(query: string, random: Random, slip: boolean): string[] {
  const letters = Array.from(query);
  const wrongAt = slip && letters.length > 2 ? random.between(1, letters.length - 2) : -1;
  const texts: string[] = [];
  let text = "";
  letters.forEach((letter, index) => {
    if (index === wrongAt) {
      // A neighbour of the letter to come, as fingers slip.
      texts.push(text + (letter === "i" ? "u" : letter === "e" ? "w" : "i"), text);
    }
    text += letter;
    texts.push(text);
  });
  return texts;
}

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The Query property: what was typed as RawQuery, XML text with only & < > escaped. */
function queryXml(query: string): string {
  const raw = escapeXml(query);
  return `<Query><RawQuery>${raw}</RawQuery><KqlQuery>(${raw}) AND kind:email</KqlQuery><Scope>Mailbox</Scope></Query>`;
}

/**
 * Types a query into the search box and runs it: one SearchSuggestionsDisplay a key stroke, then the result. `last`
 * fixes the time of the last key stroke; without it the typing takes as long as it takes.
 */
export function searchOnWeb(
  mailbox: Mailbox,
  session: Session,
  query: string,
  at: number,
  options: { readonly last?: number; readonly texts?: readonly string[] } = {},
): TypedSearch {
  const { random } = mailbox;
  const texts = options.texts ?? typedTexts(query, random, random.chance(0.3));
  const gaps = texts.slice(1).map(() => random.between(110, 620));
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  const scale = options.last === undefined ? 1 : (options.last - at) / total;
  const searchId = random.guid();
  clientRow(mailbox, session, at - random.between(600, 1_900), "SearchSessionStart", "", [
    ["SearchSessionId", searchId],
  ]);
  let elapsed = 0;
  let time = at;
  texts.forEach((text, index) => {
    elapsed += index === 0 ? 0 : (gaps[index - 1] ?? 0);
    time = at + Math.round(elapsed * scale);
    clientRow(mailbox, session, time, "SearchSuggestionsDisplay", "", [
      ["SuggestionStimulus", text],
      ["SearchSessionId", searchId],
    ]);
  });
  const run = time + random.between(300, 1_400);
  clientRow(mailbox, session, run, "SearchQueryExecute", "", [
    ["SearchSessionId", searchId],
    ["IsSuggestion", "0"],
    ["RetrieveRefiners", "1"],
  ]);
  const results = Array.from({ length: random.int(9) }, () => random.hex(16));
  clientRow(mailbox, session, run + random.between(150, 900), "SearchResult", "", [
    ["Folders", random.token(24)],
    ["Ver", "15"],
    ["MaxRes", "250"],
    ["App", "OWA"],
    ["Pos", "0"],
    ["Item", "Message"],
    ["NetworkPresenceLocation", ""],
    ["ResIds", results.join(",")],
    ["Sid", searchId],
    ["Query", queryXml(query)],
    ["Rid", random.guid()],
    ["AltResIds", ""],
    ["Trunc", "False"],
  ]);
  return { query, firstKeystroke: at, lastKeystroke: time, keystrokes: texts.length, run };
}
