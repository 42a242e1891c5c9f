import { wrongFigure } from "../pipeline/usage-error.ts";
import { FLAGS, kebab, SINGLE, VALUED } from "./options.ts";

/** Stands before a word that is no option, whatever it begins with: no word of a command line can hold it. */
const GUARD = "\0";
/** An option that nobody can type: it ends a list of values where `--` does. */
export const END_OF_OPTIONS = `${GUARD}end`;

/** The words of the command line as yargs understands them: a lone dash, and all behind `--`, as what they are. */
export function guarded(words: readonly string[]): string[] {
  const end = words.indexOf("--");
  const options = end < 0 ? words : words.slice(0, end);
  const guard = (word: string) => `${GUARD}${word}`;
  return [
    ...options.map((word) => (word === "-" ? guard(word) : word)),
    ...(end < 0 ? [] : [`--${END_OF_OPTIONS}`, ...words.slice(end + 1).map(guard)]),
  ];
}

/** A value of the command line as it was typed. */
export function unguarded<T>(value: T): T {
  if (typeof value === "string") return value.replaceAll(GUARD, "") as T;
  return Array.isArray(value) ? (value.map(unguarded) as T) : value;
}

/**
 * What is wrong with a command line that yargs takes without complaint, in a sentence; undefined where nothing is.
 *
 * @param words as they were typed.
 * @param given what yargs made of them.
 */
export function mistakeIn(words: readonly string[], given: Readonly<Record<string, unknown>>): string | undefined {
  const end = words.indexOf("--");
  for (const word of end < 0 ? words : words.slice(0, end)) {
    const negated = /^--no-([^=]+)$/.exec(word)?.[1];
    if (negated !== undefined && VALUED.includes(kebab(negated))) {
      return `There is no ${word}: --${negated} takes a value.`;
    }
    const [, name = "", value = ""] = /^--([^=]+)=(.*)$/s.exec(word) ?? [];
    if (FLAGS.includes(kebab(name)) && value !== "true" && value !== "false") {
      return `--${name} is given without a value, or with true or false, not with ${value === "" ? "nothing" : value}.`;
    }
  }
  const twice = SINGLE.find((option) => Array.isArray(given[option]));
  if (twice !== undefined) return `--${twice} can be given once.`;
  return wrongFigure({
    maxExpansion: given["max-expansion"] as number | undefined,
    jobs: given["jobs"] as number | undefined,
  });
}
