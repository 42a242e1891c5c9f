import type { RuleExample } from "../example.ts";
import { boundAt, dailyLogons, HOME, STRANGER } from "../example.ts";

const GRAPH = "00000003-0000-0000-c000-000000000000";
const EM_CLIENT = "e9a7fea1-1cc0-4cd9-a31b-9137ca5deedd";
const NOBODYS = "0badc0de-0000-4000-8000-000000000001";
const own = boundAt("2024-03-01T08:00:00Z", HOME, ["<1@fabrikam.example>"], {
  AppId: "00000002-0000-0ff1-ce00-000000000000",
});
const by = (ClientAppId: string, time = "2024-03-02T20:00:00Z") =>
  boundAt(time, STRANGER, ["<2@fabrikam.example>"], { AppId: GRAPH, ClientAppId });

export const examples: readonly RuleExample[] = [
  {
    name: "a mail program that is on the lists, in capitals",
    audit: [
      own,
      by(EM_CLIENT.toUpperCase()),
      by(EM_CLIENT, "2024-03-02T21:00:00Z"),
      by(EM_CLIENT, "2024-03-02T22:00:00Z"),
    ],
    outcome: "found",
    says: [
      {
        entity: `${EM_CLIENT.toUpperCase()} (eM Client)`,
        points: 50,
        text: "eM Client is listed as abused to take mail (Huntress RogueApps, CIPP rogue apps)",
        rows: [2, 4],
      },
    ],
  },
  {
    name: "an application on the watch list, between addresses and domains",
    audit: [own, by(NOBODYS)],
    watch: `203.0.113.99\n${NOBODYS}\nevil.example\n`,
    outcome: "found",
    says: [{ entity: NOBODYS, points: 74, text: `on the watch list as ${NOBODYS}`, rows: [2] }],
  },
  {
    name: "an application on all lists: whoever watches it does not allow it",
    audit: [own, by(EM_CLIENT)],
    watch: EM_CLIENT,
    allow: EM_CLIENT,
    outcome: "found",
    says: [
      { entity: `${EM_CLIENT} (eM Client)`, points: 74, rows: [2] },
      { entity: `${EM_CLIENT} (eM Client)`, points: 50, rows: [2] },
    ],
  },
  {
    name: "an application of the lists that is watched, too",
    audit: [own, by(EM_CLIENT)],
    watch: EM_CLIENT,
    outcome: "found",
    says: [
      { entity: `${EM_CLIENT} (eM Client)`, points: 74, rows: [2] },
      { entity: `${EM_CLIENT} (eM Client)`, points: 50, rows: [2] },
    ],
  },
  { name: "an allowed application", audit: [own, by(EM_CLIENT)], allow: EM_CLIENT, outcome: "clear" },
  { name: "applications of no list", audit: [own, by(NOBODYS)], outcome: "clear" },
  {
    name: "a listed id in another place than an application's",
    audit: [own, boundAt("2024-03-02T20:00:00Z", HOME, [], { AppId: GRAPH, SessionId: EM_CLIENT })],
    outcome: "clear",
  },
  {
    name: "records that name no application",
    audit: [boundAt("2024-03-01T08:00:00Z", HOME, ["<1@fabrikam.example>"])],
    outcome: "notAssessed",
  },
  { name: "no audit log", records: dailyLogons(3, HOME), outcome: "notAssessed" },
];
