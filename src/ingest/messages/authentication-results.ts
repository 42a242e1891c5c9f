import { escapeControls } from "../evidence/labels.ts";

/** A property of a result, such as `smtp.mailfrom=example.net` or Exchange Online's `action=none`. */
export interface ResultProperty {
  /** What stands in front of the dot, in lower case: `smtp`, `header`, `policy`; empty where there is no dot. */
  readonly type: string;
  /** In lower case. */
  readonly name: string;
  /** As written; of a quoted string its content, unless it is the local part of an address. May be empty. */
  readonly value: string;
}

/** One method and what it came to: `dkim=pass (good signature) header.d=example.com`. */
export interface MethodResult {
  /** In lower case, without its version. */
  readonly method: string;
  /** In lower case, whatever the word: `pass`, `softfail`, `bestguesspass`. */
  readonly result: string;
  /** The value of `reason=`; undefined where there is none. */
  readonly reason: string | undefined;
  /** Every comment of this result in order, without its brackets. */
  readonly comments: readonly string[];
  readonly properties: readonly ResultProperty[];
}

/** What an Authentication-Results or ARC-Authentication-Results header says. */
export interface AuthenticationResults {
  /** Who says so; empty where the header does not name anybody, as those of Exchange Online. */
  readonly authservId: string;
  /** The `i=` of an ARC header; undefined for an Authentication-Results header. */
  readonly instance: number | undefined;
  /** In the header's order. */
  readonly results: readonly MethodResult[];
  /** What could not be read, a sentence each; empty for a header in good order. */
  readonly problems: readonly string[];
}

const MOST_PROBLEMS = 20;
const EXCERPT = 60;

const SPACE = 0x20;
const TAB = 0x09;
const QUOTE = 0x22;
const OPEN = 0x28;
const CLOSE = 0x29;
const DOT = 0x2e;
const SLASH = 0x2f;
const SEMICOLON = 0x3b;
const EQUALS = 0x3d;
const AT = 0x40;
const BACKSLASH = 0x5c;

/** The instance of an ARC header, RFC 8617, 4.1.1. */
const ARC_INSTANCE = /i[ \t]*=[ \t]*(\d{1,3})[ \t]*(?:;|$)/iy;
/** Keyword of RFC 8601, 2.2 (Ldh-str of RFC 5321), and the underscore, which some write. */
const KEYWORD = /[A-Za-z0-9_-]+/y;
const VERSION = /\d+(?=[ \t;(]|$)/y;
/** Where a value is left out, this is what follows in its place. */
const NEXT_PROPERTY = /[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+=/y;
const DOMAIN = /^[\w-]+(?:\.[\w-]+)+\.?$/;
/** Methods whose result must not be taken for a property where a semicolon is missing. */
const METHODS = new Set(["spf", "dkim", "dmarc", "arc", "compauth", "iprev", "auth"]);

/**
 * Reads the value of an Authentication-Results header (RFC 8601, 2.2; RFC 7601 and 5451 before it) or of an
 * ARC-Authentication-Results header (RFC 8617, 4.1.1), folded or not. Also taken: Exchange Online's form without
 * authserv-id, its recipient domains standing alone between two results, `action=none` without a type, semicolons at
 * the end, values that a token may not have, such as base64.
 *
 * Never throws, and takes time in proportion to the length. A quoted string or a comment that is not closed ends in
 * front of the next semicolon, so that it hides no later result.
 *
 * @param value what stands behind the header's colon.
 */
export function parseAuthenticationResults(value: string): AuthenticationResults {
  // Unfolding, RFC 5322, 2.2.3; a line end that is no fold separates like a blank.
  const text = value.replaceAll(/\r?\n(?=[ \t])/g, "").replaceAll(/[\r\n]/g, " ");
  const size = text.length;
  const results: MethodResult[] = [];
  const problems: string[] = [];
  let unlisted = 0;
  let at = 0;
  let comments: string[] = [];
  /** After the first one that is not closed: each further one is read up to the next semicolon only. */
  let brokenQuotes = false;
  let brokenComments = false;

  function problem(what: string, from: number, to: number): void {
    if (problems.length === MOST_PROBLEMS) {
      unlisted++;
      return;
    }
    const long = to - from > EXCERPT;
    const excerpt = escapeControls(text.slice(from, long ? from + EXCERPT : to).trim());
    problems.push(`${what}: ${excerpt}${long ? "..." : ""}`);
  }

  /** The code of the next character; NaN at the end. */
  function next(): number {
    return text.charCodeAt(at);
  }

  function sectionEnd(from: number): number {
    const semicolon = text.indexOf(";", from);
    return semicolon < 0 ? size : semicolon;
  }

  /** Reads the quoted string at `at`, escapes undone. */
  function quoted(): string {
    const start = at;
    let content = "";
    let from = start + 1;
    for (let i = from; i < size; i++) {
      const code = text.charCodeAt(i);
      if (code === BACKSLASH) {
        content += text.slice(from, i);
        from = ++i;
      } else if (code === QUOTE) {
        at = i + 1;
        return content + text.slice(from, i);
      } else if (code === SEMICOLON && brokenQuotes) break;
    }
    at = sectionEnd(start);
    if (!brokenQuotes) problem("A quoted string that is not closed", start, at);
    brokenQuotes = true;
    return text.slice(start + 1, at);
  }

  /** Reads the comment at `at`, which may hold others, escapes undone. */
  function comment(): void {
    const start = at;
    let content = "";
    let from = start + 1;
    let depth = 1;
    for (let i = from; i < size; i++) {
      const code = text.charCodeAt(i);
      if (code === BACKSLASH) {
        content += text.slice(from, i);
        from = ++i;
      } else if (code === OPEN && !brokenComments) depth++;
      else if (code === CLOSE && --depth === 0) {
        at = i + 1;
        comments.push(content + text.slice(from, i));
        return;
      } else if (code === SEMICOLON && brokenComments) break;
    }
    if (!brokenComments) {
      problem("A comment that is not closed", start, sectionEnd(start));
      brokenComments = true;
      comment();
      return;
    }
    at = sectionEnd(start);
    comments.push(text.slice(start + 1, at));
  }

  /** Passes white space and comments. */
  function skip(): void {
    for (;;) {
      const code = next();
      if (code === SPACE || code === TAB) at++;
      else if (code === OPEN) comment();
      else return;
    }
  }

  function matchHere(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    return pattern.exec(text);
  }

  function keyword(): string {
    const word = matchHere(KEYWORD)?.[0] ?? "";
    at += word.length;
    return word.toLowerCase();
  }

  /** Whether a word ends here. */
  function isBoundary(): boolean {
    const code = next();
    return at >= size || code === SPACE || code === TAB || code === SEMICOLON || code === OPEN;
  }

  function run(): string {
    const from = at;
    while (!isBoundary()) at++;
    return text.slice(from, at);
  }

  function propertyValue(): string {
    const from = at;
    skip();
    if (at > from && matchHere(NEXT_PROPERTY) !== null) return "";
    if (next() !== QUOTE) return run();
    const start = at;
    const content = quoted();
    if (next() !== AT) return content;
    run();
    return text.slice(start, at);
  }

  /** Passes everything up to the next semicolon outside of quotes and comments. */
  function skipSection(): void {
    while (at < size && next() !== SEMICOLON) {
      const code = next();
      if (code === QUOTE) quoted();
      else if (code === OPEN) comment();
      else at++;
    }
  }

  /** Leaves out a section that is no result. */
  function noResult(start: number): void {
    skipSection();
    const words = text.slice(start, at).trim();
    if (words.toLowerCase() === "none") saidNone = true;
    // Exchange Online writes the recipient's domain behind the results of SPF and DKIM, on its own.
    else if (authservId !== "" || !DOMAIN.test(words)) problem("Not a result", start, at);
  }

  function section(): void {
    const start = at;
    const method = keyword();
    skip();
    if (method !== "" && next() === SLASH) {
      at++;
      skip();
      at += matchHere(/\d*/y)?.[0].length ?? 0;
      skip();
    }
    if (method === "" || next() !== EQUALS) return noResult(start);
    at++;
    skip();
    const result = keyword();
    if (result === "" || !isBoundary()) return noResult(start);
    let reason: string | undefined;
    const properties: ResultProperty[] = [];
    for (;;) {
      skip();
      if (at >= size || next() === SEMICOLON) break;
      const from = at;
      let type = "";
      let name = keyword();
      let wordEnd = at;
      if (name !== "") skip();
      if (name !== "" && next() === DOT) {
        at++;
        skip();
        type = name;
        name = keyword();
        wordEnd = at;
        skip();
      }
      if (name === "" || next() !== EQUALS) {
        // The rest of the word; behind a blank the next property may stand.
        if (at === wordEnd) {
          if (next() === QUOTE) quoted();
          else run();
        }
        problem("Stray text", from, at);
        continue;
      }
      at++;
      const value = propertyValue();
      if (type === "" && name === "reason" && reason === undefined) reason = value;
      else properties.push({ type, name, value });
      if (type === "" && METHODS.has(name)) problem("A result without a semicolon in front, not counted", from, at);
    }
    results.push({ method, result, reason, comments, properties });
  }

  /** Reads who says so and the version behind it; leaves a result where it is. */
  function readAuthservId(): string {
    const start = at;
    let id: string;
    if (next() === QUOTE) id = quoted();
    else {
      while (!isBoundary() && next() !== EQUALS) at++;
      id = text.slice(start, at);
    }
    skip();
    if (next() === EQUALS || next() === SLASH) {
      at = start;
      comments = [];
      return "";
    }
    at += matchHere(VERSION)?.[0].length ?? 0;
    skip();
    if (at < size && next() !== SEMICOLON) problem("No semicolon behind the authserv-id", at, sectionEnd(at));
    comments = [];
    return id;
  }

  let saidNone = false;
  skip();
  const arc = matchHere(ARC_INSTANCE);
  at += arc?.[0].length ?? 0;
  skip();
  const empty = at >= size;
  let authservId = readAuthservId();
  for (;;) {
    skip();
    if (at >= size) break;
    if (next() === SEMICOLON) {
      at++;
      comments = [];
    } else section();
  }
  if (results.length === 0 && authservId.toLowerCase() === "none") {
    authservId = "";
    saidNone = true;
  }
  if (empty) problems.push("The header is empty.");
  else if (results.length === 0 && !saidNone) problems.push("The header has no result.");
  if (unlisted > 0) problems.push(`${unlisted} further places could not be read.`);
  return { authservId, instance: arc === null ? undefined : Number(arc[1]), results, problems };
}
