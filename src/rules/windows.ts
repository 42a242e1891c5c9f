import type { JoinedCase } from "../joins/joined-case.ts";

/**
 * Walks along entries in order of time with a window of a length that ends at each of them: how many different ones it
 * holds. There may be very many in one window.
 *
 * @param length in ticks, as are times.
 * @param keyOf the same for entries that are the same one.
 * @param visit told the indexes of the window's first and last entry, and how many different ones lie in it.
 */
export function differentInWindow<T>(
  entries: readonly T[],
  length: number,
  ticksOf: (entry: T) => number,
  keyOf: (entry: T) => string | number,
  visit: (start: number, end: number, different: number) => void,
): void {
  const open = new Map<string | number, number>();
  let start = 0;
  for (const [end, entry] of entries.entries()) {
    const added = keyOf(entry);
    open.set(added, (open.get(added) ?? 0) + 1);
    for (;;) {
      const first = entries[start] as T;
      // Times that cannot be read end nothing.
      if (!(ticksOf(entry) - ticksOf(first) > length)) break;
      const left = keyOf(first);
      const count = (open.get(left) ?? 1) - 1;
      if (count === 0) open.delete(left);
      else open.set(left, count);
      start++;
    }
    visit(start, end, open.size);
  }
}

/**
 * The same for rows and the messages that they name. One message may be in very many rows, one record may name it very
 * often, and copies of it are the same one; rows that name none are together one.
 */
export function messagesInWindow(
  { mailboxCase, messageOf }: Pick<JoinedCase, "mailboxCase" | "messageOf">,
  rows: readonly number[],
  length: number,
  visit: (start: number, end: number, messages: number) => void,
): void {
  const { ticks, item } = mailboxCase.rows;
  const ticksOf = (row: number) => ticks[row] as number;
  differentInWindow(rows, length, ticksOf, (row) => messageOf(item[row] as number), visit);
}
