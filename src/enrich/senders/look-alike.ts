import { domainToASCII, domainToUnicode } from "node:url";
import { getDomainWithoutSuffix, getDomain, getPublicSuffix } from "tldts";
import { editDistance } from "../../model/edit-distance.ts";

export interface LookAlike {
  readonly kind: "homoglyph" | "edit-distance" | "punycode" | "extra-word" | "other-tld";
  /** One clause for a reader: `c0ntoso.com reads as contoso.com`. */
  readonly text: string;
}

/** Hosts of private suffixes such as github.io count under their owner's domain, and host names are given bare. */
const TLDTS = { allowPrivateDomains: false, extractHostname: false, detectIp: true };

/** Mail for everybody: their names are near many others', and what is sent from them is judged by other rules. */
const FREEMAIL = new Set(
  [
    "gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.ca yahoo.com.br",
    "yahoo.co.jp yahoo.co.in ymail.com rocketmail.com hotmail.com hotmail.co.uk hotmail.de hotmail.fr hotmail.es",
    "hotmail.it outlook.com outlook.de outlook.fr outlook.es live.com live.de live.fr live.nl live.co.uk msn.com",
    "aol.com aim.com icloud.com me.com mac.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de t-online.de freenet.de",
    "mail.com email.com mail.ru yandex.ru yandex.com protonmail.com proton.me pm.me zoho.com fastmail.com hey.com",
    "tutanota.com orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it alice.it",
    "wp.pl o2.pl onet.pl interia.pl ziggo.nl kpnmail.nl telia.com uol.com.br bol.com.br terra.com.br comcast.net",
    "verizon.net att.net sbcglobal.net cox.net charter.net bellsouth.net btinternet.com sky.com rogers.com",
    "bigpond.com qq.com 163.com 126.com naver.com",
  ].flatMap((line) => line.split(" ")),
);

/** Letters of other alphabets, and digits, by the Latin letter they are drawn like (after Unicode's confusables). */
const LOOKS_LIKE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: "аαɑ",
    b: "ьᖯ",
    c: "сϲ",
    d: "ԁ",
    e: "еҽε",
    g: "ɡց",
    h: "һհ",
    i: "іιɩı",
    j: "јϳ",
    k: "кκ",
    l: "1ӏⅼ|ǀ",
    m: "мⅿ",
    n: "ոп",
    o: "0оοօσ",
    p: "рρ",
    q: "ԛ",
    r: "гᴦ",
    s: "ѕꜱ",
    t: "тτ",
    u: "υս",
    v: "ѵν",
    w: "ԝѡω",
    x: "хχ",
    y: "уүγ",
    z: "ᴢ",
  }).flatMap(([latin, others]) => [...others].map((other) => [other, latin] as const)),
);

/** Words that strangers set beside a company's name without a hyphen. */
const EXTRA_WORDS = new Set(
  [
    "inc llc ltd limited corp corporation co company group gmbh ag sa srl bv plc holding holdings global",
    "international intl usa us uk eu team mail email online web portal cloud secure security support service services",
    "help helpdesk it hr admin office billing invoice invoices payment payments pay payroll finance accounts",
    "accounting bank banking vendor supplier login signin sso verify update docs share",
  ].flatMap((line) => line.split(" ")),
);

/** Letters of a name: of shorter ones very many lie a letter apart; how many may differ grows with the length. */
const SHORT_LABEL = 5;
const LONG_LABEL = 8;
const VERY_LONG_LABEL = 10;

/** A domain as letters are drawn, from whatever spelling. */
function unicode(domain: string): string {
  const decoded = domain.includes("xn--") ? domainToUnicode(domain) : domain;
  return decoded === "" ? domain : decoded;
}

/** Takes dots, spaces and an address's closing bracket off the end. A loop, as a pattern would try every run anew. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && " .>\t\r\n".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** The host of an address, or a host; undefined where there is none, and for the X500 names of colleagues. */
function hostOf(text: string): string | undefined {
  const trimmed = text.trim();
  if (isInternalName(trimmed)) return undefined;
  const at = trimmed.lastIndexOf("@");
  const host = withoutEnd(trimmed.slice(at + 1)).toLowerCase();
  if (host === "" || host.length > 253 || /[^\p{L}\p{M}\p{N}._-]/u.test(host)) return undefined;
  return domainToASCII(host) || host;
}

/**
 * The part of an address or a host name that somebody registered: `contoso.co.uk` of `x@mail.contoso.co.uk`.
 *
 * @returns lower case, letters beyond ASCII as punycode; undefined for IP addresses, single words and what is no host.
 */
export function registrableDomain(text: string): string | undefined {
  const host = hostOf(text);
  return host === undefined ? undefined : (getDomain(host, TLDTS) ?? undefined);
}

/**
 * A domain as an eye in a hurry reads it: punycode decoded, accents off, Cyrillic and Greek letters and digits as the
 * Latin letters they resemble, rn as m, vv as w. Two domains with one skeleton are drawn alike; the skeleton itself is
 * for comparing only.
 */
export function skeleton(domain: string): string {
  const plain = unicode(domain.trim().toLowerCase())
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
  return [...plain]
    .map((letter) => LOOKS_LIKE.get(letter) ?? letter)
    .join("")
    .replaceAll("rn", "m")
    .replaceAll("vv", "w");
}

interface Domain {
  readonly full: string;
  readonly label: string;
  readonly suffix: string;
}

function parts(domain: string): Domain {
  const label = getDomainWithoutSuffix(domain, TLDTS) ?? domain;
  return { full: domain, label, suffix: getPublicSuffix(domain, TLDTS) ?? "" };
}

/** The words around the own name, if that is all there is besides it. */
function extraWord(sender: string, own: string): string | undefined {
  const pieces = sender.split("-");
  const at = pieces.indexOf(own);
  if (pieces.length > 1 && at >= 0) {
    const rest = pieces.filter((_, index) => index !== at).join("-");
    return own.length >= SHORT_LABEL || (own.length === SHORT_LABEL - 1 && EXTRA_WORDS.has(rest)) ? rest : undefined;
  }
  if (own.length < SHORT_LABEL) return undefined;
  const behind = sender.startsWith(own) ? sender.slice(own.length) : "";
  if (EXTRA_WORDS.has(behind)) return behind;
  const before = sender.endsWith(own) ? sender.slice(0, -own.length) : "";
  return EXTRA_WORDS.has(before) ? before : undefined;
}

function sameLetters(sender: Domain, own: Domain): LookAlike | undefined {
  if (sender.label === own.label || skeleton(sender.label) !== skeleton(own.label)) return undefined;
  if (own.label.length < SHORT_LABEL && sender.suffix !== own.suffix) return undefined;
  const drawn = unicode(sender.full);
  if (drawn === sender.full) return { kind: "homoglyph", text: `${sender.full} reads as ${own.full}` };
  return { kind: "punycode", text: `${sender.full} is shown as ${drawn} and reads as ${own.full}` };
}

function otherEnding(sender: Domain, own: Domain): LookAlike | undefined {
  if (sender.label !== own.label) return undefined;
  if (own.label.length < SHORT_LABEL && editDistance(sender.suffix, own.suffix, 1) > 1) return undefined;
  return { kind: "other-tld", text: `${sender.full} is ${own.full} with another ending` };
}

function fewEdits(sender: Domain, own: Domain): LookAlike | undefined {
  const length = Math.min(sender.label.length, own.label.length);
  if (length < SHORT_LABEL || (sender.suffix !== own.suffix && length < LONG_LABEL)) return undefined;
  const limit = length >= VERY_LONG_LABEL && sender.suffix === own.suffix ? 2 : 1;
  const distance = editDistance(skeleton(sender.label), skeleton(own.label), limit);
  if (distance > limit) return undefined;
  const letters = distance === 1 ? "1 letter" : `${distance} letters`;
  return { kind: "edit-distance", text: `${unicode(sender.full)} is ${letters} away from ${own.full}` };
}

function addedWord(sender: Domain, own: Domain, senderHost: string): LookAlike | undefined {
  if (senderHost.startsWith(`${own.full}.`) || senderHost.includes(`.${own.full}.`)) {
    return { kind: "extra-word", text: `${senderHost} begins like ${own.full} and belongs to ${sender.full}` };
  }
  const word = extraWord(sender.label, own.label);
  return word === undefined
    ? undefined
    : { kind: "extra-word", text: `${sender.full} is ${own.full} with "${word}" added` };
}

/**
 * Whether a sender's domain could be taken for the own one: the same when drawn (homoglyph, punycode), under another
 * ending, a letter or two away, or with a word added (`contoso-billing.com`, `contoso.com.example.net`). Never for the
 * own domain and its subdomains, nor for the common freemail domains. Own names of less than five letters are only
 * compared for letters drawn alike, near endings (com, co, cm) and, at four letters, added words of the trade.
 *
 * False positives: other domains of the own company (give each as own domain and ask for none of them), companies of
 * nearly the same name, own names that are common words (`summit` and `summit-health.com`), numbered names. Misses:
 * tenants under onmicrosoft.com, which share one registered domain, and short names with a changed letter.
 *
 * @param senderDomain address or host name of the sender.
 * @param ownDomain address or host name of the mailbox.
 */
export function lookAlike(senderDomain: string, ownDomain: string): LookAlike | undefined {
  const senderName = registrableDomain(senderDomain);
  const ownName = registrableDomain(ownDomain);
  if (senderName === undefined || ownName === undefined || senderName === ownName) return undefined;
  if (FREEMAIL.has(senderName)) return undefined;
  const sender = parts(senderName);
  const own = parts(ownName);
  return (
    sameLetters(sender, own) ??
    otherEnding(sender, own) ??
    fewEdits(sender, own) ??
    addedWord(sender, own, hostOf(senderDomain) ?? senderName)
  );
}

/**
 * X500 names (`/O=EXCHANGELABS/OU=...`, `EX:/o=...`) and the SMTP addresses they are wrapped in (`IMCEAEX-_O=...`)
 * are colleagues' mailboxes.
 */
function isInternalName(text: string): boolean {
  return /^(?:EX:)?\/O=|^IMCEAEX-/i.test(text);
}

/** The address that counts: in angle brackets, or the text itself. An address in a display name is only a name. */
function addressOf(text: string): string | undefined {
  const open = text.lastIndexOf("<");
  const bare = (open < 0 ? text : text.slice(open + 1).replace(/>[^>]*$/u, "")).trim();
  if (bare === "" || isInternalName(bare) || !bare.includes("@") || /[\s<>]/u.test(bare)) return undefined;
  return bare.toLowerCase();
}

/**
 * Whether a message says it is from another domain than the one it was sent by. Addresses of one registered domain are
 * the same here: a colleague or a list of the same company sends for somebody. Mailing lists and mail services differ
 * rightly.
 *
 * @param from `Name <address>` or an address.
 * @param senderSmtpAddress the same.
 * @returns false where one of them has no address, and for X500 names, which are colleagues.
 */
export function differentSender(from: string, senderSmtpAddress: string): boolean {
  const one = addressOf(from);
  const other = addressOf(senderSmtpAddress);
  if (one === undefined || other === undefined) return false;
  // Hosts without a registered domain (one word, an IP address) are compared as they are.
  const domain = (address: string) => registrableDomain(address) ?? address.slice(address.lastIndexOf("@") + 1);
  return domain(one) !== domain(other);
}
