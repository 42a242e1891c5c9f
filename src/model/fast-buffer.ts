/** What Buffer.prototype has and its types leave out: reading and writing text without the checks of toString and write. */
export interface FastBuffer extends Buffer {
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
  /** Returns the bytes written. */
  utf8Write(text: string, at: number, most: number): number;
}

/** A buffer with memory of its own, its bytes not set. */
export function allocate(size: number): FastBuffer {
  return Buffer.allocUnsafeSlow(size) as FastBuffer;
}
