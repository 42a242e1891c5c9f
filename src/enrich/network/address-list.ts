import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { domainToASCII } from "node:url";
import { InputError, systemError } from "../../ingest/evidence/input-error.ts";
import { writtenText } from "../../ingest/evidence/written-text.ts";
import { parsePrefix, prefixTable } from "./prefixes.ts";

/** A list of addresses, networks, domains and applications that somebody watches or allows. */
export interface AddressList {
  /** The file's name, without its folders. */
  readonly name: string;
  /** Of the file's bytes. */
  readonly sha256: string;
  /** How many entries it has. */
  readonly size: number;
  /**
   * The entry that an address matches, as the list writes it: the address itself, else the smallest network around
   * it; of a host name the domain that it belongs to.
   */
  matchAddress(address: string): string | undefined;
  /** The entry that a domain, or the domain of a mail address, is or lies below; the longest of several. */
  matchDomain(domainOrAddress: string): string | undefined;
  /** The entry that is an application's id, in any case of letters. */
  matchAppId(guid: string): string | undefined;
}

type Entry =
  | { readonly kind: "network"; readonly prefix: Exclude<ReturnType<typeof parsePrefix>, string | undefined> }
  | { readonly kind: "domain"; readonly domain: string }
  | { readonly kind: "app"; readonly id: string };

const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;
/** Two labels at least, and no number for the last: `10.0.0` is a slip and not a domain. */
const DOMAIN = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?!\d+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Lower case, international letters in their ASCII form, no dot at the end. */
function canonicalDomain(text: string): string {
  const bare = text.endsWith(".") ? text.slice(0, -1) : text;
  // domainToASCII takes 1.2 for an IPv4 address, as URLs do; ASCII alone needs nothing of it.
  return /^[\u0021-\u007e]*$/.test(bare) ? bare.toLowerCase() : domainToASCII(bare);
}

function guidOf(text: string): string | undefined {
  return GUID.exec(text.trim())?.[1]?.toLowerCase();
}

const EXPECTED = "expected an address, a network (CIDR), a domain or an AppId";

/** Reads one entry; a text says what is wrong with it. */
function parseEntry(text: string): Entry | string {
  const id = guidOf(text);
  if (id !== undefined) return { kind: "app", id };
  const prefix = parsePrefix(text);
  if (typeof prefix === "object") return { kind: "network", prefix };
  if (prefix !== undefined) return prefix;
  if (text.includes("@")) return "of a mail address give the domain alone";
  const domain = canonicalDomain(text);
  if (DOMAIN.test(domain)) return { kind: "domain", domain };
  return EXPECTED;
}

/** Why a text is no address, network or domain, if so. */
export function addressProblem(text: string): string | undefined {
  const entry = parseEntry(text);
  if (typeof entry !== "string") return entry.kind === "app" ? "an AppId is no address" : undefined;
  return entry === EXPECTED ? "expected an address, a network (CIDR) or a domain" : entry;
}

/** Whether a text is the id of an application. */
export function isAppId(text: string): boolean {
  return guidOf(text) !== undefined;
}

/**
 * Reads a list: one address, network in CIDR notation, domain or AppId (GUID) a line. `#` begins a comment; empty
 * lines are skipped. A domain stands for itself and all below it.
 *
 * @param name the file as messages name it.
 * @throws InputError with file and line for the first line that is none of these, and for a file that is no text.
 */
export function parseAddressList(name: string, bytes: Buffer): AddressList {
  const text = writtenText("a list", name, bytes);
  const networks: [Extract<Entry, { kind: "network" }>["prefix"], string][] = [];
  const domains = new Map<string, string>();
  const apps = new Map<string, string>();
  let size = 0;
  for (const [at, line] of text.split(/\r\n|\r|\n/).entries()) {
    const written = line.replace(/#.*/s, "").trim();
    if (written === "") continue;
    const entry = parseEntry(written);
    if (typeof entry === "string") throw new InputError(`${name}, line ${at + 1}: ${shown(written)}: ${entry}.`);
    size++;
    if (entry.kind === "network") networks.push([entry.prefix, written]);
    else if (entry.kind === "domain" && !domains.has(entry.domain)) domains.set(entry.domain, written);
    else if (entry.kind === "app" && !apps.has(entry.id)) apps.set(entry.id, written);
  }
  const table = prefixTable(networks);
  const matchDomain = (domainOrAddress: string): string | undefined => {
    if (domains.size === 0) return undefined;
    const trimmed = domainOrAddress.trim().replace(/>$/, "");
    let domain = canonicalDomain(trimmed.slice(trimmed.lastIndexOf("@") + 1));
    while (domain !== "") {
      const entry = domains.get(domain);
      if (entry !== undefined) return entry;
      const dot = domain.indexOf(".");
      domain = dot < 0 ? "" : domain.slice(dot + 1);
    }
    return undefined;
  };
  return {
    name: basename(name),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    size,
    matchAddress: (address) => table.find(address) ?? matchDomain(address),
    matchDomain,
    matchAppId(guid) {
      const id = guidOf(guid);
      return id === undefined ? undefined : apps.get(id);
    },
  };
}

function shown(written: string): string {
  return JSON.stringify(written.length > 80 ? `${written.slice(0, 80)}…` : written);
}

/**
 * Reads a list from a file; see `parseAddressList`.
 *
 * @throws InputError also where the file cannot be read.
 */
export async function readAddressList(path: string): Promise<AddressList> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw systemError(`Expected a list at ${path}`, error);
  }
  return parseAddressList(path, bytes);
}
