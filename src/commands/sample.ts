import { writeSamples } from "../pipeline/sample.ts";
import { say } from "./say.ts";

/** `alicorn sample`: writes the bundled workshop cases. Returns the exit code. */
export function sampleCommand(folder: string): number {
  const cases = writeSamples(folder);
  say(`Synthetic cases written to ${folder}: ${cases.join(", ")}. Each has a README.md.`);
  return 0;
}
