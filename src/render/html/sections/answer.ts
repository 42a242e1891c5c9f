import type { AddressFacts, MailboxFacts, Verdict } from "../mailbox-facts.ts";
import { evidenceKind, incidentOf, intruders, isInWindow, verdictOf } from "../mailbox-facts.ts";
import type { Findings, ReportedFinding } from "../findings.ts";
import type { Content, Markup } from "../markup.ts";
import { evidence, code, html } from "../markup.ts";
import { countryName } from "../world-map.ts";
import { counted, figure, listed, spoken } from "../words.ts";
import { isUntold, unknowns } from "./unknowns.ts";

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  entered: "Entered by somebody else, by all signs",
  unclear: "No finding says that it was entered; some ask for a look",
  clear: "Nothing found",
  "not-assessed": "Not assessed",
};

/** Signs that are told apart without colour. */
export const VERDICT_GLYPHS: Readonly<Record<Verdict, string>> = {
  entered: "▲",
  unclear: "◆",
  clear: "○",
  "not-assessed": "–",
};

/** Where an address is, as far as a database knows. */
export function placeWords({ country, city, organization }: AddressFacts): string {
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

/** What was done from suspicious addresses, in words: messages accessed, and the deeds of the findings that count. */
function deedWords(
  { findings }: MailboxFacts,
  accessed: string,
  isCounted: (finding: ReportedFinding) => boolean,
): string[] {
  const sumOf = (ruleId: string) =>
    findings.filter((one) => one.ruleId === ruleId && isCounted(one)).reduce((sum, { count }) => sum + count, 0);
  const [attachments, sent, hidden] = [sumOf("deed-attachments"), sumOf("deed-sent"), sumOf("deed-hidden")];
  return [
    accessed,
    attachments > 0 ? `opened ${counted(attachments, "attachment")}` : "",
    sent > 0 ? `answered, forwarded or sent messages (${counted(sent, "record")})` : "",
    hidden > 0 ? `deleted or hid messages ${counted(hidden, "time")}` : "",
  ].filter((words) => words !== "");
}

/** What was done from suspicious addresses, and what was done from there or by the owner: of low confidence. */
function deeds(facts: MailboxFacts): Markup {
  const { direct, unsure } = facts;
  const opened = `opened ${counted(direct, "message")} by record`;
  const accessed = evidenceKind(facts) === "audit" ? opened : `accessed ${counted(direct, "message")}`;
  const sure = deedWords(facts, direct > 0 ? accessed : "", ({ confidence }) => confidence !== "low");
  const more = counted(unsure, `${direct > 0 ? "further " : ""}message`);
  const doubtful = deedWords(facts, unsure > 0 ? `accessed ${more}` : "", ({ confidence }) => confidence === "low");
  const or = doubtful.length > 0 ? `; they or the owner ${listed(doubtful)}` : "";
  if (sure.length > 0) return html`Whoever used these addresses <strong>${listed(sure)}</strong>${or}.`;
  if (doubtful.length === 0) return html`No reading, sending or deleting is attributed to these addresses.`;
  return html`No reading, sending or deleting is attributed to these addresses with more than low confidence: whoever
  used them or the owner ${listed(doubtful)}.`;
}

function queries(facts: MailboxFacts): Markup {
  const words = [...new Set(facts.searches.filter(({ suspicious }) => suspicious).map(({ query }) => query.trim()))];
  const shown = words.filter((word) => word !== "").slice(0, 6);
  if (facts.suspiciousSearches === 0) {
    if (!isUntold(facts, "searched")) return html` No search is attributed to them.`;
    return facts.searchCount === 0
      ? html` No search is in the records: whether they searched cannot be told.`
      : html` No search is attributed to them; a part of the evidence has no records of searches.`;
  }
  const quoted = shown.map(
    (word, at) => html`${at === 0 ? "" : at === shown.length - 1 ? " and " : ", "}“${evidence(word, 60)}”`,
  );
  const rest = words.length > shown.length ? ", among others" : "";
  const { unsureSearches: unsure } = facts;
  const doubt = unsure === 0 ? "" : `; ${figure(unsure)} of them with low confidence`;
  return html` <strong>${counted(facts.suspiciousSearches, "search", "searches")}</strong>
    ${facts.suspiciousSearches === 1 ? "comes from there or scores" : "come from there or score"}
    high${shown.length === 0 ? "" : html`: ${quoted}${rest}`}${doubt}.`;
}

/** What was copied from suspicious addresses without a record of each message. */
function copies({ copied, folderCopied, synchronisers, folders }: MailboxFacts): Content {
  const named = [...folders].filter((folder) => folder !== "");
  const which = named.length === 0 ? "" : html` (${evidence(listed(named, 4), 200)})`;
  return [
    copied > 0
      ? html` A mail program that copies mailboxes logged on from one of them:
          <strong>${counted(copied, "further message")} must be taken as copied</strong>, and no record tells which were
          read.`
      : "",
    synchronisers.size > 0
      ? html` Folders were synchronised from there${which}:
          <strong>everything in them must be taken as copied</strong>, and no record tells which of the copies were
          read${folderCopied > 0 ? `; of these, other records name ${counted(folderCopied, "further message")}` : ""}.`
      : "",
  ];
}

/** How sure it is from which address something was done. */
function sureness(facts: MailboxFacts): string {
  const certain = "Where a record of an audit log names an address, that is certain; who was behind it no record says.";
  const attributed =
    "What a single row is attributed to is less sure than the whole; what is attributed with low confidence is not counted here;";
  const further = "each finding below says of its rows how sure they are, and leads to them.";
  const kind = evidenceKind(facts);
  if (kind === "audit") return `${certain} Each finding below leads to its rows.`;
  return kind === "both" ? `${certain} Of the other records: ${attributed} ${further}` : `${attributed} ${further}`;
}

/** The paragraphs where the mailbox was entered. */
function entered(facts: MailboxFacts, incident: ReportedFinding): Markup {
  const { entered: came, tried } = intruders(facts);
  const which = evidenceKind(facts) === "both" ? "a part of these records" : "these records";
  const unread = isUntold(facts, "read") ? ` Which messages were read cannot be told from ${which}.` : "";
  return html`<p class="lead">
      By all signs <strong>somebody other than its owner was in this mailbox</strong>, first on
      ${spoken(incident.firstTime)} and last on ${spoken(incident.lastTime)}, from
      ${counted(came.length, "address", "addresses")}:
      ${named(came)}${came.every((address) => placeWords(address) === "") ? " (where they are, no database says)" : ""}.${tried.length > 0 ? html` ${counted(tried.length, "further address", "further addresses")} only tried: ${named(tried)}.` : ""}
    </p>
    <p class="lead">${deeds(facts)}${queries(facts)}${copies(facts)}${unread}</p>
    <p class="lead">
      How sure: score ${incident.score} of 100 (${incident.severity}), confidence
      <strong>${incident.confidence}</strong>.
      ${sureness(facts)}${facts.coverage.some(({ kind }) => kind === "filtered") ? " The tables are filtered: findings are of the whole log, the messages accessed and the searches only of what the filter shows." : ""}
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
    One application (${code(window.app, 80)}) read this mailbox and others,
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

function unclear(facts: MailboxFacts): Markup {
  const [worst] = facts.findings;
  if (worst === undefined) {
    return html`<p class="lead">
      No finding of its own says that somebody other than the owner was in this mailbox. That is not a proof that nobody
      was: see what cannot be known.
    </p>`;
  }
  return html`<p class="lead">
      No finding says that somebody other than the owner was in this mailbox.
      <strong>${counted(facts.findings.length, "finding")}</strong> ${facts.findings.length === 1 ? "asks" : "ask"} for
      a look; the highest scores ${worst.score} of 100 (${worst.severity}): ${evidence(worst.title)},
      ${evidence(worst.entity.value, 80)}.
    </p>
    <p class="lead">That is not a proof that nobody was: see what cannot be known.</p>`;
}

const clear = html`<p class="lead">
    <strong>Nothing was found</strong>: no rule that could be assessed found anything in these records.
  </p>
  <p class="lead">That is not a proof that nobody was in this mailbox: see what cannot be known.</p>`;

const notAssessed = html`<p class="lead">
  Whether somebody was in this mailbox <strong>was not assessed</strong>: the run wrote no findings. The tables are here
  all the same.
</p>`;

function tiles(facts: MailboxFacts): Markup {
  const { entered: came } = intruders(facts);
  const isAudit = evidenceKind(facts) === "audit";
  const values: readonly (readonly [string, string])[] = [
    [figure(came.length), came.length === 1 ? "suspicious address got in" : "suspicious addresses got in"],
    [figure(facts.suspiciousSearches), "suspicious searches"],
    [figure(facts.direct), isAudit ? "messages opened from there, by record" : "messages accessed from there"],
    [figure(facts.copied + facts.folderCopied), "further messages copied"],
    [figure(facts.rows), "rows in the timeline"],
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
    entered: incident === undefined ? clear : entered(facts, incident),
    unclear: unclear(facts),
    clear,
    "not-assessed": notAssessed,
  };
  return html`<section id="${id}" class="answer v-${verdict}" aria-labelledby="${id}-h">
    <h2 id="${id}-h">
      <span class="glyph" aria-hidden="true">${VERDICT_GLYPHS[verdict]}</span> ${VERDICT_WORDS[verdict]}
    </h2>
    ${words[verdict]}${amongSeveral(facts, numbers)}${amongOthers(facts)}${changes(facts, numbers)}${findings === undefined ? "" : tiles(facts)}${unknowns(facts, findings, several)}
  </section>`;
}
