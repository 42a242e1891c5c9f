import { writeSamples } from "../pipeline/sample.ts";
import { interruptible } from "./interrupt.ts";
import { say } from "./say.ts";

/** `alicorn sample`: writes the bundled workshop cases. Returns the exit code. */
export function sampleCommand(folder: string): number {
  // All is copied in one go; a signal in the middle must not leave half of it behind.
  const { release } = interruptible();
  try {
    const cases = writeSamples(folder);
    say(`Synthetic cases written to ${folder}: ${cases.join(", ")}. Each has a README.md.`);
    return 0;
  } finally {
    release();
  }
}
