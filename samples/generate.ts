import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { apiJsonCase } from "./generator/api-json.ts";
import type { CaseFile } from "./generator/case.ts";
import { sessionTheftCase } from "./generator/tenant/session-theft.ts";
import { testProcedureCase } from "./generator/test-procedure.ts";
import { wireFraudCase, wireFraudMailbox } from "./generator/wire-fraud.ts";

/** Every file of the bundled cases: path below samples/cases, and its text. The same on every machine. */
export function sampleFiles(): readonly CaseFile[] {
  const wireFraud = wireFraudMailbox();
  const cases: Readonly<Record<string, readonly CaseFile[]>> = {
    "june-2018-test-procedure": testProcedureCase(),
    "wire-fraud-60-days": wireFraudCase(wireFraud),
    "api-json": apiJsonCase(wireFraud),
    "session-theft-30-days": sessionTheftCase(),
  };
  return Object.entries(cases).flatMap(([name, files]) =>
    files.map((file) => ({ path: `${name}/${file.path}`, text: file.text })),
  );
}

/** Writes the cases below a folder. */
function writeSamples(folder: string): void {
  for (const { path, text } of sampleFiles()) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

const self = fileURLToPath(import.meta.url);
if (argv[1] !== undefined && resolve(argv[1]) === self) writeSamples(argv[2] ?? join(dirname(self), "cases"));
