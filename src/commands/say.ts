// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * A text from the evidence or the command line for the terminal: control characters, which could move the cursor or
 * recolour the screen, and characters that turn the writing direction are shown as codes.
 */
export function printable(text: string): string {
  return text.replace(CONTROLS, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}

/**
 * A value as JSON that a terminal shows as it is: of the same characters, those that JSON leaves plain are escaped too.
 * It reads back as the same value.
 */
export function jsonForTerminal(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(CONTROLS, (character) =>
    character === "\n" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A line on standard error, where everything but asked-for output goes. */
export function say(line: string): void {
  process.stderr.write(`${printable(line)}\n`);
}

/** A number with its noun: `1 row`, `2 rows`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${value} ${value === 1 ? one : many}`;
}

/** Bytes in the unit that a person would use. */
export function inUnits(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}
