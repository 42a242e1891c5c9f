import { figureOf, filterWords, LEDGER_TABLES, unassessedWords } from "../bundle-facts.ts";
import type { Findings, ReportedFinding } from "../findings.ts";
import type { MailboxFacts, Verdict } from "../mailbox-facts.ts";
import { incidentOf, verdictOf } from "../mailbox-facts.ts";
import type { Content, Markup } from "../markup.ts";
import { evidence, html } from "../markup.ts";
import { table } from "../parts.ts";
import { counted, figure, listed, utcAsTold } from "../words.ts";
import { strengthOf, VERDICT_GLYPHS, verdictWords } from "./answer.ts";

/** More mailboxes than these are only in the tables: nobody reads on, and the page has to open. */
const MOST_LISTED = 5_000;

/** What the overview is made of. */
export interface Overview {
  /** The worst first. */
  readonly mailboxes: readonly MailboxFacts[];
  readonly findings: Findings | undefined;
  /** Ids of the chapters by the mailboxes' names. */
  readonly ids: ReadonlyMap<string, string>;
  readonly across: readonly ReportedFinding[];
  /** Whether audit logs are among the evidence. */
  readonly hasAudit: boolean;
  /** The table in which every mailbox is. */
  readonly file: string;
}

const number = (value: number) => html`<span class="n">${figure(value)}</span>`;
const ACROSS_HEAD = "Across";
/** How many findings about several mailboxes name it. */
const acrossOf = ({ across }: MailboxFacts) =>
  across.length === 0 ? number(0) : html`<a href="#across">${number(across.length)}</a>`;
const timeOf = (milliseconds: number, { minutes }: MailboxFacts) =>
  html`<span class="nowrap">${Number.isFinite(milliseconds) ? utcAsTold(milliseconds, minutes) : ""}</span>`;

/** The mailboxes that have a chapter, side by side. */
function toldTable(mailboxes: readonly MailboxFacts[], { findings, ids }: Overview): Markup {
  const rows = mailboxes.map((facts) => {
    const verdict = verdictOf(facts, findings);
    const id = ids.get(facts.name);
    return html`<tr>
      <td>${id === undefined ? evidence(facts.label) : html`<a href="#${id}">${evidence(facts.label)}</a>`}</td>
      <td class="v-${verdict}">
        <span class="glyph" aria-hidden="true">${VERDICT_GLYPHS[verdict]}</span> ${verdictWords(facts, findings)}
      </td>
      <td>${number(facts.findings.length)}</td>
      <td>${acrossOf(facts)}</td>
      <td><span class="n">${facts.bundle.has("ip-scores") ? figure(facts.entered) : "–"}</span></td>
      <td>
        <span class="n">${figureOf(facts, facts.direct, LEDGER_TABLES)}</span
        >${facts.unsure === 0 ? "" : ` (${figure(facts.unsure)} more with low confidence)`}${facts.byApplication === 0 ? "" : ` (${figure(facts.byApplication)} more by an application)`}
      </td>
      <td><span class="n">${figureOf(facts, facts.copied + facts.folderCopied, LEDGER_TABLES)}</span></td>
      <td><span class="n">${figureOf(facts, facts.rows, ["timeline"])}</span></td>
    </tr>`;
  });
  const head = [
    "Mailbox",
    "Answer",
    "Findings",
    ACROSS_HEAD,
    "Suspicious addresses",
    "Messages accessed",
    "Copied",
    "Rows",
  ];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Mailboxes">
    <table>
      <thead>
        <tr>
          ${head.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

/** The mailboxes without a chapter, a line each. */
function otherTable(mailboxes: readonly MailboxFacts[], findings: Findings | undefined): Markup {
  const rows = mailboxes.map((facts): readonly Content[] => [
    html`<span class="glyph" aria-hidden="true">${VERDICT_GLYPHS[verdictOf(facts, findings)]}</span>
      ${evidence(facts.label, 120)}`,
    number(facts.findings.length),
    number(facts.findings[0]?.score ?? 0),
    acrossOf(facts),
    number(facts.windows),
    html`<span class="n">${figureOf(facts, facts.rows, ["timeline"])}</span>`,
    timeOf(facts.firstTime, facts),
    timeOf(facts.lastTime, facts),
  ]);
  return table(
    ["Mailbox", "Findings", "Highest score", ACROSS_HEAD, "Windows", "Rows", "First (UTC)", "Last (UTC)"],
    rows,
    "All other mailboxes",
  );
}

/** What is said of very many mailboxes at once. */
function summary({ mailboxes, findings, across, hasAudit }: Overview): Markup {
  if (findings === undefined) return html`<p class="lead">Nothing was assessed: the run wrote no findings.</p>`;
  const counts: Record<Verdict, number> = { entered: 0, unclear: 0, clear: 0, "not-assessed": 0 };
  for (const facts of mailboxes) counts[verdictOf(facts, findings)]++;
  const strong = mailboxes.filter((facts) => {
    const incident = incidentOf(facts);
    return incident !== undefined && strengthOf(incident) === "strong";
  }).length;
  return html`<p class="lead">
      Of ${counted(mailboxes.length, "mailbox", "mailboxes")}
      <strong>${figure(counts.entered)}</strong> ${counts.entered === 1 ? "shows" : "show"} signs that somebody other
      than the owner was in${counts.entered === 0 ? "" : `, ${figure(strong)} of them strong ones`};
      <strong>${figure(counts.unclear)}</strong> more ${counts.unclear === 1 ? "asks" : "ask"} for a look; of
      ${figure(counts.clear)} there is no finding.
      ${across.length === 0 ? "No finding is about several mailboxes together." : html`<a href="#across">${counted(across.length, "finding")}</a> ${across.length === 1 ? "is" : "are"} about several mailboxes together.`}
    </p>
    <p class="lead">
      No finding is not a proof that nobody was there:
      ${hasAudit ? "an audit log tells of a mailbox only what its licence and its settings have audited" : "an export has only what was logged"},
      and only as long as it was kept.
    </p>`;
}

/** Several mailboxes side by side: those that are told in full, and a line of each of the others. */
export function overview(parts: Overview): Markup {
  const { mailboxes, findings, file } = parts;
  const told = mailboxes.filter((facts) => facts.told);
  const others = mailboxes.filter((facts) => !facts.told);
  const bundle = mailboxes[0]?.bundle;
  const filtered = bundle === undefined ? "" : `${filterWords(bundle)} ${unassessedWords(bundle)}`.trim();
  const note = filtered === "" ? "" : html`<p class="note">${filtered}</p>`;
  if (others.length === 0) {
    return html`${toldTable(told, parts)}
      <p class="note">Across: how many findings about several mailboxes name the mailbox. ${filtered}</p>`;
  }
  const shown = others.slice(0, MOST_LISTED);
  const verdicts = others.map((facts) => verdictOf(facts, findings));
  const entered = verdicts.filter((verdict) => verdict === "entered").length;
  const unclear = verdicts.filter((verdict) => verdict === "unclear").length;
  const asking = [
    entered > 0 ? `${figure(entered)} with signs that somebody other than the owner was in` : "",
    unclear > 0 ? `${figure(unclear)} that ${unclear === 1 ? "asks" : "ask"} for a look` : "",
  ].filter((words) => words !== "");
  const left = others.length - shown.length;
  return html`${summary(parts)}
    <p>
      Told in full:
      <strong>${figure(told.length)} of ${figure(mailboxes.length)}</strong
      >${told.length === 0 ? ", as there is no finding of any" : ", the worst first"}. The tables have all of them.
    </p>
    ${told.length === 0 ? "" : toldTable(told, parts)}
    <h3>${told.length === 0 ? "All mailboxes" : "All other mailboxes"} (${figure(others.length)})</h3>
    <p class="note">
      A line each, the worst
      first${asking.length > 0 ? html`; among them are <strong>${listed(asking)}</strong>, whose findings are in the table “findings”` : ""}.
      Across: how many findings about several mailboxes name the mailbox; Windows: how many lines of mailbox-access.tsv
      do. The filter
      <kbd>mailbox=name</kbd>
      shows the rows of one in the tables
      below${others.some(({ name, label }) => name !== label) ? html`; of one without a name, <kbd>sourcefile=name</kbd> those of an input that it was read from` : ""}.
    </p>
    ${otherTable(shown, findings)}${note}${left > 0 ? html`<p class="note">${counted(left, "further mailbox", "further mailboxes")} not listed here: see <span class="mono">${file}</span> and the other tables in the bundle.</p>` : ""}`;
}
