import type { Findings, ReportedFinding } from "../findings.ts";
import { ACROSS } from "../findings.ts";
import type { Markup } from "../markup.ts";
import { code, evidence, html } from "../markup.ts";
import { badge, further, rowsButton, section, table } from "../parts.ts";
import type { WindowBook, WindowFacts } from "../windows.ts";
import { applicationOf, namesOf } from "../windows.ts";
import { counted, figure, millisecondsOf, when } from "../words.ts";
import { article, MOST_FINDINGS } from "./findings.ts";

/** What is known of several mailboxes together. */
export interface Across {
  readonly across: readonly ReportedFinding[];
  readonly windows: WindowBook;
  readonly findings: Findings | undefined;
  readonly hasAudit: boolean;
  readonly prefix: string;
  readonly files: { of(table: string): string };
}

/** Whether there is anything to say of several mailboxes together. */
export function hasAcross({ across, windows, hasAudit }: Across, mailboxes: number): boolean {
  return across.length > 0 || windows.total > 0 || (hasAudit && mailboxes > 1);
}

const MOST_NAMES = 3;
/** A button does not ask for the rows of more addresses than these. */
const MOST_ASKED = 50;

/** The first of a list of names, and how many there are beside. */
function names(cell: readonly string[], show: (name: string) => Markup): Markup {
  const all = namesOf(cell);
  const unlisted = cell.length > all.length ? Number(/\d+/.exec(cell.at(-1) ?? "")?.[0] ?? 0) : 0;
  const left = all.length + unlisted - Math.min(all.length, MOST_NAMES);
  return html`${all.slice(0, MOST_NAMES).map((name) => html`<span class="nowrap">${show(name)}</span><br />`)}${left > 0 ? `and ${figure(left)} more` : ""}`;
}

/** The records of a window, as far as a table of the page can be asked for them. */
function recordsButton(window: WindowFacts): Markup {
  const { start, end, mode, client, addresses } = window;
  // A tumbling window ends before its end.
  const to = millisecondsOf(end) - (mode === "tumbling" ? 1 : 0);
  const isAll = namesOf(addresses).length === addresses.length && addresses.length <= MOST_ASKED;
  return rowsButton("Rows", {
    table: "read-activity-by-time",
    from: millisecondsOf(start),
    to,
    ...(isAll && addresses.length > 0 ? { ips: addresses.join(" ") } : {}),
    ...(mode === "tumbling" && client !== "0" ? { client } : {}),
  });
}

function windowRow(window: WindowFacts, across: readonly ReportedFinding[]) {
  const { start, end, mode, client, mailboxes, users, addresses, records, severity, score } = window;
  return [
    html`<span class="nowrap">${badge(severity)} ${score}</span>`,
    html`<span class="nowrap">${when(start)}</span><br /><span class="nowrap">${when(end)}</span><br />${mode}`,
    html`${code(applicationOf(window, across), 120)}<br />${evidence(client === "0" ? "no client named" : client, 120)}`,
    html`<span class="n">${figure(mailboxes)}</span>`,
    html`<span class="n">${figure(records)}</span>`,
    recordsButton(window),
    names(addresses, (address) => code(address, 60)),
    names(users, (name) => evidence(name, 60)),
  ];
}

function windowsTable({ windows, files, across }: Across): Markup {
  const shown = windows.worst();
  const file = files.of("mailbox-access");
  return html`<h3>Windows in which one application read many mailboxes</h3>
    <p>
      ${counted(windows.total, "window")}, the highest score first. A <b>tumbling</b> window lies in a fixed raster of
      time and counts user names, as Splunk’s rule does; a <b>sliding</b> one lies anywhere, counts mailboxes and holds
      what a border of the raster cuts apart. The same records are counted in both ways, so that two lines may be one
      event. Programs that are there to read many mailboxes look the same.
      ${rowsButton("The whole table", { table: "mailbox-access" })}
    </p>
    ${table(
      ["Severity, score", "From, to (UTC), mode", "Application", "Mailboxes", "Records", "", "Addresses", "Users"],
      shown.map((window) => windowRow(window, across)),
      "Windows in which one application read many mailboxes",
      "windows",
    )}${further(windows.total, shown.length, "window", file)}`;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  found: "found something",
  clear: "assessed, nothing found",
  notAssessed: "not assessed",
  error: "failed and says nothing",
};

/** What became of the rules about several mailboxes: silence is not the same as nothing there. */
function outcomes(findings: Findings | undefined): Markup {
  if (findings === undefined) return html`<p>Whether anything concerns several mailboxes was not assessed.</p>`;
  const rules = findings.rules.filter(({ id }) => ACROSS.has(id));
  return html`<ul>
    ${rules.map(
      ({ id, outcome, why }) =>
        html`<li>
          <span class="mono">${id}</span>:
          ${OUTCOMES[outcome] ?? outcome}${outcome === "clear" ? "" : html` (${evidence(why, 300)})`}
        </li>`,
    )}
  </ul>`;
}

/** What concerns several mailboxes, and the windows in which an application read many of them. */
export function acrossSection(id: string, parts: Across, numbers: ReadonlyMap<ReportedFinding, number>): Markup {
  const { across, windows, findings, prefix } = parts;
  const shown = across.slice(0, MOST_FINDINGS);
  const heading = across.length === 0 ? "Across mailboxes" : `Across mailboxes: ${counted(across.length, "finding")}`;
  return section(
    id,
    heading,
    across.length === 0
      ? html`<p>No finding is about several mailboxes together.</p>`
      : html`<p>
          These findings are about several mailboxes together; they are in no mailbox’s own list and not in its number
          of findings. The answer of each mailbox that one of them names says so.
        </p>`,
    shown.map((finding, at) => article(finding, numbers.get(finding) ?? -1, at < 2)),
    further(across.length, shown.length, "finding", `${prefix}findings.json`),
    windows.total > 0 ? windowsTable(parts) : "",
    html`<h3>What was looked for</h3>`,
    outcomes(findings),
  );
}
