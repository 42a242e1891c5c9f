import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { workerData } from "node:worker_threads";
import { writeWhole } from "./file-writer.ts";
import type { WriterAnswer, WriterOrder, WriterStart } from "./writer-orders.ts";

/** The writing thread: writes and hashes what `threadWriter` hands over. After a failure it only gives buffers back. */
const { progress, busy, port } = workerData as WriterStart;
const files = new Map<number, { fd: number; hash: Hash; bytes: number; path: string }>();
const buffers = new Map<number, Buffer>();
let failed = false;

function answer(words: WriterAnswer): void {
  port.postMessage(words);
  Atomics.add(progress, 0, 1);
  Atomics.notify(progress, 0);
}

function obey(order: WriterOrder): void {
  switch (order.kind) {
    case "buffer":
      buffers.set(order.buffer, Buffer.from(order.memory));
      return;
    case "open": {
      const fd = openSync(order.path, "wx");
      files.set(order.file, { fd, hash: createHash("sha256"), bytes: 0, path: order.path });
      return;
    }
    case "write": {
      const file = files.get(order.file);
      const buffer = buffers.get(order.buffer);
      if (file === undefined || buffer === undefined) throw new Error("The writing thread does not know this file.");
      writeWhole(file.fd, buffer, order.length);
      file.hash.update(buffer.subarray(0, order.length));
      file.bytes += order.length;
      return;
    }
    case "end": {
      for (const { fd } of files.values()) closeSync(fd);
      files.clear();
      answer({ ended: true });
      return;
    }
    case "close": {
      const file = files.get(order.file);
      if (file === undefined) throw new Error("The writing thread does not know this file.");
      files.delete(order.file);
      closeSync(file.fd);
      answer({ file: order.file, bytes: file.bytes, sha256: file.hash.digest("hex") });
    }
  }
}

port.on("message", (order: WriterOrder) => {
  try {
    if (!failed || order.kind === "buffer" || order.kind === "end") obey(order);
  } catch (error) {
    failed = true;
    const { message, code, path, syscall } = error as NodeJS.ErrnoException;
    answer({ failure: { message, details: { code, path, syscall } } });
  } finally {
    if (order.kind === "write") {
      Atomics.store(busy, order.buffer, 0);
      Atomics.add(progress, 0, 1);
      Atomics.notify(progress, 0);
    }
  }
});
