import ipaddr from "ipaddr.js";

/** What an IP address can be by the registries of addresses alone. */
export type AddressRange =
  | "public"
  | "private"
  | "loopback"
  | "link-local"
  | "documentation"
  | "multicast"
  | "reserved"
  | "carrier-grade-nat";

/** RFC 5737, RFC 3849, RFC 9637: they stand for outside addresses in samples and workshops. */
const DOCUMENTATION = ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32", "3fff::/20"];

/** What IANA has given out of IPv6 so far (RFC 4291, 2000::/3), and NAT64's well-known prefix (RFC 6052). */
const ROUTED_IPV6 = ["2000::/3", "64:ff9b::/96"];

const OWN_RANGES = {
  documentation: DOCUMENTATION.map((network) => ipaddr.parseCIDR(network)),
  routed: ROUTED_IPV6.map((network) => ipaddr.parseCIDR(network)),
};

/**
 * Ranges of ipaddr.js (IANA's special-purpose registries) that are no host of the internet, each with its class. What
 * is named here neither is reserved. Teredo, 6to4 and NAT64's well-known prefix carry somebody's IPv4 traffic over
 * the internet and count as public.
 */
const RANGES: Readonly<Record<string, AddressRange>> = {
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

/** @param canonical an address as `canonicalAddress` writes it. */
export function addressRange(canonical: string): AddressRange {
  const parsed = ipaddr.parse(canonical);
  const own = ipaddr.subnetMatch(parsed, OWN_RANGES, "");
  if (own === "documentation") return own;
  const range = parsed.range();
  if (parsed.kind() === "ipv4" || (range !== "unicast" && range !== "rfc6052")) return RANGES[range] ?? "reserved";
  return own === "routed" ? "public" : "reserved";
}

/** Whether an address is of Teredo (RFC 4380): the IPv4 address it begins with is the Teredo server's, not the client's. */
export function isTeredo(canonical: string): boolean {
  return ipaddr.parse(canonical).range() === "teredo";
}
