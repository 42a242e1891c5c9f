import { createHash } from "node:crypto";

/** Longer keys are cut: with the folder's prefix they stay far below the 255 bytes that a name may have. */
const LONGEST = 120;

/**
 * A mailbox's name as the value of a folder `mailbox_key=…`: lower case, with nothing in it that a file system, an
 * address, a shell's pattern or a database that decodes such values takes for its own. Letters of ASCII, digits, `@`,
 * `.`, `_` and `-` stay; any other byte of its UTF-8, and a point at the end, becomes `~` and two hexadecimal digits; no
 * name at all is `~`. A very long one ends in its hash.
 *
 * @param taken keys in use already; the new one is added. Names that differ in their letters' case alone get different
 *   keys, because they may not share a folder where file names are compared without regard to case.
 */
export function mailboxKey(mailbox: string, taken: Set<string>): string {
  const escaped = (text: string) =>
    Array.from(Buffer.from(text), (byte) => `~${byte.toString(16).padStart(2, "0")}`).join("");
  let key = mailbox
    .toLowerCase()
    .replace(/[^a-z0-9@._-]+/gu, escaped)
    .replace(/\.$/, "~2e");
  if (key === "") key = "~";
  if (key.length > LONGEST) {
    const hash = createHash("sha256").update(mailbox).digest("hex").slice(0, 16);
    key = `${key.slice(0, LONGEST)}~~${hash}`;
  }
  let own = key;
  for (let number = 2; taken.has(own); number++) own = `${key}~~${number}`;
  taken.add(own);
  return own;
}
