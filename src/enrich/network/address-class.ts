import type { AddressRange } from "../../ingest/address-range.ts";
import { addressRange } from "../../ingest/address-range.ts";
import { canonicalAddress } from "../../ingest/address.ts";
import { MICROSOFT_ASNS, MICROSOFT_PREFIXES } from "./microsoft.ts";
import type { Place } from "../../model/place.ts";
import { networkAround, parsePrefix, prefixTable } from "./prefixes.ts";
import { remembering } from "../../model/remembering.ts";

/** What an address can be by its number alone. */
export type AddressClass = AddressRange | "microsoft" | "not-an-address";

const MICROSOFT = prefixTable(
  MICROSOFT_PREFIXES.map((text) => {
    const prefix = parsePrefix(text);
    if (typeof prefix !== "object") throw new Error(`${text} is no network`);
    return [prefix, "microsoft" as const] as const;
  }),
);

const MEMORY_LIMIT = 50_000;

function classOf(address: string): AddressClass {
  const canonical = canonicalAddress(address);
  if (canonical === undefined) return "not-an-address";
  return MICROSOFT.find(canonical) ?? addressRange(canonical);
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
