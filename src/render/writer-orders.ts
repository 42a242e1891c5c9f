import type { MessagePort } from "node:worker_threads";

/** What the writing thread is told, in the order in which it has to be done. */
export type WriterOrder =
  | { readonly kind: "open"; readonly file: number; readonly path: string }
  | { readonly kind: "write"; readonly file: number; readonly buffer: number; readonly length: number }
  | { readonly kind: "buffer"; readonly buffer: number; readonly memory: SharedArrayBuffer }
  | { readonly kind: "close"; readonly file: number }
  | { readonly kind: "end" };

/** What it answers to a `close` or an `end`, or at the first failure; `details` are the properties of a system error. */
export type WriterAnswer =
  | { readonly file: number; readonly bytes: number; readonly sha256: string }
  | { readonly ended: true }
  | { readonly failure: { readonly message: string; readonly details: Readonly<Record<string, string | undefined>> } };

/** What the thread is started with. */
export interface WriterStart {
  /** One counter: grows with every buffer that is free again and every answer. */
  readonly progress: Int32Array;
  /** One flag a buffer: 1 while the thread has it. */
  readonly busy: Int32Array;
  /** Orders come in by it, answers go out. */
  readonly port: MessagePort;
}

/** Buffers in all: enough that every table has one to fill while others are being written. */
export const MOST_BUFFERS = 48;
