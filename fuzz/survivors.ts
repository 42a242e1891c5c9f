import { openTextWindow } from "../src/ingest/evidence/text-window.ts";
import type { OpenInput } from "../src/pipeline/inputs.ts";
import type { FuzzInput } from "./make-input.ts";
import type { Scanned, Stretch } from "./scan-input.ts";
import { hold } from "./violation.ts";

/** The record of the export before the damage, and where it stands behind it. */
interface Survivor {
  readonly text: string;
  readonly start: number;
}

/**
 * The records that one damaged stretch does not touch. Of a CSV their line ends are whole as well, the one in front and
 * the one behind; a header that was touched may make another file of it.
 */
function survivorsOf({ known }: FuzzInput): Survivor[] {
  if (known === undefined) return [];
  const { seed, damage } = known;
  const isCsv = seed.kind === "csv";
  if (isCsv && (!seed.oneLineRows || damage.from < seed.dataStart)) return [];
  const shift = damage.inserted - (damage.to - damage.from);
  return seed.records.flatMap(([start, end]): Survivor[] => {
    const text = seed.bytes.toString("utf8", start, end);
    const behind = isCsv ? seed.bytes.indexOf("\n", end) + 1 : end;
    if (behind >= end && behind <= damage.from) return [{ text, start }];
    return start - (isCsv ? 1 : 0) >= damage.to ? [{ text, start: start + shift }] : [];
  });
}

/**
 * Every record that the damage did not touch is read, where it stands, as it stands. Of JSON one that new brackets
 * took in may stand inside a rejected stretch instead: it is not lost, and the examiner is told of it.
 *
 * @param damaged the opened input; one in another encoding than UTF-8 is left alone.
 * @throws Violation for a record that is lost.
 */
export function holdSurvivors(input: FuzzInput, damaged: OpenInput, { records, rejects }: Scanned): void {
  const { evidence, reader } = damaged;
  const survivors = survivorsOf(input);
  if (survivors.length === 0 || evidence.container !== "none") return;
  const isUntouched = evidence.encoding === "UTF-8";
  if (!isUntouched && evidence.encoding !== "Windows-1252") return;
  // Damage at the beginning may make another file of it.
  if (!reader.format.endsWith(input.known?.seed.kind ?? "")) return;
  const window = openTextWindow(evidence);
  const found = new Map(records.map((stretch) => [evidence.originalOffset(stretch.start), stretch]));
  const isInside = ({ start, length }: Stretch, at: number) => {
    return evidence.originalOffset(start) <= at && at < evidence.originalOffset(start + length);
  };
  const takesIn = input.known?.seed.kind === "json" && input.known.damage.inserted > 0;
  for (const { text, start } of survivors) {
    const stretch = found.get(start);
    if (stretch === undefined && takesIn && [...rejects, ...records].some((other) => isInside(other, start))) continue;
    hold(stretch !== undefined, () => `the record at ${start} is lost: ${text}`);
    if (!isUntouched) continue;
    const read = window.text(stretch.start, stretch.length);
    hold(read === text, () => `the record at ${start} is another: ${JSON.stringify(text)} ${JSON.stringify(read)}`);
  }
}
