import { createHash } from "node:crypto";
import type { Manifest } from "../../model/manifest.ts";
import { inOneLine } from "../tsv.ts";
import type { EmbeddedTable } from "./chosen-rows.ts";
import type { Findings, ReportedFinding } from "./findings.ts";
import { ACROSS } from "./findings.ts";
import type { MailboxFacts } from "./mailbox-facts.ts";
import { worstFirst } from "./mailbox-facts.ts";
import type { MailboxNames } from "./mailbox-names.ts";
import type { Markup } from "./markup.ts";
import { block, dataJson, evidence, html, inPieces } from "./markup.ts";
import { PAGE_SCRIPT, PAGE_STYLE } from "./page-source.ts";
import { acrossSection, hasAcross } from "./sections/across.ts";
import { answer } from "./sections/answer.ts";
import { clientsSection, patterns } from "./sections/clients.ts";
import { coverageSection, exposureSection } from "./sections/exposure.ts";
import { findingsSection, MOST_FINDINGS, rulesSection } from "./sections/findings.ts";
import { lanesSection } from "./sections/lanes.ts";
import { embeddedList, methodsSection } from "./sections/methods.ts";
import { overview } from "./sections/overview.ts";
import { placesSection } from "./sections/places.ts";
import { searchesSection } from "./sections/searches.ts";
import { counted, figure, spokenDay } from "./words.ts";
import type { WindowBook } from "./windows.ts";
import { worldSymbol } from "./world-map.ts";

export interface PageParts {
  readonly prefix: string;
  readonly manifest: Manifest;
  readonly findings: Findings | undefined;
  readonly names: MailboxNames;
  /** By what they go by. */
  readonly mailboxes: ReadonlyMap<string, MailboxFacts>;
  readonly windows: WindowBook;
  /** Findings about several mailboxes. */
  readonly across: readonly ReportedFinding[];
  /** Whether audit logs are among the evidence. */
  readonly hasAudit: boolean;
  readonly embedded: readonly EmbeddedTable[];
  /** Names of tables in the order in which they are offered. */
  readonly offered: readonly string[];
  /** The file name of a table. */
  readonly files: { of(table: string): string };
}

/** More rows of one list of evidence than these are only in findings.json. */
const MOST_PLACES = 3_000;
/** More suspicious addresses of all mailboxes together than these mark no rows. */
const MOST_MARKING = 50_000;

const sha256 = (text: string) => createHash("sha256").update(text).digest("base64");

/** A section of the page: id, words of the navigation, and what makes its content. */
type Section = readonly [id: string, words: string, content: () => Markup];

/** The table in which every address is: without that of the scores, the one of all rows. */
const addressFile = ({ files }: PageParts, { bundle }: MailboxFacts) =>
  files.of(bundle.has("ip-scores") ? "ip-scores" : "timeline");

/** The page's sections of one mailbox. */
function chapter(
  id: string,
  facts: MailboxFacts,
  numbers: ReadonlyMap<ReportedFinding, number>,
  parts: PageParts,
): readonly Section[] {
  const { findings, files, prefix, mailboxes } = parts;
  const several = mailboxes.size > 1;
  return [
    [`${id}-answer`, "Answer", () => answer(`${id}-answer`, facts, findings, { numbers, several })],
    [
      `${id}-findings`,
      `Findings (${facts.findings.length})`,
      () => findingsSection(`${id}-findings`, facts, numbers, `${prefix}findings.json`),
    ],
    [`${id}-sessions`, "Sessions", () => lanesSection(`${id}-sessions`, facts, addressFile(parts, facts))],
    [`${id}-places`, "Places", () => placesSection(`${id}-places`, facts, files.of("ip-scores"))],
    [`${id}-clients`, "Clients", () => clientsSection(`${id}-clients`, facts)],
    [`${id}-searches`, "Searches", () => searchesSection(`${id}-searches`, facts)],
    [`${id}-exposure`, "Exposure", () => exposureSection(`${id}-exposure`, facts, files.of("exposure"))],
    [`${id}-coverage`, "Coverage", () => coverageSection(`${id}-coverage`, facts, files.of("coverage"))],
  ];
}

/** The contents of sections, one made after the other. */
function* contentsOf(sections: readonly Section[]): Generator<string> {
  for (const [, , content] of sections) yield content().markup;
}

/** The rows of the tables, for the page's script. */
function* rowBlocks(embedded: readonly EmbeddedTable[]): Generator<string> {
  for (const [at, { block: packed }] of embedded.entries()) {
    yield block("script", ` type="text/plain" id="block-${at}"`, packed.toString("base64")).markup;
  }
}

/** The suspicious addresses of each mailbox that has some, the worst mailboxes first. */
function marking(mailboxes: readonly MailboxFacts[]): Record<string, string[]> {
  let left = MOST_MARKING;
  const entries: (readonly [string, string[]])[] = [];
  for (const { name, suspicious } of mailboxes) {
    if (suspicious.size === 0 || left === 0) continue;
    const own = [...suspicious].slice(0, left);
    left -= own.length;
    entries.push([name, own]);
  }
  return Object.fromEntries(entries);
}

/** The tables, for the page's script to fill; without it, words on where they are. */
function explorer(embedded: readonly EmbeddedTable[]): Markup {
  const options = embedded.map(
    ({ table, rows, total }) =>
      html`<option value="${table}">${table} (${figure(rows)}${rows < total ? ` of ${figure(total)}` : ""})</option>`,
  );
  return html`<section id="tables" aria-labelledby="tables-h">
    <h2 id="tables-h">Tables</h2>
    <p id="unpacking" role="status">
      The rows are unpacked by this page’s script. Where scripts do not run, open the .tsv files beside this file.
    </p>
    <div id="explorer" hidden>
      <p class="note">
        Filter: words in any column, <kbd>"two words"</kbd>, <kbd>-not</kbd>, <kbd>subject:wire</kbd>,
        <kbd>score&gt;=48</kbd>, <kbd>date&gt;=2018-03-01</kbd>, <kbd>date&gt;="2018-03-01 02:41"</kbd> (UTC),
        <kbd>type=MessageSent</kbd>; a column by its name or at least its first three letters. In the table: arrow keys,
        <kbd>Enter</kbd> for the whole row, <kbd>Ctrl+C</kbd> copies it. Marked rows are of suspicious addresses or
        score high.
      </p>
      <div class="controls">
        <label
          >Table
          <select id="table">
            ${options}
          </select></label
        ><input
          type="search"
          id="filter"
          placeholder="Filter"
          aria-label="Filter the rows"
          autocomplete="off"
          spellcheck="false"
        /><label><input type="checkbox" id="only-marked" /> only marked rows</label
        ><button type="button" id="clear">Clear</button><button type="button" id="copy">Copy as TSV</button>
      </div>
      <div id="chips"></div>
      <p id="status" class="note" role="status" aria-live="polite"></p>
      <div id="grid" role="grid" tabindex="0" aria-label="Rows"></div>
      <div id="detail" role="region" aria-label="The whole row" hidden></div>
    </div>
  </section>`;
}

/** Tables of the bundle that a page does not hold, and why. */
function absentTables({ manifest, embedded }: PageParts) {
  const inside = new Set(embedded.map(({ file }) => file));
  return manifest.outputs
    .filter(({ path }) => path.endsWith(".tsv") && !inside.has(path))
    .map(({ path, rows }) => ({
      file: path,
      rows,
      why: path.endsWith("read-activity-by-item.tsv")
        ? "the rows of read-activity-by-time in another order"
        : "not part of this page",
    }));
}

/**
 * The whole page, in pieces one behind the other: that of many mailboxes is not in memory at once. Everything of the
 * evidence in it is text: escaped here, textContent there.
 */
export function pageOf(parts: PageParts): Generator<string> {
  const { manifest, findings, embedded, offered, across } = parts;
  const mailboxes = worstFirst(parts.mailboxes.values(), findings);
  const single = mailboxes.length === 1 ? mailboxes[0] : undefined;
  const told = mailboxes.filter((facts) => facts.told);
  const numbers = new Map<ReportedFinding, number>();
  for (const finding of across.slice(0, MOST_FINDINGS)) numbers.set(finding, numbers.size);
  for (const facts of told)
    for (const finding of facts.findings.slice(0, MOST_FINDINGS)) numbers.set(finding, numbers.size);
  const chapters = told.map((facts, at) => ({
    id: `m${at}`,
    facts,
    sections: chapter(`m${at}`, facts, numbers, parts),
  }));
  const ids = new Map(chapters.map(({ id, facts }) => [facts.name, id]));

  const withAcross = hasAcross(parts, mailboxes.length);
  const place = ({ table }: EmbeddedTable) => offered.indexOf(table);
  const inOrder = [...embedded].sort((a, b) => place(a) - place(b));
  const closing: readonly Section[] = [
    ["tables", "Tables", () => explorer(inOrder)],
    ["rules", "Rules", () => rulesSection("rules", findings, mailboxes[0]?.bundle)],
    [
      "methods",
      "Methods and hashes",
      () => methodsSection("methods", parts, embeddedList(embedded, absentTables(parts))),
    ],
  ];
  const link = (id: string, words: string) => html`<li><a href="#${id}">${words}</a></li>`;
  const navigation = html`${
      single === undefined
        ? html`<label
            >Mailbox
            <select id="mailbox" autocomplete="off">
              <option value="">all ${figure(mailboxes.length)}</option>
              ${told.map((facts) => html`<option value="${facts.name}">${facts.label}</option>`)}
            </select></label
          >`
        : ""
    }
    <ul>
      ${
        single === undefined
          ? [
              link("overview", "Mailboxes"),
              withAcross ? link("across", "Across mailboxes") : "",
              chapters.map(
                ({ id, facts, sections }) =>
                  html`<li>
                    <a href="#${id}">${evidence(facts.label, 40)}</a>
                    <ul>
                      ${sections.map(([section, words]) => link(section, words))}
                    </ul>
                  </li>`,
              ),
            ]
          : [
              chapters[0]?.sections.map(([id, words]) => link(id, words)) ?? "",
              withAcross ? link("across", "Across mailboxes") : "",
            ]
      }${closing.map(([id, words]) => link(id, words))}
    </ul>`;

  const times = mailboxes.filter(({ firstTime }) => Number.isFinite(firstTime));
  const day = (milliseconds: number) => spokenDay(new Date(milliseconds).toISOString());
  const period =
    times.length === 0
      ? ""
      : `${day(times.reduce((least, { firstTime }) => Math.min(least, firstTime), Infinity))} to ${day(times.reduce((most, { lastTime }) => Math.max(most, lastTime), -Infinity))}, `;
  const { totals } = manifest;
  const filter = mailboxes[0]?.bundle.filter ?? "";
  const whole = `${counted(totals.rows, "row")} of ${counted(totals.inputs, "input")}`;
  const read =
    filter === "" ? `${period}${whole}` : `${period}${figure(totals.parsed)} of ${whole} (filtered: ${filter})`;
  const title = single === undefined ? counted(mailboxes.length, "mailbox", "mailboxes") : single.label;
  const data = {
    tables: embedded.map(({ table, file, columns, rows, total }) => ({ table, file, columns, rows, total })),
    offered,
    findings: [...numbers.keys()].map((finding) => ({
      title: inOneLine(`${finding.title}: ${finding.entity.value.slice(0, 120)}`),
      evidence: finding.evidence.byFile(MOST_PLACES),
      reasons: finding.reasons.map((reason) => reason.evidence.byFile(MOST_PLACES)),
      totals: [finding.evidence.length, ...finding.reasons.map((reason) => reason.evidence.length)],
    })),
    several: mailboxes.length > 1,
    suspicious: marking(mailboxes),
    nameless: parts.names.nameless,
    across: [...ACROSS],
  };
  // A browser fills NUL with U+FFFD before it hashes; there is none in either.
  const policy = `default-src 'none'; script-src 'sha256-${sha256(PAGE_SCRIPT)}'; style-src 'sha256-${sha256(PAGE_STYLE)}'; base-uri 'none'; form-action 'none'`;
  function* mainPieces(): Generator<string> {
    if (single === undefined) {
      yield html`<section id="overview" aria-labelledby="overview-h">
        <h2 id="overview-h">Mailboxes</h2>
        ${overview({ mailboxes, findings, ids, across, hasAudit: parts.hasAudit, file: addressFile(parts, mailboxes[0] as MailboxFacts) })}
      </section> `.markup;
      if (withAcross) yield acrossSection("across", parts, numbers).markup;
      for (const { id, facts, sections } of chapters) {
        yield* inPieces`<div class="chapter" id="${id}" data-chapter="${facts.name}">
                <h1>${evidence(facts.label)}</h1>
                ${contentsOf(sections)}
              </div>`;
      }
    } else {
      for (const { sections } of chapters) yield* contentsOf(sections);
      if (withAcross) yield acrossSection("across", parts, numbers).markup;
    }
  }
  return inPieces`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title}: mailbox activity report</title>
        ${block("style", "", PAGE_STYLE)}
      </head>
      <body>
        <a class="skip" href="#main">To the answer</a>
        <svg class="defs" aria-hidden="true"><defs>${patterns()}${worldSymbol()}</defs></svg>
        <div class="page">
          <header class="top">
            <p class="kicker">Mailbox activity report</p>
            <h1>${evidence(title)}</h1>
            <p class="sub">
              ${read}, ${manifest.tool.name} ${manifest.tool.version}. Times are UTC unless they say otherwise.
            </p>
          </header>
          <nav aria-label="Sections">${navigation}</nav>
          <main id="main">${mainPieces()}${contentsOf(closing)}</main>
        </div>
        ${block("script", ' type="application/json" id="data"', dataJson(data))}${rowBlocks(embedded)}${block("script", "", PAGE_SCRIPT)}
      </body>
    </html> `;
}
