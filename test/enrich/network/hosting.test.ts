import { describe, expect, test } from "vitest";
import { MICROSOFT_ASNS } from "../../../src/enrich/network/microsoft.ts";
import { KNOWN_NETWORKS, networkKind, type NetworkKinds } from "../../../src/enrich/network/hosting.ts";
import { GATEWAY_NETWORKS, HOSTING_NETWORKS, VPN_NETWORKS } from "../../../src/enrich/network/known-networks.ts";
import { UNKNOWN_PLACE } from "../../../src/model/place.ts";

function inSystem(asn: number | undefined) {
  return { ...UNKNOWN_PLACE, asn };
}

describe("networkKind", () => {
  test.each([
    [14_061, "hosting", "DigitalOcean"],
    [24_940, "hosting", "Hetzner"],
    [9009, "hosting", "M247 (rented by many VPN services)"],
    [39_351, "vpn", "31173 Services (Mullvad)"],
    [26_211, "gateway", "Proofpoint"],
    [62_044, "gateway", "Zscaler"],
  ])("AS%i is %s: %s", (asn, kind, name) => {
    expect(networkKind(inSystem(asn))).toEqual({ kind, name });
  });

  test("nothing is known of others, and of places without a system", () => {
    expect(networkKind(inSystem(1221))).toBeUndefined();
    expect(networkKind(inSystem(undefined))).toBeUndefined();
  });

  test("a list of the caller's own takes the place of the program's", () => {
    const own: NetworkKinds = new Map([[1221, { name: "Ours", kind: "gateway" }]]);
    expect(networkKind(inSystem(1221), own)).toEqual({ name: "Ours", kind: "gateway" });
    expect(networkKind(inSystem(14_061), own)).toBeUndefined();
  });

  test("every network is of one kind, has a name, and is not Microsoft", () => {
    const lists = [HOSTING_NETWORKS, VPN_NETWORKS, GATEWAY_NETWORKS];
    const all = lists.flatMap((list) => Object.keys(list));
    expect(KNOWN_NETWORKS.size).toBe(all.length);
    expect([...KNOWN_NETWORKS].filter(([asn, { name }]) => MICROSOFT_ASNS.has(asn) || name === "")).toEqual([]);
  });
});
