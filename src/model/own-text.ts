/** A text that shares no memory with the record it was cut from, for texts that are remembered. */
export function ownText(text: string): string {
  return Buffer.from(text, "utf16le").toString("utf16le");
}
