export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const two = (value: number): string => String(value).padStart(2, "0");

/** Milliseconds since 1970 of an ISO 8601 text; a text without a zone is UTC. */
export function utc(text: string): number {
  const zoned = /Z|[+-]\d\d:\d\d$/.test(text) || !text.includes("T") ? text : `${text}Z`;
  const ms = Date.parse(zoned);
  if (Number.isNaN(ms)) throw new RangeError(`not a time: ${text}`);
  return ms;
}

/** As the API prints a time: seven decimals. `ticks` are the 0.1 microseconds below the millisecond, 0 to 9999. */
export function timeStamp(ms: number, ticks: number): string {
  return `${new Date(ms).toISOString().slice(0, 23)}${String(ticks).padStart(4, "0")}Z`;
}

/** SentTime of MessageDelivered: ISO 8601 with whole seconds. */
export function sentTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** ReceivedTime as the cloud printed it: MM/DD/YYYY HH:MM:SS AM/PM. */
export function receivedTime(ms: number): string {
  const at = new Date(ms);
  const hour = at.getUTCHours();
  const date = `${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())}/${at.getUTCFullYear()}`;
  return `${date} ${two(hour % 12 || 12)}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${hour < 12 ? "AM" : "PM"}`;
}

/** 0 is Sunday. */
export function weekday(ms: number): number {
  return new Date(ms).getUTCDay();
}
