import type { SourceFile } from "./byte-source.ts";
import type { ListedInput } from "./list-inputs.ts";

/**
 * How the text was encoded on disk. "binary" means no text at all (a picture, a mail store): the bytes are handed out
 * as they are, so that format detection can name what they look like.
 */
export type Encoding = "UTF-8" | "UTF-16LE" | "UTF-16BE" | "Windows-1252" | "binary";

/** What the pass over the whole input found. */
export interface InputCheck {
  /** Size of the input as it lies on disk (of standard input: of what was received). */
  readonly bytes: number;
  /** SHA-256 of the same bytes, in lower-case hex. */
  readonly sha256: string;
  /** False where the evidence was opened as UTF-8 from its first bytes and later bytes are not: see `reopenAs`. */
  readonly utf8: boolean;
}

/** Bytes at any position, read synchronously. */
export interface SeekableBytes {
  /** Positions run from 0 to `size`. */
  readonly size: number;
  /**
   * Reads up to `length` bytes at `position` into `target`; fewer only where the text ends.
   *
   * @returns how many bytes were read.
   * @throws InputError where the disk fails.
   */
  read(target: Buffer, targetOffset: number, length: number, position: number): number;
}

/** One piece of evidence as seekable UTF-8 text. */
export interface Evidence extends SeekableBytes {
  /** The file that holds the text. */
  readonly file: SourceFile;
  /** As tables print it; for a zip entry `case.zip!/inner/name.csv`. */
  readonly label: string;
  readonly input: ListedInput;
  /** True where the user named exactly this; false for what was found in a folder or an archive. */
  readonly named: boolean;
  /** The outermost container that was unpacked. */
  readonly container: "none" | "gzip" | "zip";
  readonly encoding: Encoding;
  /**
   * What the file is, in a few words, where nothing of it can be read: an encrypted entry of an archive. It has no bytes
   * then. What the user named is never so: opening it fails.
   */
  readonly unreadable?: string;
  /** Where the text starts: behind the byte order mark of a UTF-8 file, which positions still count. */
  readonly start: number;
  /**
   * Where a text position stands in the input as it lies on disk, in bytes (of a container: in the unpacked stream).
   * A position inside a character gives the start of that character.
   */
  originalOffset(position: number): number;
  /** What is wrong with the input without making it unreadable, a sentence each. */
  readonly problems: readonly string[];
  /** Size and hash of the whole input; runs beside other work for a large file. */
  readonly checked: Promise<InputCheck>;
  /** Closes the files and removes the unpacked copy. The evidence itself is never touched. */
  close(): void;
}
