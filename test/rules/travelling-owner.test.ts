import { describe, expect, test } from "vitest";
import type { ApiRecord } from "../../src/activities/example.ts";
import type { RuleExample } from "../../src/rules/example.ts";
import {
  AGENTS,
  dailyLogons,
  deliveredAt,
  doneAt,
  HOME,
  HOTEL,
  logonAt,
  readAt,
  searchAt,
  STRANGER,
} from "../../src/rules/example.ts";
import { reaches } from "../../src/model/finding.ts";
import { assessExample } from "../support/assess.ts";
import { temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();

/** The lowest points that are high. */
const HIGH = 48;
const DAYS = 30;

const BERLIN = { country: "DE", latitude: 52.52, longitude: 13.41, asn: 3320 };
const PARIS = { country: "FR", latitude: 48.86, longitude: 2.35, asn: 3215 };
const LUXEMBOURG = { country: "LU", latitude: 49.61, longitude: 6.13, asn: 6661 };
const STOCKHOLM = { country: "SE", latitude: 59.33, longitude: 18.07, asn: 39_351 };

function dayOf(day: number): string {
  return new Date(Date.UTC(2018, 2, 1 + day)).toISOString().slice(0, 10);
}

/** A month of work at the office with one browser, without the days from `from` on. */
function office(from = DAYS, days = 0): ApiRecord[] {
  return Array.from({ length: DAYS }, (_, day) => day)
    .filter((day) => day < from || day >= from + days)
    .flatMap((day) => workingDay(HOME, day, "08:00"));
}

/** A day of ordinary work: what came in is read, one message is answered and one deleted, something is looked for. */
function workingDay(address: string, day: number, time: string, agent: string = AGENTS.chrome): ApiRecord[] {
  const date = dayOf(day);
  const [hour = "", begin = ""] = time.split(":");
  const at = (minute: number) => `${date}T${hour}:${String(Number(begin) + minute).padStart(2, "0")}:00Z`;
  const session = `${address} on ${date} at ${time}`;
  const items = [1, 2, 3, 4].map((number) => `${date} ${time} ${number}`);
  const [first = "", second = ""] = items;
  return [
    ...items.map((item) => deliveredAt(`${date}T05:00:00Z`, item)),
    logonAt(at(0), address, { agent, session }),
    ...items.map((item, nth) => readAt(at(nth + 1), item, session)),
    doneAt(at(6), "Reply", { item: first, session }),
    doneAt(at(7), "MessageSent", { item: `${first} answered`, session }),
    doneAt(at(8), "Delete", { item: second, session, properties: { SourceFolder: "Inbox" } }),
    searchAt(at(9), "minutes of the meeting", session),
  ];
}

/** The score of an address, with its reasons in words for a test that fails. */
async function scoreOf(address: string, example: Pick<RuleExample, "records"> & Partial<RuleExample>) {
  const { assessment } = await assessExample(folder, { name: "", outcome: "found", ...example });
  const score = assessment.address(address);
  const why = score.reasons.map(({ points, rule, text }) => `${points} ${rule}: ${text}`).join("\n");
  return { points: score.points, why, reasons: score.reasons, assessment };
}

describe("an owner on the way ends below high", () => {
  test("days in a hotel abroad", async () => {
    const records = [...office(12, 5), ...[12, 13, 14, 15, 16].flatMap((day) => workingDay(HOTEL, day, "08:00"))];
    const { points, why } = await scoreOf(HOTEL, { records, places: { [HOME]: BERLIN, [HOTEL]: PARIS } });
    expect(points, why).toBeLessThan(HIGH);
  });

  test("one night in a hotel abroad", async () => {
    const records = [...office(12, 1), ...workingDay(HOTEL, 12, "20:00")];
    const { points, why } = await scoreOf(HOTEL, { records, places: { [HOME]: BERLIN, [HOTEL]: PARIS } });
    expect(points, why).toBeLessThan(HIGH);
  });

  test("a password that was mistyped three times there", async () => {
    const failures = ["01", "02", "03"].map((second) =>
      logonAt(`${dayOf(12)}T19:59:${second}Z`, HOTEL, { agent: AGENTS.chrome, result: "Failure" }),
    );
    const records = [...office(12, 1), ...failures, ...workingDay(HOTEL, 12, "20:00")];
    const { points, why } = await scoreOf(HOTEL, { records, places: { [HOME]: BERLIN, [HOTEL]: PARIS } });
    expect(points, why).toBeLessThan(HIGH);
  });

  test("a computer at the office that stays logged on", async () => {
    const left = [12, 13].map((day) =>
      logonAt(`${dayOf(day)}T08:30:00Z`, HOME, { app: "Outlook", agent: AGENTS.chrome }),
    );
    const records = [...office(12, 2), ...left, ...[12, 13].flatMap((day) => workingDay(HOTEL, day, "08:00"))];
    const { points, why, reasons } = await scoreOf(HOTEL, { records, places: { [HOME]: BERLIN, [HOTEL]: PARIS } });
    expect(reasons.map(({ rule }) => rule)).toContain("address-travel");
    expect(points, why).toBeLessThan(HIGH);
  });

  test("a week's mail to catch up with", async () => {
    const session = "catching up";
    const old = Array.from({ length: 6 }, (_, at) => `kept ${at}`);
    const records = [
      ...old.map((item) => deliveredAt(`${dayOf(8)}T05:00:00Z`, item)),
      ...office(8, 7),
      logonAt(`${dayOf(14)}T20:00:00Z`, HOTEL, { agent: AGENTS.chrome, session }),
      ...old.map((item) => readAt(`${dayOf(14)}T20:05:00Z`, item, session)),
    ];
    const { points, why, reasons } = await scoreOf(HOTEL, { records, places: { [HOME]: BERLIN, [HOTEL]: PARIS } });
    expect(reasons.map(({ rule }) => rule)).toContain("address-reads");
    expect(points, why).toBeLessThan(HIGH);
  });

  test("an accountant, who searches there for what the owner searches for at home", async () => {
    const searching = (address: string, day: number) => [
      logonAt(`${dayOf(day)}T21:00:00Z`, address, { agent: AGENTS.chrome, session: `money ${day}` }),
      ...["invoice", "bank details", "payroll"].map((words, at) =>
        searchAt(`${dayOf(day)}T21:0${at + 1}:00Z`, words, `money ${day}`),
      ),
    ];
    const records = [
      ...office(12, 2),
      ...[2, 3, 4, 5].flatMap((day) => searching(HOME, day)),
      ...[12, 13].flatMap((day) => [...workingDay(HOTEL, day, "08:00"), ...searching(HOTEL, day)]),
    ];
    const { points, why, reasons } = await scoreOf(HOTEL, { records, places: { [HOME]: BERLIN, [HOTEL]: PARIS } });
    expect(reasons.map(({ rule }) => rule)).toContain("address-searches");
    expect(points, why).toBeLessThan(HIGH);
  });

  test("another hotel in another country every night", async () => {
    const nights = Array.from({ length: 10 }, (_, at) => ({ address: `198.51.100.${at + 1}`, day: 10 + at }));
    const countries = ["FR", "BE", "NL", "GB", "IE", "ES", "PT", "IT", "CH", "AT"];
    const places = Object.fromEntries(nights.map(({ address }, at) => [address, { country: countries[at] ?? "" }]));
    const records = [...office(10, 10), ...nights.flatMap(({ address, day }) => workingDay(address, day, "20:00"))];
    const { assessment } = await scoreOf(HOTEL, { records, places: { [HOME]: BERLIN, ...places } });
    for (const { address } of nights) expect(assessment.address(address).points).toBeLessThan(HIGH);
  });
});

/** One night abroad in the owner's browser, while the computer at home is logged on as well. */
const nightAbroad = [
  ...office(12, 1),
  logonAt(`${dayOf(12)}T20:05:00Z`, HOME, { app: "Outlook", agent: AGENTS.chrome }),
  ...workingDay(HOTEL, 12, "20:00"),
];
const abroad = `${HOTEL} on ${dayOf(12)} at 20:00`;

describe("one night abroad, with the computer at home logged on", () => {
  const places = { [HOME]: BERLIN, [HOTEL]: PARIS };
  const junk = doneAt(`${dayOf(12)}T20:11:00Z`, "Move", {
    item: `${dayOf(12)} 20:00 3`,
    session: abroad,
    properties: { SourceFolder: "Inbox", TargetFolder: "Junk Email" },
  });
  const hard = doneAt(`${dayOf(12)}T20:11:00Z`, "Delete", {
    item: `${dayOf(12)} 20:00 3`,
    session: abroad,
    properties: { SourceFolder: "Inbox", DeleteType: "HardDelete" },
  });
  const search = (words: string, minute = "11") => searchAt(`${dayOf(12)}T20:${minute}:00Z`, words, abroad);

  /** Each by what it adds; a journey that is too fast adds to all of them. */
  test.each<[what: string, rule: string, done: readonly ApiRecord[]]>([
    ["nothing more", "address-travel", []],
    ["one spam moved to Junk", "address-travel", [junk]],
    ["one message deleted beyond Deleted Items", "address-deeds", [hard]],
    ["a search for invoice", "address-searches", [search("invoice")]],
    ["a search for invoice, then for invoices", "address-searches", [search("invoice"), search("invoices", "12")]],
  ])("%s", async (_what, rule, done) => {
    const { points, why, reasons } = await scoreOf(HOTEL, { records: [...nightAbroad, ...done], places });
    expect(reasons.map((reason) => reason.rule)).toEqual(expect.arrayContaining(["address-travel", rule]));
    expect(points, why).toBeLessThan(HIGH);
  });

  test("spam in Junk is worth no point", async () => {
    const { points, why } = await scoreOf(HOTEL, { records: [...nightAbroad, junk], places });
    const without = await scoreOf(HOTEL, { records: nightAbroad, places });
    expect(points, why).toBe(without.points);
  });
});

describe("a telephone", () => {
  /** At home on the office's network, and on two days on one that leaves in another country a few minutes later. */
  const records = [
    ...office(),
    ...dailyLogons(DAYS, HOME, { app: "Mobile", agent: AGENTS.iphone }),
    ...[10, 20].map((day) =>
      logonAt(`${dayOf(day)}T08:20:00Z`, HOTEL, { app: "Mobile", agent: AGENTS.iphone, session: `phone ${day}` }),
    ),
  ];
  const places = { [HOME]: BERLIN, [HOTEL]: LUXEMBOURG };

  test("that only polls", async () => {
    const { points, why, reasons } = await scoreOf(HOTEL, { records, places });
    expect(reasons.map(({ rule }) => rule)).toContain("address-travel");
    expect(points, why).toBeLessThan(HIGH);
  });

  test("on which a message is read", async () => {
    const reading = doneAt(`${dayOf(10)}T08:25:00Z`, "MarkAsRead", {
      app: "Mobile",
      item: `${dayOf(10)} 08:00 3`,
      session: "phone 10",
    });
    const { points, why } = await scoreOf(HOTEL, { records: [...records, reading], places });
    expect(points, why).toBeLessThan(HIGH);
  });

  test("whose network gives it another address every day", async () => {
    const addresses = Array.from({ length: DAYS }, (_, at) => `198.51.100.${at + 1}`);
    const polling = addresses.map((address, day) =>
      logonAt(`${dayOf(day)}T12:00:00Z`, address, { app: "Mobile", agent: AGENTS.iphone }),
    );
    const countries = Object.fromEntries(addresses.map((address) => [address, { country: "LU" }]));
    const { assessment } = await scoreOf(HOTEL, {
      records: [...office(), ...polling],
      places: { [HOME]: { country: "DE" }, ...countries },
    });
    for (const address of addresses) expect(assessment.address(address).points).toBeLessThan(HIGH);
  });
});

describe("a VPN exit", () => {
  test("in the owner's country, switched on in the middle of work", async () => {
    const records = [...office(), ...workingDay(STRANGER, 12, "08:12"), ...workingDay(HOME, 12, "08:24")];
    const { points, why, reasons } = await scoreOf(STRANGER, {
      records,
      places: { [HOME]: BERLIN, [STRANGER]: { ...BERLIN, asn: 39_351 } },
    });
    expect(reasons.map(({ rule }) => rule)).toContain("address-overlap");
    expect(points, why).toBeLessThan(HIGH);
  });

  test("in another country, of an evening", async () => {
    const records = [...office(), ...workingDay(STRANGER, 12, "20:00")];
    const { points, why } = await scoreOf(STRANGER, { records, places: { [HOME]: BERLIN, [STRANGER]: STOCKHOLM } });
    expect(points, why).toBeLessThan(HIGH);
  });
});

describe("a VPN exit in the morning, with an ASN database", () => {
  test.each([
    ["in another country", STOCKHOLM],
    ["in the owner's country", { ...BERLIN, asn: 39_351 }],
    ["at a hosting provider in another country", { ...STOCKHOLM, asn: 24_940 }],
  ])("%s", async (_where, place) => {
    const records = [...office(), ...workingDay(STRANGER, 12, "08:30")];
    const { points, why, reasons } = await scoreOf(STRANGER, {
      records,
      places: { [HOME]: BERLIN, [STRANGER]: place },
    });
    expect(reasons.map(({ rule }) => rule)).toContain("address-network");
    expect(points, why).toBeLessThan(HIGH);
  });

  test("switched on and off in the middle of work, in another country", async () => {
    const records = [...office(), ...workingDay(STRANGER, 12, "08:12"), ...workingDay(HOME, 12, "08:24")];
    const { points, why, reasons } = await scoreOf(STRANGER, {
      records,
      places: { [HOME]: BERLIN, [STRANGER]: STOCKHOLM },
    });
    const rules = ["address-network", "address-overlap", "address-travel"];
    expect(reasons.map(({ rule }) => rule)).toEqual(expect.arrayContaining(rules));
    expect(points, why).toBeLessThan(HIGH);
  });
});

describe("nobody's intruder", () => {
  const inner = ["10.0.0.5", "192.168.7.7", "172.16.3.4", "127.0.0.1", "::1", "fd00::5", "fe80::1", "169.254.9.9"];
  const others = ["100.64.3.4", "40.97.1.1", "2603:1006::1", "mail.contoso.example"];

  test.each([...inner, ...others])("%s never scores, whatever is done from it", async (address) => {
    const session = "strange";
    const attempts = ["01", "02", "03", "04"].map((second) =>
      logonAt(`${dayOf(12)}T08:10:${second}Z`, address, { result: "Failure", agent: AGENTS.python }),
    );
    const records = [
      ...office(),
      ...attempts,
      logonAt(`${dayOf(12)}T08:11:00Z`, address, { agent: AGENTS.python, session }),
      logonAt(`${dayOf(12)}T08:11:30Z`, address, { agent: AGENTS.python, app: "IMAP4" }),
      ...["wire transfer", "password", "passport"].map((words, at) =>
        searchAt(`${dayOf(12)}T08:12:0${at}Z`, words, session),
      ),
      ...[1, 2, 3, 4].map((number) => readAt(`${dayOf(12)}T08:13:00Z`, `${dayOf(2)} 08:00 ${number}`, session)),
      doneAt(`${dayOf(12)}T08:14:00Z`, "MessageSent", { item: "sent", session }),
      doneAt(`${dayOf(12)}T08:14:30Z`, "Delete", { item: "sent", session, properties: { DeleteType: "HardDelete" } }),
      logonAt(`${dayOf(12)}T08:16:00Z`, HOME, { agent: AGENTS.chrome }),
    ];
    // No database should place an inner address; a wrong one must do no harm.
    const places = { [HOME]: BERLIN, [address]: { country: "NG", asn: 24_940, latitude: 6.45, longitude: 3.4 } };
    const { points, why } = await scoreOf(address, { records, places });
    expect(points, why).toBe(0);
  });

  test("the same deeds from a public address are critical", async () => {
    const session = "strange";
    const records = [
      ...office(),
      logonAt(`${dayOf(12)}T08:11:00Z`, STRANGER, { agent: AGENTS.python, session }),
      searchAt(`${dayOf(12)}T08:12:00Z`, "wire transfer", session),
    ];
    const { points, why } = await scoreOf(STRANGER, {
      records,
      places: { [HOME]: BERLIN, [STRANGER]: { country: "NG" } },
    });
    expect(points, why).toBeGreaterThanOrEqual(74);
  });

  test.each([`10.0.0.5, ${STRANGER}`, `::1, 10.0.0.1, ${STRANGER}`, `unknown, ${STRANGER}`])(
    "nor do they hide behind the list %s",
    async (written) => {
      const session = "strange";
      const records = [
        ...office(),
        logonAt(`${dayOf(12)}T08:11:00Z`, written, { agent: AGENTS.python, session }),
        searchAt(`${dayOf(12)}T08:12:00Z`, "wire transfer", session),
      ];
      const { points, why, reasons, assessment } = await scoreOf(STRANGER, {
        records,
        places: { [HOME]: BERLIN, [STRANGER]: { country: "NG" } },
      });
      expect(assessment.addresses.map(({ address }) => address).toSorted()).toEqual([HOME, STRANGER].toSorted());
      expect(reasons.map(({ rule }) => rule)).toContain("address-forwarded-for");
      expect(points, why).toBeGreaterThanOrEqual(74);
    },
  );

  test("a machine of Microsoft's by its autonomous system", async () => {
    const records = [...office(), logonAt(`${dayOf(12)}T08:10:00Z`, STRANGER, { agent: AGENTS.python, app: "IMAP4" })];
    const { points, why } = await scoreOf(STRANGER, {
      records,
      places: { [HOME]: BERLIN, [STRANGER]: { country: "IE", asn: 8075 } },
    });
    expect(points, why).toBe(0);
  });

  test("an allowed address", async () => {
    const records = [...office(), logonAt(`${dayOf(12)}T08:10:00Z`, STRANGER, { agent: AGENTS.python, app: "IMAP4" })];
    const { points, why } = await scoreOf(STRANGER, {
      records,
      allow: "203.0.113.0/24",
      places: { [HOME]: BERLIN, [STRANGER]: { country: "NG", asn: 24_940 } },
    });
    expect(points, why).toBe(0);
  });
});

describe("an address from which every logon failed", () => {
  const attempts = Array.from({ length: 50 }, (_, at) =>
    logonAt(`${dayOf(12)}T08:${String(at).padStart(2, "0")}:00Z`, STRANGER, {
      app: "IMAP4",
      agent: AGENTS.python,
      result: "Failure",
      session: "strange",
    }),
  );
  const places = { [HOME]: BERLIN, [STRANGER]: { country: "NG", asn: 24_940, latitude: 6.45, longitude: 3.4 } };

  test.each([
    ["by itself", {}],
    ["on the watch list", { watch: STRANGER }],
  ])("never reaches high: %s", async (_how, more: Partial<RuleExample>) => {
    const { points, why, assessment } = await scoreOf(STRANGER, {
      records: [...office(), ...attempts],
      places,
      ...more,
    });
    expect(points, why).toBeGreaterThan(0);
    expect(reaches(assessment.address(STRANGER), "high"), why).toBe(false);
  });

  test("nor does it when an intruder with its session came in from elsewhere", async () => {
    const entered = logonAt(`${dayOf(12)}T09:10:00Z`, HOTEL, { agent: AGENTS.python, session: "strange" });
    const { points, why, assessment } = await scoreOf(STRANGER, {
      records: [...office(), ...attempts, entered],
      places,
      watch: HOTEL,
    });
    expect(reaches(assessment.address(HOTEL), "high")).toBe(true);
    expect(points, why).toBeLessThan(HIGH);
  });
});
