/** Most characters of a sheet's name, and what it may not hold (Excel's own rules; it opens no workbook against them). */
const MOST_CHARACTERS = 31;
// oxlint-disable-next-line no-control-regex
const FORBIDDEN = /[[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff]|\p{Surrogate}/gu;

/** Cuts a name without leaving half of a surrogate pair. */
function cut(name: string, length: number): string {
  return name.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}

/**
 * Names sheets: each title is allowed by Excel and given once, whatever the case of its letters. What Excel forbids
 * becomes `-`; a name that is taken gets a number behind it: `name (2)`.
 */
export function newSheetTitles(): (name: string) => string {
  // Excel keeps this name for itself.
  const taken = new Set(["history"]);
  return (name) => {
    // An apostrophe at either end is forbidden as well.
    const allowed = cut(name.replace(FORBIDDEN, "-").replace(/^'+|'+$/g, ""), MOST_CHARACTERS).replace(/'+$/, "");
    const base = allowed.trim() === "" ? "table" : allowed;
    for (let number = 1; ; number++) {
      const tail = number === 1 ? "" : ` (${number})`;
      const title = cut(base, MOST_CHARACTERS - tail.length) + tail;
      if (taken.has(title.toLowerCase())) continue;
      taken.add(title.toLowerCase());
      return title;
    }
  };
}
