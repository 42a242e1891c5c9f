import type { CoverageFacts, ExposedFacts, MailboxFacts } from "../mailbox-facts.ts";
import type { Markup } from "../markup.ts";
import { code, evidence, html } from "../markup.ts";
import { further, rowsButton, section, table } from "../parts.ts";
import { counted, figure, when } from "../words.ts";

/** A message's subject; where no record of an audit log names it, the id by which its headers name it. */
function subjectOf({ subject, id }: ExposedFacts, { auditRows }: MailboxFacts): Markup {
  return subject === "No Data" && id !== "" && auditRows > 0
    ? html`${evidence(subject)}<br />${code(id, 80)}`
    : evidence(subject, 160);
}

/** Which messages somebody else may have seen. */
export function exposureSection(id: string, facts: MailboxFacts, file: string): Markup {
  const { exposed, exposedCount, direct, copied, folderCopied, name } = facts;
  if (exposedCount === 0) return section(id, "Exposure", html`<p>No record of access to a message.</p>`);
  const all = rowsButton(`All ${counted(exposedCount, "message")}`, { table: "exposure", mailbox: name });
  const words = html`<p>
    The ledger has ${counted(exposedCount, "message")} that anybody accessed, the owner included. From suspicious
    addresses: <strong>${figure(direct)}</strong> accessed, <strong>${figure(copied)}</strong> more that a mail program
    there may have
    copied${folderCopied > 0 || facts.synchronisers.size > 0 ? html`, <strong>${figure(folderCopied)}</strong> more in folders that were synchronised from there, as far as any record names them` : ""}.
    ${all}
    ${copied + folderCopied > 0 ? rowsButton("Only what is marked suspicious", { table: "exposure", suspicious: "yes", mailbox: name }) : ""}
  </p>`;
  if (exposed.length === 0) return section(id, "Exposure", words);
  const rows = exposed.map((message) => [
    subjectOf(message, facts),
    evidence(message.from, 100),
    evidence(message.received, 60),
    evidence(message.access.replaceAll("; ", ", ")),
    when(message.first),
    html`<span class="n">${message.accesses}</span>`,
    html`<span class="n">${message.dwell === "" ? "" : Math.round(Number(message.dwell))}</span>`,
    message.addresses
      .split("; ")
      .map(
        (address) => html`<span class="nowrap">${facts.suspicious.has(address) ? "▲ " : ""}${code(address)}</span> `,
      ),
  ]);
  const heading = `Messages accessed from suspicious addresses`;
  return section(
    id,
    "Exposure",
    words,
    html`<h3>${heading}</h3>`,
    table(
      ["Subject", "From", "Received", "Ways", "First access (UTC)", "Times", "Seconds", "Addresses"],
      rows,
      heading,
      "ledger",
    ),
    further(direct, exposed.length, "message", file),
    html`<p class="note">
      Ways, times, seconds and addresses count every access to the message, the owner's too; ▲ marks the suspicious
      ones. “No Data”: no record names the
      subject.${facts.auditRows > 0 ? " Bound: a record says that the message was opened; times are such records and no count of openings. Folder-synced: its folder was synchronised, so it is to be taken as copied." : ""}
    </p>`,
  );
}

const COVERAGE_WORDS: Readonly<Record<string, string>> = {
  logged: "■ logged",
  gap: "□ gap",
  synced: "▼ copied",
  throttled: "◇ throttled",
  filtered: "≠ filtered",
};

const MOST_LINES = 100;

/** Where no row does not mean that nothing happened. */
export function coverageSection(id: string, { coverage }: MailboxFacts, file: string): Markup {
  if (coverage.length === 0)
    return section(
      id,
      "Coverage and blind spots",
      html`<p>The run read no row of this mailbox, or wrote no coverage table.</p>`,
    );
  const shown = coverage.slice(0, MOST_LINES);
  const row = ({ kind, from, to, detail }: CoverageFacts) => [
    COVERAGE_WORDS[kind] ?? kind,
    when(from),
    when(to),
    evidence(detail, 400),
  ];
  return section(
    id,
    "Coverage and blind spots",
    html`<p>Where “no row” does not mean “did not happen”.</p>`,
    table(["Kind", "From (UTC)", "To (UTC)", "Detail"], shown.map(row), "Coverage"),
    further(coverage.length, shown.length, "line", file),
  );
}
