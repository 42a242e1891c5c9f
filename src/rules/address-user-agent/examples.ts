import { boundEach, minuteOf, ownDays } from "../access-volume/examples.ts";
import type { AuditRecordExample, RuleExample } from "../example.ts";
import { AGENTS, HOME, HOTEL, STRANGER, dailyLogons, logonAt, signInAt } from "../example.ts";

const home = dailyLogons(10, HOME, { agent: AGENTS.chrome });
const loggedOnWith = (agent: string, address = STRANGER) => [
  ...home,
  logonAt("2018-03-05T20:00:00Z", address, { agent }),
];

/** Two messages bound by a client in an evening. */
const used = (client: AuditRecordExample) => boundEach(2, STRANGER, (at) => minuteOf(5, 600 + at), client);

export const examples: readonly RuleExample[] = [
  {
    name: "a script",
    records: loggedOnWith(AGENTS.python),
    outcome: "found",
    says: [{ entity: STRANGER, points: 30, text: "script or library python-requests", rows: [11] }],
  },
  {
    name: "an attack tool",
    records: loggedOnWith("AADInternals"),
    outcome: "found",
    says: [{ entity: STRANGER, points: 40, text: "attack tool AADInternals", rows: [11] }],
  },
  {
    name: "a browser that the owner does not use",
    records: loggedOnWith(AGENTS.firefox),
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 15,
        text: "Firefox on Windows 7, seen on 10 % of the active days and from no familiar network",
        rows: [11],
      },
    ],
  },
  {
    name: "a program that nobody knows",
    records: loggedOnWith("Quxmail/3.0"),
    outcome: "found",
    says: [{ entity: STRANGER, points: 15, text: "Quxmail" }],
  },
  {
    name: "a name that only ends like a script's",
    records: loggedOnWith("securl/1.0"),
    outcome: "found",
    says: [{ entity: STRANGER, points: 15, text: "securl" }],
  },
  { name: "the owner's browser at a hotel", records: loggedOnWith(AGENTS.chrome, HOTEL), outcome: "clear" },
  {
    name: "the owner's browser, updated on the way",
    records: loggedOnWith(AGENTS.newerChrome, HOTEL),
    outcome: "clear",
  },
  { name: "an interface of the server", records: loggedOnWith("Client=REST;;"), outcome: "clear" },
  {
    name: "several clients from one address: the loudest of them",
    records: [...loggedOnWith(AGENTS.firefox), logonAt("2018-03-05T20:05:00Z", STRANGER, { agent: "curl/7.58.0" })],
    outcome: "found",
    says: [{ entity: STRANGER, points: 30, text: "curl", rows: [12] }],
  },
  {
    // A third of the points: an old mail program of the owner's that logs on by password.
    name: "a script's name that familiar networks send as well",
    records: [
      ...home,
      ...dailyLogons(10, HOME, { agent: "BAV2ROPC" }),
      logonAt("2018-03-05T20:00:00Z", HOTEL, { agent: "BAV2ROPC" }),
    ],
    outcome: "found",
    says: [{ entity: HOTEL, points: 10, text: "BAV2ROPC", rows: [21] }],
  },
  {
    name: "an owner who is always on the way, with one browser",
    records: [1, 2, 3, 4, 5].flatMap((host, from) =>
      dailyLogons(1, `198.51.100.${host}`, { agent: AGENTS.chrome, from }),
    ),
    outcome: "clear",
  },
  {
    name: "attempts of a script that all failed",
    records: [
      ...loggedOnWith(AGENTS.chrome, HOTEL),
      logonAt("2018-03-05T20:00:00Z", STRANGER, { agent: AGENTS.python, result: "Failure" }),
    ],
    outcome: "clear",
  },
  {
    name: "a script at an allowed, an inner and Microsoft's own address",
    records: [
      ...loggedOnWith(AGENTS.chrome, HOTEL),
      ...[STRANGER, "10.0.0.5", "40.97.1.1"].map((address) =>
        logonAt("2018-03-05T20:00:00Z", address, { agent: AGENTS.python }),
      ),
    ],
    allow: STRANGER,
    outcome: "clear",
  },
  { name: "nobody but the owner names a client", records: loggedOnWith(""), outcome: "clear" },
  {
    name: "nobody but Microsoft's own server names one",
    records: [
      ...dailyLogons(10, HOME),
      logonAt("2018-03-05T20:00:00Z", "40.97.1.1", { agent: AGENTS.chrome }),
      logonAt("2018-03-05T20:00:00Z", STRANGER),
    ],
    outcome: "clear",
  },
  {
    name: "no logon names a client",
    records: [...dailyLogons(10, HOME), logonAt("2018-03-05T20:00:00Z", STRANGER)],
    outcome: "notAssessed",
  },
  {
    name: "weights of the user's own",
    records: loggedOnWith(AGENTS.python),
    rules: "rules:\n  address-user-agent:\n    script: 51\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 51 }],
  },
  {
    name: "a script's agent inside of ClientInfoString",
    audit: [
      ...ownDays(10),
      ...used({
        ClientInfoString: "Client=WebServices;ExchangeWebServices (exchangelib/5.0.2 (python-requests/2.31.0));",
      }),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 30, text: "script or library python-requests/", rows: [11, 12] }],
  },
  {
    name: "Exchange Web Services, which the owner does not use",
    audit: [...ownDays(10), ...used({ ClientInfoString: "Client=WebServices;ExchangeServicesClient/15.00.0913.015;" })],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 15,
        text: "Exchange Web Services (ExchangeServicesClient), seen on 10 % of the active days and from no familiar network",
        rows: [11, 12],
      },
    ],
  },
  { name: "Outlook on the web at both places", audit: [...ownDays(10), ...used({})], outcome: "clear" },
  {
    name: "the back end's own REST says nothing of a program",
    audit: [...ownDays(10), ...used({ ClientInfoString: "Client=REST;Client=RESTSystem;;" })],
    outcome: "clear",
  },
  {
    name: "a browser that signed in, and a script that did the work",
    audit: [
      ...ownDays(10),
      signInAt(minuteOf(5, 599), STRANGER, { agent: AGENTS.chrome }),
      ...used({ ClientInfoString: "Client=REST;Client=RESTSystem;;", UserAgent: AGENTS.python }),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 30, text: "script or library python-requests/", rows: [12, 13] }],
  },
];
