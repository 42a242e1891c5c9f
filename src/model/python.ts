/** An int or float of a Python literal, kept as its own text so that no digit is lost. */
export interface PythonNumber {
  readonly type: "number";
  readonly text: string;
}

/** A bytes literal; `text` holds one character (U+0000 to U+00FF) a byte. */
export interface PythonBytes {
  readonly type: "bytes";
  readonly text: string;
}

export interface PythonSequence {
  readonly type: "list" | "tuple" | "set";
  readonly items: readonly PythonValue[];
}

/** Pairs in the order written; a key written twice stands twice, and the last one counts. */
export interface PythonDict {
  readonly type: "dict";
  readonly entries: readonly (readonly [PythonValue, PythonValue])[];
}

/** What a Python literal can hold. `null` is None; a string may hold lone surrogates. */
export type PythonValue = string | boolean | null | PythonNumber | PythonBytes | PythonSequence | PythonDict;
