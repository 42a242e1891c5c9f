/** V8 copies shorter pieces of a text at once, and keeps longer ones as views of the whole text. */
const SHORTEST_VIEW = 13;

/** The same text in memory of its own, for texts that are remembered: a piece of a text keeps the whole text alive. */
export function ownText(text: string): string {
  return text.length < SHORTEST_VIEW ? text : Buffer.from(text, "utf16le").toString("utf16le");
}
