/** A list of whole numbers from 0 to 2^32-1 that grows, outside of V8's heap: 4 bytes a number. */
export interface NumberList {
  count: number;
  /** Filled up to `count`. */
  values: Uint32Array;
}

const FIRST_CAPACITY = 16;

export function newNumberList(): NumberList {
  return { count: 0, values: new Uint32Array(FIRST_CAPACITY) };
}

/** Puts a number at the end of a list; returns its index. */
export function addNumber(list: NumberList, value: number): number {
  const at = list.count++;
  if (at === list.values.length) {
    const larger = new Uint32Array(Math.ceil(at * 1.5));
    larger.set(list.values);
    list.values = larger;
  }
  list.values[at] = value;
  return at;
}

/** The numbers of a list; valid until the next one is added. */
export function numbersOf({ values, count }: NumberList): Uint32Array {
  return values.subarray(0, count);
}
