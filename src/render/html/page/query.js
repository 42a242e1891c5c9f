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
/** A length of `2018-03-13 02:41:15`, of which the first is that of the day; a moment has `.500` behind it. */
const [DAY_LENGTH, MINUTE_LENGTH, SECOND_LENGTH] = [10, 16, 19];

/** @param {number} time */
const stampText = (time) => new Date(time).toISOString().replace("T", " ").slice(0, -1);

/**
 * A cell's moment in UTC as `2018-03-13 02:41:15.500`, or its day alone; undefined where it is neither.
 *
 * @param {string} text
 */
function stampOf(text) {
  const found = US_DATE.exec(text);
  if (found === null) {
    const time = timeOf(text, "");
    if (!Number.isNaN(time)) return stampText(time);
    return Number.isNaN(timeOf(text, "00:00:00")) ? undefined : text;
  }
  const [, month, day, year, clock] = found;
  const stamp = stampText(usTime(text));
  if (!stamp.startsWith(`${year}-${month}-${day}`)) return undefined;
  return clock === undefined ? stamp.slice(0, DAY_LENGTH) : stamp;
}

const TYPED_DAY = /^(?:(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?|(\d\d?)\/(\d\d?)\/(\d{4}))(?:[Tt ] *(\S.*))?$/;
/** What is no text, even where it is no date either: `3/13`. */
const DATE_BEGUN = /^\d{1,4}[-/]/;
const TYPED_CLOCK = /^(\d\d?)(?::(\d\d?))?(?::(\d\d?)(\.\d{1,9})?)?(?: ?([AaPp])[Mm]| ?[Zz])?$/;

/**
 * A time of day that was typed as far as it goes, as `02:41`; undefined where it is none.
 *
 * @param {string} typed
 */
function typedClock(typed) {
  const found = TYPED_CLOCK.exec(typed);
  if (found === null) return undefined;
  const [, hour = "", minute, second, fraction = "", half] = found;
  if (minute === undefined && second !== undefined) return undefined;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
  const isRight = half === undefined ? hours < 24 : Number(hour) > 0 && Number(hour) < 13;
  if (!isRight || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return undefined;
  const parts = [String(hours), minute, second].filter((part) => part !== undefined);
  return `${parts.map((part) => part.padStart(2, "0")).join(":")}${fraction.slice(0, 4)}`;
}

/**
 * A date that was typed as far as it goes, with a time of day or without, as the beginning of what `stampOf` gives;
 * undefined where it is none.
 *
 * @param {string} typed
 */
function typedStamp(typed) {
  const time = timeOf(typed, "");
  if (!Number.isNaN(time)) {
    const fraction = /\.\d{1,3}/.exec(typed)?.[0] ?? "";
    const length = /:\d\d:\d\d/.test(typed) ? SECOND_LENGTH + fraction.length : MINUTE_LENGTH;
    return stampText(time).slice(0, length);
  }
  const found = TYPED_DAY.exec(typed);
  if (found === null) return undefined;
  const [, isoYear, isoMonth, isoDay, usMonth, usDay, usYear, clock] = found;
  const [year = "", month, day] = [isoYear ?? usYear, isoMonth ?? usMonth, isoDay ?? usDay].map((part) =>
    part?.padStart(2, "0"),
  );
  if (Number.isNaN(timeOf(`${year}-${month ?? "01"}-${day ?? "01"}`, "00:00:00"))) return undefined;
  const date = [year, month, day].filter((part) => part !== undefined).join("-");
  if (clock === undefined) return date;
  const own = typedClock(clock);
  return day === undefined || own === undefined ? undefined : `${date} ${own}`;
}

/**
 * How a moment stands to what was typed, as far as both go: `time<=10` has all of the hour.
 *
 * @param {string} own
 * @param {string} wanted
 */
function orderOf(own, wanted) {
  const length = Math.min(own.length, wanted.length);
  const [first, second] = [own.slice(0, length), wanted.slice(0, length)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/**
 * What the cells of a column are compared with: numbers with numbers, dates with dates as far as they were typed, other
 * texts with texts. What cannot be compared with what was typed does not hold.
 *
 * @param {string} typed
 * @param {(order: number) => boolean} holds
 * @returns {(text: string) => boolean}
 */
function comparison(typed, holds) {
  const [isNumber, wanted, words] = [NUMBER.test(typed), typedStamp(typed), typed.toLowerCase()];
  if (wanted === undefined && DATE_BEGUN.test(typed)) return () => false;
  return (text) => {
    if (isNothing(text)) return false;
    if (NUMBER.test(text)) return isNumber && holds(Number.parseFloat(text) - Number.parseFloat(typed));
    const own = stampOf(text);
    if (wanted !== undefined) return own !== undefined && holds(orderOf(own, wanted));
    if (own !== undefined || isNumber) return false;
    const other = text.toLowerCase().slice(0, words.length);
    return holds(other < words ? -1 : other > words ? 1 : 0);
  };
}

/**
 * Whether a column is the Date or the Time of rows: one moment in two columns, which are read together, in UTC.
 *
 * @param {Table} table
 * @param {number} column
 */
function isHalfMoment({ columns }, column) {
  const name = columns[column];
  return (name === "Date" && columns.includes("Time")) || (name === "Time" && columns.includes("Date"));
}

/**
 * Comparison with the Date of rows, to the time of day where one was typed, or with their Time.
 *
 * @param {Table} table
 * @param {string[]} texts
 * @param {number} column
 * @param {string} typed
 * @param {(order: number) => boolean} holds
 * @returns {Condition}
 */
function momentComparison({ columns, cells }, texts, column, typed, holds) {
  const isDate = columns[column] === "Date";
  const wanted = isDate ? typedStamp(typed) : typedClock(typed);
  if (wanted === undefined) return () => false;
  const [dates, times] = ["Date", "Time"].map((name) => cells[columns.indexOf(name)]);
  return (row) => {
    const time = timeOf(texts[dates?.[row] ?? -1] ?? "", texts[times?.[row] ?? -1] ?? "");
    return !Number.isNaN(time) && holds(orderOf(stampText(time).slice(isDate ? 0 : DAY_LENGTH + 1), wanted));
  };
}

/**
 * How a comparison's typed value was read, where that is not plain from it.
 *
 * @param {Table} table
 * @param {number[]} columns
 * @param {string} typed
 */
function readAs(table, columns, typed) {
  const halves = columns.filter((column) => isHalfMoment(table, column)).map((column) => table.columns[column]);
  const stamp = typedStamp(typed);
  if (stamp === undefined && (halves.includes("Date") || (halves.length === 0 && DATE_BEGUN.test(typed))))
    return ", which is no date such as 2018-03-13: no row meets it";
  if (halves.includes("Time")) {
    return typedClock(typed) === undefined ? ", which is no time of day such as 02:41: no row meets it" : "";
  }
  if (stamp !== undefined) return stamp === typed ? "" : ` (${stamp})`;
  return NUMBER.test(typed) ? "" : " as text";
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
    const parts = /^([\w&-]+?)(>=|<=|[:=]|[<>](?!=))(.+)$/s.exec(not ? term.slice(1) : term);
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
    const conditions = columns.map((column) => {
      if (compared !== undefined && isHalfMoment(table, column))
        return momentComparison(table, texts, column, value, compared.holds);
      const cells = /** @type {Uint32Array} */ (table.cells[column]);
      return (/** @type {number} */ row) => {
        const text = /** @type {number} */ (cells[row]);
        if (known[text] === 0) known[text] = matches(/** @type {string} */ (texts[text])) ? 1 : 2;
        return known[text] === 1;
      };
    });
    const where = named.length === 0 ? "any column" : named.map((at) => table.columns[at]).join(" or ");
    const how = compared !== undefined ? compared.sign : operator === "=" ? "is" : "has";
    const read = compared === undefined ? "" : readAs(table, columns, value);
    return {
      words: `${not ? "not: " : ""}${where} ${how} “${value}”${read}`,
      condition: (row) => conditions.some((condition) => condition(row)) !== not,
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

const US_DATE = /^(\d\d)\/(\d\d)\/(\d{4})(?: (\d\d):(\d\d)(?::(\d\d))?(?: ([AP])M)?)?$/;

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

const ISO_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:[Zz]|([+-])(\d\d):?(\d\d))?$/;
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
  const [hourText = "0", minuteText = "0", secondText = "0", fraction = "", sign, zoneHour = "0", zoneMinute = "0"] =
    parts;
  const [hour = 0, minute = 0, second = 0] = [hourText, minuteText, secondText].map(Number);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
  if (!exists || hour > 23 || minute > 59 || second > 60 || Number(zoneHour) > 23 || Number(zoneMinute) > 59)
    return Number.NaN;
  const zone = (sign === "-" ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute));
  const seconds = (hour * 60 + minute - zone) * 60 + second;
  const result = midnight + seconds * 1000 + Number(fraction.slice(0, 3).padEnd(3, "0"));
  return result < FIRST_TIME || result > LAST_TIME ? Number.NaN : result;
}
