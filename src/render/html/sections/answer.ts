import type { AddressFacts, MailboxFacts } from "../case-facts.ts";
import { incidentOf, intruders } from "../case-facts.ts";
import type { Findings, ReportedFinding } from "../findings.ts";
import type { Content, Markup } from "../markup.ts";
import { evidence, code, html } from "../markup.ts";
import { countryName } from "../world-map.ts";
import { counted, figure, listed, spoken } from "../words.ts";

/** What is said of a mailbox in one word. */
export type Verdict = "entered" | "unclear" | "clear" | "not-assessed";

export function verdictOf(facts: MailboxFacts, findings: Findings | undefined): Verdict {
  if (findings === undefined) return "not-assessed";
  if (incidentOf(facts) !== undefined) return "entered";
  return facts.findings.length > 0 ? "unclear" : "clear";
}

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  entered: "Entered by somebody else, by all signs",
  unclear: "No finding says that it was entered; some ask for a look",
  clear: "Nothing found",
  "not-assessed": "Not assessed",
};

const GLYPHS: Readonly<Record<Verdict, string>> = { entered: "▲", unclear: "◆", clear: "○", "not-assessed": "–" };

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

function sumOf(findings: readonly ReportedFinding[], ruleId: string): number {
  return findings.filter((finding) => finding.ruleId === ruleId).reduce((sum, { count }) => sum + count, 0);
}

function queries(facts: MailboxFacts): Markup {
  const words = [...new Set(facts.searches.filter(({ suspicious }) => suspicious).map(({ query }) => query.trim()))];
  const shown = words.filter((word) => word !== "").slice(0, 6);
  if (facts.suspiciousSearches === 0) return html` No search is attributed to them.`;
  const quoted = shown.map(
    (word, at) => html`${at === 0 ? "" : at === shown.length - 1 ? " and " : ", "}“${evidence(word, 60)}”`,
  );
  const rest = words.length > shown.length ? ", among others" : "";
  return html` <strong>${counted(facts.suspiciousSearches, "search", "searches")}</strong>
    ${facts.suspiciousSearches === 1 ? "comes from there or scores" : "come from there or score"}
    high${shown.length === 0 ? "" : html`: ${quoted}${rest}`}.`;
}

/** The paragraphs where the mailbox was entered. */
function entered(facts: MailboxFacts, incident: ReportedFinding): Markup {
  const { entered: came, tried } = intruders(facts);
  const sent = sumOf(facts.findings, "deed-sent");
  const hidden = sumOf(facts.findings, "deed-hidden");
  const attachments = sumOf(facts.findings, "deed-attachments");
  const deeds = [
    facts.direct > 0 ? `accessed ${counted(facts.direct, "message")}` : "",
    attachments > 0 ? `opened ${counted(attachments, "attachment")}` : "",
    sent > 0 ? `answered, forwarded or sent ${counted(sent, "message")}` : "",
    hidden > 0 ? `deleted or hid messages ${counted(hidden, "time")}` : "",
  ].filter((words) => words !== "");
  return html`<p class="lead">
      By all signs <strong>somebody other than its owner was in this mailbox</strong>, first on
      ${spoken(incident.firstTime)} and last on ${spoken(incident.lastTime)}, from
      ${counted(came.length, "address", "addresses")}:
      ${named(came)}${came.every((address) => placeWords(address) === "") ? " (where they are, no database says)" : ""}.${tried.length > 0 ? html` ${counted(tried.length, "further address", "further addresses")} only tried: ${named(tried)}.` : ""}
    </p>
    <p class="lead">
      ${deeds.length > 0 ? html`Whoever used these addresses <strong>${listed(deeds)}</strong>${facts.unsure > 0 ? html`; ${counted(facts.unsure, "further message")} may have been accessed from there or by the owner` : ""}.` : "No reading, sending or deleting is attributed to these addresses."}${queries(facts)}${
        facts.copied > 0
          ? html` A mail program that copies mailboxes logged on from one of them:
              <strong>${counted(facts.copied, "further message")} must be taken as copied</strong>, and no record tells
              which were read.`
          : ""
      }
    </p>
    <p class="lead">
      How sure: score ${incident.score} of 100 (${incident.severity}), confidence
      <strong>${incident.confidence}</strong>. What a single row is attributed to is less sure than the whole; what is
      attributed with low confidence is not counted here; each finding below says of its rows how sure they are, and
      leads to
      them.${facts.coverage.some(({ kind }) => kind === "filtered") ? " The tables are filtered: findings are of the whole log, the messages accessed and the searches only of what the filter shows." : ""}
    </p>`;
}

function unclear(facts: MailboxFacts): Markup {
  const [worst] = facts.findings;
  return html`<p class="lead">
      No finding says that somebody other than the owner was in this mailbox.
      <strong>${counted(facts.findings.length, "finding")}</strong> ${facts.findings.length === 1 ? "asks" : "ask"} for
      a look; the highest scores ${worst?.score ?? 0} of 100 (${worst?.severity ?? "none"}):
      ${evidence(worst?.title ?? "")}, ${evidence(worst?.entity.value ?? "", 80)}.
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

const KIND_WORDS: Readonly<Record<string, string>> = {
  gap: "Not in the log",
  synced: "Copied",
  throttled: "Throttled",
  filtered: "Filtered out",
};

/** What nobody can know from these records, in plain words. */
function unknowns(facts: MailboxFacts, findings: Findings | undefined): Markup {
  const missing = findings?.rules.filter(({ outcome }) => outcome === "notAssessed") ?? [];
  const failed = findings?.rules.filter(({ outcome }) => outcome === "error") ?? [];
  const gaps = facts.coverage.filter(({ kind }) => kind !== "logged");
  const items: Content[] = gaps.slice(0, 6).map(({ detail, from, to, kind }) => {
    const ranged = /no record of any kind/.test(detail) ? ` (${spoken(from)} to ${spoken(to)})` : "";
    return html`<b>${KIND_WORDS[kind] ?? kind}:</b> ${evidence(detail)}${ranged}`;
  });
  if (gaps.length > 6) items.push(`${counted(gaps.length - 6, "further gap")}: see Coverage.`);
  items.push(
    "Rules, forwarding, permissions, consents and passwords: no record of this kind of log speaks of them. Look in the tenant.",
  );
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

function tiles(facts: MailboxFacts): Markup {
  const { entered: came } = intruders(facts);
  const values: readonly (readonly [string, string])[] = [
    [figure(came.length), came.length === 1 ? "suspicious address got in" : "suspicious addresses got in"],
    [figure(facts.suspiciousSearches), "suspicious searches"],
    [figure(facts.direct), "messages accessed from there"],
    [figure(facts.copied), "further messages copied"],
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

/** The answer for one mailbox. */
export function answer(id: string, facts: MailboxFacts, findings: Findings | undefined): Markup {
  const verdict = verdictOf(facts, findings);
  const incident = incidentOf(facts);
  const words = {
    entered: incident === undefined ? clear : entered(facts, incident),
    unclear: unclear(facts),
    clear,
    "not-assessed": notAssessed,
  };
  return html`<section id="${id}" class="answer v-${verdict}" aria-labelledby="${id}-h">
    <h2 id="${id}-h"><span class="glyph" aria-hidden="true">${GLYPHS[verdict]}</span> ${VERDICT_WORDS[verdict]}</h2>
    ${words[verdict]}${findings === undefined ? "" : tiles(facts)}${unknowns(facts, findings)}
  </section>`;
}

/** Several mailboxes side by side. */
export function overview(
  mailboxes: readonly MailboxFacts[],
  findings: Findings | undefined,
  ids: ReadonlyMap<string, string>,
): Markup {
  const rows = mailboxes.map((facts) => {
    const verdict = verdictOf(facts, findings);
    const id = ids.get(facts.name);
    const name = facts.name === "" ? "unnamed mailbox" : facts.name;
    return html`<tr>
      <td>${id === undefined ? evidence(name) : html`<a href="#${id}">${evidence(name)}</a>`}</td>
      <td class="v-${verdict}">
        <span class="glyph" aria-hidden="true">${GLYPHS[verdict]}</span> ${VERDICT_WORDS[verdict]}
      </td>
      <td><span class="n">${figure(facts.findings.length)}</span></td>
      <td><span class="n">${figure(intruders(facts).entered.length)}</span></td>
      <td><span class="n">${figure(facts.direct)}</span></td>
      <td><span class="n">${figure(facts.copied)}</span></td>
      <td><span class="n">${figure(facts.rows)}</span></td>
    </tr>`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Mailboxes">
    <table>
      <thead>
        <tr>
          <th scope="col">Mailbox</th>
          <th scope="col">Answer</th>
          <th scope="col">Findings</th>
          <th scope="col">Suspicious addresses</th>
          <th scope="col">Messages accessed</th>
          <th scope="col">Copied</th>
          <th scope="col">Rows</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
