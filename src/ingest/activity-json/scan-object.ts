/** Names by their length: which of an object's own make it a record. */
export interface RecordKeys {
  readonly own: readonly (readonly Uint8Array[] | undefined)[];
  /** Those that show a record even in a list inside of another record, which was cut off then. */
  readonly nested: readonly (readonly Uint8Array[] | undefined)[];
}

function byLength(names: string): (Uint8Array[] | undefined)[] {
  const keys: (Uint8Array[] | undefined)[] = [];
  for (const name of names.split(" ")) (keys[name.length] ??= []).push(Buffer.from(name));
  // A dense array, so that looking a length up is one load.
  return Array.from(keys);
}

const API_KEYS = byLength(
  "TimeStamp ActivityIdType AppIdType ActivityItemId ActivityCreationTime ClientSessionId CustomProperties",
);
/** Keys that only an activity record has: the API's own, of which one makes a stretch of damaged text a record. */
export const ACTIVITY_KEYS: RecordKeys = { own: API_KEYS, nested: API_KEYS };

/**
 * Keys of audit records, of what is wrapped around them, and of Sentinel's tables. In the lists of an audit record
 * stand objects of many kinds, so only names of the common schema that none of them has show a record there.
 */
export const AUDIT_KEYS: RecordKeys = {
  own: byLength(
    "CreationTime RecordType UserKey OrganizationId AuditData auditData RawEventData _raw _source result CreationDate " +
      "TimeGenerated OfficeWorkload OperationName ActivityDateTime",
  ),
  nested: byLength("RecordType UserKey AuditData auditData RawEventData _raw _source TimeGenerated"),
};

/** Keys of records of any kind, for a file of which nothing is known yet. */
export const ANY_KEYS: RecordKeys = {
  own: Array.from({ length: Math.max(API_KEYS.length, AUDIT_KEYS.own.length) }, (_, length) => [
    ...(API_KEYS[length] ?? []),
    ...(AUDIT_KEYS.own[length] ?? []),
  ]),
  nested: AUDIT_KEYS.nested,
};

/** Names of the list that a page is wrapped around: of the APIs, and of Azure Monitor. */
const PAGES = byLength("value records");
/** Records nest a few levels; what nests this deep is no record. */
const DEEPEST = 256;

/** What `scanObject` found. */
export const Found = {
  /** A whole object; `scan.at` is the index behind its closing brace. */
  object: 0,
  /** A page: `scan.at` is the index behind the opening bracket of its array, `value` or `records`. */
  page: 1,
  /** The bytes end before the object does. */
  more: 2,
  /** Not JSON: `scan.at` is where that showed and `scan.reason` says why. */
  damage: 3,
} as const;
export type Found = (typeof Found)[keyof typeof Found];

/** Where a scan starts. */
export const From = {
  /** At an opening brace. */
  brace: 0,
  /** Inside an object, where a comma or the closing brace is due. */
  afterValue: 1,
  /** Inside an object, where a key is due. */
  key: 2,
} as const;
export type From = (typeof From)[keyof typeof From];

/** Details of the last `scanObject`, which hold until the next. */
export const scan = {
  at: 0,
  reason: "",
  /** Whether the object itself has a key that only a record has. */
  recordKey: false,
};

// Classes of bytes: inside strings only quote, backslash and control characters matter, which JSON wants escaped
// (RFC 8259, 7). A raw control character inside a string is how a cut record shows at the next line.
const PLAIN = 0;
const STOPS = 1;
const inString = new Uint8Array(256).fill(PLAIN);
for (let byte = 0; byte < 0x20; byte++) inString[byte] = STOPS;
inString[0x22] = STOPS;
inString[0x5c] = STOPS;

const isSpace = new Uint8Array(256);
for (const byte of [0x20, 0x09, 0x0a, 0x0d]) isSpace[byte] = 1;

// The bytes of numbers and of true, false, null: the caller's JSON.parse has the last word on their order.
const inLiteral = new Uint8Array(256);
for (const byte of Buffer.from("+-.0123456789Eaeflnrstu")) inLiteral[byte] = 1;

const OBJECT = 0;
const LIST = 1;
const KEY_OR_END = 0;
const KEY = 1;
const AFTER_VALUE = 2;
const VALUE_OR_END = 3;
const ANY_VALUE = 4;

/** Kind of each open bracket; for an object in a list whether that is so, to notice a record inside a record. */
const kinds = new Uint8Array(DEEPEST + 1);

function equals(bytes: Uint8Array, at: number, key: Uint8Array): boolean {
  for (let i = 0; i < key.length; i++) if (bytes[at + i] !== key[i]) return false;
  return true;
}

function isOneOf(keys: RecordKeys["own"], bytes: Uint8Array, at: number, length: number): boolean {
  if (length >= keys.length) return false;
  const candidates = keys[length];
  if (candidates === undefined) return false;
  for (const key of candidates) if (equals(bytes, at, key)) return true;
  return false;
}

function damage(at: number, reason: string): Found {
  scan.at = at;
  scan.reason = reason;
  return Found.damage;
}

/**
 * Finds the end of a JSON object, or finds that it is a page: an object whose own `value` is an array. Checks the
 * grammar of RFC 8259 as far as brackets, keys, commas and string ends go, so that damage shows where it is.
 *
 * @param bytes `bytes[end]` must exist and be 0: it stops the loops.
 * @param at index to start at; of a brace for `From.brace`.
 * @param keys which names make an object a record.
 */
export function scanObject(
  bytes: Uint8Array,
  at: number,
  end: number,
  from: From,
  keys: RecordKeys = ACTIVITY_KEYS,
): Found {
  let depth = 1;
  let i = from === From.brace ? at + 1 : at;
  let due: number = from === From.brace ? KEY_OR_END : from === From.key ? KEY : AFTER_VALUE;
  let kind = OBJECT;
  kinds[1] = OBJECT;
  scan.recordKey = false;
  for (;;) {
    let byte = bytes[i] as number;
    while (isSpace[byte] === 1) byte = bytes[++i] as number;
    if (byte === 0 && i >= end) return Found.more;
    if (due === AFTER_VALUE) {
      if (byte === 0x2c) {
        due = kind === OBJECT ? KEY : ANY_VALUE;
        i++;
        continue;
      }
      // The closing brackets follow below.
    } else if (byte === 0x22) {
      const start = ++i;
      byte = bytes[i] as number;
      for (;;) {
        while (inString[byte] === PLAIN) byte = bytes[++i] as number;
        if (byte === 0x22) break;
        if (i >= end) return Found.more;
        if (byte !== 0x5c) return damage(i, "a control character inside a string");
        // The escaped character; at the end of the bytes the loop stops at the 0 behind them.
        byte = i + 1 >= end ? (bytes[++i] as number) : (bytes[(i += 2)] as number);
      }
      const length = i - start;
      i++;
      if (due >= VALUE_OR_END) {
        due = AFTER_VALUE;
        continue;
      }
      byte = bytes[i] as number;
      while (isSpace[byte] === 1) byte = bytes[++i] as number;
      if (byte !== 0x3a) {
        return i >= end ? Found.more : damage(i, "no colon behind a key");
      }
      i++;
      due = ANY_VALUE;
      if (depth === 1) {
        // A record may have records in it; a `value` it has not.
        if (isOneOf(PAGES, bytes, start, length) && (length === 5 || !scan.recordKey)) {
          byte = bytes[i] as number;
          while (isSpace[byte] === 1) byte = bytes[++i] as number;
          if (i >= end) return Found.more;
          if (byte === 0x5b) {
            scan.at = i + 1;
            return Found.page;
          }
        } else if (isOneOf(keys.own, bytes, start, length)) {
          scan.recordKey = true;
        }
      } else if (kinds[depth - 1] === LIST && isOneOf(keys.nested, bytes, start, length)) {
        return damage(start - 1, "a record that is not closed before the next one begins");
      }
      continue;
    } else if (due >= VALUE_OR_END) {
      if (byte === 0x7b || byte === 0x5b) {
        if (depth === DEEPEST) return damage(i, "brackets nested too deep for a record");
        kind = byte === 0x7b ? OBJECT : LIST;
        kinds[++depth] = kind;
        due = kind === OBJECT ? KEY_OR_END : VALUE_OR_END;
        i++;
        continue;
      }
      if (inLiteral[byte] === 1) {
        while (inLiteral[bytes[++i] as number] === 1);
        if (i >= end) return Found.more;
        due = AFTER_VALUE;
        continue;
      }
    }
    if (byte === (kind === OBJECT ? 0x7d : 0x5d) && due !== KEY && due !== ANY_VALUE) {
      i++;
      if (--depth === 0) {
        scan.at = i;
        return Found.object;
      }
      kind = kinds[depth] as number;
      due = AFTER_VALUE;
      continue;
    }
    return damage(i, DUE_WORDS[due] as string);
  }
}

const DUE_WORDS = [
  "no key or closing brace where one is due",
  "no key where one is due",
  "no comma or closing bracket behind a value",
  "no value or closing bracket where one is due",
  "no value where one is due",
];
