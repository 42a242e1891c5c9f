import { scaleSqrt } from "d3-scale";
import { symbol, symbolTriangle } from "d3-shape";
import { unseenWords } from "../bundle-facts.ts";
import type { MailboxFacts } from "../mailbox-facts.ts";
import type { Markup } from "../markup.ts";
import { code, evidence, html } from "../markup.ts";
import { beneath, rowsButton, section, table } from "../parts.ts";
import { counted, figure } from "../words.ts";
import { countryName, MAP_HEIGHT, MAP_WIDTH, middleOf, outlineOf } from "../world-map.ts";

interface Country {
  readonly code: string;
  logons: number;
  failed: number;
  readonly addresses: string[];
  readonly suspicious: string[];
}

function countriesOf({ addresses, suspicious }: MailboxFacts): Country[] {
  const countries = new Map<string, Country>();
  for (const { address, country, logons, failed } of addresses) {
    if (logons + failed === 0) continue;
    const known = countries.get(country) ?? { code: country, logons: 0, failed: 0, addresses: [], suspicious: [] };
    known.logons += logons;
    known.failed += failed;
    known.addresses.push(address);
    if (suspicious.has(address)) known.suspicious.push(address);
    countries.set(country, known);
  }
  return [...countries.values()].sort(
    (a, b) => b.logons + b.failed - a.logons - a.failed || (a.code < b.code ? -1 : 1),
  );
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** One sign a country: a triangle where a suspicious address is among them, else a circle; the area is the logons. */
function signs(countries: readonly Country[]): Markup {
  const most = Math.max(...countries.map(({ logons, failed }) => logons + failed), 1);
  const radius = scaleSqrt().domain([0, most]).range([3, 20]);
  const taken: Box[] = [];
  const drawn = [...countries].sort((a, b) => b.suspicious.length - a.suspicious.length);
  const marks = drawn.map((country) => {
    const middle = middleOf(country.code);
    if (middle === undefined) return undefined;
    const [x, y] = middle;
    const count = country.logons + country.failed;
    const size = Math.round(radius(count) * 10) / 10;
    const isSuspicious = country.suspicious.length > 0;
    const label = `${country.code} ${figure(count)}`;
    const half = label.length * 3.4 + 2;
    const above = y - size - 4;
    const box = { left: x - half, right: x + half, top: above - 10, bottom: above + 2 };
    const fits = isSuspicious || !taken.some((other) => overlap(box, other));
    if (fits) taken.push(box);
    const shape = isSuspicious
      ? html`<path d="${symbol(symbolTriangle, size * size * 1.6).digits(1)() ?? ""}" />`
      : html`<circle r="${size}" />`;
    return {
      size,
      isSuspicious,
      mark: html`<g class="${isSuspicious ? "bad" : "own"}" transform="translate(${x},${y})"
        ><title>
          ${countryName(country.code)}: ${counted(country.logons, "logon")}, ${figure(country.failed)} failed,
          ${counted(country.addresses.length, "address", "addresses")}${isSuspicious ? `, suspicious: ${country.suspicious.slice(0, 5).join(", ")}` : ""}</title
        >${shape}</g
      >`,
      label: fits ? html`<text x="${x}" y="${Math.round(above * 10) / 10}">${label}</text>` : "",
    };
  });
  const shown = marks
    .filter((mark) => mark !== undefined)
    .sort((a, b) => Number(a.isSuspicious) - Number(b.isSuspicious) || b.size - a.size);
  return html`${shown.map(({ mark }) => mark)}${shown.map(({ label }) => label)}`;
}

/** From which countries the logons came. */
export function placesSection(id: string, facts: MailboxFacts, file: string): Markup {
  // Scores and logons by address are of the whole log, whatever a filter keeps out.
  if (!facts.bundle.has("ip-scores")) return section(id, "Places", html`<p>${unseenWords(facts, ["ip-scores"])}</p>`);
  const countries = countriesOf(facts);
  const known = countries.filter((country) => country.code !== "");
  const total = countries.reduce((sum, { logons, failed }) => sum + logons + failed, 0);
  const unknown = countries.find((country) => country.code === "");
  const lost = unknown === undefined ? 0 : unknown.logons + unknown.failed;
  const rows = countries.map((country) => [
    country.code === ""
      ? html`<i>not known</i>`
      : html`${countryName(country.code)} <span class="mono">${country.code}</span>`,
    html`<span class="n">${figure(country.logons)}</span>`,
    html`<span class="n">${figure(country.failed)}</span>`,
    html`<span class="n">${figure(country.addresses.length)}</span>`,
    country.suspicious.length === 0
      ? ""
      : html`▲
        ${country.suspicious.slice(0, 4).map((address) => html`${code(address)} `)}${country.suspicious.length > 4 ? `and ${country.suspicious.length - 4} more` : ""}`,
  ]);
  const listing = table(
    ["Country", "Logons", "Failed", "Addresses", "Suspicious addresses"],
    rows,
    "Logons by country",
  );
  const addresses = addressTable(facts, file);
  if (known.length === 0) {
    return section(
      id,
      "Places",
      html`<p>
        ${
          total === 0
            ? "No logon with an address is in these records, so there is no map."
            : `No address could be placed in a country (${counted(total, "logon")}): no database was given, or it knows none of the addresses. So there is no map.`
        }
      </p>`,
      addresses,
    );
  }
  const bad = known.filter(({ suspicious }) => suspicious.length > 0);
  const words = `World map of ${counted(total - lost, "logon")} from ${counted(known.length, "country", "countries")}; most from ${countryName(known[0]?.code ?? "")}${bad.length > 0 ? `; suspicious ones from ${bad.map((country) => countryName(country.code)).join(", ")}` : ""}`;
  const shaded = known.map((country) => {
    const outline = outlineOf(country.code);
    return outline === undefined
      ? ""
      : html`<path class="${country.suspicious.length > 0 ? "bad" : "own"}" d="${outline}" />`;
  });
  return section(
    id,
    "Places",
    html`<figure>
      <div class="scroll picture">
        <svg class="map" viewBox="0 0 ${MAP_WIDTH} ${MAP_HEIGHT}" role="img" aria-label="${words}">
          <title>${words}</title>
          <use href="#world" width="${MAP_WIDTH}" height="${MAP_HEIGHT}" class="land" />
          <g class="shade">${shaded}</g>
          ${signs(known)}
        </svg>
      </div>
      <figcaption>
        Logons by country of the address, successful and failed. Triangle: at least one suspicious address; circle:
        none. The area is the number of logons.${lost > 0 ? ` ${counted(lost, "logon")} could not be placed.` : ""}
        Databases err, and an address says where a network is registered, not where a person sits.
      </figcaption>
    </figure>`,
    beneath("Logons by country as a table", listing),
    addresses,
  );
}

const MOST_ADDRESSES = 25;

/** The addresses that score, and what was done from them. */
function addressTable({ addresses, suspicious, review, name }: MailboxFacts, file: string): Markup | string {
  const scored = addresses.filter(({ address }) => suspicious.has(address) || review.has(address));
  const shown = scored.slice(0, MOST_ADDRESSES);
  if (shown.length === 0) return "";
  const rows = shown.map((address) => [
    html`<span class="nowrap">${suspicious.has(address.address) ? "▲ " : "◆ "}${code(address.address)}</span>`,
    html`<span class="n">${address.score}</span>`,
    evidence(
      [address.city, countryName(address.country), address.organization].filter((word) => word !== "").join(", "),
    ),
    html`<span class="n">${figure(address.logons)}</span>`,
    html`<span class="n">${figure(address.failed)}</span>`,
    html`<span class="n">${figure(address.reads)}</span>`,
    html`<span class="n">${figure(address.searches)}</span>`,
    html`<span class="n">${figure(address.attachments)}</span>`,
    evidence(address.apps),
    rowsButton("Rows", { table: "timeline", ip: address.address, mailbox: name }),
  ]);
  return html`<h3>Addresses that score</h3>
    ${table(["Address", "Score", "Place and network", "Logons", "Failed", "Reads", "Searches", "Attachments", "Clients", ""], rows, "Addresses that score")}${scored.length > shown.length ? html`<p class="note">${counted(scored.length - shown.length, "more address", "more addresses")} of medium score or higher: see <span class="mono">${file}</span>.</p>` : ""}`;
}
