import type { FastBuffer } from "./fast-buffer.ts";
import { allocate } from "./fast-buffer.ts";

/*
 * Memory outside of V8's heap that is taken for a while and given back, mailbox after mailbox. Left to be collected it
 * would lie about: V8 lets tens of MiB of such memory gather in each thread before it looks for what nobody uses, and
 * the C library hands little of it back to the system.
 */

/** No more bytes than these wait for the next taker, in each thread; what is given back beyond them is let go. */
const MOST_SPARE = 64 << 20;
const SMALLEST = 1 << 12;

/** Rooms that were given back, by their size. */
const spare = new Map<number, FastBuffer[]>();
let waiting = 0;

/** A room of at least so many bytes, which hold anything: the next power of two. */
export function takeRoom(bytes: number): FastBuffer {
  let size = SMALLEST;
  while (size < bytes) size *= 2;
  const room = spare.get(size)?.pop();
  if (room === undefined) return allocate(size);
  waiting -= size;
  return room;
}

/** Gives a room back. Nobody may read or write it any more: the next one who takes it writes over it. */
export function giveRoom(room: FastBuffer): void {
  const size = room.length;
  if (waiting + size > MOST_SPARE) return;
  const same = spare.get(size);
  if (same === undefined) spare.set(size, [room]);
  else same.push(room);
  waiting += size;
}
