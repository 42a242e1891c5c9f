export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * A time as the API may print it.
 *
 * @param ms milliseconds since 1970.
 * @param ticks 0.1 microseconds below the millisecond, 0 to 9999.
 * @param trimmed without the zeros at the end of the fraction, as some serialisers print it.
 */
export function printed(ms: number, ticks: number, trimmed: boolean): string {
  const text = `${new Date(ms).toISOString().slice(0, 23)}${String(ticks).padStart(4, "0")}`;
  return `${trimmed ? text.replace(/\.?0+$/, "") : text}Z`;
}

/** A time without fraction, as message properties have it. */
export const toSecond = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** 0 is Sunday. */
export const weekdayOf = (ms: number): number => new Date(ms).getUTCDay();
