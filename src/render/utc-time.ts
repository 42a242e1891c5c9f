/** Whether a time that `utcTime` reads names no seconds. */
export function isToTheMinute(text: string): boolean {
  return !/^.{16}:/.test(text);
}

/** A moment in UTC. */
export interface UtcTime {
  /** To the second: `2018-06-20T07:36:12`. */
  readonly second: string;
  /** The digits behind the second as the source wrote them; empty where it wrote none. */
  readonly fraction: string;
  /** Whole seconds since 1970. */
  readonly epochSeconds: number;
}

const ISO_8601 = /^(\d{4}-\d\d-\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:[Zz]|([+-])(\d\d):?(\d\d))?$/;
const MINUTE = 60;
const HOUR = 3600;

/** Midnight of a date that exists in the years 1 to 9999, in seconds since 1970; NaN for any other. */
function midnight(date: string): number {
  const day = new Date(`${date}T00:00:00Z`);
  const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date) && !date.startsWith("0000");
  return exists ? day.getTime() / 1000 : Number.NaN;
}

/**
 * Reads a TimeStamp as the Activities API writes it, by the rules that order the tables: ISO 8601, 0 to 9 decimals, `Z`,
 * an offset, or nothing, which is UTC; a 60th second is the first of the next minute, a time without seconds its
 * minute's beginning.
 *
 * @returns undefined where the text is no such time, or one outside of the years 1 to 9999 in UTC.
 */
export function utcTime(text: string): UtcTime | undefined {
  const match = ISO_8601.exec(text);
  if (match === null) return undefined;
  const [, date = "", ...parts] = match;
  const [hourText = "0", minuteText = "0", secondText = "0", fraction = "", sign, zoneHour = "0", zoneMinute = "0"] =
    parts;
  const [hour = 0, minute = 0, second = 0] = [hourText, minuteText, secondText].map(Number);
  if (hour > 23 || minute > 59 || second > 60 || Number(zoneHour) > 23 || Number(zoneMinute) > 59) return undefined;
  const zone = (sign === "-" ? -1 : 1) * (Number(zoneHour) * HOUR + Number(zoneMinute) * MINUTE);
  const epochSeconds = midnight(date) + hour * HOUR + minute * MINUTE + second - zone;
  const iso = Number.isNaN(epochSeconds) ? "" : new Date(epochSeconds * 1000).toISOString();
  // Years of more than four digits and those before 0 have a sign, and hardly any reader takes them.
  if (iso.length !== 24 || iso.startsWith("0000")) return undefined;
  return { second: iso.slice(0, 19), fraction, epochSeconds };
}
