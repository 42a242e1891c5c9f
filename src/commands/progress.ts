import type { Progress } from "../pipeline/steps.ts";
import { inUnits, printable } from "./say.ts";

const REDRAW_MILLISECONDS = 200;
/** Runs shorter than this need no progress line. */
const PATIENCE_MILLISECONDS = 1000;

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** One line of progress: how far, how fast, how long still. */
function progressLine({ what, position, size, unit }: Progress, seconds: number): string {
  const rate = position / Math.max(seconds, 0.001);
  const amount = (value: number) => (unit === "bytes" ? inUnits(Math.round(value)) : `${Math.round(value)} rows`);
  const head = `${what}: ${amount(position)}`;
  if (!Number.isFinite(size) || size === 0) return head;
  const percent = Math.floor((100 * position) / size);
  const left = rate > 0 ? `, ${duration((size - position) / rate)} left` : "";
  return `${head} of ${amount(size)} (${percent} %), ${amount(rate)}/s${left}`;
}

/**
 * Draws progress over one line of a terminal; does nothing where standard error is none.
 *
 * @returns the listener for the run and a function that wipes the line.
 */
export function terminalProgress(stream: NodeJS.WriteStream): {
  report: ((progress: Progress) => void) | undefined;
  clear: () => void;
} {
  if (!stream.isTTY) return { report: undefined, clear: () => {} };
  const begun = performance.now();
  let stage = "";
  let stageBegun = begun;
  let drawn = 0;
  let visible = false;
  return {
    report(progress) {
      const now = performance.now();
      if (progress.what !== stage) {
        stage = progress.what;
        stageBegun = now;
      }
      if (now - begun < PATIENCE_MILLISECONDS || now - drawn < REDRAW_MILLISECONDS) return;
      drawn = now;
      visible = true;
      const line = printable(progressLine(progress, (now - stageBegun) / 1000));
      stream.write(`\r\x1b[K${line.slice(0, Math.max(20, stream.columns - 1))}`);
    },
    clear() {
      if (visible) stream.write("\r\x1b[K");
      visible = false;
    },
  };
}
