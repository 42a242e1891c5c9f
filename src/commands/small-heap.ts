import { setFlagsFromString } from "node:v8";

/**
 * Makes V8 collect garbage before its heap has grown by more than 40 % since the last time. Left to itself it lets the
 * heap of a large case double and treble, although what is remembered lies outside of it for the most part: of a
 * million rows some 200 MiB less for a twentieth more processor time (docs/performance.md). The heap's limits stay as
 * they are, and a version of Node that does not know the flag says so on standard error and goes on.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--heap-growing-percent=40");
}
