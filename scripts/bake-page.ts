/**
 * Writes src/render/html/page-source.ts: the script and the style of report.html, made of src/render/html/page/.
 *
 *     npx tsx scripts/bake-page.ts
 *
 * The compiler copies no other files than its own, so the page's sources become a module of two texts. The parts of the
 * script are plain modules that are put one behind the other in one function: their `import` lines go, `export` goes,
 * and names must be unique among them. test/render/html.test.ts holds the result equal to what lies in the sources.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** In order of use: a part comes behind those it needs. */
const PARTS = ["dom", "rows", "query", "grid", "lanes", "explorer", "main"];

const page = new URL("../src/render/html/page/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, page), "utf8");

function part(name: string): string {
  return read(`${name}.js`)
    .replace(/^import [^;]*;\n/gm, "")
    .replace(/^\/\*\* @import .*\*\/\n/gm, "")
    .replace(/^export /gm, "")
    .trim();
}

/** The module's text. */
export function pageSource(): string {
  const script = `(() => {\n"use strict";\n${PARTS.map(part).join("\n\n")}\n})();\n`;
  return `/**
 * The script and the style of report.html: written by scripts/bake-page.ts of the files in page/, not by hand.
 */

// prettier-ignore
export const PAGE_SCRIPT = ${JSON.stringify(script)};

// prettier-ignore
export const PAGE_STYLE = ${JSON.stringify(read("style.css"))};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL("../page-source.ts", page), pageSource());
}
