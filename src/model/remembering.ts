import { ownText } from "./own-text.ts";

/**
 * A function that works out each text once and gives the same answer again, for what few texts ask very often. When so
 * many answers are remembered, all are forgotten, so that hostile evidence cannot fill the memory.
 *
 * @param make never gives undefined.
 * @param most how many answers are remembered.
 */
export function remembering<T>(make: (text: string) => T, most: number): (text: string) => T {
  const memory = new Map<string, T>();
  return (text) => {
    const known = memory.get(text);
    if (known !== undefined) return known;
    // The answer may be a piece of the text as well.
    const own = ownText(text);
    const made = make(own);
    if (memory.size >= most) memory.clear();
    memory.set(own, made);
    return made;
  };
}
