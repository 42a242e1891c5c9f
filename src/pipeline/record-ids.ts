import { addEntry, findEntry, newHashTable } from "../joins/hash.ts";
import type { HashTable } from "../joins/hash.ts";
import { ownText } from "../model/own-text.ts";
import { isBlankId } from "../model/blank-id.ts";
import { grown } from "../model/columns.ts";

/**
 * The ids of the audit records read so far, each with a hash of what its record says. An id is a GUID, kept as its four
 * words; anything else is kept as text. About 30 bytes a record.
 */
export interface RecordIds {
  count: number;
  words: Uint32Array;
  said: Int32Array;
  /** The first record of each id, under a hash of the id. */
  readonly table: HashTable;
  /** Those that say something else under an id that was there, under a hash of the id and of what they say. */
  readonly further: HashTable;
  readonly others: Map<string, number>;
}

const WORDS = 4;
const FIRST_CAPACITY = 4096;

/** @param expected room for so many ids is made at once. */
export function newRecordIds(expected = FIRST_CAPACITY): RecordIds {
  return {
    count: 0,
    words: new Uint32Array(expected * WORDS),
    said: new Int32Array(expected),
    table: newHashTable(),
    further: newHashTable(),
    others: new Map(),
  };
}

/** What an id is: blacked out, a GUID, or some other text. */
const IdKind = { blank: 0, guid: 1, other: 2 } as const;
type IdKind = (typeof IdKind)[keyof typeof IdKind];

/** The four words of the GUID that was read last. */
const read = new Uint32Array(WORDS);

/** The value of a hexadecimal digit in lower case; -1 where it is none. */
function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : -1;
}

/** Reads a GUID's digits into `read`; false where the text is none. */
function readGuid(id: string): boolean {
  if (id.length !== 36) return false;
  let word = 0;
  let digits = 0;
  for (let at = 0; at < 36; at++) {
    const code = id.charCodeAt(at);
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (code !== 45) return false;
      continue;
    }
    const digit = hexDigit(code);
    if (digit < 0) return false;
    word = (word << 4) | digit;
    if (++digits % 8 === 0) read[digits / 8 - 1] = word;
  }
  return true;
}

/** What an id in lower case is; of a GUID the words are in `read` then. */
function kindOf(id: string): IdKind {
  if (readGuid(id))
    return read[0] === 0 && read[1] === 0 && read[2] === 0 && read[3] === 0 ? IdKind.blank : IdKind.guid;
  return isBlankId(id) ? IdKind.blank : IdKind.other;
}

function hashOfWords(words: Uint32Array, at: number): number {
  let hash = words[at] as number;
  for (let word = 1; word < WORDS; word++) hash = Math.imul(hash ^ (words[at + word] as number), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) ^ (hash >>> 13);
}

/** A hash of an entry's id and of what its record says: many records may have one id. */
function hashWithSaid({ words, said }: RecordIds, entry: number): number {
  let hash = hashOfWords(words, entry * WORDS) ^ Math.imul(said[entry] as number, 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) ^ (hash >>> 13);
}

/** Whether another record of an id said the same. */
export type Repeated = "new" | "same" | "other";

/**
 * Whether a record of this id was read before, and remembers it if not.
 *
 * @param id in lower case.
 * @param said a hash of what the record says.
 * @returns `new`; `same` where a record of the id said the same; `other` where all of them said something else, which no
 *   two copies of one record do.
 */
export function isRepeated(ids: RecordIds, id: string, said: number): Repeated {
  const kind = kindOf(id);
  if (kind === IdKind.blank) return "new";
  return kind === IdKind.guid ? isRepeatedGuid(ids, read, 0, said) : isRepeatedText(ids, id, said);
}

function isRepeatedText({ others }: RecordIds, id: string, said: number): Repeated {
  const known = others.get(id);
  if (known === said) return "same";
  if (known === undefined) {
    others.set(ownText(id), said);
    return "new";
  }
  const further = `${id}\n${said}`;
  if (others.has(further)) return "same";
  others.set(further, said);
  return "other";
}

function isRepeatedGuid(ids: RecordIds, source: Uint32Array, from: number, said: number): Repeated {
  if ((ids.count + 1) * WORDS > ids.words.length) {
    ids.words = grown(ids.words, Math.ceil(ids.count * 1.5) * WORDS);
    ids.said = grown(ids.said, Math.ceil(ids.count * 1.5));
  }
  const { words } = ids;
  const at = ids.count * WORDS;
  for (let word = 0; word < WORDS; word++) words[at + word] = source[from + word] as number;
  const hash = hashOfWords(words, at);
  const isSameId = (entry: number) => {
    const other = entry * WORDS;
    return (
      words[other] === words[at] &&
      words[other + 1] === words[at + 1] &&
      words[other + 2] === words[at + 2] &&
      words[other + 3] === words[at + 3]
    );
  };
  const known = findEntry(ids.table, hash, isSameId);
  ids.said[ids.count] = said;
  if (known < 0) {
    addEntry(ids.table, hash, ids.count++, (entry) => hashOfWords(ids.words, entry * WORDS));
    return "new";
  }
  if (ids.said[known] === said) return "same";
  const hashOfSaying = (entry: number) => hashWithSaid(ids, entry);
  const isSame = (entry: number) => ids.said[entry] === said && isSameId(entry);
  const furtherHash = hashOfSaying(ids.count);
  if (findEntry(ids.further, furtherHash, isSame) >= 0) return "same";
  addEntry(ids.further, furtherHash, ids.count++, hashOfSaying);
  return "other";
}

/** The ids of records in their order, to be looked up later. */
export interface NotedIds {
  count: number;
  kind: Uint8Array;
  /** Of a GUID its words; of any other text its index in `others`. */
  words: Uint32Array;
  said: Int32Array;
  readonly others: string[];
}

/** @param expected room for so many ids is made at once. */
export function newNotedIds(expected = FIRST_CAPACITY): NotedIds {
  return {
    count: 0,
    kind: new Uint8Array(expected),
    words: new Uint32Array(expected * WORDS),
    said: new Int32Array(expected),
    others: [],
  };
}

/** Notes the id of the next record; `said` as for `isRepeated`. */
export function noteId(noted: NotedIds, id: string, said: number): void {
  const at = noted.count++;
  if (at === noted.kind.length) {
    const capacity = Math.ceil((at + 1) * 1.5);
    noted.kind = grown(noted.kind, capacity);
    noted.words = grown(noted.words, capacity * WORDS);
    noted.said = grown(noted.said, capacity);
  }
  const kind = kindOf(id);
  noted.kind[at] = kind;
  noted.said[at] = said;
  if (kind === IdKind.guid) noted.words.set(read, at * WORDS);
  else if (kind === IdKind.other) noted.words[at * WORDS] = noted.others.push(ownText(id)) - 1;
}

/** `isRepeated` for an id that was noted. */
export function isNotedRepeated(ids: RecordIds, { kind, words, said, others }: NotedIds, at: number): Repeated {
  const says = said[at] as number;
  if (kind[at] === IdKind.blank) return "new";
  if (kind[at] === IdKind.guid) return isRepeatedGuid(ids, words, at * WORDS, says);
  return isRepeatedText(ids, others[words[at * WORDS] as number] as string, says);
}
