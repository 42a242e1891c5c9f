import ipaddr from "ipaddr.js";
import { canonicalAddress } from "../../ingest/address.ts";
import { MICROSOFT_ASNS, MICROSOFT_PREFIXES } from "./microsoft.ts";
import type { Place } from "../../model/place.ts";
import { networkAround, parsePrefix, prefixTable } from "./prefixes.ts";
import { remembering } from "../../model/remembering.ts";

/** What an address can be by its number alone. */
export type AddressClass =
  | "public"
  | "private"
  | "loopback"
  | "link-local"
  | "documentation"
  | "multicast"
  | "reserved"
  | "carrier-grade-nat"
  | "microsoft"
  | "not-an-address";

/** RFC 5737, RFC 3849, RFC 9637. */
const DOCUMENTATION = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"];

/**
 * Ranges of ipaddr.js (IANA's special-purpose registries) that are no host of the internet, each with its class. What
 * is named here neither is reserved. Teredo, 6to4 and NAT64's well-known prefix carry somebody's IPv4 traffic over
 * the internet and count as public.
 */
const RANGES: Readonly<Record<string, AddressClass>> = {
  unicast: "public",
  teredo: "public",
  "6to4": "public",
  private: "private",
  uniqueLocal: "private",
  deprecatedSiteLocal: "private",
  loopback: "loopback",
  linkLocal: "link-local",
  multicast: "multicast",
  carrierGradeNat: "carrier-grade-nat",
};

/** What IANA has given out of IPv6 so far (RFC 4291, 2000::/3), and NAT64's well-known prefix (RFC 6052). */
const ROUTED_IPV6 = table(["2000::/3", "64:ff9b::/96"], true);
const OWN_TABLE = [
  table(DOCUMENTATION, "documentation" as const),
  table(MICROSOFT_PREFIXES, "microsoft" as const),
] as const;

const MEMORY_LIMIT = 50_000;

function table<T>(prefixes: readonly string[], value: T) {
  return prefixTable(
    prefixes.map((text) => {
      const prefix = parsePrefix(text);
      if (typeof prefix !== "object") throw new Error(`${text} is no network`);
      return [prefix, value] as const;
    }),
  );
}

function classOf(address: string): AddressClass {
  const canonical = canonicalAddress(address);
  if (canonical === undefined) return "not-an-address";
  for (const known of OWN_TABLE) {
    const found = known.find(canonical);
    if (found !== undefined) return found;
  }
  const parsed = ipaddr.parse(canonical);
  const range = parsed.range();
  if (parsed.kind() === "ipv4") return RANGES[range] ?? "reserved";
  if (range !== "unicast" && range !== "rfc6052") return RANGES[range] ?? "reserved";
  return ROUTED_IPV6.find(canonical) === true ? "public" : "reserved";
}

/**
 * What an address can be by its number alone.
 *
 * @param address an address in any spelling that `canonicalAddress` takes, or a host name.
 * @returns "not-an-address" for host names and empty texts. Microsoft's own ranges come before "public"; see
 *   `MICROSOFT_PREFIXES` for where they are from.
 */
export function addressClass(address: string): AddressClass {
  return rememberedClass(address);
}

const rememberedClass = remembering(classOf, MEMORY_LIMIT);

/** Whether an address is Microsoft's own, by its published ranges or by its ASN where a database gives one. */
export function isMicrosoft(address: string, place: Place): boolean {
  return addressClass(address) === "microsoft" || (place.asn !== undefined && MICROSOFT_ASNS.has(place.asn));
}

/**
 * Whether somebody outside can have come from an address: a public one that is not Microsoft's. Documentation
 * addresses count, as they stand for outside addresses in samples and workshops. Host names do not: they say nothing
 * of where they are.
 */
export function canBeIntruder(address: string, place: Place): boolean {
  const found = addressClass(address);
  return (found === "public" || found === "documentation") && !isMicrosoft(address, place);
}

/** The /24 around an IPv4 address or the /48 around an IPv6 one, as CIDR; of a host name the text itself. */
export function networkOf(address: string): string {
  return networkAround(address, { 4: 24, 6: 48 }) ?? address;
}
