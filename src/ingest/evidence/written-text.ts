import { InputError } from "./input-error.ts";

/**
 * The text of a file that somebody wrote for the program, such as a list: UTF-8, or UTF-16 with a byte order mark, as
 * PowerShell and Notepad write it.
 *
 * @param what what the file is to be, such as `a list`.
 * @throws InputError for what is no such text: a guess at another encoding could leave out what was listed.
 */
export function writtenText(what: string, name: string, bytes: Buffer): string {
  const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe;
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff;
  const decoder = new TextDecoder(isLittle ? "utf-16le" : isBig ? "utf-16be" : "utf-8", { fatal: true });
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new InputError(`Expected ${what} in UTF-8 at ${name}, but it is no such text.`, { cause: error });
  }
}
