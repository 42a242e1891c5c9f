import { breathe, SLICE } from "./dom.js";
/** @import { Table } from "./rows.js" */

/**
 * One condition of the filter box, or of a button: a row's number in, whether it stays out.
 *
 * @typedef {(row: number) => boolean} Condition
 */

/** @param {string} name */
const plain = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** @type {Record<string, { sign: string, holds: (order: number) => boolean }>} */
const COMPARISONS = {
  ">=": { sign: "≥", holds: (order) => order >= 0 },
  "<=": { sign: "≤", holds: (order) => order <= 0 },
  ">": { sign: ">", holds: (order) => order > 0 },
  "<": { sign: "<", holds: (order) => order < 0 },
};

const NUMBER = /^-?\d+(?:\.\d+)?(?: ?%)?$/;
/** A date or a time of day, as far as it goes. */
const DATED = /^(?:\d{4}-\d\d|\d\d:\d\d)/;

/**
 * A cell as comparisons take it: times in UTC as `2018-03-13 02:41:15`, anything else in lower case.
 *
 * @param {string} text
 */
function comparable(text) {
  const time = US_DATE.test(text) ? usTime(text) : timeOf(text, "");
  return Number.isNaN(time)
    ? text.toLowerCase()
    : new Date(time)
        .toISOString()
        .replace("T", " ")
        .replace(/(?:\.000)?Z$/, "");
}

/**
 * What a column is compared with: numbers with numbers; dates, times and texts as far as they were typed, so that
 * `time<=10` has all of the hour.
 *
 * @param {string} typed
 * @param {(order: number) => boolean} holds
 * @returns {(text: string) => boolean}
 */
function comparison(typed, holds) {
  const wanted = comparable(typed).replace(/^(\d{4}-\d\d-\d\d)t/, "$1 ");
  // `9:30` and `2018-3-1`, where cells have two digits.
  const dated = wanted.replace(/(^|[^\d.])(\d)(?![\d.])/g, (_all, before, digit) => `${before}0${digit}`);
  return (text) => {
    if (isNothing(text)) return false;
    if (NUMBER.test(text) && NUMBER.test(typed)) return holds(Number.parseFloat(text) - Number.parseFloat(typed));
    const own = comparable(text);
    const other = DATED.test(own) ? dated : wanted;
    const start = own.slice(0, other.length);
    return holds(start < other ? -1 : start > other ? 1 : 0);
  };
}

/**
 * A term of the filter box: its condition, and in words how it was read.
 *
 * @typedef {{ condition: Condition, words: string }} Term
 */

/**
 * The terms of what was typed: words that must all be in the row, in whatever column and case; `"two words"` together;
 * `-word` not; `column:word` in that column; `column=word` exactly; `column>=number`, date or time and the like.
 *
 * @param {string} typed
 * @param {Table} table
 * @param {string[]} texts
 * @returns {Term[]}
 */
export function termsOf(typed, table, texts) {
  const terms = typed.match(/-?(?:[\w&-]+(?:>=|<=|[:=<>]))?(?:"[^"]*"?|\S+)/g) ?? [];
  return terms.map((term) => {
    const not = term.startsWith("-") && term.length > 1;
    const parts = /^([\w&-]+?)(>=|<=|[:=<>])(.+)$/s.exec(not ? term.slice(1) : term);
    const named = parts === null ? [] : columnsNamed(table, parts[1] ?? "");
    const [operator, rest] =
      parts !== null && named.length > 0 ? [parts[2] ?? ":", parts[3] ?? ""] : [":", not ? term.slice(1) : term];
    const value = rest.replace(/^"|"$/g, "");
    const wanted = value.toLowerCase();
    const columns = named.length > 0 ? named : [...table.columns.keys()];
    const compared = COMPARISONS[operator];
    const matches =
      compared !== undefined
        ? comparison(value, compared.holds)
        : operator === "="
          ? (/** @type {string} */ text) => text.toLowerCase() === wanted
          : (/** @type {string} */ text) => text.toLowerCase().includes(wanted);
    // A text stands in many rows and is looked at once.
    const known = new Uint8Array(texts.length);
    const cells = columns.map((column) => /** @type {Uint32Array} */ (table.cells[column]));
    const where = named.length === 0 ? "any column" : named.map((at) => table.columns[at]).join(" or ");
    const how = compared !== undefined ? compared.sign : operator === "=" ? "is" : "has";
    return {
      words: `${not ? "not: " : ""}${where} ${how} “${value}”`,
      condition: (row) => {
        for (const column of cells) {
          const text = /** @type {number} */ (column[row]);
          if (known[text] === 0) known[text] = matches(/** @type {string} */ (texts[text])) ? 1 : 2;
          if (known[text] === 1) return !not;
        }
        return not;
      },
    };
  });
}

/** A name shorter than this is a column's only in full: `RE:` is how subjects begin. */
const LEAST_LETTERS = 3;

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
  return exact.length > 0 || wanted.length < LEAST_LETTERS
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
  // Date.UTC takes the year 1 for 1901.
  const midnight = new Date(0).setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return midnight + ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000;
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

const ISO_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):?(\d\d))?$/;
/** The years 1 to 9999. */
const [FIRST_TIME, LAST_TIME] = [Date.parse("0001-01-01T00:00:00Z"), Date.parse("9999-12-31T23:59:59.999Z")];

/**
 * A row's time in milliseconds UTC, of its Date and Time, by the rules that order the tables; NaN where these call it
 * unreadable. src/render/utc-time.ts has the same for the rest of the page.
 *
 * @param {string} date the whole TimeStamp where `time` is empty
 * @param {string} time
 */
export function timeOf(date, time) {
  const found = ISO_TIME.exec(time === "" ? date : `${date}T${time}`);
  if (found === null) return Number.NaN;
  const [, day = "", ...parts] = found;
  const [hour = 0, minute = 0, second = 0] = parts.slice(0, 3).map(Number);
  const [, , , fraction = "", sign, zoneHour = "0", zoneMinute = "0"] = parts;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
  if (!exists || hour > 23 || minute > 59 || second > 60 || Number(zoneHour) > 23 || Number(zoneMinute) > 59)
    return Number.NaN;
  const zone = (sign === "-" ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute));
  const seconds = (hour * 60 + minute - zone) * 60 + second;
  const result = midnight + seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, "0"));
  return result < FIRST_TIME || result > LAST_TIME ? Number.NaN : result;
}
