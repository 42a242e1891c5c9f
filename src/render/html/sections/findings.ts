import type { BundleFacts } from "../bundle-facts.ts";
import { isFiltered, unassessedWords } from "../bundle-facts.ts";
import type { MailboxFacts } from "../mailbox-facts.ts";
import type { Findings, ReportedFinding, ReportedReason } from "../findings.ts";
import type { Markup } from "../markup.ts";
import { evidence, html } from "../markup.ts";
import { badge, further, rowsButton, section, table } from "../parts.ts";
import { counted, when } from "../words.ts";

/** More findings of a mailbox than these are only in findings.json. */
export const MOST_FINDINGS = 150;
const OPEN = 2;
const PRINTED_PLACES = 12;

function reason({ text, points, rule, evidence: rows }: ReportedReason, finding: number, at: number): Markup {
  const button = rows.length === 0 ? "" : rowsButton(counted(rows.length, "row"), { finding, reason: at });
  return html`<li>
    <span class="points">${points > 0 ? "+" : points < 0 ? "−" : ""}${Math.abs(points)}</span
    ><span>${evidence(text, 600)} <span class="rule">${rule}</span> ${button}</span>
  </li>`;
}

const list = (heading: string, items: readonly string[]) =>
  items.length === 0
    ? ""
    : html`<div>
        <h4>${heading}</h4>
        <ul>
          ${items.map((item) => html`<li>${item}</li>`)}
        </ul>
      </div>`;

/** Where the first rows of the evidence stand, for paper. */
function places({ evidence: rows }: ReportedFinding): Markup {
  const words = rows.byFile(PRINTED_PLACES).map(([file, own]) => `${file} ${own.join(", ")}`);
  return html`<p class="print-only note">
    Evidence rows:
    ${evidence(words.join("; "), 800)}${rows.length > PRINTED_PLACES ? ` and ${rows.length - PRINTED_PLACES} more` : ""}
  </p>`;
}

/** A finding with its reasons, folded or not; `number` is its place among all findings of the page. */
export function article(finding: ReportedFinding, number: number, open: boolean): Markup {
  const { title, severity, score, confidence, entity, firstTime, lastTime, count, reasons } = finding;
  return html`<details class="finding s-${severity}" id="finding-${number}" ${open ? html` open` : ""}>
    <summary>
      ${badge(severity)}<span class="what"
        ><b>${evidence(title)}</b> <span class="entity">${evidence(entity.value, 140)}</span></span
      ><span class="meta">${score} of 100, ${confidence} confidence</span>
    </summary>
    <div class="body">
      <p class="span">
        ${when(firstTime)} to ${when(lastTime)} UTC, ${counted(count, "record")} of evidence
        ${finding.evidence.length > 0 ? rowsButton(`Show ${counted(finding.evidence.length, "evidence row")}`, { finding: number }) : ""}
      </p>
      <ol class="reasons">
        ${reasons.map((one, at) => reason(one, number, at))}
      </ol>
      ${places(finding)}
      <div class="columns">
        ${list("Next steps", finding.nextSteps)}${list("What else it may be", finding.falsePositives)}
      </div>
      <p class="note">
        ${finding.attack.length > 0 ? `ATT&CK ${finding.attack.join(", ")}. ` : ""}${finding.references.length > 0 ? html`<span class="refs">${finding.references.join("  ")}</span>` : ""}
      </p>
    </div>
  </details>`;
}

/** The findings of a mailbox, worst first; `numbers` are their places among all findings of the page. */
export function findingsSection(
  id: string,
  facts: MailboxFacts,
  numbers: ReadonlyMap<ReportedFinding, number>,
  file: string,
): Markup {
  const { findings, bundle } = facts;
  const shown = findings.slice(0, MOST_FINDINGS);
  const articles = shown.map((finding, at) => article(finding, numbers.get(finding) ?? -1, at < OPEN));
  const none = html`<p>No finding.</p>`;
  return section(
    id,
    "Findings",
    isFiltered(facts) ? html`<p class="note">${unassessedWords(bundle)}</p>` : "",
    shown.length === 0 ? none : articles,
    further(findings.length, shown.length, "finding", file),
  );
}

const OUTCOMES: readonly (readonly [string, string, string])[] = [
  ["found", "●", "found something"],
  ["error", "!", "failed and says nothing"],
  ["notAssessed", "–", "not assessed: records or data are missing"],
  ["clear", "○", "clear: assessed, nothing found"],
];

/** What became of every rule: no finding is not the same as not assessed. */
export function rulesSection(id: string, findings: Findings | undefined, bundle: BundleFacts | undefined): Markup {
  if (findings === undefined) return section(id, "Rules", html`<p>No rule was run.</p>`);
  const groups = OUTCOMES.map(([outcome, glyph, words]) => {
    const rules = findings.rules.filter((rule) => rule.outcome === outcome);
    if (rules.length === 0) return "";
    const rows = rules.map(({ id: name, why }) => [html`<span class="mono">${name}</span>`, evidence(why, 600)]);
    return html`<h3>
        <span class="glyph" aria-hidden="true">${glyph}</span> ${counted(rules.length, "rule")} ${words}
      </h3>
      ${table(["Rule", "Why"], rows, words, "rules")}`;
  });
  const unassessed = bundle === undefined ? "" : unassessedWords(bundle);
  return section(
    id,
    "Rules: what was looked for",
    unassessed === "" ? "" : html`<p>${unassessed} What is said here of messages is of the tables alone.</p>`,
    groups,
    html`<p class="note">
      <span class="mono">alicorn rules explain ID</span> prints what a rule looks for, its weights and its sources.
    </p>`,
  );
}
