import { formatTicks, isToTheMinute, parseTicks } from "../timestamp.ts";

/**
 * A time as UTC in ISO 8601: with `Z` as it stands, with an offset turned to UTC.
 *
 * @param zoneless what a time without zone is: UTC, or of a zone that nobody knows.
 * @returns empty where the text is no such time, or its zone is not known.
 */
export function utcTime(text: string, zoneless: "UTC" | "unknown"): string {
  const written = text.trim().replace(/^(\d{4}-\d\d-\d\d) +/, "$1T");
  const ticks = parseTicks(written);
  if (Number.isNaN(ticks)) return "";
  if (/z$/i.test(written)) return written.replace(/z$/, "Z");
  const offset = /[+-]\d\d:?\d\d$/.exec(written.slice(10))?.[0];
  if (offset === undefined) return zoneless === "UTC" ? `${written}Z` : "";
  // Decimals stay as they are, and so do seconds that are not there.
  if (/^[+-]00:?00$/.test(offset)) return `${written.slice(0, -offset.length)}Z`;
  return formatTicks(ticks).replace(isToTheMinute(written) ? /:00\.0+Z$/ : /\.?0+Z$/, "Z");
}

const MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
const HEADER_TIME =
  /(\d{1,2})\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\s+(\d{4})\s+(\d\d:\d\d)(:\d\d)?\s+([+-]\d{4}|gmt|utc?)\b/i;

/**
 * The time in a Received header (RFC 5321, 4.4; RFC 5322, 3.3) as UTC; the topmost is that of the server that
 * received the message last.
 *
 * @param value what stands behind the header's colon.
 * @returns empty where there is none, or one without zone.
 */
export function receivedHeaderTime(value: string): string {
  const parts = HEADER_TIME.exec(value.slice(value.lastIndexOf(";") + 1));
  if (parts === null) return "";
  const [, day = "", month = "", year = "", time = "", seconds = ":00", zone = ""] = parts;
  const number = MONTHS.indexOf(month.toLowerCase()) / 3 + 1;
  const offset = /^[+-]/.test(zone) ? zone : "+0000";
  return utcTime(`${year}-${twoDigits(number)}-${twoDigits(day)}T${time}${seconds}${offset}`, "unknown");
}

/** A time as it is where the month stands first, and where the day does; equal where the text leaves no choice. */
export interface TraceTime {
  readonly monthFirst: string;
  readonly dayFirst: string;
}

const YEAR_FIRST = /^(\d{4})[./-](\d{1,2})[./-](\d{1,2})[.,]?\s+(\S.*)$/;
const YEAR_LAST = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}),?\s+(\S.*)$/;
const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s*([ap])\.?m\.?)?$/i;
/** JSON of Windows PowerShell 5.1: milliseconds since 1970 in UTC. */
const SERIALISED = /^\/Date\((-?\d{1,14})(?:[+-]\d{4})?\)\/$/;

/**
 * Reads a time of a message trace: ISO 8601, or as Export-Csv writes it in the culture of the machine
 * (`5/18/2021 9:13:33 PM`, `18.05.2021 21:13:33`). Between dots the day always stands first, between slashes or
 * dashes either may.
 *
 * @param zoneless what a time without zone is.
 * @returns undefined where the text is no time, or its zone is not known; an empty reading is none.
 */
export function traceTime(text: string, zoneless: "UTC" | "unknown"): TraceTime | undefined {
  const trimmed = text.trim();
  const serialised = SERIALISED.exec(trimmed);
  const iso = serialised === null ? utcTime(trimmed, zoneless) : fromMilliseconds(Number(serialised[1]));
  if (iso !== "") return { monthFirst: iso, dayFirst: iso };
  if (zoneless === "unknown") return undefined;
  const yearFirst = YEAR_FIRST.exec(trimmed);
  if (yearFirst !== null) {
    const [, year = "", month = "", day = "", clock = ""] = yearFirst;
    return reading(utc(year, month, day, clock), utc(year, month, day, clock));
  }
  const [, first = "", separator = "", second = "", year = "", clock = ""] = YEAR_LAST.exec(trimmed) ?? [];
  const dayFirst = utc(year, second, first, clock);
  return reading(separator === "." ? dayFirst : utc(year, first, second, clock), dayFirst);
}

function reading(monthFirst: string, dayFirst: string): TraceTime | undefined {
  return monthFirst === "" && dayFirst === "" ? undefined : { monthFirst, dayFirst };
}

function utc(year: string, month: string, day: string, clock: string): string {
  const parts = CLOCK.exec(clock.trim());
  if (parts === null) return "";
  const [, hour = "", minutes = "", seconds = "00", half] = parts;
  let hours = Number(hour);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return "";
    hours = (hours % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  }
  return utcTime(`${year}-${twoDigits(month)}-${twoDigits(day)}T${twoDigits(hours)}:${minutes}:${seconds}`, "UTC");
}

function twoDigits(number: string | number): string {
  return String(number).padStart(2, "0");
}

function fromMilliseconds(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? "" : utcTime(date.toISOString(), "UTC");
}

/** The earlier of two times of `utcTime`; an empty one is none. */
export function earlier(a: string, b: string): string {
  if (a === "" || b === "") return a === "" ? b : a;
  return parseTicks(b) < parseTicks(a) ? b : a;
}

/** The later of two times of `utcTime`. */
export function later(a: string, b: string): string {
  return parseTicks(b) > parseTicks(a) ? b : a;
}

/** Which of its two numbers is the month in the dates of an export; gathered row by row. */
export interface DateOrder {
  add(time: TraceTime): void;
  /** Undefined where both orders fit, or neither does. */
  order(): keyof TraceTime | undefined;
}

/**
 * Finds out in which order an export has day and month: the one in which every date exists. How many days its dates lie
 * apart proves nothing, as a trace may have been put together from several.
 */
export function newDateOrder(): DateOrder {
  const possible = new Set<keyof TraceTime>(["monthFirst", "dayFirst"]);
  return {
    add(time) {
      for (const name of possible) if (time[name] === "") possible.delete(name);
    },
    order: () => (possible.size === 1 ? [...possible][0] : undefined),
  };
}
