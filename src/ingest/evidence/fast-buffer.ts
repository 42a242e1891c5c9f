/** What Buffer.prototype has and its types leave out: slices without the argument checks of toString. */
export interface FastBuffer extends Buffer {
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
}

/** A buffer with memory of its own, its bytes not set. */
export function allocate(size: number): FastBuffer {
  return Buffer.allocUnsafeSlow(size) as FastBuffer;
}
