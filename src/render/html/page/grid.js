import { make, visible } from "./dom.js";

/**
 * What a grid shows: so many rows, and the text of each cell.
 *
 * @typedef {object} View
 * @property {string[]} columns
 * @property {number} count
 * @property {(index: number, column: number) => string} text
 * @property {(index: number) => boolean} isMarked whether a row is of a suspicious address
 * @property {{ column: number, down: boolean } | undefined} sort
 */

const ROW = 24;
const BEYOND = 6;
/** A cell shows no more than this; the row's details show all. */
const LONGEST = 300;

/** How wide a text is in digits, more or less: good enough for a column, and nothing has to be drawn. @param {string} text */
function breadthOf(text) {
  const wide = text.match(/[A-Z@mwMW%]/g)?.length ?? 0;
  const thin = text.match(/[ijlt.,;:'| ()-]/g)?.length ?? 0;
  const digits = text.match(/\d/g)?.length ?? 0;
  return text.length * 0.94 + wide * 0.3 + digits * 0.06 - thin * 0.35;
}

/**
 * A list of which only the rows in sight exist. It sets textContent of cells that are there and nothing else.
 *
 * @param {HTMLElement} box the scrolling element
 * @param {{ sort(column: number): void, open(index: number): void, move(index: number): void }} on
 */
export function newGrid(box, on) {
  /** @type {View} */
  let view = { columns: [], count: 0, text: () => "", isMarked: () => false, sort: undefined };
  let active = 0;
  const head = make("div", "g-head");
  head.setAttribute("role", "row");
  const body = make("div", "g-body");
  body.setAttribute("role", "rowgroup");
  box.append(head, body);
  /** @type {{ row: HTMLElement, cells: HTMLElement[], index: number }[]} */
  let pool = [];

  /** @param {number} column */
  const widthOf = (column) => {
    const step = Math.max(1, Math.floor(view.count / 120));
    const lengths = [];
    for (let index = 0; index < view.count; index += step) lengths.push(breadthOf(view.text(index, column)));
    lengths.sort((a, b) => a - b);
    const usual = lengths[Math.floor(lengths.length * 0.97)] ?? 0;
    return Math.round(Math.min(34, Math.max(usual + 2.6, breadthOf(view.columns[column] ?? "") + 4.6, 6)) * 10) / 10;
  };

  const build = () => {
    head.textContent = "";
    body.textContent = "";
    pool = [];
    const template = view.columns.map((_name, column) => `${widthOf(column)}ch`).join(" ");
    box.style.setProperty("--columns", template);
    for (const [column, name] of view.columns.entries()) {
      const cell = make("div", "g-th");
      cell.setAttribute("role", "columnheader");
      const isSorted = view.sort?.column === column;
      cell.setAttribute("aria-sort", isSorted ? (view.sort?.down === true ? "descending" : "ascending") : "none");
      const button = make("button", "", `${name}${isSorted ? (view.sort?.down === true ? " ▼" : " ▲") : ""}`);
      button.type = "button";
      button.addEventListener("click", () => on.sort(column));
      cell.append(button);
      head.append(cell);
    }
  };

  const grow = () => {
    const wanted = Math.min(view.count, Math.ceil(box.clientHeight / ROW) + 2 * BEYOND);
    while (pool.length < wanted) {
      const row = make("div", "g-row");
      row.setAttribute("role", "row");
      const cells = view.columns.map(() => {
        const cell = make("div", "g-td");
        cell.setAttribute("role", "gridcell");
        row.append(cell);
        return cell;
      });
      const entry = { row, cells, index: -1 };
      row.addEventListener("click", () => {
        if (entry.index >= 0) on.open(entry.index);
      });
      body.append(row);
      pool.push(entry);
    }
  };

  const draw = () => {
    body.style.height = `${view.count * ROW}px`;
    grow();
    const first = Math.max(0, Math.floor(box.scrollTop / ROW) - BEYOND);
    for (const [at, entry] of pool.entries()) {
      // Each row that comes into sight takes the element of one that left it.
      const index = first + ((at - (first % pool.length) + pool.length) % pool.length);
      const { row, cells } = entry;
      const isThere = index < view.count;
      row.hidden = !isThere;
      if (!isThere) {
        entry.index = -1;
        continue;
      }
      if (entry.index !== index) {
        entry.index = index;
        row.style.top = `${index * ROW}px`;
        row.id = `g-row-${index}`;
        row.setAttribute("aria-rowindex", String(index + 2));
        for (const [column, cell] of cells.entries()) {
          const text = view.text(index, column);
          cell.textContent = visible(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
        }
      }
      row.classList.toggle("marked", view.isMarked(index));
      row.classList.toggle("active", index === active);
      row.setAttribute("aria-selected", String(index === active));
    }
    if (view.count > 0) box.setAttribute("aria-activedescendant", `g-row-${active}`);
    else box.removeAttribute("aria-activedescendant");
  };

  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  };
  box.addEventListener("scroll", later, { passive: true });
  new ResizeObserver(later).observe(box);

  /** @param {number} index */
  const go = (index) => {
    if (view.count === 0) return;
    active = Math.max(0, Math.min(view.count - 1, index));
    const top = active * ROW;
    const sight = box.clientHeight - head.offsetHeight - ROW;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top > box.scrollTop + sight) box.scrollTop = top - sight;
    draw();
    on.move(active);
  };

  box.addEventListener("keydown", (event) => {
    if (event.target !== box || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(box.clientHeight / ROW) - 3);
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => go(active + 1),
      ArrowUp: () => go(active - 1),
      PageDown: () => go(active + page),
      PageUp: () => go(active - page),
      Home: () => go(0),
      End: () => go(view.count - 1),
      ArrowRight: () => box.scrollBy({ left: 80 }),
      ArrowLeft: () => box.scrollBy({ left: -80 }),
      Enter: () => on.open(active),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });

  return {
    /** @param {View} next */
    show(next) {
      view = next;
      active = 0;
      box.setAttribute("aria-rowcount", String(next.count + 1));
      box.setAttribute("aria-colcount", String(next.columns.length));
      build();
      box.scrollTop = 0;
      draw();
    },
    go,
    get active() {
      return active;
    },
  };
}
