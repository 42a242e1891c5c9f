import { scaleLinear, scaleUtc } from "d3-scale";
import { stack } from "d3-shape";
import { unseenWords } from "../bundle-facts.ts";
import type { MailboxFacts } from "../mailbox-facts.ts";
import { evidenceKind } from "../mailbox-facts.ts";
import type { Markup } from "../markup.ts";
import { evidence, html } from "../markup.ts";
import { beneath, section, table } from "../parts.ts";
import { compareText, counted, figure } from "../words.ts";

const DAY = 86_400_000;
const LEFT = 52;
const WIDTH = 1000;
const TOP = 10;
const BOTTOM = 190;
/** Client types that are drawn for themselves; the palette has as many colours and patterns. */
const MOST_TYPES = 6;

interface Bin {
  readonly day: number;
  readonly counts: Record<string, number>;
}

/** Days, weeks or months: so many that a bar can still be seen. Weeks begin on Monday. */
function widthOf(days: number): { readonly words: string; start(day: number): number; next(day: number): number } {
  if (days <= 120) return { words: "day", start: (day) => day, next: (day) => day + 1 };
  // Day 0 was a Thursday.
  if (days <= 800) return { words: "week", start: (day) => day - ((((day + 3) % 7) + 7) % 7), next: (day) => day + 7 };
  const month = (day: number, further: number) => {
    const date = new Date(day * DAY);
    // Date.UTC takes the year 1 for 1901.
    return new Date(0).setUTCFullYear(date.getUTCFullYear(), date.getUTCMonth() + further, 1) / DAY;
  };
  return { words: "month", start: (day) => month(day, 0), next: (day) => month(day, 1) };
}

const OTHER = "other types";

/** Rows by client type over time. */
export function clientsSection(id: string, facts: MailboxFacts): Markup {
  const { clients } = facts;
  const unseen = unseenWords(facts, ["timeline"]);
  const days = [...clients.keys()].sort((a, b) => a - b);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined)
    return section(
      id,
      "Clients",
      html`<p>${facts.bundle.has("timeline") ? "No row with a readable time. " : ""}${unseen}</p>`,
    );
  const totals = new Map<string, number>();
  for (const counts of clients.values())
    for (const [type, count] of counts) totals.set(type, (totals.get(type) ?? 0) + count);
  const ranked = [...totals].sort((a, b) => b[1] - a[1] || compareText(a[0], b[0])).map(([type]) => type);
  const own = ranked.length > MOST_TYPES ? ranked.slice(0, MOST_TYPES - 1) : ranked;
  const keys = own.length < ranked.length ? [...own, OTHER] : own;
  const width = widthOf(last - first + 1);
  const bins = new Map<number, Bin>();
  for (const day of days) {
    const start = width.start(day);
    const bin = bins.get(start) ?? { day: start, counts: Object.fromEntries(keys.map((key) => [key, 0])) };
    for (const [type, count] of clients.get(day) ?? []) {
      const key = own.includes(type) ? type : OTHER;
      bin.counts[key] = (bin.counts[key] ?? 0) + count;
    }
    bins.set(start, bin);
  }
  const list = [...bins.values()];
  const series = stack<Bin>()
    .keys(keys)
    .value((bin, key) => bin.counts[key] ?? 0)(list);
  const most = Math.max(...list.map(({ counts }) => Object.values(counts).reduce((sum, count) => sum + count, 0)));
  const x = scaleUtc()
    .domain([width.start(first) * DAY, width.next(width.start(last)) * DAY])
    .range([LEFT, WIDTH - 8]);
  const y = scaleLinear().domain([0, most]).nice(4).range([BOTTOM, TOP]);
  const round = (value: number) => Math.round(value * 10) / 10;
  const bars = series.map((layer, at) => {
    const rects = layer.flatMap((point, index) => {
      const bin = list[index] as Bin;
      if (point[1] === point[0]) return [];
      const left = round(x(bin.day * DAY));
      const breadth = Math.max(0.8, round(x(width.next(bin.day) * DAY)) - left - 0.8);
      return `M${left},${round(y(point[1]))}h${round(breadth)}V${round(y(point[0]))}h${round(-breadth)}z`;
    });
    const path = rects.join("");
    return html`<g
      ><title>${layer.key}: ${counted(totals.get(layer.key) ?? 0, "row")}</title
      ><path class="c${at}" d="${path}" /><path fill="url(#pattern${at})" d="${path}"
    /></g>`;
  });
  const lines = y
    .ticks(4)
    .map(
      (tick) =>
        html`<g class="tick" transform="translate(0,${round(y(tick))})"
          ><line x1="${LEFT}" x2="${WIDTH - 8}" /><text x="${LEFT - 6}" y="4" class="end">${figure(tick)}</text></g
        >`,
    );
  const dates = x
    .ticks(8)
    .filter((tick) => x(tick) < WIDTH - 40)
    .map(
      (tick) =>
        html`<text class="mid" x="${round(x(tick))}" y="${BOTTOM + 18}">${tick.toISOString().slice(0, 10)}</text>`,
    );
  const legend = keys.map(
    (key, at) =>
      html`<span
        ><svg viewBox="0 0 18 12" class="wide" aria-hidden="true">
          <rect class="c${at}" width="18" height="12" />
          <rect fill="url(#pattern${at})" width="18" height="12" />
        </svg>
        ${evidence(key === "" ? "no type" : key, 40)}</span
      > `,
  );
  const title = `Rows a ${width.words} by client type: ${keys.map((key) => `${key} ${totals.get(key) ?? ""}`).join(", ")}`;
  const rows = list.map(({ day, counts }) => [
    new Date(day * DAY).toISOString().slice(0, 10),
    ...keys.map((key) => html`<span class="n">${figure(counts[key] ?? 0)}</span>`),
  ]);
  return section(
    id,
    "Clients",
    html`<figure>
      <div class="scroll picture">
        <svg class="clients" viewBox="0 0 ${WIDTH} ${BOTTOM + 26}" role="img" aria-label="${title}">
          <title>${title}</title>
          ${lines}${bars}${dates}
        </svg>
      </div>
      <figcaption>
        <span class="legend">${legend}</span> Rows a ${width.words} (UTC) by client type
        (AppIdType${evidenceKind(facts) !== "activities" ? "; of audit records the Client of ClientInfoString, else the workload" : ""});
        deliveries, which no client does, are left out. The legend is in the order of the bars, from below. ${unseen}
      </figcaption>
    </figure>`,
    beneath(
      "The bars as a table",
      table(
        [width.words === "day" ? "Day" : `${width.words === "week" ? "Week" : "Month"} from`, ...keys],
        rows,
        "Rows by client type",
      ),
    ),
  );
}

/** Patterns over the colours of the bars, and the hatch of gaps: told apart without colour. */
export function patterns(): Markup {
  const drawings = [
    "",
    '<path d="M0,8L8,0M-2,2L2,-2M6,10L10,6"/>',
    '<circle cx="4" cy="4" r="1.4"/>',
    '<path d="M0,4H8"/>',
    '<path d="M0,0L8,8M8,0L0,8"/>',
    '<path d="M4,0V8"/>',
  ];
  const made = drawings.map(
    (drawing, at) =>
      html`<pattern id="pattern${at}" class="pattern" width="8" height="8" patternUnits="userSpaceOnUse"
        >${{ markup: drawing }}</pattern
      >`,
  );
  return html`${made}<pattern id="hatch" class="hatch" width="7" height="7" patternUnits="userSpaceOnUse"
      ><path d="M0,7L7,0M-2,2L2,-2M5,9L9,5"
    /></pattern>`;
}
