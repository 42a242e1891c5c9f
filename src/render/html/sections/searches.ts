import { unseenWords } from "../bundle-facts.ts";
import type { MailboxFacts, SearchFacts } from "../mailbox-facts.ts";
import { MOST_KEYSTROKES } from "../mailbox-facts.ts";
import type { Markup } from "../markup.ts";
import { code, evidence, html } from "../markup.ts";
import { badge, rowsButton, section } from "../parts.ts";
import { counted, millisecondsOf, spoken, stampWords } from "../words.ts";

/** A longer pause, or another address, begins another sitting. */
const PAUSE = 30 * 60_000;

interface Sitting {
  readonly address: string;
  readonly searches: SearchFacts[];
}

function sittings(searches: readonly SearchFacts[]): Sitting[] {
  const result: Sitting[] = [];
  let before = Number.NaN;
  for (const search of searches.toSorted((a, b) => millisecondsOf(a.first) - millisecondsOf(b.first))) {
    const time = millisecondsOf(search.first);
    const last = result.at(-1);
    if (last?.address === search.address && time - before <= PAUSE) last.searches.push(search);
    else result.push({ address: search.address, searches: [search] });
    before = time;
  }
  return result;
}

function trail({ typed, keystrokes }: SearchFacts): Markup | string {
  if (typed.length === 0) return "";
  const steps = typed.map(
    (text, at) => html`${at === 0 ? "" : " → "}${text === "" ? html`<i>(empty)</i>` : evidence(text, 80)}`,
  );
  const cut = keystrokes > MOST_KEYSTROKES ? ` … ${keystrokes - MOST_KEYSTROKES} more` : "";
  return html`<details class="trail">
    <summary>${counted(keystrokes, "keystroke row")}</summary>
    <p class="mono">${steps}${cut}</p>
  </details>`;
}

function line(search: SearchFacts, mailbox: string): Markup {
  const ran = search.runs === 0 ? "typed, never run" : search.runs === 1 ? "ran once" : `ran ${search.runs} times`;
  return html`<li>
    <span class="clock">${stampWords(search.first).slice(11) || search.first}</span
    ><span class="query"
      >${search.query.trim() === "" ? html`<i>empty query</i>` : html`“${evidence(search.query, 200)}”`}</span
    >
    <span class="note">${ran}</span> ${badge(search.severity)}
    ${rowsButton("Rows", { table: "search-activity", search: search.number, mailbox })}${trail(search)}${search.reasons === "" ? "" : html`<p class="note">${evidence(search.reasons, 400)}</p>`}
  </li>`;
}

/** What was looked for, when and from where. */
export function searchesSection(id: string, facts: MailboxFacts): Markup {
  const { searches, searchCount, suspicious, name } = facts;
  const all =
    searchCount === 0
      ? ""
      : rowsButton(`All ${counted(searchCount, "search", "searches")}`, { table: "searches", mailbox: name });
  const unseen = unseenWords(facts, ["searches", "ip-scores"]);
  if (!facts.bundle.has("searches")) return section(id, "Searches", html`<p>${unseen}</p>`);
  if (searches.length === 0) {
    const words =
      searchCount === 0
        ? unseen === ""
          ? "No search is in these records."
          : "No search is in these tables."
        : `${counted(searchCount, "search", "searches")}, none of which scores medium or higher${facts.bundle.has("ip-scores") ? " or is attributed to a suspicious address" : ""}.`;
    return section(id, "Searches", html`<p>${words} ${unseen}${all}</p>`);
  }
  const stories = sittings(searches).map(({ address, searches: own }) => {
    const [first] = own;
    const sure = new Set(own.map(({ confidence }) => confidence));
    return html`<li class="sitting ${suspicious.has(address) ? "bad" : "own"}">
      <h3>
        ${suspicious.has(address) ? html`<span class="glyph" aria-hidden="true">▲</span> ` : ""}${spoken(first?.first ?? "")},
        ${address === "" || address === "No Data" ? "from no known address" : html`from ${code(address)}`},
        ${evidence(first?.platform ?? "")} <span class="note">address of ${[...sure].join(", ")} confidence</span>
      </h3>
      <ol>
        ${own.map((search) => line(search, name))}
      </ol>
    </li>`;
  });
  const left = searchCount - searches.length;
  return section(
    id,
    "Searches",
    html`<p>
        What was typed into the search box, when, and from where: the ${counted(searches.length, "search", "searches")}
        that ${searches.length === 1 ? "scores medium or higher or is" : "score medium or higher or are"} attributed to
        a suspicious address, with whatever confidence, in sittings.
        ${unseen}${left > 0 ? `${counted(left, "other search", "other searches")}: ` : ""}${all}
      </p>
      <ol class="story">
        ${stories}
      </ol>`,
  );
}
