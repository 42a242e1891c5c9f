import {
  type Entry,
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  RandomAccessReader,
  type ZipFile,
} from "yauzl";
import type { Readable } from "node:stream";
import type { ByteSource } from "./byte-source.ts";
import { type ExpansionBudget, type Unpacked, copyStored, inflate } from "./inflate.ts";
import { InputError, UnreadableError } from "./input-error.ts";
import type { UnpackedFile } from "./gzip.ts";
import { escapeControls, numberRepeats } from "./labels.ts";
import { createSpool } from "./spool.ts";

// Compression methods of APPNOTE.TXT 4.4.5.
const STORED = 0;
const DEFLATED = 8;
const METHOD_NAMES: Record<number, string> = { 9: "Deflate64", 12: "bzip2", 14: "LZMA", 93: "Zstandard", 95: "XZ" };

/** Whether bytes start a zip archive: a local file header, or the end record of an empty one (APPNOTE.TXT 4.3). */
export function isZip(head: Buffer): boolean {
  const signature = head.length < 4 ? 0 : head.readUInt32LE(0);
  return signature === 0x04034b50 || signature === 0x06054b50;
}

/** A file inside an archive. */
export interface ZipEntry {
  /** Its name in the archive, with `/`, control characters written as \xHH, unique in the archive. */
  readonly name: string;
  unpack(workDir: string, budget: ExpansionBudget): Promise<UnpackedFile>;
}

/** Lets yauzl read through our own source, which it must not close. */
class SourceReader extends RandomAccessReader {
  readonly source: ByteSource;
  constructor(source: ByteSource) {
    super();
    this.source = source;
  }
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, count?: number) => void,
  ): void {
    try {
      callback(null, this.source.read(buffer, offset, length, position));
    } catch (error) {
      callback(error as Error);
    }
  }
  override _readStreamForRange(): Readable {
    throw new Error("Entries are read by their position, not through yauzl.");
  }
  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}

/**
 * Lists the files of a zip archive. Names are labels only: nothing is ever written under them, so a name that leads
 * out of the archive does no harm.
 *
 * @param name how messages call the archive.
 * @throws UnreadableError where the archive's directory is missing or damaged.
 */
export async function listZip(source: ByteSource, name: string): Promise<ZipEntry[]> {
  const entries: { entry: Entry; path: string }[] = [];
  let zip: ZipFile;
  try {
    zip = await fromRandomAccessReaderPromise(new SourceReader(source), source.size, {
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: false,
    });
    for await (const entry of zip.eachEntry()) {
      const path = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
      if (!path.endsWith("/")) entries.push({ entry, path: escapeControls(path) });
    }
  } catch (error) {
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    throw new UnreadableError(
      `Expected a zip archive in ${name}, but its directory cannot be read: ${inSentence(error)}.`,
      `a damaged zip archive (${inSentence(error)})`,
      { cause: error },
    );
  }
  const names = numberRepeats(entries.map(({ path }) => path));
  return entries.map(({ entry }, at) => {
    const path = names[at] ?? "";
    return {
      name: path,
      unpack: (workDir, budget) => unpackEntry(source, zip, entry, `${name}!/${path}`, workDir, budget),
    };
  });
}

/** The words of an error of yauzl's, of which some end with a full stop. */
function inSentence(error: Error): string {
  return error.message.replace(/\.$/, "").replaceAll(". ", "; ");
}

function damagedEntry(name: string, why: string, cause?: Error): UnreadableError {
  return new UnreadableError(
    `Expected a sound zip entry, but ${name} is damaged: ${why}.`,
    `a damaged zip entry (${why})`,
    { cause },
  );
}

async function unpackEntry(
  source: ByteSource,
  zip: ZipFile,
  entry: Entry,
  name: string,
  workDir: string,
  budget: ExpansionBudget,
): Promise<UnpackedFile> {
  if (entry.isEncrypted()) {
    throw new UnreadableError(
      `Expected readable entries, but ${name} is encrypted; unpack it with its password first.`,
      "an encrypted zip entry; unpack it with its password first",
    );
  }
  const method = entry.compressionMethod;
  if (method !== STORED && method !== DEFLATED) {
    const words = METHOD_NAMES[method] ?? `method ${method}`;
    throw new UnreadableError(
      `Expected a stored or deflated entry, but ${name} is packed with ${words}; unpack it first.`,
      `a zip entry packed with ${words}; unpack it first`,
    );
  }
  let start: number;
  try {
    ({ fileDataStart: start } = await zip.readLocalFileHeaderPromise(entry, { minimal: true }));
  } catch (error) {
    if (error instanceof InputError || !(error instanceof Error)) throw error;
    throw damagedEntry(name, inSentence(error), error);
  }
  const end = start + entry.compressedSize;
  if (end > source.size) throw damagedEntry(name, "its data reaches behind the end of the archive");
  const spool = createSpool(workDir, name);
  const problems: string[] = [];
  try {
    const unpacked: Unpacked =
      method === STORED
        ? copyStored(source, start, end, spool, budget)
        : await inflate(source, start, end, spool, budget);
    if (unpacked.damage !== undefined) {
      if (unpacked.written === 0) {
        throw damagedEntry(name, unpacked.damage);
      }
      problems.push(
        `The zip entry is damaged (${unpacked.damage}): ${unpacked.written} of ${entry.uncompressedSize} bytes could be unpacked.`,
      );
    } else if (unpacked.crc !== entry.crc32 || unpacked.written !== entry.uncompressedSize) {
      problems.push(
        `The unpacked zip entry does not match its check sum: some of it is damaged (${unpacked.written} of ` +
          `${entry.uncompressedSize} bytes).`,
      );
    }
  } catch (error) {
    spool.discard();
    throw error;
  }
  return { content: spool.finish(), problems };
}
