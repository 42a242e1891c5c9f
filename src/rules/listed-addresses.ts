import { canBeIntruder } from "../enrich/network/address-class.ts";
import type { Knowledge } from "./knowledge.ts";

/** Whether an address is passed over because the user allows it; the watch list outweighs that. */
export function isAllowedAddress({ allow, watch }: Pick<Knowledge, "allow" | "watch">, address: string): boolean {
  return allow?.matchAddress(address) !== undefined && watch?.matchAddress(address) === undefined;
}

/** The same of a sender, by its domain. */
export function isAllowedDomain({ allow, watch }: Pick<Knowledge, "allow" | "watch">, sender: string): boolean {
  return allow?.matchDomain(sender) !== undefined && watch?.matchDomain(sender) === undefined;
}

/** Whether an address can be an intruder's: somebody's outside who is not Microsoft, or on the watch list. */
export function isOutsideAddress({ geo, watch }: Pick<Knowledge, "geo" | "watch">, address: string): boolean {
  return watch?.matchAddress(address) !== undefined || canBeIntruder(address, geo.place(address));
}
