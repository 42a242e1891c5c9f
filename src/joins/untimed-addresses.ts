import type { JoinedCase } from "./joined-case.ts";
import { ownAddress } from "./mailbox-case.ts";

/** Addresses that only rows without a readable time carry, and these rows in order. */
export interface UntimedAddresses {
  readonly addresses: ReadonlySet<string>;
  readonly rows: Uint32Array;
}

/** The addresses that only rows without a readable time carry: nothing can be said of when, and no score knows them. */
export function untimedAddresses({ mailboxCase, logged, logons }: JoinedCase): UntimedAddresses {
  const { ticks } = mailboxCase.rows;
  const isTimed = (row: number) => !Number.isNaN(ticks[row]);
  const addresses = new Set<string>();
  const last = logged.at(-1);
  // Such rows come last.
  if (last === undefined || isTimed(last)) return { addresses, rows: new Uint32Array() };
  const timed = new Set<string>();
  for (const { row, named } of logons) (isTimed(row) ? timed : addresses).add(named);
  for (const row of logged) (isTimed(row) ? timed : addresses).add(ownAddress(mailboxCase, row));
  for (const address of ["", ...timed]) addresses.delete(address);
  const fromThere = new Set(logons.filter(({ named }) => addresses.has(named)).map(({ row }) => row));
  const carries = (row: number) => fromThere.has(row) || addresses.has(ownAddress(mailboxCase, row));
  return { addresses, rows: logged.filter((row) => !isTimed(row) && carries(row)) };
}
