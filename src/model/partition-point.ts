/**
 * How many of so many things, in an order in which all that pass come before all that do not, pass: found by halves.
 *
 * @param passes asked of positions from 0 to below `length`.
 */
export function partitionPoint(length: number, passes: (at: number) => boolean): number {
  let from = 0;
  let to = length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (passes(middle)) from = middle + 1;
    else to = middle;
  }
  return from;
}
