import { fold } from "../../model/fold.ts";
import type { TermMatch, TermMatcher } from "./terms.ts";

/** A word or a phrase that a query asks for. */
export interface QueryWord {
  /** As the query has it, without quotes and the `*` of a beginning. */
  readonly text: string;
  /** Where the text begins in the query, in UTF-16 units. */
  readonly at: number;
  /** What is searched: `from`, `subject` ...; empty for all of a message. */
  readonly property: string;
  readonly phrase: boolean;
  /** Not to be in what is found. */
  readonly negated: boolean;
  /** The word is the beginning of the words searched for: `invoic*`. */
  readonly prefix: boolean;
  /** Something stands between this and the word before that makes them no phrase: OR, AND, a bracket, a property. */
  readonly apart: boolean;
}

export interface SearchQuery {
  readonly words: readonly QueryWord[];
}

/** A query in pieces; words and what stands between them. */
interface Piece {
  readonly kind: "word" | "operator" | "open" | "close" | "property" | "minus";
  /** Of an operator its name, of a property its canonical name, else what is written. */
  readonly text: string;
  /** What stands between a property's name and its value: `:`, `>=` ... */
  readonly relation: string;
  readonly at: number;
  readonly phrase: boolean;
  readonly prefix: boolean;
}

/**
 * Property names of Keyword Query Language as Exchange and Outlook know them, and the words that Outlook's own message
 * headers use for them in other languages. Any other name with a colon behind it is a word as well: `invoice:4711`.
 */
const PROPERTIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    from: "from sender author von de da od van fran avsandare absender expediteur remitente mittente remetente nadawca",
    to: "to an a para aan do till",
    cc: "cc kopie kopia copia",
    bcc: "bcc bcc cci cco udw dw",
    participants: "participants recipients involves teilnehmer empfanger",
    subject: "subject betreff objet asunto oggetto assunto onderwerp temat amne title",
    body: "body contents content text inhalt",
    attachment: "attachment attachments attachmentnames filename anlage anlagen",
    received: "received empfangen recu recibido ricevuto recebido ontvangen otrzymano mottaget date",
    sent: "sent gesendet envoye enviado inviato verzonden wyslano skickat",
    hasattachments: "hasattachments hasattachment hatanlagen hatanlage has",
    size: "size grosse taille tamano dimensione tamanho grootte rozmiar storlek",
    kind: "kind itemclass",
    importance: "importance prioritat",
    isread: "isread isflagged read is messagestatus",
    id: "messageid conversationid",
  }).flatMap(([name, words]) => words.split(" ").map((word) => [word, name] as const)),
);
/** Properties that hold people. */
const NAMES = new Set(["from", "to", "cc", "bcc", "participants"]);
/** Properties whose values are dates, numbers or choices from a list, and no words of a message. */
const VALUES = new Set(["received", "sent", "hasattachments", "size", "kind", "importance", "isread", "id"]);

const SPACE = /\s+/uy;
const QUOTES = '"“”„‟«»';
const CLOSING_QUOTE = /["“”„‟«»]/gu;
/** A name with an operator behind it. The length is bounded, so that long words are not read again and again. */
const PROPERTY = /(\p{L}{1,20})(:?(?:<>|<=|>=|<|>|=)|:)/uy;
const OPERATOR = /(?:(AND|OR|NOT)|(O?NEAR)(?:\([^()]{0,20}\))?|(XRANK)(?:\([^()]{0,80}\))?)(?=[\s()"“”„‟«»]|$)/uy;
const LIST = /WORDS(?=\()/uy;
const BARE = /[^\s()"“”„‟«»]+/uy;

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** A property's canonical name, or undefined where a colon is only a colon. */
function propertyName(query: string, found: RegExpExecArray): string | undefined {
  const written = fold(found[1] ?? "");
  const name = PROPERTIES.get(written);
  // `a:` and `do:` are properties of other languages, but `a = b` and `to do: call` are none.
  if (name === undefined || written === name || written.length > 2) return name;
  return found[2] === ":" && /[^\s/\\]/u.test(query.charAt(found.index + found[0].length)) ? name : undefined;
}

function piece(kind: Piece["kind"], text: string, at: number): Piece {
  return { kind, text, at, relation: "", phrase: false, prefix: false };
}

/** A quoted phrase; the last one may lack its closing quote. */
function phraseAt(query: string, at: number): { readonly piece: Piece; readonly end: number } {
  CLOSING_QUOTE.lastIndex = at + 1;
  const closing = CLOSING_QUOTE.exec(query);
  const close = closing === null ? query.length : closing.index;
  const written = query.slice(at + 1, close);
  const end = closing === null ? close : close + 1;
  const isStarred = written.endsWith("*");
  const isFollowed = !isStarred && closing !== null && query[end] === "*";
  const text = isStarred ? written.slice(0, -1) : written;
  const prefix = isStarred || isFollowed;
  return { piece: { ...piece("word", text, at + 1), phrase: true, prefix }, end: isFollowed ? end + 1 : end };
}

function wordAt(query: string, at: number): { readonly piece: Piece; readonly end: number } {
  const written = matchAt(BARE, query, at)?.[0] ?? query.slice(at, at + 1);
  const prefix = written.length > 1 && written.endsWith("*");
  const text = prefix ? written.slice(0, -1) : written;
  return { piece: { ...piece("word", text, at), prefix }, end: at + written.length };
}

function operatorAt(query: string, at: number): { readonly piece: Piece; readonly end: number } | undefined {
  const found = matchAt(OPERATOR, query, at);
  if (found === undefined) return undefined;
  const name = found[1] ?? found[2] ?? found[3] ?? "";
  return { piece: piece("operator", name, at), end: at + found[0].length };
}

function isStart(query: string, at: number): boolean {
  return at === 0 || /[\s()]/u.test(query.charAt(at - 1));
}

/** Cuts a query into pieces, from left to right and each character once. */
function piecesOf(query: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < query.length) {
    const space = matchAt(SPACE, query, at);
    if (space !== undefined) {
      at += space[0].length;
      continue;
    }
    const letter = query.charAt(at);
    if (letter === "(" || letter === ")") {
      pieces.push(piece(letter === "(" ? "open" : "close", letter, at));
      at += 1;
      continue;
    }
    if (QUOTES.includes(letter)) {
      const phrase = phraseAt(query, at);
      pieces.push(phrase.piece);
      at = phrase.end;
      continue;
    }
    if (letter === "-" && isStart(query, at) && /^[^\s)-]/u.test(query.slice(at + 1, at + 2))) {
      pieces.push(piece("minus", letter, at));
      at += 1;
      continue;
    }
    const before = pieces.at(-1);
    const mayBegin = isStart(query, at) || before?.kind === "minus" || before?.kind === "property";
    const operator = mayBegin && before?.kind !== "property" ? operatorAt(query, at) : undefined;
    if (operator !== undefined) {
      pieces.push(operator.piece);
      at = operator.end;
      continue;
    }
    if (mayBegin && matchAt(LIST, query, at) !== undefined) {
      at += "WORDS".length;
      continue;
    }
    const property = mayBegin && before?.kind !== "property" ? matchAt(PROPERTY, query, at) : undefined;
    const name = property === undefined ? undefined : propertyName(query, property);
    if (property !== undefined && name !== undefined) {
      pieces.push({ ...piece("property", name, at), relation: property[2] ?? "" });
      at += property[0].length;
      continue;
    }
    const word = wordAt(query, at);
    pieces.push(word.piece);
    at = word.end;
  }
  return pieces;
}

interface Frame {
  readonly property: string;
  readonly negated: boolean;
}

/**
 * Reads a search as Outlook takes it (Keyword Query Language, which Microsoft describes for Exchange and SharePoint):
 * words, "phrases", `property:value` with a word, a phrase or (a group), AND OR NOT and NEAR in capitals, `-word`,
 * `beginning*`. Anything can be read: a quote that is never closed holds the rest, brackets too many are passed over,
 * operators with nothing behind them are dropped. Takes time in proportion to the query's length.
 */
export function readSearch(query: string): SearchQuery {
  const words: QueryWord[] = [];
  const frames: Frame[] = [];
  let frame: Frame = { property: "", negated: false };
  let property: string | undefined;
  let negated = false;
  let apart = false;
  for (const { kind, text, at, phrase, prefix } of piecesOf(query)) {
    if (kind === "word") {
      const isNegated = frame.negated !== negated;
      const searched = property ?? frame.property;
      if (text !== "") words.push({ text, at, property: searched, phrase, negated: isNegated, prefix, apart });
      property = undefined;
      negated = false;
      apart = false;
    } else if (kind === "open") {
      frames.push(frame);
      frame = { property: property ?? frame.property, negated: frame.negated !== negated };
      property = undefined;
      negated = false;
      apart = true;
    } else if (kind === "close") {
      frame = frames.pop() ?? frame;
      property = undefined;
      negated = false;
      apart = true;
    } else if (kind === "property") {
      property = text;
      apart = true;
    } else if (kind === "minus" || text === "NOT") {
      negated = !negated;
      apart = true;
    } else {
      property = undefined;
      negated = false;
      // Words near each other are sought as one thing; with AND or OR between them they are two.
      if (!text.endsWith("NEAR")) apart = true;
    }
  }
  return { words };
}

/** The query with all but the chosen words blanked out, and a bar wherever two of them make no phrase. */
function blanked(query: string, words: readonly QueryWord[], isWanted: (word: QueryWord) => boolean): string {
  const parts: string[] = [];
  let end = 0;
  let isApart = false;
  for (const word of words) {
    if (word.apart) isApart = true;
    if (!isWanted(word)) {
      isApart = true;
      continue;
    }
    const text = word.prefix ? `${word.text}*` : word.text;
    const gap = word.at - end;
    // The first word needs no bar; between two that are apart something stands that leaves room for it.
    parts.push(isApart && end > 0 && gap > 0 ? `|${" ".repeat(gap - 1)}` : " ".repeat(gap), text);
    end = word.at + text.length;
    isApart = false;
  }
  parts.push(" ".repeat(query.length - end));
  return parts.join("");
}

/**
 * The words of a query that are looked for in messages, in their places: the text is as long as the query, and all else
 * in it is blank. Left out are excluded words, operators, names and values of properties such as dates, and the people
 * of from: and to:, which name correspondents and no subject. Words with AND, OR, a bracket or a property between them
 * have a bar between them, so that they make no phrase; `wire transfer` without quotes is one.
 */
export function searchedText(query: string): string {
  const isWanted = ({ negated, property }: QueryWord) => !negated && !NAMES.has(property) && !VALUES.has(property);
  return blanked(query, readSearch(query).words, isWanted);
}

/** The same for the people of from:, to:, cc:, bcc: and participants:. */
export function searchedNames(query: string): string {
  return blanked(query, readSearch(query).words, ({ negated, property }) => !negated && NAMES.has(property));
}

/**
 * The terms a query asks for, in their order in the query. People whose mail is looked for count only as people: a
 * search for mail from `bank@` is about a correspondent. `beginning*` counts as the terms it begins.
 */
export function matchSearch(matcher: TermMatcher, query: string): readonly TermMatch[] {
  const words = matcher.matchPrefixes(searchedText(query));
  const people = matcher.matchPrefixes(searchedNames(query)).filter(({ entry }) => entry.theme === "people");
  return [...words, ...people]
    .map((match) => ({ ...match, text: query.slice(match.at, match.at + match.text.length) }))
    .sort((a, b) => a.at - b.at);
}

/**
 * A query as it is compared with others: without regard to case, accents, spaces and quotes. `Wire  transfer` and
 * `"wire transfer"` are the same search, `wire OR transfer` is another.
 */
export function normalisedQuery(query: string): string {
  const pieces = piecesOf(query).map(({ kind, text, relation, prefix }) => {
    if (kind === "operator") return text;
    if (kind === "property") return text + relation;
    if (kind !== "word") return text;
    return fold(text).replace(/\s+/gu, " ").trim() + (prefix ? "*" : "");
  });
  return pieces.filter((text) => text !== "").join(" ");
}
