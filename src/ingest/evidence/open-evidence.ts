import { createHash } from "node:crypto";
import { fstatSync } from "node:fs";
import { Readable } from "node:stream";
import { type ByteSource, openFile } from "./byte-source.ts";
import { CHECKED_AT_ONCE, checkInput, checkNow } from "./check-input.ts";
import { type Decoder, decodeDamagedUtf8, decodeUtf16Be, decodeUtf16Le, decodeWindows1252 } from "./decoders.ts";
import type { Encoding, Evidence } from "./evidence.ts";
import { gunzip, isGzip } from "./gzip.ts";
import { type ExpansionBudget, expansionBudget } from "./inflate.ts";
import { InputError, systemError, UnreadableError } from "./input-error.ts";
import type { ListedInput } from "./list-inputs.ts";
import { doneCheck, sharedCheck, type SharedCheck } from "./shared-check.ts";
import { sniffEncoding, surveyUtf8 } from "./sniff-encoding.ts";
import { createSpool } from "./spool.ts";
import { type Transcoded, transcode } from "./transcode.ts";
import { isZip, listZip, type ZipEntry } from "./zip.ts";

const HEAD = 65536;
/** A zip in a zip, or a gzip in a zip in a zip; what is packed deeper is left as it is. */
const DEEPEST = 3;

export interface OpenOptions {
  /** How many times its own size an input may unpack to; default 200. */
  readonly maxExpansion?: number;
  /** Unpacked bytes that are allowed whatever the ratio; default 1 GiB. */
  readonly expansionFloor?: number;
  /** Where `-` is read from; default process.stdin. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** Stops receiving and unpacking, with its own reason as the error. */
  readonly signal?: AbortSignal | undefined;
  /** Bytes a read when checking and transcoding; for tests. */
  readonly block?: number;
}

/** What belongs to one input whatever it is unpacked to. */
interface Opening {
  readonly input: ListedInput;
  readonly workDir: string;
  readonly options: OpenOptions;
  readonly check: SharedCheck;
  readonly budget: ExpansionBudget;
}

/** One stream of bytes on the way to becoming text. */
interface Layer {
  readonly bytes: ByteSource;
  readonly label: string;
  readonly container: Evidence["container"];
  readonly named: boolean;
  readonly problems: readonly string[];
  readonly depth: number;
}

/**
 * Opens one input as UTF-8 text: gzip and zip are recognised by their first bytes and unpacked, other encodings are
 * rewritten. Evidence is opened read-only; everything written goes to the work folder. A plain UTF-8 file is read in
 * place, and a large one is returned before all of it has been checked: where `checked` then says `utf8: false`, drop
 * what was read and call `reopenAs`.
 *
 * @param workDir an existing folder of the caller's, to be removed after the run.
 * @returns one evidence; of a zip archive one a file in it, in the archive's order. Empty input gives a size of 0.
 *   A file of which nothing can be read, being encrypted or damaged, is listed as `unreadable` where it lies in an
 *   archive beside others that can, or in a folder.
 * @throws InputError where the input cannot be read, is encrypted, damaged beyond use or unpacks to too much.
 */
export async function openEvidence(
  input: ListedInput,
  workDir: string,
  options: OpenOptions = {},
): Promise<Evidence[]> {
  let bytes: ByteSource;
  let check: SharedCheck;
  if (input.kind === "stdin") {
    ({ bytes, check } = await receive(options.stdin ?? ownStdin(), input.label, workDir, options.signal));
  } else {
    bytes = openFile(input.path, input.label);
    check = sharedCheck(() => checkInput(bytes, input.label));
  }
  try {
    const head = readHead(bytes);
    const layer: Layer = { bytes, label: input.label, container: "none", named: input.named, problems: [], depth: 0 };
    if (input.kind === "file" && !isGzip(head) && !isZip(head)) {
      return [openPlainFile(input, layer, head, check, workDir, options)];
    }
    // Goes on while this thread unpacks.
    void check.found;
    const { maxExpansion = 200, expansionFloor = 2 ** 30 } = options;
    const budget = expansionBudget(input.label, bytes.size, maxExpansion, expansionFloor, options.signal);
    return await openLayer({ input, workDir, options, check, budget }, layer);
  } catch (error) {
    bytes.close();
    if (!(error instanceof UnreadableError) || input.named) throw error;
    return [unreadable(input, input.label, "none", error.found, check)];
  } finally {
    check.release();
  }
}

/**
 * Opens a file again whose later bytes turned out not to be UTF-8: the whole of it is rewritten as UTF-8. The evidence
 * given is closed.
 *
 * @param evidence one for which `checked` said `utf8: false`.
 */
export async function reopenAs(evidence: Evidence, workDir: string, options: OpenOptions = {}): Promise<Evidence> {
  const check = doneCheck(await evidence.checked);
  evidence.close();
  const bytes = openFile(evidence.input.path, evidence.label);
  const { label, container, named, problems } = evidence;
  const layer: Layer = { bytes, label, container, named, problems, depth: 0 };
  try {
    return openEightBit(evidence.input, layer, evidence.start, check, workDir, options);
  } catch (error) {
    bytes.close();
    throw error;
  }
}

function readHead(bytes: ByteSource): Buffer {
  const head = Buffer.allocUnsafe(Math.min(HEAD, bytes.size));
  bytes.read(head, 0, head.length, 0);
  return head;
}

/** A file that is no container: small ones are checked here and now, large ones while the caller works. */
function openPlainFile(
  input: ListedInput,
  layer: Layer,
  head: Buffer,
  check: SharedCheck,
  workDir: string,
  options: OpenOptions,
): Evidence {
  const { bytes } = layer;
  const guess = sniffEncoding(head, head.length === bytes.size);
  // A mail store or a disk image in a folder of evidence is hashed only if somebody asks.
  if (guess.encoding === "binary" && bytes.size >= CHECKED_AT_ONCE) return inPlace(input, layer, "binary", 0, check);
  if (guess.encoding !== "UTF-8") {
    void check.found;
    return openText(input, layer, head, check, workDir, options);
  }
  if (bytes.size >= CHECKED_AT_ONCE) {
    void check.found;
    return inPlace(input, layer, "UTF-8", guess.mark, check, false);
  }
  const done = checkNow(bytes, options.block);
  if (!done.utf8) return openEightBit(input, layer, guess.mark, doneCheck(done), workDir, options);
  return inPlace(input, layer, "UTF-8", guess.mark, doneCheck(done));
}

/** The process's own standard input. A folder there would be read as nothing. */
function ownStdin(): AsyncIterable<Uint8Array> {
  if (fstatSync(process.stdin.fd).isDirectory()) {
    throw new InputError("Expected evidence on standard input, but it is a folder; give its path instead.");
  }
  return process.stdin;
}

/** Standard input, written to the work folder as it comes. */
async function receive(
  stdin: AsyncIterable<Uint8Array>,
  name: string,
  workDir: string,
  signal: AbortSignal | undefined,
): Promise<{ bytes: ByteSource; check: SharedCheck }> {
  signal?.throwIfAborted();
  const spool = createSpool(workDir, name);
  const hash = createHash("sha256");
  // Who sends nothing more and does not end either must not keep a run that is stopped.
  const stop = () => {
    if (stdin instanceof Readable) stdin.destroy();
  };
  signal?.addEventListener("abort", stop, { once: true });
  try {
    for await (const chunk of stdin) {
      hash.update(chunk);
      spool.write(chunk);
    }
    signal?.throwIfAborted();
  } catch (error) {
    spool.discard();
    signal?.throwIfAborted();
    throw systemError("Cannot read standard input", error);
  } finally {
    signal?.removeEventListener("abort", stop);
  }
  const bytes = spool.finish();
  return { bytes, check: doneCheck({ bytes: bytes.size, sha256: hash.digest("hex"), utf8: true }) };
}

/** Unpacks what is a container and opens the rest as text. Takes over `layer.bytes`, which it closes when done. */
async function openLayer(opening: Opening, layer: Layer): Promise<Evidence[]> {
  const { input, workDir, options, check, budget } = opening;
  const { bytes, label, problems } = layer;
  const head = readHead(bytes);
  const depth = layer.depth + 1;
  if (depth <= DEEPEST && isGzip(head)) {
    const unpacked = await gunzip(bytes, label, workDir, budget);
    bytes.close();
    const container = layer.container === "none" ? "gzip" : layer.container;
    return openOwned(opening, {
      ...layer,
      bytes: unpacked.content,
      container,
      problems: [...problems, ...unpacked.problems],
      depth,
    });
  }
  if (depth <= DEEPEST && isZip(head)) {
    const entries = await listZip(bytes, label);
    // An Office workbook is a zip as well (ECMA-376 part 2: this name is what tells); it is no archive of evidence.
    if (!entries.some(({ name }) => name === "[Content_Types].xml")) {
      if (entries.length === 0 && layer.depth === 0) {
        throw new InputError(`Expected evidence files in ${label}, but the zip archive holds no file.`);
      }
      const opened = await openEntries(opening, layer, entries);
      bytes.close();
      return opened;
    }
  }
  return [openText(input, layer, head, check, workDir, options)];
}

/** Opens the files of an archive. One that cannot be read is listed as such, unless none can. */
async function openEntries(opening: Opening, layer: Layer, entries: readonly ZipEntry[]): Promise<Evidence[]> {
  const { input, workDir, check, budget } = opening;
  const container = layer.container === "none" ? "zip" : layer.container;
  const opened: Evidence[] = [];
  let failure: UnreadableError | undefined;
  try {
    for (const entry of entries) {
      const label = `${layer.label}!/${entry.name}`;
      try {
        const { content, problems } = await entry.unpack(workDir, budget);
        const inner: Layer = {
          bytes: content,
          label,
          container,
          named: false,
          problems: [...layer.problems, ...problems],
          depth: layer.depth + 1,
        };
        opened.push(...(await openOwned(opening, inner)));
      } catch (error) {
        if (!(error instanceof UnreadableError)) throw error;
        failure ??= error;
        opened.push(unreadable(input, label, container, error.found, check));
      }
    }
    if (failure !== undefined && opened.every((evidence) => evidence.unreadable !== undefined)) throw failure;
    return opened;
  } catch (error) {
    for (const evidence of opened) evidence.close();
    throw error;
  }
}

/** Stands for a file of which nothing can be read. */
function unreadable(
  input: ListedInput,
  label: string,
  container: Evidence["container"],
  found: string,
  check: SharedCheck,
): Evidence {
  check.hold();
  return {
    label,
    input,
    named: false,
    container,
    encoding: "binary",
    unreadable: found,
    size: 0,
    file: { path: input.path, name: label, size: 0 },
    start: 0,
    read: () => 0,
    originalOffset: (position) => position,
    problems: [],
    checked: check.asText,
    close: once(() => check.release()),
  };
}

/** `openLayer` for bytes that nobody else closes on failure. */
async function openOwned(opening: Opening, layer: Layer): Promise<Evidence[]> {
  try {
    return await openLayer(opening, layer);
  } catch (error) {
    layer.bytes.close();
    throw error;
  }
}

/** Opens bytes that are no container by their encoding; a check of the whole decides, as nothing else will. */
function openText(
  input: ListedInput,
  layer: Layer,
  head: Buffer,
  check: SharedCheck,
  workDir: string,
  options: OpenOptions,
): Evidence {
  const { bytes } = layer;
  const guess = sniffEncoding(head, head.length === bytes.size);
  if (guess.encoding === "UTF-16LE" || guess.encoding === "UTF-16BE") {
    const decode = guess.encoding === "UTF-16LE" ? decodeUtf16Le : decodeUtf16Be;
    const text = rewrite(layer, decode, guess.mark, workDir, options);
    const problems = guess.problem === undefined ? [] : [guess.problem];
    if (text.replaced > 0) {
      problems.push(
        text.replaced === 1
          ? `1 of its UTF-16 units is no character (a lone surrogate or an odd byte at the end), at byte ${text.firstReplaced}; it became U+FFFD.`
          : `${text.replaced} of its UTF-16 units are no characters (lone surrogates or an odd byte at the end), the ` +
              `first at byte ${text.firstReplaced}; each became U+FFFD.`,
      );
    }
    return rewritten(input, layer, guess.encoding, text, problems, check);
  }
  if (guess.encoding === "binary") return inPlace(input, layer, "binary", 0, check);
  if (guess.encoding === "UTF-8" && checkNow(bytes, options.block).utf8) {
    return inPlace(input, layer, "UTF-8", guess.mark, check);
  }
  return openEightBit(input, layer, guess.mark, check, workDir, options);
}

/**
 * Opens bytes that are not UTF-8: as damaged UTF-8 where a mark says UTF-8 or its sequences outnumber the bytes that
 * are none, else as Windows-1252.
 */
function openEightBit(
  input: ListedInput,
  layer: Layer,
  mark: number,
  check: SharedCheck,
  workDir: string,
  options: OpenOptions,
): Evidence {
  const survey = surveyUtf8(layer.bytes, options.block);
  // The mark itself is a sequence; it says more than any count.
  if (mark === 3 || survey.sequences > survey.invalid) {
    const text = rewrite(layer, decodeDamagedUtf8, mark, workDir, options);
    const problem =
      survey.invalid === 1
        ? `1 byte is no UTF-8, at byte ${survey.firstInvalid}; it became U+FFFD, the rest is UTF-8.`
        : `${survey.invalid} bytes are no UTF-8, the first at byte ${survey.firstInvalid}; ` +
          `each became U+FFFD, the rest is UTF-8.`;
    return rewritten(input, layer, "UTF-8", text, [problem], check);
  }
  const text = rewrite(layer, decodeWindows1252, mark, workDir, options);
  return rewritten(input, layer, "Windows-1252", text, [], check);
}

function rewrite(layer: Layer, decode: Decoder, mark: number, workDir: string, options: OpenOptions): Transcoded {
  return transcode(layer.bytes, decode, mark, workDir, layer.label, options.block);
}

function inPlace(
  input: ListedInput,
  layer: Layer,
  encoding: Encoding,
  start: number,
  check: SharedCheck,
  isChecked = true,
): Evidence {
  const { bytes, label, container, named, problems } = layer;
  check.hold();
  return {
    label,
    input,
    named,
    container,
    encoding,
    size: bytes.size,
    file: bytes.file,
    start,
    read: bytes.read,
    originalOffset: (position) => position,
    problems,
    get checked() {
      return isChecked ? check.asText : check.found;
    },
    close: once(() => {
      bytes.close();
      check.release();
    }),
  };
}

/** Evidence may be closed twice. */
function once(close: () => void): () => void {
  let closed = false;
  return () => {
    if (!closed) close();
    closed = true;
  };
}

function rewritten(
  input: ListedInput,
  layer: Layer,
  encoding: Encoding,
  { text, originalOffset }: Transcoded,
  problems: readonly string[],
  check: SharedCheck,
): Evidence {
  const { bytes: original, label, container, named } = layer;
  check.hold();
  return {
    label,
    input,
    named,
    container,
    encoding,
    size: text.size,
    file: text.file,
    start: 0,
    read: text.read,
    originalOffset,
    problems: [...layer.problems, ...problems],
    checked: check.asText,
    close: once(() => {
      text.close();
      original.close();
      check.release();
    }),
  };
}
