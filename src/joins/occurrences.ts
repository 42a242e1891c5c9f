import { partitionPoint } from "../model/partition-point.ts";

/** At which places of a list names stand, in order; without the empty name. */
export type Occurrences = ReadonlyMap<string, readonly number[]>;

/** @param nameAt the name at a place from 0 to below `count`. */
export function occurrencesOf(count: number, nameAt: (at: number) => string): Occurrences {
  const places = new Map<string, number[]>();
  for (let at = 0; at < count; at++) {
    const name = nameAt(at);
    if (name === "") continue;
    const known = places.get(name);
    if (known === undefined) places.set(name, [at]);
    else known.push(at);
  }
  return places;
}

/**
 * The names that stand from one place on and before another, with the first place of each there, in its order. It costs
 * what there are names, however long the list is.
 */
export function namesWithin(occurrences: Occurrences, from: number, to: number): (readonly [string, number])[] {
  const found: (readonly [string, number])[] = [];
  for (const [name, places] of occurrences) {
    const first = places[partitionPoint(places.length, (at) => (places[at] as number) < from)];
    if (first !== undefined && first < to) found.push([name, first]);
  }
  return found.sort(([, a], [, b]) => a - b);
}
