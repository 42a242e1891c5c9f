import { addEntry, findEntry, newHashTable } from "../joins/hash.ts";
import type { HashTable } from "../joins/hash.ts";
import { ownText } from "../joins/own-text.ts";
import { grown } from "../joins/rows.ts";

/**
 * The ids of the audit records read so far, each with a hash of what its record says. An id is a GUID, kept as its four
 * words; anything else is kept as text. About 30 bytes a record.
 */
export interface RecordIds {
  count: number;
  words: Uint32Array;
  said: Int32Array;
  readonly table: HashTable;
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
    others: new Map(),
  };
}

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** An id that was blacked out says nothing of which record it is. */
const BLANK = /^[0-]*$/;

function hashOfWords(words: Uint32Array, at: number): number {
  let hash = words[at] as number;
  for (let word = 1; word < WORDS; word++) hash = Math.imul(hash ^ (words[at + word] as number), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) ^ (hash >>> 13);
}

/**
 * Whether a record of this id was read before, and remembers it if not.
 *
 * @param id in lower case.
 * @param said a hash of what the record says.
 * @returns `new`; `same` where a record of the id said the same; `other` where it said something else, which no two
 *   copies of one record do.
 */
export function isRepeated(ids: RecordIds, id: string, said: number): "new" | "same" | "other" {
  if (BLANK.test(id)) return "new";
  if (!GUID.test(id)) {
    const known = ids.others.get(id);
    if (known === undefined) ids.others.set(ownText(id), said);
    return known === undefined ? "new" : known === said ? "same" : "other";
  }
  if ((ids.count + 1) * WORDS > ids.words.length) {
    ids.words = grown(ids.words, Math.ceil(ids.count * 1.5) * WORDS);
    ids.said = grown(ids.said, Math.ceil(ids.count * 1.5));
  }
  const { words } = ids;
  const at = ids.count * WORDS;
  words[at] = Number.parseInt(id.slice(0, 8), 16);
  words[at + 1] = Number.parseInt(id.slice(9, 13) + id.slice(14, 18), 16);
  words[at + 2] = Number.parseInt(id.slice(19, 23) + id.slice(24, 28), 16);
  words[at + 3] = Number.parseInt(id.slice(28), 16);
  const hash = hashOfWords(words, at);
  const known = findEntry(ids.table, hash, (entry) => {
    const other = entry * WORDS;
    return (
      words[other] === words[at] &&
      words[other + 1] === words[at + 1] &&
      words[other + 2] === words[at + 2] &&
      words[other + 3] === words[at + 3]
    );
  });
  if (known >= 0) return ids.said[known] === said ? "same" : "other";
  ids.said[ids.count] = said;
  addEntry(ids.table, hash, ids.count++, (entry) => hashOfWords(ids.words, entry * WORDS));
  return "new";
}
