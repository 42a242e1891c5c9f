import type { ActivityExample } from "../example.ts";

const serverLogon = {
  TimeStamp: "2018-06-20T10:00:00Z",
  AppIdType: "Exchange",
  ActivityIdType: "ServerLogon",
} as const;
const ADDRESSES: readonly (readonly [written: string, address: string, original: string])[] = [
  ["192.0.2.7", "192.0.2.7", ""],
  ["192.0.2.7:52811", "192.0.2.7", "192.0.2.7:52811"],
  ["[192.0.2.7]:443", "192.0.2.7", "[192.0.2.7]:443"],
  ["::ffff:192.0.2.7", "192.0.2.7", "::ffff:192.0.2.7"],
  ["[::ffff:192.0.2.7]:443", "192.0.2.7", "[::ffff:192.0.2.7]:443"],
  ["2001:DB8:0:0:0:0:0:7", "2001:db8::7", "2001:DB8:0:0:0:0:0:7"],
  ["[2001:db8::7]:443", "2001:db8::7", "[2001:db8::7]:443"],
  ["192.0.2.7, 198.51.100.1, 10.0.0.1", "192.0.2.7", "192.0.2.7, 198.51.100.1, 10.0.0.1"],
  ["10.0.0.5, 203.0.113.66", "203.0.113.66", "10.0.0.5, 203.0.113.66"],
  ["[::1]:443, 10.0.0.1, 203.0.113.66", "203.0.113.66", "[::1]:443, 10.0.0.1, 203.0.113.66"],
  ["unknown, 203.0.113.66", "203.0.113.66", "unknown, 203.0.113.66"],
  ["10.0.0.5, 192.168.7.7", "10.0.0.5", "10.0.0.5, 192.168.7.7"],
  ["mail.example", "mail.example", ""],
  ["", "", ""],
];

/** Those that are no IP addresses. */
const NO_ADDRESSES: ReadonlySet<string> = new Set(["mail.example", ""]);

export const examples: readonly ActivityExample[] = [
  {
    name: "a ServerLogon names address, user, client and outcome",
    record: {
      ...serverLogon,
      CustomProperties: {
        Result: "Success",
        ExceptionInfo: "",
        UserName: "anna@contoso.example",
        ClientIP: "192.0.2.7",
        UserAgent: "Mozilla/5.0 (X11; Linux; rv:60.0)",
      },
    },
    type: { family: "logon", access: undefined },
    facts: {
      logonFacts: {
        client: { address: "192.0.2.7", ip: "192.0.2.7", original: "" },
        user: "anna@contoso.example",
        userAgent: "Mozilla/5.0 (X11; Linux; rv:60.0)",
        result: "Success",
        exception: "",
        successful: true,
      },
    },
  },
  {
    name: "a failed ServerLogon says why",
    record: {
      ...serverLogon,
      CustomProperties: { Result: "Failure", ExceptionInfo: "User's password wrong", ClientIP: "192.0.2.7" },
    },
    facts: {
      logonFacts: { result: "Failure", exception: "User's password wrong", successful: false, user: "", userAgent: "" },
    },
  },
  {
    name: "an outcome that is not Success is no success",
    record: { ...serverLogon, CustomProperties: { Result: "Locked", ClientIP: "192.0.2.7" } },
    facts: { logonFacts: { successful: false } },
  },
  {
    name: "a Logon of Outlook on the web has address and browser, and no result because it stands in an open session",
    record: {
      TimeStamp: "2018-06-20T10:00:00Z",
      AppIdType: "Web",
      ActivityIdType: "Logon",
      CustomProperties: { IPAddress: "192.0.2.7", Browser: "Firefox", Layout: "Mouse" },
    },
    type: { family: "logon" },
    facts: {
      logonFacts: {
        client: { address: "192.0.2.7", ip: "192.0.2.7", original: "" },
        userAgent: "Firefox",
        successful: true,
      },
    },
  },
  {
    name: "a ServerLogon without any property says nothing",
    record: serverLogon,
    facts: { logonFacts: { client: { address: "", ip: "", original: "" }, user: "", userAgent: "", result: "" } },
  },
  {
    name: "None is an empty value",
    record: { ...serverLogon, CustomProperties: { Result: null, ClientIP: null, UserName: null, UserAgent: null } },
    facts: { logonFacts: { client: { address: "", ip: "", original: "" }, user: "", userAgent: "", result: "" } },
  },
  ...ADDRESSES.map(([written, address, original]) => ({
    name: `the address written ${JSON.stringify(written)}`,
    record: { ...serverLogon, CustomProperties: { Result: "Success", ClientIP: written } },
    facts: { logonFacts: { client: { address, ip: NO_ADDRESSES.has(address) ? "" : address, original } } },
  })),
];
