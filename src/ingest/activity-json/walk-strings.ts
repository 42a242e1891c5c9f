/** What a walk answers where a text departs from the form it takes. */
export const DOUBTFUL = -1;

/** Where the walk through one text stands. One for all: texts are walked one after the other, each to its end. */
export const walked = {
  /** Whether the string of the last `stringEnd` holds escapes. */
  escaped: false,
  /** The first backslash at or behind the place that was reached; the length where there is none. */
  backslash: 0,
  /** Whether the text holds control characters, so that each string has to be searched for them. */
  controls: false,
};

/** A control character, which JSON does not allow inside a string (RFC 8259, 7): whatever stands before the space. */
const CONTROL = /[^ -\uffff]/;
/** The escapes of RFC 8259, 7, complete. */
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
const BARE = /null|true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function nextBackslash(text: string, from: number): number {
  const found = text.indexOf("\\", from);
  return found < 0 ? text.length : found;
}

/** Begins the walk through a text; from another place than its beginning only where it was walked before. */
export function startWalk(text: string, from = 0): void {
  walked.backslash = nextBackslash(text, from);
  walked.controls = from === 0 && CONTROL.test(text);
}

/** Index of the first character at or behind `at` that is no white space. */
export function behindSpace(text: string, at: number): number {
  let code = text.charCodeAt(at);
  while (code === 32 || code === 10 || code === 13 || code === 9) code = text.charCodeAt(++at);
  return at;
}

function escapedEnd(text: string, at: number): number {
  let from = at;
  let end = -1;
  for (;;) {
    if (end < from) end = text.indexOf('"', from);
    if (end < 0) return DOUBTFUL;
    // Only up to the quote: the next backslash may be far and is looked for once for every string.
    let backslash = from;
    while (backslash < end && text.charCodeAt(backslash) !== 92) backslash++;
    if (backslash === end) {
      walked.backslash = nextBackslash(text, end);
      return end;
    }
    ESCAPE.lastIndex = backslash;
    if (!ESCAPE.test(text)) return DOUBTFUL;
    from = ESCAPE.lastIndex;
  }
}

/** Index of the quote that closes the string whose body starts at `at`, or `DOUBTFUL`. */
export function stringEnd(text: string, at: number): number {
  let end = text.indexOf('"', at);
  walked.escaped = end > walked.backslash;
  if (walked.escaped) end = escapedEnd(text, at);
  return walked.controls && end >= 0 && CONTROL.test(text.slice(at, end)) ? DOUBTFUL : end;
}

/** Index behind the number, true, false or null at `at`, or `DOUBTFUL`. */
export function bareEnd(text: string, at: number): number {
  BARE.lastIndex = at;
  return BARE.test(text) ? BARE.lastIndex : DOUBTFUL;
}

/** The string whose body stands from `start` to `end`. */
export function stringText(text: string, start: number, end: number, escaped: boolean): string {
  const body = text.slice(start, end);
  return escaped ? (JSON.parse(`"${body}"`) as string) : body;
}
