import { execFileSync } from "node:child_process";

/** The command-line tests run the built program, so it is built from the sources under test first. */
export default function build(): void {
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    stdio: "inherit",
  });
}
