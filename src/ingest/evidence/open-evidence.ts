import { createHash } from "node:crypto";
import { type ByteSource, openFile } from "./byte-source.ts";
import { CHECKED_AT_ONCE, checkInput, checkNow } from "./check-input.ts";
import { type Decoder, decodeDamagedUtf8, decodeUtf16Be, decodeUtf16Le, decodeWindows1252 } from "./decoders.ts";
import type { Encoding, Evidence, InputCheck } from "./evidence.ts";
import { gunzip, isGzip } from "./gzip.ts";
import { type ExpansionBudget, expansionBudget } from "./inflate.ts";
import { InputError, systemError } from "./input-error.ts";
import type { ListedInput } from "./list-inputs.ts";
import { sniffEncoding, surveyUtf8 } from "./sniff-encoding.ts";
import { createSpool } from "./spool.ts";
import { type Transcoded, transcode } from "./transcode.ts";
import { isZip, listZip } from "./zip.ts";

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
  /** Bytes a read when checking and transcoding; for tests. */
  readonly block?: number;
}

/** What belongs to one input whatever it is unpacked to. */
interface Opening {
  readonly input: ListedInput;
  readonly workDir: string;
  readonly options: OpenOptions;
  readonly checked: Promise<InputCheck>;
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
 * @throws InputError where the input cannot be read, is encrypted, damaged beyond use or unpacks to too much.
 */
export async function openEvidence(
  input: ListedInput,
  workDir: string,
  options: OpenOptions = {},
): Promise<Evidence[]> {
  let bytes: ByteSource;
  let checked: Promise<InputCheck> | undefined;
  if (input.kind === "stdin") {
    const received = await receive(options.stdin ?? process.stdin, input.label, workDir);
    bytes = received.bytes;
    checked = Promise.resolve(received.check);
  } else {
    bytes = openFile(input.path, input.label);
  }
  try {
    const head = readHead(bytes);
    const packed = isGzip(head) || isZip(head);
    const layer: Layer = { bytes, label: input.label, container: "none", named: input.named, problems: [], depth: 0 };
    if (!packed && checked === undefined) return [openPlainFile(input, layer, head, workDir, options)];
    checked ??= checkInput(bytes, input.label).then(asText);
    const { maxExpansion = 200, expansionFloor = 2 ** 30 } = options;
    const budget = expansionBudget(input.label, bytes.size, maxExpansion, expansionFloor);
    return await openLayer({ input, workDir, options, checked, budget }, layer);
  } catch (error) {
    bytes.close();
    throw error;
  }
}

/**
 * Opens a file again whose later bytes turned out not to be UTF-8: the whole of it is rewritten as UTF-8. The evidence
 * given is closed.
 *
 * @param evidence one for which `checked` said `utf8: false`.
 */
export async function reopenAs(evidence: Evidence, workDir: string, options: OpenOptions = {}): Promise<Evidence> {
  const checked = Promise.resolve(asText(await evidence.checked));
  evidence.close();
  const bytes = openFile(evidence.input.path, evidence.label);
  const { label, container, named, problems } = evidence;
  const layer: Layer = { bytes, label, container, named, problems, depth: 0 };
  try {
    return openEightBit(evidence.input, layer, evidence.start, checked, workDir, options);
  } catch (error) {
    bytes.close();
    throw error;
  }
}

/** What is rewritten, unpacked or checked as a whole is UTF-8 by the time it is handed out. */
function asText(check: InputCheck): InputCheck {
  return { ...check, utf8: true };
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
  workDir: string,
  options: OpenOptions,
): Evidence {
  const { bytes, label } = layer;
  const guess = sniffEncoding(head, head.length === bytes.size);
  // A mail store or a disk image in a folder of evidence is hashed only if somebody asks.
  if (guess.encoding === "binary" && bytes.size >= CHECKED_AT_ONCE) {
    return inPlace(input, layer, "binary", 0, () => checkInput(bytes, label).then(asText));
  }
  if (guess.encoding !== "UTF-8") {
    const checked = checkInput(bytes, label).then(asText);
    return openText(input, layer, head, checked, workDir, options);
  }
  if (bytes.size >= CHECKED_AT_ONCE) {
    const checked = checkInput(bytes, label);
    return inPlace(input, layer, "UTF-8", guess.mark, () => checked);
  }
  const check = checkNow(bytes, options.block);
  if (!check.utf8) return openEightBit(input, layer, guess.mark, Promise.resolve(asText(check)), workDir, options);
  const checked = Promise.resolve(check);
  return inPlace(input, layer, "UTF-8", guess.mark, () => checked);
}

/** Standard input, written to the work folder as it comes. */
async function receive(
  stdin: AsyncIterable<Uint8Array>,
  name: string,
  workDir: string,
): Promise<{ bytes: ByteSource; check: InputCheck }> {
  const spool = createSpool(workDir, name);
  const hash = createHash("sha256");
  try {
    for await (const chunk of stdin) {
      hash.update(chunk);
      spool.write(chunk);
    }
  } catch (error) {
    spool.discard();
    throw systemError("Cannot read standard input", error);
  }
  const bytes = spool.finish();
  return { bytes, check: { bytes: bytes.size, sha256: hash.digest("hex"), utf8: true } };
}

/** Unpacks what is a container and opens the rest as text. Takes over `layer.bytes`, which it closes when done. */
async function openLayer(opening: Opening, layer: Layer): Promise<Evidence[]> {
  const { input, workDir, options, checked, budget } = opening;
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
      const container = layer.container === "none" ? "zip" : layer.container;
      const opened: Evidence[] = [];
      try {
        for (const entry of entries) {
          const unpacked = await entry.unpack(workDir, budget);
          opened.push(
            ...(await openOwned(opening, {
              bytes: unpacked.content,
              label: `${label}!/${entry.name}`,
              container,
              named: false,
              problems: [...problems, ...unpacked.problems],
              depth,
            })),
          );
        }
      } catch (error) {
        for (const evidence of opened) evidence.close();
        throw error;
      }
      bytes.close();
      return opened;
    }
  }
  return [openText(input, layer, head, checked, workDir, options)];
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
  checked: Promise<InputCheck>,
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
        `${text.replaced} of its UTF-16 units are no characters (lone surrogates or an odd byte at the end), the ` +
          `first at byte ${text.firstReplaced}; each became U+FFFD.`,
      );
    }
    return rewritten(input, layer, guess.encoding, text, problems, checked);
  }
  if (guess.encoding === "binary") return inPlace(input, layer, "binary", 0, () => checked);
  if (guess.encoding === "UTF-8" && checkNow(bytes, options.block).utf8) {
    return inPlace(input, layer, "UTF-8", guess.mark, () => checked);
  }
  return openEightBit(input, layer, guess.mark, checked, workDir, options);
}

/**
 * Opens bytes that are not UTF-8: as damaged UTF-8 where a mark says UTF-8 or its sequences outnumber the bytes that
 * are none, else as Windows-1252.
 */
function openEightBit(
  input: ListedInput,
  layer: Layer,
  mark: number,
  checked: Promise<InputCheck>,
  workDir: string,
  options: OpenOptions,
): Evidence {
  const survey = surveyUtf8(layer.bytes, options.block);
  // The mark itself is a sequence; it says more than any count.
  if (mark === 3 || survey.sequences > survey.invalid) {
    const text = rewrite(layer, decodeDamagedUtf8, mark, workDir, options);
    const problem =
      `${survey.invalid} bytes are no UTF-8, the first at byte ${survey.firstInvalid}; ` +
      `each became U+FFFD, the rest is UTF-8.`;
    return rewritten(input, layer, "UTF-8", text, [problem], checked);
  }
  const text = rewrite(layer, decodeWindows1252, mark, workDir, options);
  return rewritten(input, layer, "Windows-1252", text, [], checked);
}

function rewrite(layer: Layer, decode: Decoder, mark: number, workDir: string, options: OpenOptions): Transcoded {
  return transcode(layer.bytes, decode, mark, workDir, layer.label, options.block);
}

function inPlace(
  input: ListedInput,
  layer: Layer,
  encoding: Encoding,
  start: number,
  check: () => Promise<InputCheck>,
): Evidence {
  const { bytes, label, container, named, problems } = layer;
  let checked: Promise<InputCheck> | undefined;
  return {
    label,
    input,
    named,
    container,
    encoding,
    size: bytes.size,
    start,
    read: bytes.read,
    originalOffset: (position) => position,
    problems,
    get checked() {
      checked ??= check();
      return checked;
    },
    close: bytes.close,
  };
}

function rewritten(
  input: ListedInput,
  layer: Layer,
  encoding: Encoding,
  { text, originalOffset }: Transcoded,
  problems: readonly string[],
  checked: Promise<InputCheck>,
): Evidence {
  const { bytes: original, label, container, named } = layer;
  return {
    label,
    input,
    named,
    container,
    encoding,
    size: text.size,
    start: 0,
    read: text.read,
    originalOffset,
    problems: [...layer.problems, ...problems],
    checked,
    close() {
      text.close();
      original.close();
    },
  };
}
