import { canonicalAddress } from "../../ingest/address.ts";
import { addressClass } from "../../enrich/network/address-class.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

const INSIDE: ReadonlySet<string> = new Set(["private", "loopback", "link-local", "carrier-grade-nat"]);

export const addressForwardedFor = scoring({
  id: "address-forwarded-for",
  about: "address",
  title: "Odd list of forwarders",
  description:
    "ClientIP holds a list (X-Forwarded-For). Its first entry is what the client claimed. A claim of a private or loopback address by a client that reached the service from outside, or of text that is no address, is odd.",
  requires: "logons whose ClientIP is a list",
  falsePositives: ["A company's proxy that passes inner addresses on."],
  blindSpots: ["A forged public address looks like any other."],
  references: ["https://attack.mitre.org/techniques/T1090/"],
  attack: ["T1090"],
  nextSteps: ["Take the last address of the list for the one that the service saw."],
  settings: { odd: { is: 10, says: "points for an odd list" } },
  assess(picture, { odd }) {
    const fired: Fired[] = [];
    let lists = 0;
    for (const { address, activity, outside } of picture.addresses.values()) {
      for (const { written, row } of [...activity.logons, ...activity.failures, ...activity.partials]) {
        if (!written.includes(",")) continue;
        lists++;
        if (!outside) continue;
        const entries = written.split(",").map((entry) => entry.trim());
        const [claimed = ""] = entries.map((entry) => canonicalAddress(entry) ?? entry);
        const inside = INSIDE.has(addressClass(claimed));
        if (!inside && addressClass(claimed) !== "not-an-address") continue;
        fired.push({
          entity: address,
          text: `ClientIP is the list ${written}, whose first entry is ${inside ? "an inner address" : "no address"}; the first public address stands for it`,
          points: odd,
          rows: [row],
        });
        break;
      }
    }
    return { fired, missing: lists === 0 ? "no logon has a list of forwarders" : undefined };
  },
});
