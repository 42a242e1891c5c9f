// Makes what runs without a network, after a build:
//   node scripts/package.mjs [--out DIR]     (DIR is packages/ without the option)
//     alicorn-VERSION.tgz         for npm install --offline: the program with all packages that it needs
//     alicorn.mjs                 the program in one file: node alicorn.mjs parse ...
//     THIRD-PARTY-LICENSES.txt    the licences of what is in both; it stands in both as well
//     SHA256SUMS                  of the three
// The same sources give the same bytes on the same versions of Node and npm. Nothing is downloaded.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compiledFiles, licencesText, packagesAtRunTime } from "./package-contents.mjs";
import { singleFile } from "./package-single.mjs";
import { packTarball } from "./package-tarball.mjs";

const SINGLE = "alicorn.mjs";
const LICENCES = "THIRD-PARTY-LICENSES.txt";
const SUMS = "SHA256SUMS";

const root = realpathSync(fileURLToPath(new URL("..", import.meta.url)));
const { values } = parseArgs({
  options: { out: { type: "string", default: join(root, "packages") } },
});
const out = resolve(values.out);
mkdirSync(out, { recursive: true });

const compiled = compiledFiles(root);
const packages = packagesAtRunTime(root);
const licences = licencesText(root, packages);
const tarball = packTarball({ root, out, compiled, packages, licences, licencesName: LICENCES });
writeFileSync(join(out, SINGLE), await singleFile({ root, packages, licences }), { mode: 0o755 });
writeFileSync(join(out, LICENCES), licences);

const names = [tarball, SINGLE, LICENCES].sort();
const lines = names.map((name) => {
  const bytes = readFileSync(join(out, name));
  console.log(`${name}: ${bytes.length} bytes`);
  return `${createHash("sha256").update(bytes).digest("hex")}  ${name}\n`;
});
writeFileSync(join(out, SUMS), lines.join(""));
console.log(`Written to ${out}, with their SHA-256 in ${SUMS}.`);
