import ipaddr from "ipaddr.js";
import { addressRange } from "./address-range.ts";
import { remembering } from "../model/remembering.ts";

/** An address as the evidence wrote it and as it is compared. */
export interface ClientAddress {
  /** The client's address in its canonical form; the text itself where it is no IP address; empty where there is none. */
  readonly address: string;
  /** The same; empty where it is no IP address but a host name, or a word such as "unknown". */
  readonly ip: string;
  /** The original text, where it says more than the address: a list, a port, brackets, another spelling. Else empty. */
  readonly original: string;
}

const NONE: ClientAddress = { address: "", ip: "", original: "" };
/** Dotted quads without leading zeros are canonical already; nearly all of an export's addresses are. */
const PLAIN_IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/;
const MEMORY_LIMIT = 50_000;

/** Takes brackets and a port off: `[2001:db8::1]:443`, `[192.0.2.1]`, `192.0.2.1:443`, `host.name:443`. */
function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text);
  if (bracketed) return bracketed[1] ?? "";
  const host = /^([^:]+):\d{1,5}$/.exec(text);
  return host ? (host[1] ?? "") : text;
}

/**
 * One address in canonical form: ports, brackets and zone ids off, IPv6 lower-case and shortened, IPv4-mapped IPv6
 * (`::ffff:192.0.2.1`) as IPv4. Only dotted quads count as IPv4: `1.2` or `0x7f.1` are host names here, whatever
 * inet_aton makes of them.
 *
 * @returns undefined where the text is no IP address.
 */
export function canonicalAddress(text: string): string | undefined {
  if (PLAIN_IPV4.test(text)) return text;
  const found = canonicalOrEmpty(text);
  return found === "" ? undefined : found;
}

const canonicalOrEmpty = remembering((text) => readAddress(text) ?? "", MEMORY_LIMIT);

function readAddress(text: string): string | undefined {
  const bare = withoutPort(text);
  if (PLAIN_IPV4.test(bare)) return bare;
  const zone = bare.indexOf("%");
  const v6 = zone < 0 ? bare : bare.slice(0, zone);
  if (!v6.includes(":") || !ipaddr.IPv6.isValid(v6)) return undefined;
  const parsed = ipaddr.IPv6.parse(v6);
  // RFC 5952, as ipaddr.js writes it; mapped addresses name the IPv4 host behind them.
  return parsed.isIPv4MappedAddress() ? parsed.toIPv4Address().toString() : parsed.toRFC5952String();
}

/** Whether an address can be somebody's on the internet, or stands for such a one: not inner, not reserved. */
function isOutside(address: string): boolean {
  const range = addressRange(address);
  return range === "public" || range === "documentation";
}

/**
 * Reads a ClientIP or IPAddress property. A list (X-Forwarded-For: client, proxy, proxy) names the client first; of
 * entries that are inner addresses or no addresses nobody outside can tell whose they are, so the first outer address
 * stands for such a list. What a list says is claimed by the client itself and can be forged, which is why the whole
 * list is kept as `original`.
 *
 * @param text the property as the record has it: empty, one address or host name with or without port, or a list.
 */
export function clientAddress(text: string): ClientAddress {
  return text === "" ? NONE : readList(text);
}

const readList = remembering((text): ClientAddress => {
  const entries = text.split(",").map((entry) => entry.trim());
  const addresses = entries.flatMap((entry) => canonicalAddress(entry) ?? []);
  const [first = ""] = entries;
  const ip = (entries.length === 1 ? undefined : addresses.find(isOutside)) ?? addresses[0] ?? "";
  const address = ip === "" ? first : ip;
  return { address, ip, original: address === text ? "" : text };
}, MEMORY_LIMIT);
