import { editDistance } from "../model/edit-distance.ts";
import { kebab, OPTION_NAMES } from "./options.ts";

/** What somebody sees who types nothing but the program's name. */
export const FIRST_WORDS: readonly string[] = [
  "alicorn reads mailbox activity exports and writes tables that lead back to the evidence.",
  "  alicorn parse export.csv --out bundle    read, join, score: then open bundle/findings.tsv",
  "  alicorn sample cases                     bundled cases to try it with",
  "  alicorn rules                            what is scored, and why",
  "  alicorn --help                           everything else; alicorn parse --help for its options",
];

/** Unlike letters from which an option was hardly meant. */
const FAR = 3;

/**
 * The option that was probably meant by one that there is not.
 *
 * @param message what yargs says of unknown arguments; names them behind a colon, with commas between.
 * @returns a sentence to put behind it; undefined where nothing is near.
 */
export function meantOption(message: string): string | undefined {
  const unknown = /^Unknown arguments?: (.+)$/.exec(message)?.[1]?.split(", ") ?? [];
  for (const word of unknown) {
    const option = kebab(word);
    const near = OPTION_NAMES.map((name) => ({ name, distance: editDistance(option, name, FAR) }))
      .filter(
        ({ name, distance }) =>
          distance < Math.min(FAR, name.length - 1) || (option.length > 2 && name.startsWith(option)),
      )
      .sort((a, b) => a.distance - b.distance)[0];
    if (near !== undefined) return `Did you mean --${near.name}?`;
  }
  return undefined;
}
