import { ranAt } from "../deed-inbox-rule/examples.ts";
import type { RuleExample } from "../example.ts";
import { logonAt, STRANGER } from "../example.ts";

const DAY = "2024-03-05T";
/** Warnings get a mark in front, and nothing more. */
const aboutWarnings = ranAt(`${DAY}20:10:00Z`, "New-TransportRule", {
  Name: "Marked",
  SubjectContainsWords: "hacked",
  PrependSubject: "[SEEN]",
});

export const examples: readonly RuleExample[] = [
  {
    name: "a rule that was removed later",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-TransportRule", {
        Name: "Compliance",
        BlindCopyTo: "drop@fabrikam.example",
        SentTo: "cfo",
      }),
      ranAt(`${DAY}23:10:00Z`, "Remove-TransportRule", { Identity: "Compliance" }),
    ],
    outcome: "found",
    says: [
      { entity: "Compliance", points: 55, rows: [1] },
      { entity: "Compliance", points: 0, text: "; made from 192.0.2.1, which scores 0 (none)", rows: [1] },
      {
        entity: "Compliance",
        points: 0,
        text: "removed at 2024-03-05T23:10:00 from 192.0.2.1, which scores 0 (none), so that it was in force from 2024-03-05T20:10:00 to 2024-03-05T23:10:00",
        rows: [1, 2],
      },
    ],
  },
  {
    name: "blind copies of everything, out of the organisation",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-TransportRule", {
        Name: "Compliance",
        BlindCopyTo: "drop@fabrikam.example",
        Enabled: "True",
        Mode: "Enforce",
      }),
    ],
    outcome: "found",
    says: [
      {
        entity: "Compliance",
        points: 55,
        text: "sends blind copies out of the organisation, to drop@fabrikam.example",
        rows: [1],
      },
      { entity: "Compliance", points: 20, text: "no conditions" },
      { entity: "Compliance", points: 0, text: "transport rule “Compliance” created: sends blind copies to" },
    ],
  },
  {
    name: "warnings deleted from an address on the watch list, and a redirection added later",
    audit: [
      ranAt(
        `${DAY}20:10:00Z`,
        "New-TransportRule",
        { Name: "Clean-up", SubjectOrBodyContainsWords: ["hacked", "lunch"], DeleteMessage: "True" },
        { ClientIP: `${STRANGER}:40000` },
      ),
      ranAt(`${DAY}20:20:00Z`, "Set-TransportRule", {
        Identity: "Clean-up",
        RedirectMessageTo: "drop@fabrikam.example",
      }),
    ],
    watch: STRANGER,
    outcome: "found",
    says: [
      { entity: "Clean-up", points: 30, text: "deletes messages", rows: [1] },
      { entity: "Clean-up", points: 20, text: "hacked (hiding)", rows: [1] },
      { entity: "Clean-up", points: 30, text: `made from ${STRANGER}` },
      { entity: "Clean-up", points: 55, text: "redirects out of the organisation", rows: [2] },
      { entity: "Clean-up", points: 0 },
    ],
  },
  {
    name: "a sender taken past the spam filter",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-TransportRule", {
        Name: "Partner mail",
        SenderDomainIs: "fabrikam.example",
        SetSCL: "-1",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "Partner mail", points: 30, text: "past the spam filter" },
      { entity: "Partner mail", points: 0, text: "if SenderDomainIs fabrikam.example" },
    ],
  },
  {
    name: "copies that recipients can see, out of the organisation",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-TransportRule", {
        Name: "Orders",
        SentTo: "orders@contoso.example",
        CopyTo: "drop@fabrikam.example",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "Orders", points: 40, text: "sends copies out of the organisation, to drop@fabrikam.example" },
      { entity: "Orders", points: 0 },
    ],
  },
  {
    name: "within the organisation, or to an unknown address, what is taken past the filter",
    audit: ["deputy@contoso.example", "Drop Contact"].map((RedirectMessageTo, at) =>
      ranAt(`${DAY}20:1${at}:00Z`, "New-TransportRule", {
        Name: `To ${RedirectMessageTo}`,
        SenderDomainIs: "fabrikam.example",
        RedirectMessageTo,
        SetSCL: "-1",
      }),
    ),
    outcome: "found",
    says: ["deputy@contoso.example", "Drop Contact"].flatMap((recipient, at) => [
      { entity: `To ${recipient}`, points: 10, text: `redirects to ${recipient}`, rows: [at + 1] },
      { entity: `To ${recipient}`, points: 30, text: "past the spam filter", rows: [at + 1] },
      { entity: `To ${recipient}`, points: 0 },
    ]),
  },
  {
    name: "a term of weight 6 counts, one of weight 5 does not",
    audit: ["cheque", "overdue"].map((SubjectContainsWords, at) =>
      ranAt(`${DAY}20:1${at}:00Z`, "New-TransportRule", {
        Name: `Clean up ${SubjectContainsWords}`,
        SubjectContainsWords,
        DeleteMessage: "True",
      }),
    ),
    outcome: "found",
    says: [
      { entity: "Clean up cheque", points: 30, text: "deletes messages", rows: [1] },
      { entity: "Clean up cheque", points: 20, text: "cheque (payments)", rows: [1] },
      { entity: "Clean up cheque", points: 0 },
      { entity: "Clean up overdue", points: 30, text: "deletes messages", rows: [2] },
      { entity: "Clean up overdue", points: 0 },
    ],
  },
  {
    name: "22 points are a finding",
    audit: [aboutWarnings],
    rules: "rules:\n  deed-transport-rule:\n    words: 22\n",
    outcome: "found",
    says: [
      { entity: "Marked", points: 22, text: "hacked (hiding)" },
      { entity: "Marked", points: 0 },
    ],
  },
  {
    name: "21 are none",
    audit: [aboutWarnings],
    rules: "rules:\n  deed-transport-rule:\n    words: 21\nfindings:\n  least: low\n",
    outcome: "clear",
  },
  {
    name: "a copy within the organisation, a notice, a rule switched off, and an attempt that failed",
    audit: [
      ranAt(`${DAY}09:00:00Z`, "New-TransportRule", {
        Name: "Orders",
        SentTo: "orders@contoso.example",
        CopyTo: "sales@contoso.example",
      }),
      ranAt(`${DAY}09:01:00Z`, "New-TransportRule", {
        Name: "From outside",
        FromScope: "NotInOrganization",
        PrependSubject: "[EXTERNAL]",
      }),
      ranAt(`${DAY}09:02:00Z`, "Disable-TransportRule", { Identity: "Compliance" }),
      ranAt(
        `${DAY}09:03:00Z`,
        "New-TransportRule",
        { Name: "Compliance", BlindCopyTo: "drop@fabrikam.example" },
        { ResultStatus: "False" },
      ),
    ],
    outcome: "clear",
  },
  {
    name: "one that is switched off, and one that is only tried out until it is enforced",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-TransportRule", {
        Name: "Compliance",
        BlindCopyTo: "drop@fabrikam.example",
        Enabled: "False",
      }),
      ranAt(`${DAY}20:11:00Z`, "New-TransportRule", {
        Name: "Journal",
        BlindCopyTo: "drop@fabrikam.example",
        Mode: "AuditAndNotify",
      }),
      ranAt(`${DAY}20:12:00Z`, "New-TransportRule", {
        Name: "Archive",
        BlindCopyTo: "drop@fabrikam.example",
        Mode: "Audit",
      }),
      ranAt(`${DAY}20:13:00Z`, "Set-TransportRule", { Identity: "Archive", Mode: "Enforce" }),
      ranAt(`${DAY}20:14:00Z`, "Set-TransportRule", { Identity: "Archive", DeleteMessage: "True" }),
    ],
    outcome: "found",
    says: [
      { entity: "Compliance", points: 55, rows: [1] },
      { entity: "Compliance", points: 20 },
      { entity: "Compliance", points: 0, text: "created, switched off: sends blind copies" },
      { entity: "Compliance", points: -45, text: "the rule is switched off from the first", rows: [1] },
      { entity: "Journal", points: 55, rows: [2] },
      { entity: "Journal", points: 20 },
      { entity: "Journal", points: 0, text: "created, to be tried out only (Mode AuditAndNotify): sends blind copies" },
      { entity: "Journal", points: -45, text: "only tried out (Mode AuditAndNotify) from the first", rows: [2] },
      { entity: "Archive", points: 55, rows: [3] },
      { entity: "Archive", points: 20 },
      { entity: "Archive", points: 30, text: "deletes messages", rows: [5] },
      { entity: "Archive", points: 0 },
    ],
  },
  {
    name: "blind copies that were taken away before the rule was removed",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-TransportRule", {
        Name: "Archive",
        BlindCopyTo: "drop@fabrikam.example",
        From: "cfo",
      }),
      ranAt(`${DAY}20:20:00Z`, "Set-TransportRule", { Identity: "Archive", BlindCopyTo: "" }),
      ranAt(`${DAY}20:30:00Z`, "Remove-TransportRule", { Identity: "Archive" }),
    ],
    outcome: "found",
    says: [
      { entity: "Archive", points: 55, rows: [1] },
      { entity: "Archive", points: 0, text: "transport rule “Archive” created", rows: [1] },
      {
        entity: "Archive",
        points: 0,
        text: "so that BlindCopyTo drop@fabrikam.example was in force from 2024-03-05T20:10:00 to 2024-03-05T20:20:00",
        rows: [1, 2],
      },
      { entity: "Archive", points: 0, text: "removed at 2024-03-05T20:30:00", rows: [3] },
    ],
  },
  {
    name: "an export of the Activities API has no such rules",
    records: [logonAt("2018-03-01T08:00:00Z", "192.0.2.1")],
    outcome: "notAssessed",
  },
  {
    name: "no conditions, but an exception",
    audit: [
      ranAt(`${DAY}20:10:00Z`, "New-TransportRule", {
        Name: "Compliance",
        BlindCopyTo: "drop@fabrikam.example",
        ExceptIfSubjectContainsWords: "lunch",
      }),
    ],
    outcome: "found",
    says: [
      { entity: "Compliance", points: 55, text: "sends blind copies out of the organisation" },
      { entity: "Compliance", points: 20, text: "it takes every message but what its exceptions name" },
      { entity: "Compliance", points: 0, text: "; but not if the subject contains lunch" },
    ],
  },
];
