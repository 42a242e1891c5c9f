import { boundEach, minuteOf, ownDays } from "../access-volume/examples.ts";
import type { RuleExample } from "../example.ts";
import { AGENTS, HOME, STRANGER, dailyLogons, logonAt, readAt } from "../example.ts";

/** The owner logs on at 08:00 every day; row 5 is that of 5 March. */
const home = dailyLogons(10, HOME);
const at = (time: string, address: string, app?: string) =>
  logonAt(`2018-03-05T${time}Z`, address, app === undefined ? {} : { app });

/** Chrome at home, and a browser in between. */
const withBrowser = (agent: string) => [
  ...dailyLogons(10, HOME, { agent: AGENTS.chrome }),
  logonAt("2018-03-05T08:10:00Z", STRANGER, { agent }),
  logonAt("2018-03-05T08:20:00Z", HOME, { agent: AGENTS.chrome }),
];
/** A telephone of the owner's beside a browser elsewhere. */
const telephoneAround = [
  ...home,
  at("08:05:00", HOME, "Mobile"),
  at("08:10:00", STRANGER),
  at("08:12:00", HOME, "Mobile"),
];

export const examples: readonly RuleExample[] = [
  {
    name: "in between, while the owner's session goes on",
    records: [
      ...home,
      logonAt("2018-03-05T08:01:00Z", HOME, { session: "home" }),
      at("08:10:00", STRANGER),
      readAt("2018-03-05T08:20:00Z", "message", "home"),
    ],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 14,
        text: "Web in use here between two uses of a familiar address",
        rows: [11, 12, 13],
      },
    ],
  },
  {
    name: "fifteen minutes from each, to the second",
    records: [...home, at("08:15:00", STRANGER), at("08:30:00", HOME)],
    outcome: "found",
    says: [{ entity: STRANGER, points: 14, text: "within 15 minutes of each", rows: [5, 11, 12] }],
  },
  {
    name: "longer after the owner",
    records: [...home, at("08:15:01", STRANGER), at("08:20:00", HOME)],
    outcome: "clear",
  },
  {
    name: "longer before the owner",
    records: [...home, at("08:10:00", STRANGER), at("08:25:01", HOME)],
    outcome: "clear",
  },
  { name: "after the owner and never before again", records: [...home, at("08:10:00", STRANGER)], outcome: "clear" },
  {
    name: "a telephone beside the browser",
    records: [...home, at("08:10:00", STRANGER, "Mobile"), at("08:20:00", HOME)],
    outcome: "clear",
  },
  {
    // Without a session, the reading could be the stranger's as well.
    name: "the owner's return shows in a row that no session ties to the owner",
    records: [...home, at("08:10:00", STRANGER), readAt("2018-03-05T08:20:00Z", "message")],
    outcome: "clear",
  },
  {
    name: "a VPN switched on and off: the owner's browser",
    records: withBrowser(AGENTS.newerChrome),
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 8,
        text: "within 15 minutes of each, with a client that the owner uses",
        rows: [5, 11, 12],
      },
    ],
  },
  {
    name: "another browser than the owner's",
    records: withBrowser(AGENTS.firefox),
    outcome: "found",
    says: [{ entity: STRANGER, points: 14, text: "within 15 minutes of each", rows: [5, 11, 12] }],
  },
  {
    name: "several times: one reason",
    records: [...home, at("08:10:00", STRANGER), at("08:12:00", HOME), at("08:14:00", STRANGER), at("08:16:00", HOME)],
    outcome: "found",
    says: [{ entity: STRANGER, points: 14 }],
  },
  {
    name: "an allowed VPN exit",
    records: [...home, at("08:10:00", STRANGER), at("08:20:00", HOME)],
    allow: STRANGER,
    outcome: "clear",
  },
  {
    name: "an inner and Microsoft's own address",
    records: [...home, at("08:10:00", "10.0.0.5"), at("08:11:00", "40.97.1.1"), at("08:20:00", HOME)],
    outcome: "clear",
  },
  {
    name: "the owner never uses a browser",
    records: [...dailyLogons(10, HOME, { app: "Outlook" }), at("08:10:00", STRANGER)],
    outcome: "notAssessed",
  },
  {
    name: "a log of one day, in which nothing is familiar",
    records: [at("08:00:00", HOME), at("08:10:00", STRANGER), at("08:20:00", HOME)],
    outcome: "notAssessed",
  },
  {
    name: "a width of the user's own",
    records: [...home, at("08:18:00", STRANGER), at("08:36:00", HOME)],
    rules: "rules:\n  address-overlap:\n    minutes: 20\n    beside: 9\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 9, text: "within 20 minutes of each", rows: [5, 11, 12] }],
  },
  {
    name: "applications of the user's own",
    records: [
      ...dailyLogons(10, HOME, { app: "Mobile" }),
      at("08:10:00", STRANGER, "Mobile"),
      at("08:20:00", HOME, "Mobile"),
    ],
    rules: "rules:\n  address-overlap:\n    applications: [Mobile]\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 14, text: "Mobile in use here", rows: [5, 11, 12] }],
  },
  {
    name: "a telephone that goes on says nothing of the browser",
    records: telephoneAround,
    rules: "rules:\n  address-overlap:\n    applications: [Web, Mobile]\n",
    outcome: "clear",
  },
  {
    name: "of several applications, the one that was in use at both places",
    records: [...telephoneAround, at("08:15:00", HOME)],
    rules: "rules:\n  address-overlap:\n    applications: [Web, Mobile]\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 14, text: "Web in use here", rows: [5, 12, 14] }],
  },
  {
    name: "weight of the user's own for the owner's client",
    records: withBrowser(AGENTS.chrome),
    rules: "rules:\n  address-overlap:\n    same: 3\n",
    outcome: "found",
    says: [{ entity: STRANGER, points: 3 }],
  },
  {
    name: "Outlook on the web by an audit log",
    audit: [
      ...ownDays(10),
      ...boundEach(1, STRANGER, () => minuteOf(5, 10)),
      ...boundEach(1, HOME, () => minuteOf(5, 20)),
    ],
    outcome: "found",
    says: [{ entity: STRANGER, points: 14, text: "OWA in use here", rows: [5, 11, 12] }],
  },
];
