import { GATEWAY_NETWORKS, HOSTING_NETWORKS, VPN_NETWORKS } from "./known-networks.ts";
import type { Place } from "../../model/place.ts";

/** A network of which it is known what it is for. */
export interface KnownNetwork {
  readonly name: string;
  /**
   * - `hosting`: rents out machines. Intruders, VPN services and security products alike are its customers; hardly
   *   anybody reads mail from there.
   * - `vpn`: belongs to a VPN service or runs exits of Tor.
   * - `gateway`: a security product that companies send their own traffic or mail through; not an intruder.
   */
  readonly kind: "hosting" | "vpn" | "gateway";
}

/** Known networks by ASN. */
export type NetworkKinds = ReadonlyMap<number, KnownNetwork>;

function ofKind(names: Readonly<Record<number, string>>, kind: KnownNetwork["kind"]): [number, KnownNetwork][] {
  return Object.entries(names).map(([asn, name]) => [Number(asn), { name, kind }]);
}

/** The networks that the program knows by itself, for callers that have no list of their own. */
export const KNOWN_NETWORKS: NetworkKinds = new Map([
  ...ofKind(HOSTING_NETWORKS, "hosting"),
  ...ofKind(VPN_NETWORKS, "vpn"),
  ...ofKind(GATEWAY_NETWORKS, "gateway"),
]);

/**
 * What kind of network an address belongs to, where it is one that ordinary users do not read their mail from.
 *
 * @param networks the networks that are known; the program's own where none are given.
 * @returns undefined where no database gives the ASN, or the list does not have it: unknown, not harmless.
 */
export function networkKind(place: Place, networks: NetworkKinds = KNOWN_NETWORKS): KnownNetwork | undefined {
  return place.asn === undefined ? undefined : networks.get(place.asn);
}
