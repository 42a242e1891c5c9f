import { ADMIN, ranAt } from "../deed-inbox-rule/examples.ts";
import type { RuleExample } from "../example.ts";
import { logonAt, OWNER, STRANGER } from "../example.ts";

const DAY = "2024-03-05T";
/** Forwarding within the organisation. */
const toDeputy = ranAt(`${DAY}20:10:00Z`, "Set-Mailbox", {
  Identity: OWNER,
  ForwardingSmtpAddress: "smtp:deputy@contoso.example",
});

export const examples: readonly RuleExample[] = [
  {
    name: "everything forwarded out of the organisation, with a copy kept",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "Set-Mailbox", {
        Identity: OWNER,
        ForwardingSmtpAddress: "smtp:drop@fabrikam.example",
        DeliverToMailboxAndForward: "True",
      }),
    ],
    outcome: "found",
    says: [
      {
        entity: "drop@fabrikam.example",
        points: 60,
        text: "everything is forwarded out of the organisation, to drop@fabrikam.example; the mailbox keeps a copy",
        rows: [1],
      },
      {
        entity: "drop@fabrikam.example",
        points: 0,
        text: `everything forwarded to drop@fabrikam.example for ${OWNER}; the mailbox keeps a copy`,
      },
    ],
  },
  {
    name: "set twice to one destination, the second time from an address on the watch list",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "Set-Mailbox", { Identity: OWNER, ForwardingSmtpAddress: "drop@fabrikam.example" }),
      ranAt(
        `${DAY}20:20:00Z`,
        "Set-Mailbox",
        { Identity: OWNER, ForwardingSmtpAddress: "Drop@Fabrikam.example" },
        { ClientIP: `[${STRANGER}]:40000` },
      ),
    ],
    watch: STRANGER,
    outcome: "found",
    says: [
      { entity: "drop@fabrikam.example", points: 60, rows: [1, 2] },
      { entity: "drop@fabrikam.example", points: 30, text: `made from ${STRANGER}`, rows: [2] },
      { entity: "drop@fabrikam.example", points: 0, rows: [1] },
    ],
  },
  {
    name: "a recipient of the directory, who may be anywhere",
    audit: [ranAt(`${DAY}20:10:00Z`, "Set-Mailbox", { Identity: OWNER, ForwardingAddress: "Drop Contact" })],
    outcome: "found",
    says: [
      { entity: "Drop Contact", points: 24, text: "everything is forwarded to Drop Contact", rows: [1] },
      { entity: "Drop Contact", points: 0 },
    ],
  },
  {
    name: "within the organisation, from an address on the watch list",
    audit: [
      ranAt(
        `${DAY}20:10:00Z`,
        "Set-Mailbox",
        { Identity: OWNER, ForwardingSmtpAddress: "smtp:deputy@contoso.example" },
        { ClientIP: `${STRANGER}:40000` },
      ),
    ],
    watch: STRANGER,
    outcome: "found",
    says: [
      { entity: "deputy@contoso.example", points: 12, text: "forwarded within the organisation" },
      { entity: "deputy@contoso.example", points: 30, text: `made from ${STRANGER}` },
      { entity: "deputy@contoso.example", points: 0 },
    ],
  },
  {
    name: "22 points are a finding",
    audit: [toDeputy],
    rules: "rules:\n  deed-forwarding:\n    inside: 22\n",
    outcome: "found",
    says: [
      { entity: "deputy@contoso.example", points: 22 },
      { entity: "deputy@contoso.example", points: 0 },
    ],
  },
  {
    name: "21 are none",
    audit: [toDeputy],
    rules: "rules:\n  deed-forwarding:\n    inside: 21\nfindings:\n  least: low\n",
    outcome: "clear",
  },
  {
    name: "switched off, within the organisation, another setting, and an attempt that failed",
    audit: [
      ranAt(`${DAY}09:00:00Z`, "Set-Mailbox", { Identity: OWNER, ForwardingSmtpAddress: "" }),
      ranAt(`${DAY}09:01:00Z`, "Set-Mailbox", { Identity: OWNER, ForwardingAddress: null }),
      ranAt(`${DAY}09:02:00Z`, "Set-Mailbox", {
        Identity: OWNER,
        ForwardingSmtpAddress: "smtp:deputy@contoso.example",
      }),
      ranAt(`${DAY}09:03:00Z`, "Set-Mailbox", { Identity: OWNER, AuditEnabled: "True" }),
      ranAt(
        `${DAY}09:04:00Z`,
        "Set-Mailbox",
        { Identity: OWNER, ForwardingSmtpAddress: "drop@fabrikam.example" },
        { ResultStatus: "False" },
      ),
    ],
    outcome: "clear",
  },
  {
    name: "an export of the Activities API has no such records",
    records: [logonAt("2018-03-01T08:00:00Z", "192.0.2.1")],
    outcome: "notAssessed",
  },
  {
    name: "set, given another destination, and switched off from elsewhere",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "Set-Mailbox", { Identity: OWNER, ForwardingSmtpAddress: "drop@fabrikam.example" }),
      // The other parameter is another setting.
      ranAt(`${DAY}20:20:00Z`, "Set-Mailbox", { Identity: OWNER, ForwardingAddress: null }),
      ranAt(`${DAY}20:30:00Z`, "Set-Mailbox", { Identity: OWNER, ForwardingSmtpAddress: "smtp:sink@fabrikam.example" }),
      ranAt(
        `${DAY}20:40:00Z`,
        "Set-Mailbox",
        { Identity: OWNER, ForwardingSmtpAddress: "" },
        { ClientIP: `${STRANGER}:40000` },
      ),
    ],
    outcome: "found",
    says: [
      { entity: "drop@fabrikam.example", points: 60, rows: [1] },
      { entity: "drop@fabrikam.example", points: 0, text: "; made from 192.0.2.1, which scores", rows: [1] },
      {
        entity: "drop@fabrikam.example",
        points: 0,
        text: "replaced by sink@fabrikam.example at 2024-03-05T20:30:00 from 192.0.2.1, which scores 0 (none), so that what was set was in force from 2024-03-05T20:10:00 to 2024-03-05T20:30:00",
        rows: [1, 3],
      },
      { entity: "sink@fabrikam.example", points: 60, rows: [3] },
      { entity: "sink@fabrikam.example", points: 0, text: "everything forwarded to sink@fabrikam.example", rows: [3] },
      {
        entity: "sink@fabrikam.example",
        points: 0,
        text: `switched off at 2024-03-05T20:40:00 from ${STRANGER}, which scores`,
        rows: [3, 4],
      },
    ],
  },
  {
    name: "switched off at a time that cannot be read: whichever it was",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "Set-Mailbox", { Identity: OWNER, ForwardingSmtpAddress: "drop@fabrikam.example" }),
      ranAt(`${DAY}20:30:00Z`, "Set-Mailbox", { Identity: OWNER, ForwardingSmtpAddress: "sink@fabrikam.example" }),
      ranAt("", "Set-Mailbox", { Identity: OWNER, ForwardingSmtpAddress: "" }),
    ],
    outcome: "found",
    says: [
      { entity: "drop@fabrikam.example", points: 60, rows: [1] },
      { entity: "drop@fabrikam.example", points: 0, text: "everything forwarded to drop", rows: [1] },
      {
        entity: "drop@fabrikam.example",
        points: 0,
        text: "replaced by sink@fabrikam.example at 2024-03-05T20:30:00 from",
        rows: [2],
      },
      { entity: "drop@fabrikam.example", points: 0, text: "at a time that cannot be read", rows: [3] },
      { entity: "sink@fabrikam.example", points: 60, rows: [2] },
      { entity: "sink@fabrikam.example", points: 0, text: "everything forwarded to sink", rows: [2] },
      { entity: "sink@fabrikam.example", points: 0, text: "at a time that cannot be read", rows: [3] },
    ],
  },
  {
    name: "one's own mailbox by alias, address and path is one",
    audit: ["wner", OWNER, "contoso.example/Users/O. Wner"].map((Identity, at) =>
      ranAt(`${DAY}20:1${at}:00Z`, "Set-Mailbox", { Identity, ForwardingSmtpAddress: "drop@fabrikam.example" }),
    ),
    outcome: "found",
    says: [
      { entity: "drop@fabrikam.example", points: 60, rows: [1, 2, 3] },
      { entity: "drop@fabrikam.example", points: 0, text: "to drop@fabrikam.example for wner", rows: [1] },
    ],
  },
  {
    name: "two other mailboxes, by their aliases, to one destination",
    audit: [
      ranAt(
        `${DAY}20:10:00Z`,
        "Set-Mailbox",
        { Identity: "mary", ForwardingSmtpAddress: "drop@fabrikam.example" },
        ADMIN,
      ),
      ranAt(
        `${DAY}20:11:00Z`,
        "Set-Mailbox",
        { Identity: "cfo", ForwardingSmtpAddress: "drop@fabrikam.example" },
        ADMIN,
      ),
    ],
    outcome: "found",
    says: [
      { entity: "drop@fabrikam.example", points: 60, rows: [1] },
      { entity: "drop@fabrikam.example", points: 0, text: "to drop@fabrikam.example for mary", rows: [1] },
      { entity: "drop@fabrikam.example", points: 60, rows: [2] },
      { entity: "drop@fabrikam.example", points: 0, text: "to drop@fabrikam.example for cfo", rows: [2] },
    ],
  },
];
