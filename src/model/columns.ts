/** A column of a table of numbers, outside of V8's heap. */
export type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** A copy of a column with room for `capacity` values. */
export function grown<T extends Column>(column: T, capacity: number): T {
  const larger = new (column.constructor as new (length: number) => T)(capacity);
  larger.set(column);
  return larger;
}

/** Gives columns of a table room for `capacity` values each. */
export function growColumns<Name extends string>(
  table: { [Each in Name]: Column },
  names: readonly Name[],
  capacity: number,
): void {
  for (const name of names) table[name] = grown(table[name], capacity);
}
