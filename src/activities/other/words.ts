/** A value of a record is told up to this many UTF-16 units, a line up to that many. */
const LONGEST_VALUE = 200;
const LONGEST_LINE = 1000;
/** Values of a list that are told one by one. */
const MOST_VALUES = 12;

function cutAt(text: string, length: number): string {
  if (text.length <= length) return text;
  // No character is cut in two.
  const last = text.charCodeAt(length - 1);
  const whole = last >= 0xd800 && last <= 0xdbff ? length - 1 : length;
  return `${text.slice(0, whole)}…`;
}

/** A value as a line tells it: of a long one the beginning. */
export function cut(text: string): string {
  return cutAt(text, LONGEST_VALUE);
}

/** A line that is not endless. */
export function cutLine(text: string): string {
  return cutAt(text, LONGEST_LINE);
}

/** A name in quotation marks, so that a name of dots or blanks can be seen. */
export function quoted(name: string): string {
  return `“${cut(name)}”`;
}

/** Values with commas between them; of very many the first. */
export function listed(values: readonly string[]): string {
  const told = values.slice(0, MOST_VALUES).map(cut).join(", ");
  return values.length > MOST_VALUES ? `${told} and ${values.length - MOST_VALUES} more` : told;
}

/** What there is to say, with a mark between. */
export function joined(parts: readonly (string | undefined)[], mark: string): string {
  return parts.filter((part) => part !== undefined && part !== "").join(mark);
}
