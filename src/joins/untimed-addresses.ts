import type { JoinedCase } from "./joined-case.ts";
import { ownAddress } from "./mailbox-case.ts";

/** The addresses that only rows without a readable time carry: nothing can be said of when, and no score knows them. */
export function untimedAddresses({ mailboxCase, logged, logons }: JoinedCase): ReadonlySet<string> {
  const { ticks } = mailboxCase.rows;
  const isTimed = (row: number) => !Number.isNaN(ticks[row]);
  const untimed = new Set<string>();
  const last = logged.at(-1);
  // Such rows come last.
  if (last === undefined || isTimed(last)) return untimed;
  const timed = new Set<string>();
  for (const { row, named } of logons) (isTimed(row) ? timed : untimed).add(named);
  for (const row of logged) (isTimed(row) ? timed : untimed).add(ownAddress(mailboxCase, row));
  for (const address of ["", ...timed]) untimed.delete(address);
  return untimed;
}
