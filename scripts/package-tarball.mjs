// The tarball that npm installs without a network: the package with everything it depends on inside.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { readJson } from "./package-contents.mjs";

/** npm as whoever runs this script runs it. */
function npm(args, cwd) {
  const own = process.env["npm_execpath"];
  const [command, first] = own?.endsWith(".js") === true ? [process.execPath, [own]] : ["npm", []];
  const ended = spawnSync(command, [...first, ...args], {
    cwd,
    encoding: "utf8",
    shell: command === "npm" && process.platform === "win32",
  });
  if (ended.status !== 0) throw new Error(`npm ${args[0]} failed: ${ended.error?.message ?? ended.stderr}`);
  return ended.stdout;
}

/**
 * Packs the program with its packages into `out`. What is packed is laid out in a folder of its own, so that the
 * repository's package.json needs no list of what is bundled. Nothing is downloaded and no script of a package is run.
 *
 * @returns the tarball's name.
 */
export function packTarball({ root, out, compiled, packages, licences, licencesName }) {
  const work = mkdtempSync(join(tmpdir(), "alicorn-package-"));
  try {
    const stage = join(work, "stage");
    const copy = (path, filter = () => true) => {
      mkdirSync(dirname(join(stage, path)), { recursive: true });
      cpSync(join(root, path), join(stage, path), { recursive: true, filter });
    };
    const { scripts: _scripts, devDependencies: _dev, ...own } = readJson(root, "package.json");
    for (const path of own.files) if (path !== "dist") copy(path);
    for (const path of compiled) copy(path);
    // A package inside another one has a line of its own in the list.
    for (const { path } of packages) copy(path, (from) => basename(from) !== "node_modules");
    writeFileSync(join(stage, licencesName), licences);
    const bundleDependencies = Object.keys({
      ...own.dependencies,
      ...own.optionalDependencies,
    }).sort();
    const packed = { ...own, files: [...own.files, licencesName], bundleDependencies };
    writeFileSync(join(stage, "package.json"), `${JSON.stringify(packed, undefined, 2)}\n`);
    const cache = join(work, "cache");
    npm(["pack", "--offline", "--ignore-scripts", "--silent", "--cache", cache, "--pack-destination", work], stage);
    const name = `${own.name}-${own.version}.tgz`;
    writeFileSync(join(out, name), readFileSync(join(work, name)));
    return name;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
