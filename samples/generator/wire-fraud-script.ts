import type { Arrival } from "./delivery.ts";
import type { OwnerProfile } from "./places.ts";
import type { AttackPlan, Step } from "./plan.ts";
import { utc } from "./time.ts";

export const USER = "dana.keller@northgate.example";
export const CSV = `${USER}.csv`;
/** The log has no row at all in this time. */
export const GAP = { from: "2018-03-30T00:00:00Z", to: "2018-04-03T00:00:00Z" };

const CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.186";

export const OWNER: OwnerProfile = {
  utcOffset: 1,
  office: { name: "office", country: "XA", addresses: ["192.0.2.10"], proxies: ["10.20.0.7"] },
  homes: [
    { from: utc("2018-02-28"), place: { name: "home", country: "XA", addresses: ["198.51.100.23"] } },
    { from: utc("2018-03-28"), place: { name: "home, new address", country: "XA", addresses: ["198.51.100.57"] } },
  ],
  mobile: {
    name: "mobile network",
    country: "XA",
    addresses: ["203.0.113.16", "203.0.113.17", "203.0.113.19", "2001:db8:1:4::a1"],
  },
  trips: [
    {
      from: utc("2018-03-20"),
      to: utc("2018-03-23"),
      hotel: { name: "hotel, first trip", country: "XA", addresses: ["198.51.100.130"] },
      mobile: { name: "mobile network", country: "XA", addresses: ["203.0.113.18", "203.0.113.19"] },
      utcOffset: 1,
    },
    {
      from: utc("2018-04-09"),
      to: utc("2018-04-14"),
      hotel: { name: "hotel, second trip", country: "XB", addresses: ["203.0.113.70"] },
      mobile: {
        name: "mobile network abroad",
        country: "XB",
        addresses: ["203.0.113.96", "203.0.113.97", "2001:db8:2:9::b7"],
      },
      utcOffset: -5,
    },
  ],
  browser: `${CHROME} Safari/537.36`,
  outlook: "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.9001; Pro)",
  phone: "Apple-iPhone9C3/1504.302",
};

const SUPPLIER = "ingrid.halvorsen@halvorsen-crane.example";
const CUSTOMER = "k.bergmann@bergmann-anlagen.example";
const CFO = "paul.okafor@northgate.example";
const NG4471 = "Invoice NG-4471: payment date";

const finance = (key: string, at: string, sender: string, subject: string, attachments: readonly string[] = []) =>
  ({ key, at: utc(at) + 137, sender, subject, attachments, topic: "finance" }) as const;

const customer = { conversationId: `AAQkA${"Bergmann4471".repeat(6)}=`, isReply: true } as const;

export const ARRIVALS: readonly Arrival[] = [
  {
    ...finance("old-bank", "2018-01-17T10:12:05", CFO, "Bank account confirmation letter", ["Bank_confirmation.pdf"]),
    record: "none",
  },
  {
    ...finance("old-contract", "2018-02-09T13:40:51", CUSTOMER, "Frame contract 2018, signed", ["Contract_2018.pdf"]),
    record: "none",
  },
  finance("supplier-1", "2018-03-08T09:12:33", SUPPLIER, "Invoice 20718 - crane refurbishment, 2nd instalment", [
    "Invoice_20718.pdf",
    "Ingrid's protocol.docx",
  ]),
  { ...finance("customer-1", "2018-03-13T08:20:14", CUSTOMER, NG4471, ["Remittance_NG-4471.pdf"]), ...customer },
  finance("w2", "2018-03-15T15:02:40", "hr@northgate.example", "W-2 corrections, US branch", [
    "W2_corrections_2017.xlsx",
  ]),
  finance("cfo-wire", "2018-03-19T14:31:09", CFO, "Wire approval: Halvorsen, 84,300; don't wait for me", [
    "Wire_form_84300.xlsx",
  ]),
  { ...finance("customer-2", "2018-03-21T15:42:27", CUSTOMER, `RE: ${NG4471} - "new" bank details?`), ...customer },
  {
    ...finance("customer-3", "2018-04-04T11:20:48", CUSTOMER, `RE: ${NG4471} - transfer made`, ["Swift_copy.pdf"]),
    ...customer,
    // A rule had been made by then: straight into a folder nobody opens.
    folder: "RssSubscription",
  },
  finance(
    "returned",
    "2018-04-17T09:05:31",
    "treasury@bergmann-anlagen.example",
    "URGENT: our bank stopped your payment",
  ),
];

const FIRST = "203.0.113.201";
const SECOND_BASE = "198.51.100.214";
const IMAP = "2001:db8:66:7::5c";
const SPRAY = "192.0.2.233";
const LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:52.0) Gecko/20100101 Firefox/52.0";
// The same browser as the owner's: only the address tells them apart.
const LOOKALIKE = OWNER.browser;

const read = (...keys: readonly string[]): Step[] => keys.map((key) => ({ do: "read", what: { key } }));
const readSome = (count: number, what: { topic: "finance" } | { folder: "Inbox" }): Step[] =>
  Array.from({ length: count }, () => ({ do: "read", what }));
const search = (query: string): Step => ({ do: "search", query });
const attachment = (key: string): Step => ({ do: "attachment", what: { key } });
const erase = (key: string): Step[] => [
  { do: "delete", what: { key }, type: "MoveToDeletedItems" },
  { do: "delete", what: { key }, type: "HardDelete" },
];
const hide = (key: string): Step => ({ do: "move", what: { key }, to: "RssSubscription" });

/** Nine key strokes, one of them taking a slip back. */
const INVOICE = ["i", "in", "inv", "invi", "inv", "invo", "invoi", "invoic", "invoice"];

export const PLAN: AttackPlan = {
  arrivals: [
    {
      key: "phish",
      at: utc("2018-03-12T08:57:11.206"),
      sender: "no-reply@northgate-helpdesk.example",
      subject: "Action required: your mailbox is 98% full",
      topic: "phish",
    },
  ],
  phish: { key: "phish", openedAt: utc("2018-03-12T09:04:20.731") },
  attempts: [
    { at: utc("2018-03-12T11:20:03"), app: "Web", address: SPRAY, userAgent: LINUX, count: 4 },
    { at: utc("2018-03-13T02:40:32"), app: "Web", address: FIRST, userAgent: LINUX, count: 1 },
    { at: utc("2018-03-15T23:06:58"), app: "IMAP4", address: IMAP, userAgent: "", count: 2 },
    { at: utc("2018-04-19T06:00:44"), app: "Web", address: SECOND_BASE, userAgent: LOOKALIKE, count: 3 },
    { at: utc("2018-04-21T19:31:02"), app: "IMAP4", address: IMAP, userAgent: "", count: 2 },
  ],
  visits: [
    {
      at: utc("2018-03-13T02:41:15"),
      address: FIRST,
      userAgent: LINUX,
      steps: [
        ...readSome(3, { folder: "Inbox" }),
        search("payment"),
        ...readSome(4, { topic: "finance" }),
        ...read("supplier-1"),
        { do: "unread", what: { key: "supplier-1" } },
      ],
    },
    {
      at: utc("2018-03-14T10:41:31"),
      address: FIRST,
      userAgent: LINUX,
      steps: [
        {
          do: "search",
          query: "invoice",
          at: utc("2018-03-14T10:42:44.548"),
          last: utc("2018-03-14T10:43:07.214"),
          texts: INVOICE,
        },
        ...read("customer-1", "old-contract"),
        attachment("customer-1"),
        ...readSome(3, { topic: "finance" }),
        attachment("supplier-1"),
      ],
    },
    {
      at: utc("2018-03-19T17:05:09"),
      address: SECOND_BASE,
      userAgent: LOOKALIKE,
      steps: [
        search("wire"),
        ...read("cfo-wire"),
        attachment("cfo-wire"),
        search('from:"cfo" AND subject:wire'),
        ...readSome(2, { topic: "finance" }),
      ],
    },
    {
      at: utc("2018-03-20T05:30:22"),
      address: SECOND_BASE,
      userAgent: LOOKALIKE,
      steps: [
        search("bank account"),
        ...read("old-bank"),
        attachment("old-bank"),
        search("w-2"),
        ...read("w2"),
        attachment("w2"),
        search("o'brien payment"),
        ...readSome(2, { topic: "finance" }),
      ],
    },
    {
      at: utc("2018-03-21T08:35:40"),
      address: SECOND_BASE,
      userAgent: LOOKALIKE,
      steps: [
        ...read("customer-1"),
        { do: "reply", what: { key: "customer-1" }, key: "fraud-1", to: CUSTOMER, subject: `RE: ${NG4471}` },
        ...erase("fraud-1"),
      ],
    },
    {
      at: utc("2018-03-21T16:01:18"),
      address: SECOND_BASE,
      userAgent: LOOKALIKE,
      steps: [
        ...read("customer-2"),
        { do: "reply", what: { key: "customer-2" }, key: "fraud-2", to: CUSTOMER, subject: `RE: RE: ${NG4471}` },
        hide("customer-2"),
        ...erase("fraud-2"),
      ],
    },
    {
      at: utc("2018-03-27T22:10:55"),
      address: FIRST,
      userAgent: LINUX,
      steps: [
        search("payroll"),
        {
          do: "forward",
          what: { key: "cfo-wire" },
          key: "fraud-3",
          to: "payables@northgate.example",
          subject: "FW: Wire approval: Halvorsen, 84,300 - changed account",
        },
        {
          do: "forward",
          what: { key: "w2" },
          key: "stolen-1",
          to: "dana.keller@northgatte.example",
          subject: "FW: W-2 corrections, US branch",
        },
        ...erase("fraud-3"),
        ...erase("stolen-1"),
      ],
    },
    {
      at: utc("2018-04-05T14:20:13"),
      address: SECOND_BASE,
      userAgent: LOOKALIKE,
      steps: [
        ...read("customer-3"),
        attachment("customer-3"),
        search("routing"),
        ...readSome(3, { topic: "finance" }),
        hide("supplier-1"),
      ],
    },
    {
      at: utc("2018-04-11T14:30:37"),
      address: FIRST,
      userAgent: LINUX,
      steps: [search("payment"), ...readSome(4, { topic: "finance" })],
    },
    {
      at: utc("2018-04-17T21:02:08"),
      address: SECOND_BASE,
      userAgent: LOOKALIKE,
      steps: [
        search("fraud"),
        ...read("returned"),
        { do: "delete", what: { key: "customer-2" }, type: "HardDelete" },
        { do: "delete", what: { key: "customer-3" }, type: "HardDelete" },
        { do: "delete", what: { key: "phish" }, type: "HardDelete" },
      ],
    },
  ],
  synchronisations: [{ at: utc("2018-03-15T23:08:02.417"), address: IMAP }],
  places: [
    { name: "hosting company", country: "XD", addresses: [FIRST] },
    { name: "resold home connections", country: "XE", addresses: [SECOND_BASE] },
    { name: "hosting company", country: "XD", addresses: [IMAP] },
    { name: "open proxy", country: "XF", addresses: [SPRAY] },
  ],
};
