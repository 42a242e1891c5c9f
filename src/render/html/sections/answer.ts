import {
  figureNote,
  figureOf,
  isFiltered,
  isWhole,
  LEDGER_TABLES,
  unassessedWords,
  unseenWords,
} from "../bundle-facts.ts";
import type { AddressFacts, MailboxFacts, SearchFacts, Verdict } from "../mailbox-facts.ts";
import { evidenceKind, incidentOf, intruders, isInWindow, isWholeCopied, verdictOf } from "../mailbox-facts.ts";
import type { Findings, ReportedFinding } from "../findings.ts";
import type { Content, Markup } from "../markup.ts";
import { evidence, code, html } from "../markup.ts";
import { countryName } from "../world-map.ts";
import { counted, figure, listed, spoken } from "../words.ts";
import { applicationOf } from "../windows.ts";
import { isUntold, rulesThat, unknowns } from "./unknowns.ts";

/** How strong the signs are that an incident stands on: strong where score and confidence say so both. */
export function strengthOf({ severity, confidence }: ReportedFinding): "strong" | "fair" | "weak" {
  if (confidence === "low") return "weak";
  return confidence === "high" && severity === "critical" ? "strong" : "fair";
}

const ENTERED_WORDS = {
  strong: "Strong signs that somebody other than the owner was in this mailbox",
  fair: "Signs that somebody other than the owner was in this mailbox; the owner is not ruled out",
  weak: "Weak signs that somebody other than the owner was in this mailbox; it may well have been the owner",
} as const;

const VERDICT_WORDS: Readonly<Record<Exclude<Verdict, "entered">, string>> = {
  unclear: "No finding says that it was entered; some ask for a look",
  clear: "No finding",
  "not-assessed": "Not assessed",
};

/** The answer in a few words. */
export function verdictWords(facts: MailboxFacts, findings: Findings | undefined): string {
  const verdict = verdictOf(facts, findings);
  const incident = incidentOf(facts);
  if (verdict === "clear" && isFiltered(facts)) return `${VERDICT_WORDS.clear}, under a filter`;
  if (verdict !== "entered") return VERDICT_WORDS[verdict];
  return ENTERED_WORDS[incident === undefined ? "fair" : strengthOf(incident)];
}

/** Signs that are told apart without colour. */
export const VERDICT_GLYPHS: Readonly<Record<Verdict, string>> = {
  entered: "▲",
  unclear: "◆",
  clear: "○",
  "not-assessed": "–",
};

/** Where an address is, as far as a database knows. */
function placeWords({ country, city, organization }: AddressFacts): string {
  const place = [city, country === "" ? "" : countryName(country)].filter((word) => word !== "").join(", ");
  return [place, organization].filter((word) => word !== "").join("; ");
}

function named(addresses: readonly AddressFacts[]): Content {
  const shown = addresses.slice(0, 4).map((address, at) => {
    const place = placeWords(address);
    const before = at === 0 ? "" : at === addresses.length - 1 ? " and " : ", ";
    return html`${before}${code(address.address)}${place === "" ? "" : html` (${evidence(place)})`}`;
  });
  return [shown, addresses.length > 4 ? ` and ${addresses.length - 4} more` : ""];
}

/** Deeds as the reasons of an incident begin to tell them, and as the answer does. */
const DEEDS = [
  ["attachments opened, previewed or downloaded: ", "opened, previewed or downloaded attachments"],
  ["answered, forwarded or sent: ", "answered, forwarded or sent messages"],
  ["deleted or moved to where nobody looks: ", "deleted or hid messages"],
] as const;
/** `12 (9 of high, 3 of medium confidence)`: where any row is sure, those of low confidence are not counted. */
const COUNTED = /^(\d+) \((.*?) confidence\)/;

/** What was done from suspicious addresses, in words: messages accessed, and the deeds that the incident tells. */
function deedWords({ reasons }: ReportedFinding, accessed: string, areLow: boolean): string[] {
  const deeds = DEEDS.map(([begin, words]) => {
    const told = reasons.find(({ text }) => text.startsWith(begin))?.text.slice(begin.length) ?? "";
    const [, count = "0", sureness = ""] = COUNTED.exec(told) ?? [];
    const isLow = sureness === `${count} of low`;
    return count === "0" || isLow !== areLow ? "" : `${words} (${counted(Number(count), "row")})`;
  });
  return [accessed, ...deeds].filter((words) => words !== "");
}

/** What the suspicious addresses are called once they are named. */
function addressWords(facts: MailboxFacts) {
  const { entered: came, tried } = intruders(facts);
  return came.length === 1 && tried.length === 0
    ? { these: "this address", them: "it", oneOfThem: "it" }
    : { these: "these addresses", them: "them", oneOfThem: "one of them" };
}

/** What was done from suspicious addresses, and what was done from there or by the owner: of low confidence. */
function deeds(facts: MailboxFacts, incident: ReportedFinding): Markup {
  const { direct, unsure } = facts;
  const { these, them } = addressWords(facts);
  const opened = `opened ${counted(direct, "message")} by record`;
  const accessed = evidenceKind(facts) === "audit" ? opened : `accessed ${counted(direct, "message")}`;
  const sure = deedWords(incident, direct > 0 ? accessed : "", false);
  const more = counted(unsure, `${direct > 0 ? "further " : ""}message`);
  const doubtful = deedWords(incident, unsure > 0 ? `accessed ${more}` : "", true);
  const or = doubtful.length > 0 ? `; they or the owner ${listed(doubtful)}` : "";
  if (sure.length > 0) return html`Whoever used ${these} <strong>${listed(sure)}</strong>${or}.`;
  if (doubtful.length === 0) return html`No reading, sending or deleting is attributed to ${these}.`;
  return html`No reading, sending or deleting is attributed to ${these} with more than low confidence: whoever used
  ${them} or the owner ${listed(doubtful)}.`;
}

/** The first queries of searches, quoted. */
function quoted(searches: readonly SearchFacts[]): Content {
  const words = [...new Set(searches.map(({ query }) => query.trim()))].filter((word) => word !== "");
  const shown = words.slice(0, 6);
  if (shown.length === 0) return "";
  const quotes = shown.map(
    (word, at) => html`${at === 0 ? "" : at === shown.length - 1 ? " and " : ", "}“${evidence(word, 60)}”`,
  );
  return html`: ${quotes}${words.length > shown.length ? ", among others" : ""}`;
}

function queries(facts: MailboxFacts): Markup {
  const { suspiciousSearches, unsureSearches: unsure, searchCount } = facts;
  const sure = suspiciousSearches - unsure;
  const { them } = addressWords(facts);
  if (suspiciousSearches === 0) {
    if (!isUntold(facts, "searched")) return html` No search is attributed to ${them}.`;
    return searchCount === 0
      ? html` No search is in the records: whether they searched cannot be told.`
      : html` No search is attributed to ${them}; a part of the evidence has no records of searches.`;
  }
  const told = (areLow: boolean) =>
    quoted(facts.searches.filter(({ suspicious, confidence }) => suspicious && (confidence === "low") === areLow));
  const doubtful = html`they or the owner made
  ${counted(unsure, `${sure > 0 ? "further " : ""}search`, `${sure > 0 ? "further " : ""}searches`)}${told(true)}`;
  if (sure === 0) return html` No search is attributed to ${them} with more than low confidence: ${doubtful}.`;
  return html` <strong>${counted(sure, "search", "searches")}</strong>
    ${sure === 1 ? "comes from there or scores" : "come from there or score"}
    high${told(false)}${unsure === 0 ? "" : html`; with low confidence, ${doubtful}`}.`;
}

/** What was copied from suspicious addresses without a record of each message. */
function copies(facts: MailboxFacts, incident: ReportedFinding): Content {
  const { copied, folderCopied, synchronisers, folders } = facts;
  const named = [...folders].filter((folder) => folder !== "");
  const which = named.length === 0 ? "" : html` (${evidence(listed(named, 4), 200)})`;
  return [
    copied > 0
      ? html` A mail program that copies mailboxes logged on from ${addressWords(facts).oneOfThem}:
          <strong>${counted(copied, "further message")} must be taken as copied</strong
          >${copied > 1 ? " (one that was moved may count twice)" : ""}, and no record tells which were read.`
      : "",
    synchronisers.size > 0 || isWholeCopied(incident)
      ? html` Folders were synchronised ${synchronisers.size > 0 ? html`from there${which}` : "in a session of theirs"}:
          <strong
            >${isWholeCopied(incident) ? "the whole mailbox" : "everything in them"} must be taken as copied</strong
          >, and no record tells which of the copies were
          read${folderCopied > 0 ? `; ${isWholeCopied(incident) ? "in these folders" : "of these"}, other records name ${counted(folderCopied, "further message")}` : ""}.`
      : "",
  ];
}

/** How sure it is from which address something was done. */
function sureness(facts: MailboxFacts): string {
  const certain = "Where a record of an audit log names an address, that is certain; who was behind it no record says.";
  const attributed = (what: "What" | "what") =>
    `${what} a single row is attributed to is less sure than the whole; what is attributed with low confidence is told apart or left out;`;
  const further = "each finding below says of its rows how sure they are, and leads to them.";
  const kind = evidenceKind(facts);
  if (kind === "audit") return `${certain} Each finding below leads to its rows.`;
  return kind === "both"
    ? `${certain} Of the other records: ${attributed("what")} ${further}`
    : `${attributed("What")} ${further}`;
}

/** What the tables have to have for the answer to tell what was done; else the incident tells it, of the whole log. */
const ANSWERING = [...LEDGER_TABLES, "read-activity-by-time", "searches", "coverage"];
/** Reasons of an incident that say which addresses they are. */
const OF_ADDRESS = /^\S+ scores \d+ /;

/** What was done from suspicious addresses by the incident's own words, which are of the whole log. */
function deedsOfIncident(facts: MailboxFacts, { reasons }: ReportedFinding): Markup {
  const told = reasons.map(({ text }) => text).filter((text) => !OF_ADDRESS.test(text));
  return html`Of the whole log the finding says what was done from there:
  ${told.length === 0 ? "nothing" : told.map((text, at) => html`${at === 0 ? "" : "; "}${evidence(text, 600)}`)}.
  ${unseenWords(facts, ANSWERING)}`;
}

const SIGNS = { strong: "strong signs", fair: "signs", weak: "weak signs" } as const;

/** The paragraphs where there are signs that the mailbox was entered. */
function entered(facts: MailboxFacts, incident: ReportedFinding): Markup {
  const { entered: came, tried } = intruders(facts);
  const which = evidenceKind(facts) === "both" ? "a part of these records" : "these records";
  const unread = isUntold(facts, "read") ? ` Which messages were read cannot be told from ${which}.` : "";
  const from = facts.bundle.has("ip-scores")
    ? html`from ${counted(came.length, "address", "addresses")}:
      ${named(came)}${came.every((address) => placeWords(address) === "") ? ` (where ${came.length === 1 ? "it is" : "they are"}, no database says)` : ""}.${tried.length > 0 ? html` ${counted(tried.length, "further address", "further addresses")} only tried: ${named(tried)}.` : ""}`
    : "from the addresses that the finding below names.";
  return html`<p class="lead">
      There are
      <strong>${SIGNS[strengthOf(incident)]} that somebody other than its owner was in this mailbox</strong>, first on
      ${spoken(incident.firstTime)} and last on ${spoken(incident.lastTime)}, ${from}
    </p>
    <p class="lead">
      ${isWhole(facts, ANSWERING) ? html`${deeds(facts, incident)}${queries(facts)}${copies(facts, incident)}` : deedsOfIncident(facts, incident)}${unread}
    </p>
    <p class="lead">
      How sure: score ${incident.score} of 100 (${incident.severity}), confidence
      <strong>${incident.confidence}</strong>. Signs are no proof: each finding below says what else it may be.
      ${sureness(facts)}
    </p>`;
}

/** Findings that are about a change in the mailbox or in who may use it. */
const CHANGES: ReadonlySet<string> = new Set(["rule", "application"]);
const MOST_CHANGES = 8;

/** The inbox rules, forwarding, permissions and applications that were found. */
function changes({ findings }: MailboxFacts, numbers: ReadonlyMap<ReportedFinding, number>): Markup | string {
  const found = findings.filter(({ entity }) => CHANGES.has(entity.type));
  if (found.length === 0) return "";
  const items = found.slice(0, MOST_CHANGES).map((finding) => {
    const { title, entity, reasons, severity } = finding;
    const number = numbers.get(finding);
    // The reason without points is what the record itself says; where there is none, all of them.
    const own = reasons.find(({ points }) => points === 0);
    const says = own?.text ?? reasons.map(({ text }) => text).join("; ");
    const named = says.includes(entity.value) ? says : `${entity.value}: ${says}`;
    return html`<li>
      ${number === undefined ? html`<b>${evidence(title)}</b>` : html`<a href="#finding-${number}">${evidence(title)}</a>`}
      (${severity}): ${evidence(named, 360)}
    </li>`;
  });
  const left = found.length - items.length;
  return html`<div class="changes">
    <h3>Rules, forwarding, permissions and applications</h3>
    <ul>
      ${items}${left > 0 ? html`<li>${counted(left, "further finding")} of this kind: see Findings.</li>` : ""}
    </ul>
  </div>`;
}

/** That an application read the mailbox among many others. */
function amongOthers(facts: MailboxFacts): Markup | string {
  const { window } = facts;
  if (window === undefined || !isInWindow(facts)) return "";
  return html`<p class="lead">
    One application (${code(applicationOf(window, facts.across), 120)}) read this mailbox and others,
    <strong>${counted(window.mailboxes, "mailbox", "mailboxes")}</strong> in all, between ${spoken(window.start)} and
    ${spoken(window.end)}: see <a href="#across">Across mailboxes</a>. Whether it is meant to, the records do not say.
  </p>`;
}

const MOST_ACROSS = 4;

/** The findings about several mailboxes that name this one. */
function amongSeveral({ across }: MailboxFacts, numbers: ReadonlyMap<ReportedFinding, number>): Markup | string {
  if (across.length === 0) return "";
  const shown = across.slice(0, MOST_ACROSS).map((finding, at) => {
    const { title, entity, severity, score, confidence } = finding;
    const number = numbers.get(finding);
    return html`${at === 0 ? "" : "; "}<a href="#${number === undefined ? "across" : `finding-${number}`}"
        >${evidence(title)}</a
      >, ${evidence(entity.value, 80)} (score ${score} of 100, ${severity}, confidence ${confidence})`;
  });
  const left = across.length - shown.length;
  return html`<p class="lead">
    <strong
      >${counted(across.length, "finding")} about several mailboxes ${across.length === 1 ? "names" : "name"} this
      one</strong
    >: ${shown}${left > 0 ? `; and ${figure(left)} more` : ""}. See <a href="#across">Across mailboxes</a>.
  </p>`;
}

/** What a filter keeps out of the answer. */
const filterNote = (facts: MailboxFacts) =>
  isFiltered(facts) ? `${unseenWords(facts, [])}${unassessedWords(facts.bundle)} ` : "";

function unclear(facts: MailboxFacts): Markup {
  const [worst] = facts.findings;
  if (worst === undefined) {
    return html`<p class="lead">
      No finding of its own says that somebody other than the owner was in this mailbox. ${filterNote(facts)}That is not
      a proof that nobody was: see what cannot be known.
    </p>`;
  }
  return html`<p class="lead">
      No finding says that somebody other than the owner was in this mailbox.
      <strong>${counted(facts.findings.length, "finding")}</strong> ${facts.findings.length === 1 ? "asks" : "ask"} for
      a look; the highest scores ${worst.score} of 100 (${worst.severity}): ${evidence(worst.title)},
      ${evidence(worst.entity.value, 80)}.
    </p>
    <p class="lead">${filterNote(facts)}That is not a proof that nobody was: see what cannot be known.</p>`;
}

/** What is said without a finding: of what scores too little for one, that it is there. */
function clear(facts: MailboxFacts, findings: Findings | undefined, several: boolean): Markup {
  const noted = rulesThat("found", facts, findings, several).length;
  return html`<p class="lead">
      <strong>No finding</strong>: nothing that could be assessed in these records scores enough for one (medium, unless
      a rule file sets another
      score).${noted === 0 ? "" : html` ${counted(noted, "rule")} noted something below that, for or against the owner: see <a href="#rules">Rules</a>.`}
    </p>
    <p class="lead">
      ${filterNote(facts)}That is not a proof that nobody was in this mailbox: see what cannot be known.
    </p>`;
}

const notAssessed = html`<p class="lead">
  Whether somebody was in this mailbox <strong>was not assessed</strong>: the run wrote no findings. The tables are here
  all the same.
</p>`;

function tiles(facts: MailboxFacts): Markup {
  const { entered: came } = intruders(facts);
  const isAudit = evidenceKind(facts) === "audit";
  const { unsureSearches, unsure } = facts;
  const andLow = (count: number) => (count === 0 ? "" : ` (${figure(count)} more with low confidence)`);
  const searching = ["ip-scores", "searches"];
  const told = (value: number, words: string, tables: readonly string[]) =>
    [figureOf(facts, value, tables), `${words}${figureNote(facts, tables)}`] as const;
  const incident = incidentOf(facts);
  const isWhole = incident !== undefined && isWholeCopied(incident);
  const ofWhole = isWhole ? ", of those that records name: the whole mailbox must be taken as copied" : "";
  const got = came.length === 1 ? "suspicious address got in" : "suspicious addresses got in";
  const values: readonly (readonly [string, string])[] = [
    // Scores are of the whole log, whatever a filter keeps out.
    facts.bundle.has("ip-scores") ? [figure(came.length), got] : ["–", `${got}: not in this bundle`],
    told(facts.suspiciousSearches - unsureSearches, `suspicious searches${andLow(unsureSearches)}`, searching),
    told(
      facts.direct,
      `${isAudit ? "messages opened from there, by record" : "messages accessed from there"}${andLow(unsure)}`,
      LEDGER_TABLES,
    ),
    told(facts.copied + facts.folderCopied, `further messages copied${ofWhole}`, LEDGER_TABLES),
    told(facts.rows, "rows in the timeline", ["timeline"]),
  ];
  return html`<dl class="tiles">
    ${values.map(
      ([value, words]) =>
        html`<div>
          <dt>${words}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** The answer for one mailbox; `numbers` are the places of findings among all of the page, `several` is whether
 * the run has further mailboxes. */
export function answer(
  id: string,
  facts: MailboxFacts,
  findings: Findings | undefined,
  { numbers, several }: { readonly numbers: ReadonlyMap<ReportedFinding, number>; readonly several: boolean },
): Markup {
  const verdict = verdictOf(facts, findings);
  const incident = incidentOf(facts);
  const words = {
    entered: incident === undefined ? "" : entered(facts, incident),
    unclear: unclear(facts),
    clear: clear(facts, findings, several),
    "not-assessed": notAssessed,
  };
  return html`<section id="${id}" class="answer v-${verdict}" aria-labelledby="${id}-h">
    <h2 id="${id}-h">
      <span class="glyph" aria-hidden="true">${VERDICT_GLYPHS[verdict]}</span> ${verdictWords(facts, findings)}
    </h2>
    ${words[verdict]}${amongSeveral(facts, numbers)}${amongOthers(facts)}${changes(facts, numbers)}${findings === undefined ? "" : tiles(facts)}${unknowns(facts, findings, several)}
  </section>`;
}
