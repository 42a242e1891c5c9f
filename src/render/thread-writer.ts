import { MessageChannel, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { FastBuffer } from "../model/fast-buffer.ts";
import type { FileDigest, FileWriter } from "./file-writer.ts";
import { BUFFER } from "./file-writer.ts";
import type { WriterAnswer, WriterOrder, WriterStart } from "./writer-orders.ts";
import { MOST_BUFFERS } from "./writer-orders.ts";

/** The thread that died has no words of its own; a caller that waits for it must not wait for ever. */
const LONGEST_WAIT_MILLISECONDS = 600_000;

/**
 * A writer whose files are written and hashed by a thread of its own while the caller goes on filling buffers. Buffers
 * are shared memory and handed to and fro; when all of them wait for the disk, the caller waits too.
 *
 * It needs the built program: a thread cannot load TypeScript sources.
 */
export function startThreadWriter(): FileWriter {
  const progress = new Int32Array(new SharedArrayBuffer(4));
  const busy = new Int32Array(new SharedArrayBuffer(4 * MOST_BUFFERS));
  const { port1: port, port2 } = new MessageChannel();
  const start: WriterStart = { progress, busy, port: port2 };
  const worker = new Worker(new URL("./writer-thread.js", import.meta.url), {
    workerData: start,
    transferList: [port2],
  });
  // The run ends when its work is done, not when this thread is.
  worker.unref();
  port.unref();
  const buffers: FastBuffer[] = [];
  const numbers = new Map<FastBuffer, number>();
  /** Buffers that a file is filling. */
  const taken = new Set<number>();
  const digests = new Map<number, FileDigest>();
  let files = 0;

  const order = (words: WriterOrder) => {
    port.postMessage(words);
  };
  const listen = () => {
    for (let message = receiveMessageOnPort(port); message !== undefined; message = receiveMessageOnPort(port)) {
      const words = message.message as WriterAnswer;
      if ("failure" in words) {
        const { message: text, details } = words.failure;
        const named = Object.entries(details).filter(([, value]) => value !== undefined);
        throw Object.assign(new Error(text), Object.fromEntries(named));
      }
      if ("ended" in words) return true;
      digests.set(words.file, words);
    }
    return false;
  };
  /** Waits until the thread has made progress since `seen`. */
  const waitFrom = (seen: number) => {
    if (Atomics.wait(progress, 0, seen, LONGEST_WAIT_MILLISECONDS) === "timed-out") {
      throw new Error("The writing thread does not answer.");
    }
  };
  const memory = (size: number, number: number): FastBuffer => {
    const shared = new SharedArrayBuffer(size);
    const buffer = Buffer.from(shared) as FastBuffer;
    const before = buffers[number];
    if (before !== undefined) numbers.delete(before);
    buffers[number] = buffer;
    numbers.set(buffer, number);
    order({ kind: "buffer", buffer: number, memory: shared });
    return buffer;
  };
  const take = (size: number): FastBuffer => {
    for (;;) {
      const seen = Atomics.load(progress, 0);
      const free = buffers.findIndex((_buffer, number) => !taken.has(number) && Atomics.load(busy, number) === 0);
      const number = free < 0 && buffers.length < MOST_BUFFERS ? buffers.length : free;
      if (number >= 0) {
        const buffer = buffers[number];
        taken.add(number);
        return buffer === undefined || buffer.length < size ? memory(Math.max(size, BUFFER), number) : buffer;
      }
      waitFrom(seen);
    }
  };
  return {
    open(path) {
      const file = files++;
      order({ kind: "open", file, path });
      return {
        take,
        write(buffer, length) {
          listen();
          const number = numbers.get(buffer) as number;
          Atomics.store(busy, number, 1);
          taken.delete(number);
          order({ kind: "write", file, buffer: number, length });
        },
        close() {
          order({ kind: "close", file });
          for (;;) {
            const seen = Atomics.load(progress, 0);
            listen();
            const digest = digests.get(file);
            if (digest !== undefined) return { bytes: digest.bytes, sha256: digest.sha256 };
            waitFrom(seen);
          }
        },
      };
    },
    end() {
      order({ kind: "end" });
      try {
        for (let seen = Atomics.load(progress, 0); !listen(); seen = Atomics.load(progress, 0)) waitFrom(seen);
      } catch {
        // The failure that ends the run was reported before this one.
      }
      port.close();
      void worker.terminate();
    },
  };
}
