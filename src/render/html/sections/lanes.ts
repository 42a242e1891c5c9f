import { scaleUtc } from "d3-scale";
import { unseenWords } from "../bundle-facts.ts";
import type { MailboxFacts } from "../mailbox-facts.ts";
import type { Markup } from "../markup.ts";
import { code, html } from "../markup.ts";
import { beneath, rowsButton, section, table } from "../parts.ts";
import type { Stretch } from "../sessions.ts";
import { joined, PAUSE } from "../sessions.ts";
import { counted, figure, millisecondsOf, utcAsTold } from "../words.ts";

/** Units of the picture. The page's script knows the first two from the picture's data attributes. */
const LEFT = 196;
const WIDTH = 1000;
const TOP = 30;
const LANE = 28;
/** Within a lane: the row of signs, and the bars below it. */
const SIGNS = 7;
const BAR = 13;
const BAR_HEIGHT = 11;

const MOST_SUSPICIOUS = 30;
const MOST_REVIEW = 10;
const MOST_OWN = 12;
/** More stretches than this are joined over longer pauses, so that the picture stays one. */
const MOST_STRETCHES = 800;

interface LaneHead {
  readonly address: string;
  readonly kind: "bad" | "look" | "own";
  readonly events: number;
}

interface Lane extends LaneHead {
  readonly stretches: readonly Stretch[];
}

const GROUPS: Readonly<Record<Lane["kind"], string>> = {
  bad: "▲ Suspicious addresses",
  look: "◆ Addresses that ask for a look",
  own: "● All other addresses",
};

function lanesOf(facts: MailboxFacts): {
  readonly lanes: readonly Lane[];
  readonly hidden: number;
  readonly pause: number;
} {
  const { deeds } = facts;
  const addresses = new Set(deeds.addresses());
  const all = [...addresses].map((address): LaneHead => {
    const kind = facts.suspicious.has(address) ? "bad" : facts.review.has(address) ? "look" : "own";
    return { address, kind, events: deeds.rowsOf(address) };
  });
  const scores = new Map(facts.addresses.map(({ address, score }) => [address, score]));
  type Rank = (a: LaneHead, b: LaneHead) => number;
  const order: Rank = (a, b) =>
    (scores.get(b.address) ?? 0) - (scores.get(a.address) ?? 0) ||
    b.events - a.events ||
    (a.address < b.address ? -1 : 1);
  const some = (kind: Lane["kind"], most: number, by: Rank) =>
    all
      .filter((lane) => lane.kind === kind)
      .sort(by)
      .slice(0, most);
  const busiest: Rank = (a, b) => b.events - a.events || (a.address < b.address ? -1 : 1);
  const chosen: readonly Lane[] = [
    ...some("bad", MOST_SUSPICIOUS, order),
    ...some("look", MOST_REVIEW, order),
    ...some("own", MOST_OWN, busiest),
  ].map((lane) => ({
    ...lane,
    stretches: joined(deeds.stretchesOf(lane.address), PAUSE),
  }));
  let pause = PAUSE;
  let lanes = chosen;
  const count = () => lanes.reduce((sum, { stretches }) => sum + stretches.length, 0);
  while (count() > MOST_STRETCHES && pause < 1e11) {
    pause *= 2;
    lanes = chosen.map((lane) => ({
      ...lane,
      stretches: joined(lane.stretches, lane.kind === "own" ? pause * 4 : pause),
    }));
  }
  return { lanes, hidden: all.length - lanes.length, pause };
}

function words(stretch: Stretch): string {
  const parts: readonly (readonly [number, string, string])[] = [
    [stretch.logons, "logon", "logons"],
    [stretch.failed, "failed logon", "failed logons"],
    [stretch.searches, "search row", "search rows"],
    [stretch.reads, "reading row", "reading rows"],
    [stretch.attachments, "attachment row", "attachment rows"],
    // One message may leave several: of its draft, its answer and its sending.
    [stretch.messages, "row of messages written or sent", "rows of messages written or sent"],
    [stretch.others, "other row", "other rows"],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => counted(count, one, many))
    .join(", ");
}

const round = (value: number) => Math.round(value * 100) / 100;

const GLYPHS = {
  search: "M0,-4.5L4.5,0L0,4.5L-4.5,0Z",
  failed: "M-3.5,-3.5L3.5,3.5M3.5,-3.5L-3.5,3.5",
  message: "M-3.5,-4.5L4.5,0L-3.5,4.5Z",
};

/** The signs of a stretch, side by side from its beginning on. */
function signs(stretch: Stretch, left: number, y: number): Markup[] {
  const kinds = (["failed", "search", "message"] as const).filter(
    (kind) => (kind === "failed" ? stretch.failed : kind === "search" ? stretch.searches : stretch.messages) > 0,
  );
  return kinds.map(
    (kind, at) =>
      html`<path
        class="g ${kind}"
        d="${GLYPHS[kind]}"
        transform="translate(${round(left + 1 + at * 11)},${y})"
        data-dx="${1 + at * 11}"
        data-y="${y}"
      />`,
  );
}

function laneMarkup(lane: Lane, y: number, x: (time: number) => number, told: (time: number) => string): Markup {
  const label = lane.address.length > 27 ? `${lane.address.slice(0, 26)}…` : lane.address;
  const stretches = lane.stretches.map((stretch) => {
    const from = x(stretch.from);
    const width = Math.max(2.5, round(x(stretch.to) - from));
    const title = `${lane.address}, ${told(stretch.from)} to ${told(stretch.to)} UTC: ${words(stretch)}`;
    return html`<g class="st" data-from="${stretch.from}" data-to="${stretch.to}"
      ><title>${title}</title
      ><rect x="${from}" y="${y + BAR}" width="${width}" height="${BAR_HEIGHT}" />${signs(stretch, from, y + SIGNS)}</g
    >`;
  });
  return html`<g
    class="lane ${lane.kind}"
    data-ip="${lane.address}"
    tabindex="0"
    role="group"
    aria-label="${lane.address}: ${counted(lane.stretches.length, "stretch", "stretches")} of activity, ${counted(lane.events, "row")}. Arrow keys go through them, Enter shows the rows."
    ><rect class="ground" x="0" y="${y}" width="${WIDTH}" height="${LANE}" /><text class="ip" x="8" y="${y + BAR + 9}"
      >${label}</text
    ><g class="in">${stretches}</g></g
  >`;
}

/** Stretches of the log without any record, which are not the whole of it. */
function gapsOf({ coverage }: MailboxFacts, from: number, to: number): readonly (readonly [number, number])[] {
  return coverage
    .filter(({ kind, detail }) => kind === "gap" && detail.startsWith("no record of any kind"))
    .map((gap) => [millisecondsOf(gap.from), millisecondsOf(gap.to)] as const)
    .filter(([start, end]) => end > start && start >= from && end <= to);
}

/** Half an hour, doubled as often as it takes. */
function pauseWords(pause: number): string {
  return pause <= PAUSE ? "30 minutes" : counted(Math.round(pause / 3_600_000), "hour");
}

/** A tick's words: the day, and the hour where the day is cut finer. The page's script has the same rule. */
function tickWords(date: Date, step: number): string {
  const iso = date.toISOString();
  return step >= 86_400_000 ? iso.slice(0, 10) : iso.slice(5, 16).replace("T", " ");
}

/** Who was in the mailbox when: a lane an address, the suspicious ones apart. */
export function lanesSection(id: string, facts: MailboxFacts, file: string): Markup {
  const unseen = unseenWords(facts, ["timeline", "ip-scores"]);
  if (!facts.bundle.has("timeline")) return section(id, "Sessions", html`<p>${unseen}</p>`);
  const { lanes, hidden, pause } = lanesOf(facts);
  if (lanes.length === 0 || !Number.isFinite(facts.firstTime)) {
    return section(
      id,
      "Sessions",
      html`<p>No row has an address and a readable time, so there is nothing to draw. ${unseen}</p>`,
    );
  }
  const span = Math.max(facts.lastTime - facts.firstTime, 60_000);
  const [from, to] = [facts.firstTime - span * 0.005, facts.firstTime + span * 1.005].map(Math.round) as [
    number,
    number,
  ];
  const scale = scaleUtc()
    .domain([from, to])
    .range([LEFT, WIDTH - 8]);
  const x = (time: number) => round(scale(time));
  const told = (time: number) => utcAsTold(time, facts.minutes);
  let y = TOP;
  const groups = (["bad", "look", "own"] as const).map((kind) => {
    const own = lanes.filter((lane) => lane.kind === kind);
    if (own.length === 0) return "";
    const heading = html`<text class="group ${kind}" x="8" y="${y + 15}">${GROUPS[kind]}</text>`;
    y += 22;
    const drawn = own.map((lane) => {
      const markup = laneMarkup(lane, y, x, told);
      y += LANE;
      return markup;
    });
    y += 8;
    return html`${heading}${drawn}`;
  });
  const bottom = y;
  const ticks = scale.ticks(7).filter((tick) => x(tick.getTime()) < WIDTH - 40);
  const step = (ticks[1]?.getTime() ?? 0) - (ticks[0]?.getTime() ?? 0);
  const axis = ticks.map(
    (tick) =>
      html`<g class="tick" transform="translate(${x(tick.getTime())},0)"
        ><line y1="22" y2="${bottom}" /><text y="16">${tickWords(tick, step)}</text></g
      >`,
  );
  const gaps = gapsOf(facts, from, to).map(
    ([start, end]) =>
      html`<rect
        class="gap"
        data-from="${start}"
        data-to="${end}"
        x="${x(start)}"
        y="22"
        width="${Math.max(1, x(end) - x(start))}"
        height="${bottom - 22}"
        ><title>No record of any kind, ${told(start)} to ${told(end)} UTC</title></rect
      >`,
  );
  const title = `Activity by address from ${told(facts.firstTime)} to ${told(facts.lastTime)} UTC: ${GROUPS.bad.slice(2)} ${lanes.filter(({ kind }) => kind === "bad").length}, others ${lanes.filter(({ kind }) => kind !== "bad").length}`;
  const rows = lanes.map((lane) => [
    lane.kind === "bad" ? "▲ suspicious" : lane.kind === "look" ? "◆ look" : "● other",
    code(lane.address),
    html`<span class="n">${figure(lane.stretches.length)}</span>`,
    html`<span class="n">${figure(lane.events)}</span>`,
    told(lane.stretches[0]?.from ?? Number.NaN),
    told(Math.max(...lane.stretches.map((stretch) => stretch.to))),
    rowsButton("Rows", { table: "timeline", ip: lane.address, mailbox: facts.name }),
  ]);
  return section(
    id,
    "Sessions",
    html`<div class="zoom" hidden data-for="${id}-svg">
        <button type="button" data-zoom="in">Zoom in</button><button type="button" data-zoom="out">Zoom out</button
        ><button type="button" data-zoom="left">Earlier</button><button type="button" data-zoom="right">Later</button
        ><button type="button" data-zoom="all">All</button><span class="note" aria-live="polite"></span>
      </div>
      <figure>
        <div class="scroll picture">
          <svg
            class="lanes"
            id="${id}-svg"
            viewBox="0 0 ${WIDTH} ${bottom + 4}"
            data-from="${from}"
            data-to="${to}"
            data-left="${LEFT}"
            data-right="${WIDTH - 8}"
            data-bottom="${bottom}"
            data-mailbox="${facts.name}"
            role="group"
            aria-label="${title}"
          >
            <title>${title}</title>
            <clipPath id="${id}-clip">
              <rect x="${LEFT}" y="0" width="${WIDTH - 8 - LEFT}" height="${bottom}" />
            </clipPath>
            <g class="gaps" clip-path="url(#${id}-clip)">${gaps}</g>
            <g class="axis">${axis}</g>
            <g class="all">${groups}</g>
          </svg>
        </div>
        <figcaption>
          <span class="legend"
            ><svg viewBox="-7 -7 14 14" aria-hidden="true"><path class="g search" d="${GLYPHS.search}" /></svg> search
            <svg viewBox="-7 -7 14 14" aria-hidden="true"><path class="g failed" d="${GLYPHS.failed}" /></svg> failed
            logon
            <svg viewBox="-7 -7 14 14" aria-hidden="true"><path class="g message" d="${GLYPHS.message}" /></svg> row of
            messages written or sent
            <svg viewBox="0 0 20 12" class="wide" aria-hidden="true"><rect class="gap" width="20" height="12" /></svg>
            no record of any kind</span
          >
          Times are UTC. ${unseen}A bar is a stretch of rows of that address without a pause of more than
          ${pauseWords(pause)}${pause > PAUSE ? ` (of unsuspicious addresses ${pauseWords(pause * 4)})` : ""}; signs
          above its beginning say what it holds (those of unsuspicious addresses only when zoomed in). Rows have the
          address they are attributed to, which is not always
          certain.${hidden > 0 ? ` ${counted(hidden, "further address", "further addresses")} with fewer rows or a lower score not drawn: see ${file}.` : ""}<span
            class="js-only"
          >
            Drag over a stretch of time to zoom, click a bar for its rows.</span
          >
        </figcaption>
      </figure>`,
    beneath(
      "The lanes as a table",
      table(["", "Address", "Stretches", "Rows", "First (UTC)", "Last (UTC)", ""], rows, "Lanes"),
    ),
  );
}
