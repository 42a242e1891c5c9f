import { boundEach, minuteOf, ownDays } from "../access-volume/examples.ts";
import type { RuleExample } from "../example.ts";
import { dailyLogons, logonAt, signInAt } from "../example.ts";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.186 Safari/537.36";
const web = dailyLogons(3, "192.0.2.1", { agent: CHROME });
const at = (time: string, agent: string, result: "Success" | "Failure" = "Success") =>
  logonAt(`2018-03-02T${time}Z`, "203.0.113.66", { agent, result });

const BY_SCRIPT = "Client=WebServices;ExchangeWebServicesProxy/CrossSite/EXCH/15.20.7249.024/python-requests/2.25.1;";

export const examples: readonly RuleExample[] = [
  {
    name: "libraries and scripts that logged on",
    records: [
      ...web,
      at("20:00:00", "python-requests/2.18.4"),
      at("20:01:00", "python-requests/2.18.4", "Failure"),
      at("20:02:00", "Go-http-client/1.1"),
      at("20:03:00", "python-requests/2.18.4"),
    ],
    outcome: "found",
    says: [
      { entity: "python-requests/2.18.4", points: 30, text: "script or library python-requests/", rows: [4, 7] },
      { entity: "Go-http-client/1.1", points: 30, text: "script or library Go-http-client/", rows: [6] },
    ],
  },
  {
    name: "an attack tool, in any case of letters",
    records: [...web, at("20:00:00", "AADInternals"), at("20:05:00", "AzureHound/v2.0.4")],
    outcome: "found",
    says: [
      { entity: "AADInternals", points: 50, text: "attack tool AADInternals", rows: [4] },
      { entity: "AzureHound/v2.0.4", points: 50, text: "attack tool azurehound", rows: [5] },
    ],
  },
  {
    name: "a script that never came in",
    records: [...web, at("20:00:00", "curl/7.58.0", "Failure")],
    outcome: "clear",
  },
  {
    name: "names of scripts inside of other names, and a mail program of the list",
    records: [...web, at("20:00:00", "securl/1.0"), at("20:01:00", "MyPython/3"), at("20:02:00", "eMClient/7.1")],
    outcome: "clear",
  },
  { name: "logons that name no client", records: dailyLogons(3, "192.0.2.1"), outcome: "notAssessed" },
  {
    name: "a script of an audit log, by ClientInfoString",
    audit: [...ownDays(3), ...boundEach(2, "203.0.113.66", (at) => minuteOf(2, at), { ClientInfoString: BY_SCRIPT })],
    outcome: "found",
    says: [{ entity: BY_SCRIPT, points: 30, text: "script or library python-requests/", rows: [4, 5] }],
  },
  {
    name: "a script that signed in and one that did not",
    audit: [
      ...ownDays(3),
      signInAt(minuteOf(2, 0), "203.0.113.66", { agent: "BAV2ROPC" }),
      signInAt(minuteOf(2, 1), "203.0.113.66", { agent: "CBAInPROD", failed: true }),
    ],
    outcome: "found",
    says: [{ entity: "BAV2ROPC", points: 30, rows: [4] }],
  },
];
