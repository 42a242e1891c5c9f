import ipaddr from "ipaddr.js";
import { canonicalAddress } from "../../ingest/address.ts";

/** A network in bits: the first `length` bits of its addresses. */
interface Prefix {
  readonly version: 4 | 6;
  /** The network's first address as a number, or the address itself. */
  readonly bits: bigint;
  readonly length: number;
}

/** Networks, each with something to say of its addresses. */
export interface PrefixTable<T> {
  /** What the most specific network around an address says; undefined for host names and where none is around it. */
  find(address: string): T | undefined;
}

const MAPPED_BITS = 96;

function widthOf(version: 4 | 6): number {
  return version === 4 ? 32 : 128;
}

function masked(bits: bigint, width: number, length: number): bigint {
  const host = BigInt(width - length);
  return (bits >> host) << host;
}

/** The bits of a canonical address. */
function bitsOf(canonical: string): bigint {
  let bits = 0n;
  for (const byte of ipaddr.parse(canonical).toByteArray()) bits = (bits << 8n) | BigInt(byte);
  return bits;
}

function versionOf(canonical: string): 4 | 6 {
  return canonical.includes(":") ? 6 : 4;
}

function addressOfBits(bits: bigint, version: 4 | 6): string {
  const bytes = Array.from({ length: widthOf(version) / 8 }, (_, at) => {
    return Number((bits >> BigInt(widthOf(version) - 8 - 8 * at)) & 0xffn);
  });
  const address = ipaddr.fromByteArray(bytes);
  return address.kind() === "ipv6" ? (address as ipaddr.IPv6).toRFC5952String() : address.toString();
}

function prefixText({ bits, version, length }: Prefix): string {
  return `${addressOfBits(bits, version)}/${length}`;
}

/** The network of so many bits around an address, as CIDR; undefined where the text is no IP address. */
export function networkAround(address: string, lengths: Readonly<Record<4 | 6, number>>): string | undefined {
  const canonical = canonicalAddress(address);
  if (canonical === undefined) return undefined;
  const version = versionOf(canonical);
  const length = lengths[version];
  return prefixText({ version, bits: masked(bitsOf(canonical), widthOf(version), length), length });
}

/**
 * Reads one address or one network in CIDR notation. IPv4-mapped IPv6 is IPv4.
 *
 * @returns what was read; as a text, what is wrong with a network; undefined where the text is neither.
 */
export function parsePrefix(text: string): Prefix | string | undefined {
  const slash = text.indexOf("/");
  const written = slash < 0 ? text : text.slice(0, slash);
  const canonical = canonicalAddress(written);
  if (canonical === undefined) return undefined;
  const version = versionOf(canonical);
  const width = widthOf(version);
  const bits = bitsOf(canonical);
  if (slash < 0) return { version, bits, length: width };
  const digits = text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(digits)) return "a network ends with / and the number of its bits";
  const mapped = version === 4 && ipaddr.IPv6.isValid(written) ? MAPPED_BITS : 0;
  if (version === 4 && mapped === 0 && written !== canonical) return "a network has no port";
  const length = Number(digits) - mapped;
  if (length < 0 || length > width) return `a network of this kind has ${mapped} to ${mapped + width} bits`;
  const network = { version, bits: masked(bits, width, length), length } as const;
  // A slip in the address and a slip in the length look alike here, and one of them would match far too much.
  if (network.bits !== bits) return `the network is ${prefixText(network)}, the address alone ${canonical}`;
  return network;
}

/** Collects networks into a table that asks once for each length in use. Of equal networks the first one speaks. */
export function prefixTable<T>(entries: Iterable<readonly [Prefix, T]>): PrefixTable<T> {
  const lengths = { 4: new Map<number, Map<bigint, T>>(), 6: new Map<number, Map<bigint, T>>() };
  for (const [{ version, bits, length }, value] of entries) {
    const known = lengths[version].get(length) ?? new Map<bigint, T>();
    lengths[version].set(length, known);
    if (!known.has(bits)) known.set(bits, value);
  }
  const longestFirst = {
    4: [...lengths[4]].sort(([a], [b]) => b - a),
    6: [...lengths[6]].sort(([a], [b]) => b - a),
  };
  return {
    find(address) {
      const canonical = canonicalAddress(address);
      if (canonical === undefined) return undefined;
      const version = versionOf(canonical);
      const tables = longestFirst[version];
      if (tables.length === 0) return undefined;
      const bits = bitsOf(canonical);
      for (const [length, values] of tables) {
        const value = values.get(masked(bits, widthOf(version), length));
        if (value !== undefined) return value;
      }
      return undefined;
    },
  };
}
