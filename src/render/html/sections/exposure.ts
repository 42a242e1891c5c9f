import { figureOf, LEDGER_TABLES, unseenWords } from "../bundle-facts.ts";
import type { CoverageFacts, ExposedFacts, MailboxFacts } from "../mailbox-facts.ts";
import { evidenceKind, incidentOf, isWholeCopied } from "../mailbox-facts.ts";
import type { Markup } from "../markup.ts";
import { code, evidence, html } from "../markup.ts";
import { further, rowsButton, section, table } from "../parts.ts";
import { counted, figure, when } from "../words.ts";

/** A message's subject; where no record of an audit log names it, the id by which its headers name it. */
function subjectOf({ subject, id }: ExposedFacts, facts: MailboxFacts): Markup {
  return subject === "No Data" && id !== "" && evidenceKind(facts) !== "activities"
    ? html`${evidence(subject)}<br />${code(id, 80)}`
    : evidence(subject, 160);
}

/** A list of messages, with who came to them and how sure that is. */
function messages(list: readonly ExposedFacts[], facts: MailboxFacts, heading: string): Markup {
  const rows = list.map((message) => {
    const confidences = message.confidences.split("; ");
    const addresses = message.addresses.split("; ");
    return [
      subjectOf(message, facts),
      evidence(message.from, 100),
      evidence(message.received, 60),
      evidence(message.access.replaceAll("; ", ", ")),
      when(message.first),
      html`<span class="n">${message.accesses}</span>`,
      html`<span class="n">${message.dwell === "" ? "" : Math.round(Number(message.dwell))}</span>`,
      addresses.map(
        (address, at) =>
          html`<span class="nowrap"
              >${facts.suspicious.has(address) ? "▲ " : ""}${code(address)} ${confidences[at] ?? ""}</span
            ><br />`,
      ),
    ];
  });
  const head = [
    "Subject",
    "From",
    "Received",
    "Ways",
    "First access (UTC)",
    "Times",
    "Seconds",
    "Addresses, confidence",
  ];
  return html`<h3>${heading}</h3>
    ${table(head, rows, heading, "ledger")}`;
}

/** Which messages somebody else may have seen. */
export function exposureSection(id: string, facts: MailboxFacts, file: string): Markup {
  const { exposed, doubted, exposedCount, direct, unsure, copied, folderCopied, byApplication, name } = facts;
  const unseen = unseenWords(facts, LEDGER_TABLES);
  const told = (value: number) => figureOf(facts, value, LEDGER_TABLES);
  const incident = incidentOf(facts);
  const whole =
    incident !== undefined && isWholeCopied(incident)
      ? html` The whole mailbox is to be taken as copied: what no record names in the folders that were synchronised,
        and what was in other folders, is in no figure here and not marked suspicious for it.`
      : "";
  if (!facts.bundle.has("exposure") || !facts.bundle.has("ip-scores"))
    return section(id, "Exposure", html`<p>${unseen}</p>`);
  if (exposedCount === 0)
    return section(
      id,
      "Exposure",
      html`<p>No record of access to a message${unseen === "" ? "" : " is in these tables"}. ${unseen}</p>`,
    );
  const all = rowsButton(`All ${counted(exposedCount, "message")}`, { table: "exposure", mailbox: name });
  const words = html`<p>
    The ledger has ${counted(exposedCount, "message")} that anybody accessed, the owner included. From suspicious
    addresses: <strong>${told(direct)}</strong>
    accessed${unsure > 0 ? html`, <strong>${figure(unsure)}</strong> more accessed from there or by the owner (with low confidence only)` : ""},
    <strong>${told(copied)}</strong> more that a mail program there may have
    copied${folderCopied > 0 || facts.synchronisers.size > 0 ? html`, <strong>${told(folderCopied)}</strong> more in folders that were synchronised from there or in a session of theirs, as far as any record names them` : ""}.${byApplication > 0 ? html` Only an application that scores high, from other addresses, came to <strong>${told(byApplication)}</strong> more: the column Reasons of ${code("exposure.tsv")} names it.` : ""}${whole}
    ${unseen}${all}
    ${unsure + copied + folderCopied + byApplication > 0 ? rowsButton("Only what is marked suspicious", { table: "exposure", suspicious: "yes", mailbox: name }) : ""}
  </p>`;
  if (exposed.length + doubted.length === 0) return section(id, "Exposure", words);
  return section(
    id,
    "Exposure",
    words,
    exposed.length === 0 ? "" : messages(exposed, facts, "Messages accessed from suspicious addresses"),
    further(direct, exposed.length, "message", file),
    doubted.length === 0
      ? ""
      : messages(doubted, facts, "Messages accessed from suspicious addresses or by the owner (low confidence)"),
    further(unsure, doubted.length, "message", file),
    html`<p class="note">
      Ways, times, seconds and addresses count every access to the message, the owner's too; ▲ marks the suspicious
      ones. Confidence: how sure the surest access from each address is attributed. “No Data”: no record of this mailbox
      names the
      subject.${evidenceKind(facts) === "activities" ? "" : " Bound: a record says that the message was opened; times are such records and no count of openings. Folder-synced: its folder was synchronised, so it is to be taken as copied."}
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
export function coverageSection(id: string, facts: MailboxFacts, file: string): Markup {
  const { coverage, bundle } = facts;
  if (coverage.length === 0)
    return section(
      id,
      "Coverage and blind spots",
      html`<p>
        ${bundle.has("coverage") ? "The run read no row of this mailbox." : unseenWords(facts, ["coverage"])}
      </p>`,
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
