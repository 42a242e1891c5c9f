import { networkKind } from "../../enrich/network/hosting.ts";
import { hasOwnClients } from "../picture.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

export const addressNetwork = scoring({
  id: "address-network",
  about: "address",
  title: "Logon from a hosting or VPN network",
  description: "The autonomous system of the address belongs to a hosting provider or an anonymising VPN.",
  requires: "an ASN database (--geoip-asn or --geoip-dir)",
  falsePositives: ["An owner or company that uses a VPN.", "Mail clients and services that run in a data centre."],
  blindSpots: ["Residential proxies.", "Networks that are not on the list."],
  references: ["https://attack.mitre.org/techniques/T1090/"],
  attack: ["T1090", "T1078.004"],
  nextSteps: ["Ask whether owner or company use this provider.", "Preserve and request the provider's records."],
  settings: {
    hosting: { is: 25, says: "points for a hosting provider" },
    vpn: { is: 20, says: "points for a VPN" },
    ownClient: { is: 0.5, says: "part of the points that is left where the client is one of the owner's" },
    ownShare: { is: 0.3, says: "share of active days from which the network is the mailbox's own habit" },
  },
  assess(picture, { hosting, vpn, ownClient, ownShare }) {
    const fired: Fired[] = [];
    let known = 0;
    for (const view of picture.addresses.values()) {
      const { address, entered, place, outside, familiarity } = view;
      if (place.asn !== undefined) known++;
      const kind = networkKind(place, picture.knowledge.networks);
      if (kind === undefined || kind.kind === "gateway" || !outside || familiarity >= ownShare) continue;
      if (entered.length === 0) continue;
      const points = kind.kind === "vpn" ? vpn : hosting;
      const isOwn = hasOwnClients(picture, view);
      fired.push({
        entity: address,
        text: `AS${place.asn} ${kind.name} is a ${kind.kind === "vpn" ? "VPN" : "hosting"} network${isOwn ? ", used with a client of the owner's" : ""}`,
        points: isOwn ? Math.round(points * ownClient) : points,
        rows: entered,
      });
    }
    return { fired, missing: known === 0 ? "no ASN database was given, or it knows none of the addresses" : undefined };
  },
});
