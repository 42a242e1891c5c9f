import type { SourceFile } from "./byte-source.ts";
import { openAgain } from "./byte-source.ts";
import type { Encoding, Evidence } from "./evidence.ts";

/** An open evidence in words that another thread can read it by. */
export interface SharedEvidence {
  readonly label: string;
  readonly file: SourceFile;
  readonly start: number;
  readonly encoding: Encoding;
}

/** What another thread needs to read an evidence beside this one. */
export function shareEvidence({ label, file, start, encoding }: Evidence): SharedEvidence {
  return { label, file, start, encoding };
}

/**
 * Opens an evidence that another thread has opened and checked, for reading alone: sizes, hashes and offsets in the
 * original are that thread's to tell.
 */
export function openShared({ label, file, start, encoding }: SharedEvidence): Evidence {
  const { read, size, close } = openAgain(file);
  return {
    label,
    file,
    input: { path: file.path, kind: "file", named: false, label },
    named: false,
    container: "none",
    encoding,
    size,
    start,
    read,
    originalOffset: (position) => position,
    problems: [],
    get checked(): never {
      throw new Error("The thread that opened this evidence checks it.");
    },
    close,
  };
}
