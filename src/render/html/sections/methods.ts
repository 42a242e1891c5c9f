import type { EmbeddedTable } from "../chosen-rows.ts";
import type { Manifest } from "../../../model/manifest.ts";
import type { Markup } from "../markup.ts";
import { code, evidence, html } from "../markup.ts";
import { section, table } from "../parts.ts";
import { counted, figure, sizeWords, when } from "../words.ts";

const number = (value: number) => html`<span class="n">${figure(value)}</span>`;
const hash = (sha256: string) => html`<span class="mono hash">${sha256}</span>`;

function inputs({ inputs: lines, totals }: Manifest): Markup {
  const rows = lines.map((input) => [
    evidence(input.path),
    evidence(input.mailbox),
    evidence(
      [input.format, input.encoding, input.container === "none" ? "" : input.container].filter(Boolean).join(", "),
    ),
    number(input.rows),
    number(input.parsed),
    number(input.rejected),
    number(input.duplicates),
    number(input.filtered),
    html`${when(input.firstTime)}<br />${when(input.lastTime)}`,
    html`${sizeWords(input.bytes)}<br />${hash(input.sha256)}`,
  ]);
  const head = [
    "File",
    "Mailbox",
    "Format",
    "Rows",
    "Parsed",
    "Rejected",
    "Duplicates",
    "Filtered",
    "First and last (UTC)",
    "Size, SHA-256",
  ];
  return html`<h3>Evidence read</h3>
    ${table(head, rows, "Inputs")}
    <p class="note">
      Every row is accounted for: ${figure(totals.rows)} rows = ${figure(totals.parsed)} parsed +
      ${figure(totals.rejected)} rejected + ${figure(totals.duplicates)} duplicates + ${figure(totals.filtered)}
      filtered.
    </p>`;
}

function databases({ databases: used, lists }: Manifest): Markup {
  const rows = used.map(({ path, type, built, sha256, gives, daysBeforeEvidence }) => [
    evidence(path),
    evidence(type),
    when(built),
    daysBeforeEvidence === null || daysBeforeEvidence === undefined
      ? "not known"
      : daysBeforeEvidence === 0
        ? "while the records were made"
        : `${counted(Math.abs(daysBeforeEvidence), "day")} ${daysBeforeEvidence > 0 ? "before the first record" : "after the last record"}`,
    (gives ?? []).join(", "),
    hash(sha256),
  ]);
  const listRows = lists.map(({ name, use, sha256, entries }) => [
    evidence(name),
    use,
    entries === undefined ? "" : number(entries),
    hash(sha256),
  ]);
  return html`<h3>Databases and lists</h3>
    ${used.length === 0 ? html`<p>No database placed the addresses.</p>` : table(["File", "Type", "Built (UTC)", "Built", "Gives", "SHA-256"], rows, "Databases")}${listRows.length === 0 ? "" : table(["List", "Use", "Entries", "SHA-256"], listRows, "Lists")}`;
}

function credits({ databases: used }: Manifest): Markup {
  const geoLite = used.some(({ path, type }) => /geolite2/i.test(`${path} ${type}`));
  return html`<h3>Sources and licences</h3>
    <p>
      ${geoLite ? "This product includes GeoLite2 data created by MaxMind, available from https://www.maxmind.com (CC BY-SA 4.0). " : ""}The
      world map is made of world-atlas by Michael Bostock (ISC licence), which is made with Natural Earth; borders are
      for orientation and say nothing about sovereignty.
    </p>`;
}

function asked({ arguments: given, warnings }: Manifest): Markup {
  const rows = Object.entries(given).map(([name, value]) => [
    code(name),
    evidence(typeof value === "string" ? value : (JSON.stringify(value) ?? ""), 600),
  ]);
  return html`<h3>What the run was asked for</h3>
    ${table(["Option", "Value"], rows, "Arguments")}${
      warnings.length === 0
        ? html`<p>No warnings.</p>`
        : html`<h3>Warnings</h3>
            <ul class="warnings">
              ${warnings.slice(0, 200).map((warning) => html`<li>${evidence(warning, 600)}</li>`)}
            </ul>
            ${warnings.length > 200 ? html`<p class="note">${counted(warnings.length - 200, "more warning")}: see manifest.json.</p>` : ""}`
    }`;
}

/** What of the tables is in this page and what is not. */
export function embeddedList(
  tables: readonly EmbeddedTable[],
  absent: readonly { readonly file: string; readonly rows: number; readonly why: string }[],
): Markup {
  const rows = [
    ...tables.map(({ file, rows: inside, total, leftOut, overflow }) => [
      html`<span class="mono">${file}</span>`,
      number(inside),
      number(total),
      [
        inside < total
          ? `${figure(total - inside)} rows only in the file${overflow ? ", some of suspicious addresses or of the evidence among them" : ""}`
          : "",
        leftOut.length > 0 ? `columns only in the file: ${leftOut.join(", ")}` : "",
      ]
        .filter((words) => words !== "")
        .join("; "),
    ]),
    ...absent.map(({ file, rows: total, why }) => [
      html`<span class="mono">${file}</span>`,
      number(0),
      number(total),
      why,
    ]),
  ];
  return table(["File", "Rows here", "Rows in the file", "Not here"], rows, "What is embedded");
}

/** How audit records are read, where there are some: what their words stand for, and how windows are counted. */
function auditMethods(): Markup {
  return html`<h3>How audit logs are read</h3>
    <ul>
      <li>
        <b>recorded</b>: the address stands in the record itself and needs no logon to be known; it is certain that the
        record says so. A record without an address is not given one by guessing from other audit records. An address of
        Microsoft’s own network says that the service acted, not from where somebody asked it to.
      </li>
      <li>
        <b>bound</b>: a MailItemsAccessed record (Bind) names the message: it was opened, by a person or a program. Such
        records are no count of openings: one stands for two minutes, and the same access is logged once an hour.
      </li>
      <li>
        <b>folder-synced</b>: a MailItemsAccessed record (Sync) names the folder and no message. Every message that is
        known to have been in the folder then is to be taken as copied; those that no record names are not counted.
      </li>
      <li>
        <b>throttled</b>: a record says that Bind auditing stops for 24 hours. What was opened in them is in no record.
      </li>
      <li>
        <b>mailbox-access.tsv</b>: counted among MailItemsAccessed records of Exchange are, by application and
        organisation, the mailboxes in a short time (ten minutes, and more than five mailboxes, unless the run changed
        it). Tumbling windows do as Splunk’s rule 7cd853e9-d370-412f-965d-a2bcff2a2908 (O365 Multiple Mailboxes Accessed
        via API): fixed windows from 1970 on, records that name AppId and ClientAppId and came through Microsoft Graph
        or Exchange Web Services, different UserIds. Sliding windows lie anywhere, take any interface for programs, and
        count mailboxes. Applications and addresses of the allow list count in neither.
        <span class="mono">alicorn rules explain mailbox-access-api</span> has the settings.
      </li>
    </ul>`;
}

/** How this came about, so that it can be checked and done again. */
export function methodsSection(
  id: string,
  { manifest, hasAudit }: { readonly manifest: Manifest; readonly hasAudit: boolean },
  embedded: Markup,
): Markup {
  const outputs = manifest.outputs.map(({ path, bytes, sha256, rows }) => [
    html`<span class="mono">${path}</span>`,
    number(rows),
    sizeWords(bytes),
    hash(sha256),
  ]);
  return section(
    id,
    "Methods, inputs and hashes",
    html`<p>
      Written by ${manifest.tool.name} ${manifest.tool.version} (schema ${manifest.schemaVersion}) from the tables of
      the bundle that this page lies in. The same inputs and options give the same tables.
      <span class="mono">alicorn verify</span> compares the bundle with its manifest. Direction overrides in texts are
      shown by name (⟦RLO⟧); control characters as the tables have them (<span class="mono">\\x00</span>).
    </p>`,
    inputs(manifest),
    hasAudit ? auditMethods() : "",
    databases(manifest),
    asked(manifest),
    html`<h3>Tables of the bundle</h3>
      ${table(["File", "Rows", "Size", "SHA-256"], outputs, "Outputs")}
      <h3>What of them is in this page</h3>
      <p>
        Rows of suspicious addresses and rows of the evidence always; of the others those that stand nearest to them, as
        many as fit.
      </p>
      ${embedded}`,
    credits(manifest),
  );
}
