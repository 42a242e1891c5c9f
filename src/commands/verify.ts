import { verifyBundle } from "../pipeline/verify.ts";
import { say } from "./say.ts";

/**
 * `alicorn verify`: hashes a bundle's files again and compares them with its manifest.
 *
 * @returns the exit code: 0 where every file is as it was written, else 1.
 */
export async function verifyCommand(folder: string): Promise<number> {
  const { files, problems } = await verifyBundle(folder);
  for (const problem of problems) say(problem);
  if (problems.length > 0) return 1;
  say(`${files} files are as the manifest says.`);
  return 0;
}
