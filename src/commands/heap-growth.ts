import { setFlagsFromString } from "node:v8";

/**
 * Makes V8 collect garbage before a heap has grown by so many percent since the last time. Left to itself it lets the
 * heap of a large mailbox treble, although what is remembered lies outside of it for the most part. What that saves and
 * costs stands in docs/performance.md. The heap's limits stay as they are; a version of Node that does not know the flag
 * says so on standard error and goes on.
 *
 * The flag is the whole process's, so that it is not set for the many small mailboxes of an audit log: what it saves
 * there is not worth its time.
 */
export function limitHeapGrowth(percent: number): void {
  setFlagsFromString(`--heap-growing-percent=${percent}`);
}
