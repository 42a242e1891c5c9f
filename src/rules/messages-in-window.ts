import type { JoinedCase } from "../joins/joined-case.ts";

/**
 * Walks along rows in order of time with a window of a length that ends at each of them: how many different messages it
 * holds. One message may be in very many rows, one record may name it very often, and copies of it are the same one.
 *
 * @param length in ticks.
 * @param visit told the indexes of the window's first and last row, and how many messages lie in it; rows that name none
 *   are together one.
 */
export function messagesInWindow(
  { mailboxCase, messageOf }: Pick<JoinedCase, "mailboxCase" | "messageOf">,
  rows: readonly number[],
  length: number,
  visit: (start: number, end: number, messages: number) => void,
): void {
  const { ticks, item } = mailboxCase.rows;
  const open = new Map<number, number>();
  let start = 0;
  for (const [end, row] of rows.entries()) {
    const added = messageOf(item[row] as number);
    open.set(added, (open.get(added) ?? 0) + 1);
    for (;;) {
      const first = rows[start] as number;
      if ((ticks[row] as number) - (ticks[first] as number) <= length) break;
      const left = messageOf(item[first] as number);
      const count = (open.get(left) ?? 1) - 1;
      if (count === 0) open.delete(left);
      else open.set(left, count);
      start++;
    }
    visit(start, end, open.size);
  }
}
