// What both forms of the program hold: the compiled modules, the packages it needs at run time, and their licences.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Whose data or code is compiled into dist, though the package itself is not needed at run time. */
const BAKED_IN = ["world-atlas"];
const LICENCE_FILE = /^(?:licen[cs]e|copying|copyright|notice)/i;
const RULE = "=".repeat(100);

/** Reads a JSON file below the repository. */
export function readJson(root, path) {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

/** The files below a folder as paths with slashes, in code-unit order; files whose name begins with a dot are left out. */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

/**
 * The compiled modules, as the compiler says which sources it compiles. What it left in dist of sources that are gone is
 * not passed on.
 *
 * @returns paths below the repository: scripts and type declarations.
 * @throws where a source was not compiled.
 */
export function compiledFiles(root) {
  const compiler = [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json", "--listFilesOnly"];
  const sources = execFileSync(process.execPath, compiler, { cwd: root, encoding: "utf8" })
    .split(/\r?\n/)
    .map((path) => relative(root, path).replaceAll("\\", "/"))
    .filter((path) => path.startsWith("src/"));
  const files = sources.flatMap((path) => [".js", ".d.ts"].map((end) => `dist${path.slice(3).replace(/\.ts$/, end)}`));
  const absent = files.find((path) => !existsSync(join(root, path)));
  if (absent !== undefined) throw new Error(`${absent} is not there. Run "npm run build" first.`);
  return files.sort();
}

/**
 * The packages that the program needs at run time, optional ones too, as package-lock.json has them.
 *
 * @returns the path of each below the repository, with its package.json, in order of the paths.
 * @throws where one is not installed, is installed in another version, or holds machine code: then what is made here
 *   would not be what was tested, or would not run elsewhere.
 */
export function packagesAtRunTime(root) {
  const { packages } = readJson(root, "package-lock.json");
  const paths = Object.keys(packages).filter((path) => path !== "" && packages[path].dev !== true);
  return paths.sort().map((path) => {
    const { version, hasInstallScript } = packages[path];
    if (!existsSync(join(root, path, "package.json"))) throw new Error(`${path} is not installed. Run "npm ci" first.`);
    const own = readJson(root, join(path, "package.json"));
    if (own.version !== version) throw new Error(`${path} is ${own.version}, not ${version}. Run "npm ci" first.`);
    const native = filesBelow(join(root, path)).find((file) => /(?:\.node|binding\.gyp)$/.test(file));
    if (native !== undefined || hasInstallScript === true)
      throw new Error(`${path} holds machine code or runs a script.`);
    return { path, own };
  });
}

function licencesOf(root, { path, own }) {
  const folder = join(root, path);
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map(({ name }) => name);
  const texts = files.sort().map((file) => readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim());
  if (typeof own.license !== "string") throw new Error(`${path} does not say its licence.`);
  if (texts.length === 0) {
    const author = typeof own.author === "string" ? own.author : (own.author?.name ?? "its authors");
    texts.push(`The package holds no text of its licence. Its package.json says: ${own.license}, by ${author}.`);
  }
  return `${RULE}\n${own.name} ${own.version} (${own.license})\n${RULE}\n\n${texts.join("\n\n")}\n`;
}

/** The licences of everything that is handed on: this program's notice, then one text a package. Ends with a line end. */
export function licencesText(root, packages) {
  const baked = BAKED_IN.map((name) => {
    const path = `node_modules/${name}`;
    return { path, own: readJson(root, `${path}/package.json`) };
  });
  const parts = new Set([...packages, ...baked].map((one) => licencesOf(root, one)));
  return `${readFileSync(join(root, "NOTICE.md"), "utf8").trimEnd()}\n\n${[...parts].sort().join("\n")}`;
}
