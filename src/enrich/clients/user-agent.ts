import Bowser from "bowser";
import { remembering } from "../../model/remembering.ts";
import type { ClientKind } from "./client-table.ts";
import { BARE_BROWSERS, EXCHANGE_CLIENTS, MAIL_CLIENTS, SCRIPTS } from "./client-table.ts";

/** What a user agent or a client string says of the program behind it. All of it is claimed by the client itself. */
export interface Client {
  /** Short and the same for every version, for stacking: `Chrome on Windows 10`, `Outlook desktop`. */
  readonly name: string;
  /** The program without its system: `Chrome`. Empty where nothing is said. */
  readonly family: string;
  /** The system, of Windows with its version: `Windows 10`, `macOS`, `iOS`. Empty where it is not said. */
  readonly os: string;
  /** Major version of the program. */
  readonly major: number | undefined;
  /** `service` is an interface or a process of the server, `mail-client` any program installed on a computer. */
  readonly kind: ClientKind;
  /** The entry of the list of scripts and attack tools that the text has. */
  readonly script: string | undefined;
  /**
   * What the name is of: a `program`; a `protocol` or way in, as Outlook on the web or IMAP4, of which two need not be
   * one client; or a `server`'s own process, which nobody outside is.
   */
  readonly level: "program" | "protocol" | "server";
}

const NOBODY: Client = {
  name: "",
  family: "",
  os: "",
  major: undefined,
  kind: "unknown",
  script: undefined,
  level: "program",
};
/** Real agents are a few hundred characters; a forged one of a megabyte is read no further than this. */
const LONGEST = 1000;
const LONGEST_NAME = 60;
const MEMORY_LIMIT = 10_000;

const KNOWN_BROWSERS = new Set(Object.values(Bowser.BROWSER_MAP).filter((name) => name !== "Generic"));
const BARE_BROWSER = /^([a-z][a-z ]{1,20}?)(?:[ /]?(\d{1,4})[\d.]*)?$/i;

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`);
}

/**
 * A product of the list at the start or behind a space, slash or mark: its own name and never the end of another's. A
 * name that is listed without a slash must end where the word ends. The group is the major version.
 */
function productPattern(product: string): RegExp {
  const version = String.raw`v?(\d{1,4})?`;
  const rest = product.endsWith("/") ? version : String.raw`(?![a-z\d-])(?:/${version})?`;
  return new RegExp(String.raw`(?:^|[\s/;=,(])${escaped(product)}${rest}`, "i");
}

const SCRIPT_PATTERNS = SCRIPTS.map((entry) => ({ entry, pattern: productPattern(entry.product) }));

function number(text: string | undefined): number | undefined {
  return text === undefined || text === "" ? undefined : Number(text);
}

interface Parsed {
  readonly browser: { readonly name?: string; readonly version?: string };
  readonly os: { readonly name?: string; readonly versionName?: string };
  readonly platform: { readonly type?: string };
}

/** bowser throws on the empty text; what else it cannot read is no reason to stop either. */
function parsed(agent: string): Parsed | undefined {
  try {
    return Bowser.parse(agent);
  } catch {
    return undefined;
  }
}

/** Windows keeps its version: another one is another computer, while macOS and iOS update themselves. */
function system(agent: string, result: Parsed | undefined = parsed(agent)): string {
  const { name = "", versionName = "" } = result?.os ?? {};
  return name === "Windows" && /^(?!NT)\S/.test(versionName) ? `Windows ${versionName}` : name;
}

function scriptOf(agent: string): Client | undefined {
  for (const { entry, pattern } of SCRIPT_PATTERNS) {
    const found = pattern.exec(agent);
    if (found === null) continue;
    const { name, kind, product } = entry;
    return { ...NOBODY, name, family: name, os: system(agent), major: number(found[1]), kind, script: product };
  }
  return undefined;
}

function mailClientOf(agent: string): Client | undefined {
  for (const { pattern, family, kind, os } of MAIL_CLIENTS) {
    const found = pattern.exec(agent);
    if (found === null) continue;
    return { ...NOBODY, name: family, family, os: os ?? system(agent), major: number(found[1]), kind };
  }
  return undefined;
}

function bareBrowserOf(agent: string): Client | undefined {
  const found = BARE_BROWSER.exec(agent);
  const family = BARE_BROWSERS.get((found?.[1] ?? "").toLowerCase());
  if (family === undefined) return undefined;
  return { ...NOBODY, name: family, family, major: number(found?.[2]), kind: "browser" };
}

function browserOf(agent: string): Client | undefined {
  const result = parsed(agent);
  const family = result?.browser.name ?? "";
  if (result === undefined || !KNOWN_BROWSERS.has(family)) return undefined;
  const os = system(agent, result);
  // Internet Explorer says an old version of itself for pages that want one; the engine's number is the true one.
  const trident = family === "Internet Explorer" ? /\bTrident\/(\d{1,2})/.exec(agent)?.[1] : undefined;
  const major =
    trident === undefined ? number(/^\d{1,4}/.exec(result.browser.version ?? "")?.[0]) : Number(trident) + 4;
  const kind = result.platform.type === "bot" ? "service" : "browser";
  return { ...NOBODY, name: os === "" ? family : `${family} on ${os}`, family, os, major, kind };
}

/** Anything else goes by the product it names first. */
function unknownClient(agent: string): Client {
  const product = /^[^/;(]+/.exec(agent)?.[0].trim() ?? "";
  const family = (product === "" ? agent : product).slice(0, LONGEST_NAME);
  return { ...NOBODY, name: family, family };
}

/** The client's own agent inside of a `Client=` string: behind `UserAgent=`, or one of the parts between semicolons. */
function innerClient(rest: string): Client | undefined {
  const agents = [/\bUserAgent=(.*)/i.exec(rest)?.[1] ?? "", rest.replace(/^[;\s]+/, "")];
  for (const agent of agents) {
    const client = agent === "" ? undefined : (scriptOf(agent) ?? mailClientOf(agent) ?? browserOf(agent));
    if (client !== undefined) return client;
  }
  for (const part of rest.split(";", 8)) {
    const client = mailClientOf(part.trim());
    if (client !== undefined) return client;
  }
  return undefined;
}

/** A server that passes on what came to another one; what stands behind it is the client's own agent. */
const PASSED_ON = /^;?\s*ExchangeWebServicesProxy\/CrossSite\/EXCH\/[\d.]+\//i;
/** A product with its version where a part of the string begins. */
const PRODUCT = /(?:^|[\s;=(])(?!ExchangeWebServices|Mozilla\/)([a-z][\w.-]{1,40})\/v?\d/i;

/** The program behind Exchange Web Services, where the string names one. */
function productOf(rest: string): string | undefined {
  return PRODUCT.exec(rest.replace(PASSED_ON, ""))?.[1];
}

/** The computer that the rest of a string names, by which it is no telephone's; empty where it names none. */
function computerOf(rest: string): "Mac" | "Windows" | "" {
  if (/\bWindows\b(?!\s*Phone)/i.test(rest)) return "Windows";
  return /\b(?:Macintosh|macOS|Mac|Mac[ _]?OS[ _]?X)\b/i.test(rest) ? "Mac" : "";
}

function exchangeClientOf(text: string): Client | undefined {
  const found = /\bClient=([^;]*)(.*)/i.exec(text);
  if (found === null) return undefined;
  const value = (found[1] ?? "").trim();
  const rest = found[2] ?? "";
  const way = value.toLowerCase();
  // REST and the back end's own REST differ in what follows: Client=REST;Client=RESTSystem;; (an agent may say so, too).
  const key = way === "rest" && /^;\s*Client=RESTSystem\b/i.test(rest) ? "restsystem" : way;
  const known = EXCHANGE_CLIENTS.get(key);
  if (known === undefined) {
    const isServer = /^Microsoft\.Exchange\./i.test(value);
    const name = (isServer ? value : `Client=${value}`).slice(0, LONGEST_NAME);
    const client: Client = { ...NOBODY, name, family: name };
    return (
      scriptOf(value) ?? innerClient(rest) ?? (isServer ? { ...client, kind: "service", level: "server" } : client)
    );
  }
  const inner = innerClient(rest);
  if (inner !== undefined) return inner;
  const product = key.endsWith("webservices") ? productOf(rest) : undefined;
  if (product !== undefined) {
    const name = `${known.name} (${product})`.slice(0, LONGEST_NAME);
    return { ...NOBODY, name, family: name, kind: known.kind };
  }
  const computer = known.kind === "mobile" ? computerOf(rest) : "";
  if (computer !== "") {
    const name = key === "outlookservice" ? `Outlook for ${computer}` : known.name;
    const os = computer === "Mac" ? "macOS" : computer;
    return { ...NOBODY, name, family: name, os, kind: "mail-client", level: known.level ?? "program" };
  }
  const version = key === "pop3/imap4" ? /\bProtocol=(POP3|IMAP4)\b/i.exec(rest)?.[1]?.toUpperCase() : undefined;
  const name = version === undefined ? known.name : `${version} client`;
  return { ...NOBODY, name, family: name, kind: known.kind, level: known.level ?? "program" };
}

function read(text: string): Client {
  if (text === "") return NOBODY;
  return (
    exchangeClientOf(text) ??
    scriptOf(text) ??
    mailClientOf(text) ??
    bareBrowserOf(text) ??
    browserOf(text) ??
    unknownClient(text)
  );
}

/**
 * Says what program a record's client was: from a logon's user agent, the bare name of a browser, or the client string
 * of a session in Exchange (`Client=OWA;...`), where the agent inside of it counts before the protocol. Never throws;
 * an empty text gives an empty name and the kind `unknown`.
 *
 * Names of scripts count where a product's name begins, never inside of another: `securl/1` is not curl. Windows 11
 * calls itself Windows 10. An agent can be chosen freely: that of a browser proves no browser.
 */
export function clientOf(userAgent: string): Client {
  return rememberedClient(userAgent.slice(0, LONGEST).trim());
}

const rememberedClient = remembering(read, MEMORY_LIMIT);

/** What Exchange writes into an agent: that there was none, and the application. */
const ADDED = /\[(?:NoUserAgent|AppId=[^\]]*)\];?/gi;

/**
 * The program behind a record of the audit log: its own agent where that is a script's, or where ClientInfoString names
 * no program. Takes both texts verbatim; either may be empty.
 */
export function clientOfRecord(clientInfo: string, userAgent: string): Client {
  const info = clientOf(clientInfo);
  const agent = clientOf(userAgent.slice(0, LONGEST).replace(ADDED, ""));
  if (agent.name === "" || (agent.script === undefined && info.name !== "" && info.level === "program")) return info;
  return agent;
}
