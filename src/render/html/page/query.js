import { breathe, SLICE } from "./dom.js";
/** @import { Table } from "./rows.js" */

/**
 * One condition of the filter box, or of a button: a row's number in, whether it stays out.
 *
 * @typedef {(row: number) => boolean} Condition
 */

/** @param {string} name */
const plain = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** @type {Record<string, (a: number, b: number) => boolean>} */
const COMPARISONS = { ">=": (a, b) => a >= b, "<=": (a, b) => a <= b, ">": (a, b) => a > b, "<": (a, b) => a < b };

/**
 * The conditions of what was typed: words that must all be in the row, in whatever column and case; `"two words"`
 * together; `-word` not; `column:word` in that column; `column=word` exactly; `column>=number` and the like.
 *
 * @param {string} typed
 * @param {Table} table
 * @param {string[]} texts
 * @returns {Condition[]}
 */
export function conditionsOf(typed, table, texts) {
  const terms = typed.match(/-?(?:[\w&-]+(?:>=|<=|[:=<>]))?(?:"[^"]*"?|\S+)/g) ?? [];
  return terms.map((term) => {
    const not = term.startsWith("-") && term.length > 1;
    const parts = /^([\w&-]+?)(>=|<=|[:=<>])(.*)$/s.exec(not ? term.slice(1) : term);
    const named = parts === null ? [] : columnsNamed(table, parts[1] ?? "");
    const [operator, rest] =
      parts !== null && named.length > 0 ? [parts[2] ?? ":", parts[3] ?? ""] : [":", not ? term.slice(1) : term];
    const wanted = rest.replace(/^"|"$/g, "").toLowerCase();
    const columns = named.length > 0 ? named : [...table.columns.keys()];
    const compare = COMPARISONS[operator];
    const matches =
      compare !== undefined
        ? (/** @type {string} */ text) => text.trim() !== "" && compare(Number(text), Number(wanted))
        : operator === "="
          ? (/** @type {string} */ text) => text.toLowerCase() === wanted
          : (/** @type {string} */ text) => text.toLowerCase().includes(wanted);
    // A text stands in many rows and is looked at once.
    const known = new Uint8Array(texts.length);
    const cells = columns.map((column) => /** @type {Uint32Array} */ (table.cells[column]));
    return (row) => {
      for (const column of cells) {
        const text = /** @type {number} */ (column[row]);
        if (known[text] === 0) known[text] = matches(/** @type {string} */ (texts[text])) ? 1 : 2;
        if (known[text] === 1) return !not;
      }
      return not;
    };
  });
}

/**
 * The column of that name, or else those that begin with it.
 *
 * @param {Table} table
 * @param {string} name
 */
function columnsNamed({ columns }, name) {
  const wanted = plain(name);
  const numbers = [...columns.keys()];
  const exact = numbers.filter((at) => plain(columns[at] ?? "") === wanted);
  return exact.length > 0 || wanted === ""
    ? exact
    : numbers.filter((at) => plain(columns[at] ?? "").startsWith(wanted));
}

/**
 * The rows that meet every condition, in the order given. Works in slices; a later call makes an earlier one end.
 *
 * @param {Uint32Array} order
 * @param {Condition[]} conditions
 * @param {() => boolean} stale
 * @returns {Promise<Uint32Array | undefined>} undefined where it was stale.
 */
export async function filtered(order, conditions, stale) {
  if (conditions.length === 0) return order;
  const rows = new Uint32Array(order.length);
  let count = 0;
  let started = performance.now();
  for (const [at, row] of order.entries()) {
    if (conditions.every((condition) => condition(row))) rows[count++] = row;
    if (at % 512 === 0 && performance.now() - started > SLICE) {
      await breathe();
      if (stale()) return undefined;
      started = performance.now();
    }
  }
  return rows.slice(0, count);
}

const US_DATE = /^(\d\d)\/(\d\d)\/(\d{4})(?: (\d\d):(\d\d):(\d\d)(?: ([AP])M)?)?$/;

/** @param {string} text */
function usTime(text) {
  const found = US_DATE.exec(text);
  if (found === null) return Number.NaN;
  const [, month, day, year, hour = "0", minute = "0", second = "0", half] = found;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === "P" ? 12 : 0);
  return Date.UTC(Number(year), Number(month) - 1, Number(day), hours, Number(minute), Number(second));
}

/** `Item 9` before `Item 10`, 10.0.0.9 before 10.0.0.10. @param {string} text */
const naturalKey = (text) =>
  text.toLowerCase().replace(/\d+/g, (digits) => {
    const number = digits.replace(/^0+(?=\d)/, "");
    return String.fromCharCode(48 + Math.min(number.length, 60)) + number;
  });

/** Nothing to sort by; stands last whichever way. @param {string} text */
const isNothing = (text) => text === "" || text === "No Data";

/**
 * All rows of a table in the order of a column: numbers as numbers, times as times, texts naturally.
 *
 * @param {Table} table
 * @param {number} column
 * @param {boolean} down
 * @param {string[]} texts
 * @returns {Promise<Uint32Array>}
 */
export async function sorted(table, column, down, texts) {
  const cells = /** @type {Uint32Array} */ (table.cells[column]);
  const distinct = [...new Set(cells)];
  const filled = distinct.filter((text) => !isNothing(texts[text] ?? ""));
  const sample = filled.slice(0, 200).map((text) => texts[text] ?? "");
  const isNumber = sample.length > 0 && sample.every((text) => /^-?\d+(?:\.\d+)?(?: ?%)?$/.test(text));
  const isTime = sample.length > 0 && sample.every((text) => US_DATE.test(text));
  const keyOf = isNumber ? (/** @type {string} */ text) => Number.parseFloat(text) : isTime ? usTime : naturalKey;
  /** @type {Map<number, number | string>} */
  const keys = new Map();
  let started = performance.now();
  for (const text of filled) {
    keys.set(text, keyOf(texts[text] ?? ""));
    if (performance.now() - started > SLICE) {
      await breathe();
      started = performance.now();
    }
  }
  const turn = down ? -1 : 1;
  filled.sort((a, b) => {
    const [first, second] = [keys.get(a) ?? 0, keys.get(b) ?? 0];
    return first < second ? -turn : first > second ? turn : 0;
  });
  const ranks = new Map(filled.map((text, rank) => [text, rank]));
  // Rows of equal rank keep the table's order.
  const starts = new Uint32Array(filled.length + 2);
  const rankOf = (/** @type {number} */ row) => ranks.get(cells[row] ?? 0) ?? filled.length;
  for (let row = 0; row < cells.length; row++) starts[rankOf(row) + 1] = (starts[rankOf(row) + 1] ?? 0) + 1;
  for (let rank = 1; rank < starts.length; rank++) starts[rank] = (starts[rank] ?? 0) + (starts[rank - 1] ?? 0);
  const order = new Uint32Array(cells.length);
  for (let row = 0; row < cells.length; row++) {
    const rank = rankOf(row);
    const place = starts[rank] ?? 0;
    order[place] = row;
    starts[rank] = place + 1;
  }
  return order;
}

/**
 * A row's time in milliseconds UTC, of its Date and Time.
 *
 * @param {string} date
 * @param {string} time
 */
export function timeOf(date, time) {
  const found = /^(\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)\d*(Z|[+-]\d\d:?\d\d)?$/.exec(time);
  return found === null ? Date.parse(date) : Date.parse(`${date}T${found[1]}${found[2] ?? "Z"}`);
}
