// The program as one file that a plain node runs: no node_modules, no folder beside it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { filesBelow, readJson } from "./package-contents.mjs";

const CASES = "samples/cases";
const DATABASE = "node_modules/maxmind-country/GeoLite2-Country.mmdb";

/**
 * Modules that read files of the package, and the import of each that gets another module instead, one that has those
 * files in it. Everything else that they import stays.
 */
const REDIRECTED = {
  "dist/pipeline/sample.js": { "node:fs": "cases" },
  "dist/enrich/network/geo.js": { "node:module": "database-place" },
  "dist/enrich/network/database.js": { "node:fs/promises": "database" },
  "node_modules/yargs/lib/platform-shims/esm.mjs": {
    "node:fs": "texts",
    "escalade/sync": "texts-place",
  },
  "node_modules/y18n/build/lib/platform-shims/node.js": { fs: "texts" },
};
const VERSION_MODULE = "dist/version.js";

/** A thread of its own is started from the text of its module, bundled, in place of the module's file. */
const THREAD = /new URL\("\.\/([\w-]+\.js)", import\.meta\.url\)/g;
/** How the program asks whether it was compiled: TypeScript sources cannot be loaded by a thread. */
const COMPILED = 'import.meta.url.endsWith(".js")';

function packed(bytes) {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return JSON.stringify(brotliCompressSync(bytes, { params }).toString("base64"));
}

const UNPACK = `
import { brotliDecompressSync } from "node:zlib";
const unpack = (text) => brotliDecompressSync(Buffer.from(text, "base64"));`;

/** A path that no file can have, so that what is in this file and what is on disk are never taken for each other. */
const PLACE = `
import { join } from "node:path";
export const place = (...names) => join("\\0alicorn.mjs", ...names);`;

/** The texts of the modules that have the package's files in them, made when they are asked for. */
function ownModules(root) {
  const text = (path) => JSON.stringify(readFileSync(join(root, path), "utf8"));
  const { name, version } = readJson(root, "package.json");
  return {
    place: () => PLACE,
    zlib: () => 'module.exports = require("node:zlib");',
    cases: () => {
      const files = filesBelow(join(root, CASES)).map(
        (path) => `  [${JSON.stringify(path)}, ${packed(readFileSync(join(root, CASES, path)))}],\n`,
      );
      return `${UNPACK}
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
export * from "node:fs";
const CASES = [\n${files.join("")}];
export function cpSync(_from, to) {
  for (const [path, text] of CASES) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    writeFileSync(join(to, path), unpack(text));
  }
}`;
    },
    "database-place": () => `import { place } from "alicorn:place";
export const createRequire = () => ({ resolve: (name) => place(name) });`,
    database: () => `${UNPACK}
import { readFile as readFromDisk } from "node:fs/promises";
import { place } from "alicorn:place";
const DATABASE = ${packed(readFileSync(join(root, DATABASE)))};
export async function readFile(path, ...options) {
  if (path === place("maxmind-country", "GeoLite2-Country.mmdb")) return unpack(DATABASE);
  return readFromDisk(path, ...options);
}`,
    "texts-place": () => `import { place } from "alicorn:place";
export default () => place("package.json");`,
    // What yargs reads: the version that --version prints, and its own English words.
    texts: () => `import { basename } from "node:path";
export * from "node:fs";
const TEXTS = new Map([
  ["package.json", ${JSON.stringify(JSON.stringify({ name, version }))}],
  ["en.json", ${text("node_modules/yargs/locales/en.json")}],
]);
export function readFileSync(path) {
  const text = TEXTS.get(basename(path));
  if (text === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
  return text;
}`,
  };
}

/** esbuild's plugin that puts the package's own files and threads into the bundle. `used` takes what was put in. */
function ownFiles(root, version, used, inThread) {
  const modules = ownModules(root);
  const pathOf = (file) => file.slice(root.length + 1).replaceAll("\\", "/");
  return {
    name: "own-files",
    setup(bundler) {
      bundler.onResolve({ filter: /^alicorn:/ }, ({ path }) => ({
        path: path.slice(8),
        namespace: "alicorn",
      }));
      // An import of what an older Node lacks would end in a stack before the banner can say what is the matter.
      bundler.onResolve({ filter: /^node:zlib$/ }, ({ namespace }) =>
        namespace === "file" && !inThread ? { path: "zlib", namespace: "alicorn" } : undefined,
      );
      bundler.onResolve({ filter: /^(?:node:)?(?:fs|module)|^escalade\/sync$/ }, ({ path, importer, namespace }) => {
        const instead = namespace === "file" ? REDIRECTED[pathOf(importer)]?.[path] : undefined;
        if (instead === undefined) return undefined;
        used.add(`${pathOf(importer)}, ${path}`);
        return { path: instead, namespace: "alicorn" };
      });
      bundler.onLoad({ filter: /.*/, namespace: "alicorn" }, ({ path }) => ({
        contents: modules[path](),
        resolveDir: root,
      }));
      bundler.onLoad({ filter: /[\\/]dist[\\/].*\.js$/ }, async ({ path: file }) => {
        const path = pathOf(file);
        if (!path.startsWith("dist/")) return undefined;
        if (path === VERSION_MODULE) return { contents: `export const VERSION = ${JSON.stringify(version)};` };
        let contents = readFileSync(file, "utf8").replaceAll(COMPILED, "true");
        for (const [expression, name] of contents.matchAll(THREAD)) {
          // A thread's module may share a module with what starts it; it starts none itself.
          if (inThread) {
            contents = contents.replace(expression, "undefined");
            continue;
          }
          const thread = await bundle({
            root,
            entry: join(file, "..", name),
            version,
            used: new Set(),
            inThread: true,
            banner: THREAD_BANNER,
          });
          const url = `data:text/javascript;base64,${Buffer.from(thread.text).toString("base64")}`;
          contents = contents.replace(expression, `new URL(${JSON.stringify(url)})`);
          used.add(`${path}, ${name}`);
        }
        if (contents.includes("import.meta") && REDIRECTED[path] === undefined) {
          throw new Error(`${path} looks for a file beside itself; scripts/package-single.mjs has to put it in.`);
        }
        return { contents };
      });
    },
  };
}

/** A thread's text has no place of its own; what its packages require are modules of Node. */
const THREAD_BANNER = `import { createRequire as alicornRequire } from "node:module";
const require = alicornRequire(process.execPath);`;

async function bundle({ root, entry, version, used, inThread = false, banner = "" }) {
  const built = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    charset: "utf8",
    // All licences stand at the end of the file.
    legalComments: "none",
    logLevel: "error",
    banner: { js: banner },
    plugins: [ownFiles(root, version, used, inThread)],
  });
  return { text: built.outputFiles[0].text, inputs: Object.keys(built.metafile.inputs) };
}

/** Packages of the CommonJS kind ask for modules of Node with `require`. */
function bannerOf(version, node) {
  return `// alicorn ${version} in one file: node alicorn.mjs --help. Licences of all that is in it stand at its end.
import { createRequire as alicornRequire } from "node:module";
const require = alicornRequire(import.meta.url);
{
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < ${node[0]} || (major === ${node[0]} && minor < ${node[1]})) {
    console.error("alicorn needs Node ${node.join(".")} or later; this is Node " + process.versions.node + ".");
    process.exit(1);
  }
}`;
}

/**
 * Puts the compiled program, its packages, the bundled cases and the country database into one ES module. Not minified:
 * whoever wants to know what the program does can read it.
 *
 * @returns the file's text. The same sources and packages give the same text on the same version of Node.
 * @throws where a module reads a file of the package in a way that this script does not know, and where a package comes
 *   in whose licence is not collected.
 */
export async function singleFile({ root, packages, licences }) {
  const { version, engines, license } = readJson(root, "package.json");
  const node = /(\d+)\.(\d+)/.exec(engines.node).slice(1).map(Number);
  const used = new Set();
  const { text, inputs } = await bundle({
    root,
    entry: join(root, "dist/cli.js"),
    version,
    used,
    banner: bannerOf(version, node),
  });
  const expected = Object.entries(REDIRECTED).flatMap(([path, names]) =>
    Object.keys(names).map((name) => `${path}, ${name}`),
  );
  const missed = expected.find((one) => !used.has(one));
  if (missed !== undefined) throw new Error(`Nothing asks for ${missed} any more; change scripts/package-single.mjs.`);
  const known = packages.map(({ path }) => `${path}/`);
  const foreign = inputs.find((path) => path.startsWith("node_modules/") && !known.some((one) => path.startsWith(one)));
  if (foreign !== undefined) throw new Error(`${foreign} is in the file, but its licence is not.`);
  const own = `alicorn ${version} (${license})\n\n${readFileSync(join(root, "LICENSE"), "utf8").trim()}\n\n${licences}`;
  const comment = own
    .trimEnd()
    .split("\n")
    .map((line) => `// ${line}`.trimEnd());
  return `${text.trimEnd()}\n\n${comment.join("\n")}\n`;
}
