/**
 * Where Microsoft 365 itself speaks from, so that its proxies, transport and back-end servers are never taken for an
 * intruder. Customers of Azure have other addresses.
 *
 * Front ends: Microsoft's page "Microsoft 365 URLs and IP address ranges" (worldwide and GCC) of 2026-08-14, the sets
 * named below. The clouds of 21Vianet, GCC High and DoD are not in it. Ranges that Microsoft gave up before are not
 * there either; its ASN answers for those where a database gives one.
 *
 * Back ends: not published. The servers of the regions name themselves in the Received headers of public mailing
 * lists between 2016 and 2025 (`*.namprd12.prod.outlook.com (2603:10b6:...)`); the extent of these networks, /32 and
 * /48, is our reading of many such headers. All of them lie in Microsoft's own allocations, 2603:1000::/24 (ARIN) and
 * 2a01:110::/31 (RIPE).
 */
export const MICROSOFT_PREFIXES: readonly string[] = [
  // 1, 2: Exchange Online, the clients' front ends.
  "13.107.6.152/31",
  "13.107.18.10/31",
  "13.107.128.0/22",
  "23.103.160.0/20",
  "40.96.0.0/13",
  "40.104.0.0/15",
  "52.96.0.0/14",
  "131.253.33.215/32",
  "132.245.0.0/16",
  "150.171.32.0/22",
  "204.79.197.215/32",
  "2603:1006::/40",
  "2603:1016::/36",
  "2603:1026::/36",
  "2603:1036::/36",
  "2603:1046::/36",
  "2603:1056::/36",
  "2620:1ec:4::152/127",
  "2620:1ec:c::10/127",
  "2620:1ec:d::10/127",
  "2620:1ec:8f0::/46",
  "2620:1ec:900::/46",
  "2620:1ec:a92::152/127",
  // 9, 10: Exchange Online Protection.
  "40.92.0.0/15",
  "40.107.0.0/16",
  "52.100.0.0/14",
  "52.238.78.88/32",
  "104.47.0.0/17",
  "2a01:111:f400::/48",
  "2a01:111:f403::/48",
  // 31: SharePoint and OneDrive.
  "13.107.136.0/22",
  "40.108.128.0/17",
  "52.104.0.0/14",
  "104.146.128.0/17",
  "150.171.40.0/22",
  "2603:1061:1300::/40",
  "2603:1063:6000::/35",
  "2620:1ec:8f8::/46",
  "2620:1ec:908::/46",
  "2a01:111:f402::/48",
  // 11, 12: Teams.
  "52.112.0.0/14",
  "52.122.0.0/15",
  "2603:1027::/48",
  "2603:1037::/48",
  "2603:1047::/48",
  "2603:1057::/48",
  "2603:1063::/38",
  "2620:1ec:6::/48",
  "2620:1ec:40::/42",
  // 46: Office on the web.
  "13.107.6.171/32",
  "13.107.18.15/32",
  "13.107.140.6/32",
  "52.108.0.0/14",
  "52.244.37.168/32",
  "2603:1006:1400::/40",
  "2603:1016:2400::/40",
  "2603:1026:2400::/40",
  "2603:1036:2400::/40",
  "2603:1046:1400::/40",
  "2603:1056:1400::/40",
  "2603:1063:2000::/38",
  "2620:1ec:c::15/128",
  "2620:1ec:8fc::6/128",
  "2620:1ec:a92::171/128",
  "2a01:111:f100:2000::a83e:3019/128",
  "2a01:111:f100:2002::8975:2d79/128",
  "2a01:111:f100:2002::8975:2da8/128",
  "2a01:111:f100:7000::6fdd:6cd5/128",
  "2a01:111:f100:a004::bfeb:88cf/128",
  // 56, 64: sign-in, Graph and the portals.
  "13.107.6.192/32",
  "13.107.9.192/32",
  "20.20.32.0/19",
  "20.190.128.0/18",
  "20.231.128.0/19",
  "40.126.0.0/18",
  "2603:1006:2000::/48",
  "2603:1007:200::/48",
  "2603:1016:1400::/48",
  "2603:1017::/48",
  "2603:1026:3000::/48",
  "2603:1027:1::/48",
  "2603:1036:3000::/48",
  "2603:1037:1::/48",
  "2603:1046:2000::/48",
  "2603:1047:1::/48",
  "2603:1056:2000::/48",
  "2603:1057:2::/48",
  "2620:1ec:4::192/128",
  "2620:1ec:a92::192/128",
  // Back ends: South Africa, Asia and India, Europe, North America, Australia, Latin America.
  "2603:1086::/32",
  "2603:1096::/32",
  "2603:10a6::/32",
  "2603:10b6::/32",
  "2603:10c6::/32",
  "2603:10d6::/32",
  // Back ends of the years before, seen until 2022.
  "2a01:111:e400::/48",
];

/**
 * Microsoft's autonomous systems, as its peering policy named them until 2023 (azure-docs, internet-peering/policy.md
 * of 2023-02-23): AS8075 and with it AS8068, AS8069 and AS12076 (ExpressRoute).
 *
 * Azure rents its machines out of AS8075, too: an intruder on one of them is exempt with the rest. A watch list can
 * name the address.
 */
export const MICROSOFT_ASNS: ReadonlySet<number> = new Set([8068, 8069, 8075, 12_076]);
