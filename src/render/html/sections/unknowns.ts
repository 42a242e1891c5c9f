import type { CoverageFacts, MailboxFacts } from "../mailbox-facts.ts";
import { evidenceKind } from "../mailbox-facts.ts";
import type { Findings, ReportedRule } from "../findings.ts";
import type { Content, Markup } from "../markup.ts";
import { evidence, html } from "../markup.ts";
import { counted, listed, spoken } from "../words.ts";

/** The words with which coverage.tsv says that something cannot be told from a part of the evidence at all. */
const UNTOLD = {
  read: /which messages were read cannot be told$|no MailItemsAccessed record/,
  searched: /whether anybody searched cannot be told/,
};

/** Whether a part of the evidence has no record at all of reading, or of searching. */
export function isUntold({ coverage }: MailboxFacts, what: keyof typeof UNTOLD): boolean {
  return coverage.some(({ kind, detail }) => kind === "gap" && UNTOLD[what].test(detail));
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  gap: "Not in the log",
  synced: "Copied",
  throttled: "Throttled",
  filtered: "Filtered out",
};

/** What no record of the evidence says of rules, rights and passwords. */
const CHANGES_WORDS = {
  activities:
    "Rules, forwarding, permissions, consents and passwords: no record of this kind of log speaks of them. Look in the tenant.",
  audit:
    "Rules, forwarding, permissions and consents: the audit log tells of changes while it was kept, not of what was there before; of passwords and sign-ins only where it holds the directory’s records. Look in the tenant.",
  both: "Rules, forwarding, permissions and consents: the audit log alone tells of them, and of changes only while it was kept, not of what was there before. Look in the tenant.",
} as const;

const MOST_GAPS = 6;

/** Blind stretches that an audit log states come first, and folders that no suspicious address synchronised last. */
function gapsInOrder({ coverage, auditRows, suspicious }: MailboxFacts): readonly CoverageFacts[] {
  const gaps = coverage.filter(({ kind }) => kind !== "logged");
  if (auditRows === 0) return gaps;
  const rank = ({ kind, detail }: CoverageFacts) => {
    if (kind === "throttled") return 0;
    if (kind !== "synced") return 1;
    return [...suspicious].some((address) => detail.includes(` from ${address} `)) ? 1 : 2;
  };
  return gaps
    .map((gap) => ({ gap, at: rank(gap) }))
    .sort((a, b) => a.at - b.at)
    .map(({ gap }) => gap);
}

/** The rules with an outcome in a mailbox; where there is no other, those about several mailboxes are among them. */
export function rulesThat(
  outcome: string,
  { name }: MailboxFacts,
  findings: Findings | undefined,
  several: boolean,
): readonly ReportedRule[] {
  const rules = several ? findings?.outcomes.get(name) : findings?.rules;
  return (rules ?? []).filter((rule) => rule.outcome === outcome);
}

/** What nobody can know from these records, in plain words; `several` where the run has further mailboxes. */
export function unknowns(facts: MailboxFacts, findings: Findings | undefined, several: boolean): Markup {
  const missing = rulesThat("notAssessed", facts, findings, several);
  const failed = rulesThat("error", facts, findings, several);
  const gaps = gapsInOrder(facts);
  const items: Content[] = gaps.slice(0, MOST_GAPS).map(({ detail, from, to, kind }) => {
    const ranged =
      kind === "throttled" || /no record of any kind/.test(detail) ? ` (${spoken(from)} to ${spoken(to)})` : "";
    return html`<b>${KIND_WORDS[kind] ?? kind}:</b> ${evidence(detail)}${ranged}`;
  });
  if (!facts.bundle.has("coverage"))
    items.push("Blind spots: coverage.tsv is not in this bundle; what the log does not say is not told here.");
  if (gaps.length > MOST_GAPS) items.push(`${counted(gaps.length - MOST_GAPS, "further gap")}: see Coverage.`);
  if (
    evidenceKind(facts) !== "activities" &&
    !facts.coverage.some(({ detail }) => detail.includes("no SearchQueryInitiated record"))
  )
    items.push("Searches: only those that were audited; the auditing of searches has to be switched on for a mailbox.");
  items.push(CHANGES_WORDS[evidenceKind(facts)]);
  if (missing.length > 0)
    items.push(
      html`<b>${counted(missing.length, "rule")} not assessed</b> for want of records or data:
        ${listed(
          missing.map(({ id }) => id),
          6,
        )}.`,
    );
  if (failed.length > 0)
    items.push(
      html`<b>${counted(failed.length, "rule")} failed</b> and ${failed.length === 1 ? "says" : "say"} nothing:
        ${listed(
          failed.map(({ id }) => id),
          6,
        )}.`,
    );
  if (facts.timeless > 0)
    items.push(
      html`${counted(facts.timeless, "row")} without a readable time ${facts.timeless === 1 ? "is" : "are"} in no
      picture.`,
    );
  return html`<div class="unknowns">
    <h3>What cannot be known</h3>
    <ul>
      ${items.map((item) => html`<li>${item}</li>`)}
    </ul>
  </div>`;
}
