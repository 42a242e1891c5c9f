import { fold, foldSpelledOut } from "../../model/fold.ts";

export type TermTheme = "payments" | "payroll" | "credentials" | "identity" | "people" | "hiding";

/** One line of a term list. A list is plain data: a later entry replaces an earlier one for the same words. */
export interface TermEntry {
  /**
   * Whole words. A hyphen stands for a hyphen, a space or nothing (`w-2` is also `w 2` and `w2`), a space for any gap
   * inside a phrase; `#` counts as a word of its own, so `po#` is also `PO # 123`.
   */
  readonly term: string;
  readonly theme: TermTheme;
  /** ISO 639-1 codes with spaces between them; empty for what is the same in all of them. */
  readonly language: string;
  /** Points. An entry of 0 points is never reported and keeps its words from being read as other terms. */
  readonly weight: number;
}

export interface TermMatch {
  readonly entry: TermEntry;
  /** Where the match begins in the text, in UTF-16 units. */
  readonly at: number;
  /** The words as the text has them. */
  readonly text: string;
}

export interface TermMatcher {
  /** The terms of a text in order. At each word the longest term wins, and its words count for no other. */
  readonly match: (text: string) => readonly TermMatch[];
  /**
   * The same, where a word of four letters or more with `*` behind it stands for every word that begins so: `invoic*`
   * is `invoice`. Of several terms that would do, the longest phrase is taken, then the shortest word.
   */
  readonly matchPrefixes: (text: string) => readonly TermMatch[];
}

/** A word of a text, folded. */
interface Word {
  readonly at: number;
  readonly end: number;
  readonly folded: string;
  /** The word with its umlauts spelled out, where it has any. */
  readonly spelled: string | undefined;
  readonly prefix: boolean;
}

/** Terms that begin with the same words; the words that may follow, and what ends here. */
interface Step {
  readonly next: Map<string, Step>;
  entry: TermEntry | undefined;
}

interface Found {
  readonly entry: TermEntry;
  /** Index behind the last word. */
  readonly end: number;
}

const NOTHING: readonly TermMatch[] = [];
const INVISIBLE = /[\p{M}\p{Cf}]+/gu;
const WORD = /[\p{L}\p{N}\p{M}\p{Cf}]+|#/gu;
/** Inside a phrase: spaces, hyphens and what else joins words, or one dot as file names have it. */
const JOINING = /^(?:[\s\p{Pd}_'’+/]*|\.)$/u;
const SHORTEST_PREFIX = 4;
const MOST_HYPHENS = 4;

/** Letters of Latin alphabets up to here are folded by a table. */
const TABLE_SIZE = 0x180;
const SEPARATOR = 0;
/** Two codes in one number; what does not fit is left to the slow way. */
const UNKNOWN = 0xffff;
const NUMBER_SIGN = 35;

function twoCodes(folded: string): number {
  if (folded.length < 1 || folded.length > 2 || !/^[a-z0-9#]+$/.test(folded)) return UNKNOWN;
  return folded.charCodeAt(0) | ((folded.charCodeAt(1) || 0) << 8);
}

/** What a letter is folded to, and the same with umlauts spelled out. */
const FOLDED = new Uint16Array(TABLE_SIZE);
const SPELLED = new Uint16Array(TABLE_SIZE);
for (let code = 0; code < TABLE_SIZE; code += 1) {
  const letter = String.fromCharCode(code);
  const folded = letter.search(WORD) < 0 ? SEPARATOR : twoCodes(fold(letter));
  const spelled = foldSpelledOut(letter);
  FOLDED[code] = folded;
  SPELLED[code] = spelled === undefined ? folded : twoCodes(spelled);
}

/** Dashes, quotes and dots of typesetting, which part words as their plain forms do. */
function isTypeset(unit: number): boolean {
  return unit >= 0x2010 && unit <= 0x2027;
}

/** How many hashes are told apart: a word whose place is 0 begins no term. */
const PLACES = 1 << 15;

function further(hash: number, codes: number): number {
  const first = (Math.imul(hash, 31) + (codes & 0xff)) | 0;
  return codes > 0xff ? (Math.imul(first, 31) + (codes >> 8)) | 0 : first;
}

function placeOf(word: string): number {
  let hash = 0;
  for (let index = 0; index < word.length; index += 1) hash = (Math.imul(hash, 31) + word.charCodeAt(index)) | 0;
  return hash & (PLACES - 1);
}

/** Whether some word may begin a term: false is certain, true is not. */
function mayMatch(text: string, places: Uint8Array): boolean {
  let folded = 0;
  let spelled = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= TABLE_SIZE && !isTypeset(unit)) return true;
    const codes = unit < TABLE_SIZE ? (FOLDED[unit] ?? UNKNOWN) : SEPARATOR;
    if (codes === UNKNOWN) return true;
    if (codes === SEPARATOR || codes === NUMBER_SIGN) {
      if (places[folded & (PLACES - 1)] === 1 || places[spelled & (PLACES - 1)] === 1) return true;
      if (codes === NUMBER_SIGN && places[NUMBER_SIGN] === 1) return true;
      folded = 0;
      spelled = 0;
    } else {
      folded = further(folded, codes);
      spelled = further(spelled, SPELLED[unit] ?? UNKNOWN);
    }
  }
  return places[folded & (PLACES - 1)] === 1 || places[spelled & (PLACES - 1)] === 1;
}

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const found of text.matchAll(WORD)) {
    const folded = fold(found[0]);
    // Marks and invisible characters alone are no word.
    if (folded === "") continue;
    const end = found.index + found[0].length;
    const prefix = text[end] === "*" && folded.length >= SHORTEST_PREFIX;
    words.push({ at: found.index, end, folded, spelled: foldSpelledOut(found[0]), prefix });
  }
  return words;
}

/** Whether a phrase may go on from one word into the next. */
function isJoined(text: string, word: Word, next: Word | undefined, withPrefixes: boolean): boolean {
  if (next === undefined) return false;
  const gap = text.slice(withPrefixes && word.prefix ? word.end + 1 : word.end, next.at);
  return gap === " " || JOINING.test(gap.replace(INVISIBLE, ""));
}

function better(one: Found | undefined, other: Found | undefined): Found | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return other.end > one.end ? other : one;
}

/** The steps a word leads to; of prefixes the shortest continuation first, then by code unit. */
function stepsFrom(step: Step, word: Word, withPrefixes: boolean): readonly Step[] {
  if (withPrefixes && word.prefix) {
    return [...step.next]
      .filter(([key]) => key.startsWith(word.folded))
      .sort(([a], [b]) => a.length - b.length || (a < b ? -1 : 1))
      .map(([, next]) => next);
  }
  const next = step.next.get(word.folded);
  const spelled = word.spelled === undefined ? undefined : step.next.get(word.spelled);
  if (next === undefined) return spelled === undefined ? [] : [spelled];
  return spelled === undefined ? [next] : [next, spelled];
}

/** The longest term that goes on from `step` with the word at `index`. */
function longest(
  step: Step,
  text: string,
  words: readonly Word[],
  index: number,
  withPrefixes: boolean,
): Found | undefined {
  const word = words[index];
  if (word === undefined) return undefined;
  let best: Found | undefined;
  for (const next of stepsFrom(step, word, withPrefixes)) {
    best = better(best, next.entry === undefined ? undefined : { entry: next.entry, end: index + 1 });
    if (next.next.size > 0 && isJoined(text, word, words[index + 1], withPrefixes)) {
      best = better(best, longest(next, text, words, index + 1, withPrefixes));
    }
  }
  return best;
}

/** A term's spellings: each hyphen as a gap and as nothing. */
function spellingsOf(term: string): readonly string[] {
  const all = term.split("-");
  const parts = all.slice(0, MOST_HYPHENS + 1);
  const rest = all.slice(MOST_HYPHENS + 1);
  let spellings = [parts[0] ?? ""];
  for (const part of parts.slice(1)) {
    spellings = spellings.flatMap((start) => [`${start} ${part}`, `${start}${part}`]);
  }
  return spellings.map((start) => [start, ...rest].join(" "));
}

function keysOf(text: string): readonly string[] {
  return [...text.matchAll(WORD)].map((found) => found[0]);
}

function addTerm(root: Step, entry: TermEntry): void {
  const folded = spellingsOf(fold(entry.term));
  const spelledOut = foldSpelledOut(entry.term);
  const all = spelledOut === undefined ? folded : [...folded, ...spellingsOf(spelledOut)];
  for (const spelling of all) {
    const keys = keysOf(spelling);
    if (keys.length === 0) throw new RangeError(`the term "${entry.term}" has no letter or digit`);
    let step = root;
    for (const key of keys) {
      let next = step.next.get(key);
      if (next === undefined) {
        next = { next: new Map(), entry: undefined };
        step.next.set(key, next);
      }
      step = next;
    }
    step.entry = entry;
  }
}

/**
 * Makes a matcher for whole words and phrases. Case and accents do not matter, umlauts match in both of their plain
 * spellings, and nothing matches inside of a word: `ach` is not in `attach`. A phrase may have spaces, hyphens or
 * underscores between its words, but no comma, colon or bracket.
 *
 * @param entries the list; of two entries with the same words the later one counts, so own entries go behind the
 * list's.
 * @throws RangeError for a term without a letter or digit.
 */
export function compileTerms(entries: readonly TermEntry[]): TermMatcher {
  const root: Step = { next: new Map(), entry: undefined };
  for (const entry of entries) addTerm(root, entry);
  const places = new Uint8Array(PLACES);
  for (const key of root.next.keys()) places[placeOf(key)] = 1;

  const find = (text: string, withPrefixes: boolean): readonly TermMatch[] => {
    const words = wordsOf(text);
    const matches: TermMatch[] = [];
    let index = 0;
    while (index < words.length) {
      const found = longest(root, text, words, index, withPrefixes);
      if (found !== undefined && found.entry.weight !== 0) {
        const at = words[index]?.at ?? 0;
        matches.push({ entry: found.entry, at, text: text.slice(at, words[found.end - 1]?.end) });
      }
      index = found?.end ?? index + 1;
    }
    return matches;
  };

  return {
    match: (text) => (mayMatch(text, places) ? find(text, false) : NOTHING),
    matchPrefixes: (text) => find(text, true),
  };
}

/** No words that people search for are longer, and matching goes word by word as deep as a term is long. */
const LONGEST_TERM = 500;

/**
 * Why a term would never match what it says, if so: it has to match its own text from end to end. Signs that stand for
 * other letters, as in `invoic*`, are no part of any word, and a phrase goes on over no sign but those that join words.
 */
export function termProblem(term: string): string | undefined {
  const text = term.trim();
  if (text.length > LONGEST_TERM) return `a term has at most ${LONGEST_TERM} characters`;
  if (keysOf(fold(text)).length === 0) return "a term has a letter or digit";
  const [first] = compileTerms([{ term, theme: "payments", language: "", weight: 1 }]).match(text);
  if (first?.text === text) return undefined;
  return "a term is whole words with spaces or hyphens between; other signs are not matched";
}
