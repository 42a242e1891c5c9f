"use strict";
/**
 * Loaded into the built program with `--require`: does something real to the run at a moment of its own choosing, such
 * as sending a signal before a certain file is opened. Nothing that the program is told is made up: the disk is full,
 * the file is shorter, the signal arrives.
 *
 * FAULT is JSON: `{ call, path, nth, mark, deed }`. The deed is done before the nth call of node:fs named `call` whose
 * path matches; `mark` is made first, so that a test knows that the moment came.
 */
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");
const { isMainThread } = require("node:worker_threads");

const { call, path: wanted, nth, mark, deed } = JSON.parse(process.env.FAULT);
const pattern = new RegExp(wanted);
const original = { ...fs };
/** Paths of open files, by descriptor: reading and writing name no path. */
const open = new Map();
let met = 0;
let isDone = false;

/** Writes until the disk takes no byte more. */
function fill(path) {
  const file = original.openSync(path, "w");
  for (let size = 1 << 20; size >= 1;) {
    try {
      original.writeSync(file, Buffer.alloc(size));
    } catch {
      size = Math.floor(size / 2);
    }
  }
  original.closeSync(file);
}

const DEEDS = {
  signal: ({ name }) => process.kill(process.pid, name),
  fill: ({ path }) => fill(path),
  limit: ({ option }) => execFileSync("prlimit", ["--pid", String(process.pid), option]),
  truncate: ({ path, size }) => original.truncateSync(path, size),
  /** Takes memory until the thread has none left. */
  exhaust: () => {
    for (const all = []; ;) all.push(Array.from({ length: 100_000 }, (_, at) => ({ at })));
  },
  exit: () => process.exit(),
  /** Other bytes in place of some: the same file, of the same size. */
  overwrite: ({ path, text }) => {
    const file = original.openSync(path, "r+");
    original.writeSync(file, text, Math.floor(original.fstatSync(file).size / 2));
    original.closeSync(file);
  },
  append: ({ path, text }) => original.appendFileSync(path, text),
  replace: ({ path, by }) => original.renameSync(by, path),
  remove: ({ path }) => original.rmSync(path, { recursive: true }),
  /** Removes the folder that the path in question lies in, or one above it; another thread may just write into it. */
  removeAbove: ({ levels }, path) => {
    const above = Array.from({ length: levels }, () => "..");
    original.rmSync(require("node:path").resolve(path, ...above), {
      recursive: true,
      force: true,
      maxRetries: 50,
      retryDelay: 2,
    });
  },
};

function look(name, path) {
  if (isDone || name !== call || !pattern.test(String(path))) return;
  if (++met < nth) return;
  isDone = true;
  try {
    // Of several threads that reach the moment, the first does it.
    original.closeSync(original.openSync(mark, "wx"));
  } catch {
    return;
  }
  DEEDS[deed.what](deed, String(path));
}

for (const name of ["renameSync", "mkdirSync", "readFileSync", "rmSync", "open"]) {
  fs[name] = (path, ...rest) => {
    look(name, path);
    return original[name](path, ...rest);
  };
}
fs.openSync = (path, ...rest) => {
  look("openSync", path);
  const file = original.openSync(path, ...rest);
  open.set(file, path);
  return file;
};
for (const name of ["readSync", "writeSync"]) {
  fs[name] = (file, ...rest) => {
    look(name, open.get(file) ?? "");
    return original[name](file, ...rest);
  };
}
syncBuiltinESMExports();
// A moment without a file: the program or one of its threads is about to begin.
look(isMainThread ? "begin" : "beginThread", "");
