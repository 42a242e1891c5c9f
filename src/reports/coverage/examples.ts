import type { ApiRecord } from "../../activities/example.ts";
import type { ReportExample } from "../example.ts";

function flag(TimeStamp: string): ApiRecord {
  return { TimeStamp, AppIdType: "Web", ActivityIdType: "Flag" };
}

const imap = {
  TimeStamp: "2018-06-01T10:00:00Z",
  AppIdType: "IMAP4",
  ActivityIdType: "ServerLogon",
  CustomProperties: { Result: "Success", ClientIP: "203.0.113.9" },
} as const satisfies ApiRecord;

const ABSENT = [
  { Kind: "gap", Detail: "no logon record: addresses cannot be told" },
  { Kind: "gap", Detail: "no record of messages on display: which messages were read cannot be told" },
  { Kind: "gap", Detail: "no search record: whether anybody searched cannot be told" },
  { Kind: "gap", Detail: "no attachment record: whether attachments were opened cannot be told" },
] as const;
const NEVER = { Kind: "gap", Detail: "what delegates and delegated administrators did is never in this log" } as const;

export const examples: readonly ReportExample[] = [
  {
    name: "from when to when, a silence of more than 72 hours, and the families that are absent",
    records: [flag("2018-06-01T00:00:00Z"), flag("2018-06-04T00:00:00Z"), flag("2018-06-07T00:00:00.0000001Z")],
    expect: [
      {
        From: "2018-06-01T00:00:00Z",
        To: "2018-06-07T00:00:00.0000001Z",
        Kind: "logged",
        Detail: "3 rows: other 3",
        "Source Row": "1",
      },
      {
        From: "2018-06-04T00:00:00Z",
        To: "2018-06-07T00:00:00.0000001Z",
        Kind: "gap",
        Detail: "no record of any kind for 72 hours",
        "Source Row": "2",
      },
      ...ABSENT,
      NEVER,
    ],
  },
  {
    name: "an IMAP4 logon: what was copied before it leaves no record",
    records: [
      flag("2018-06-01T00:00:00Z"),
      imap,
      {
        TimeStamp: "2018-06-01T11:00:00Z",
        AppIdType: "IMAP4",
        ActivityIdType: "ServerLogon",
        CustomProperties: { Result: "Failure", ClientIP: "203.0.113.9" },
      },
    ],
    where: { Kind: "synced" },
    expect: [
      {
        From: "2018-06-01T00:00:00Z",
        To: "2018-06-01T10:00:00Z",
        Detail: "IMAP4 logon from 203.0.113.9: such clients copy the mailbox and leave no record of what was read",
        // The logon's own, not the first row's from which on it counts.
        "Source Row": "2",
      },
    ],
  },
  {
    name: "one IMAP4 logon that is in the log twice is told once",
    records: [flag("2018-06-01T00:00:00Z"), imap, imap],
    where: { Kind: "synced" },
    expect: [{ From: "2018-06-01T00:00:00Z", To: "2018-06-01T10:00:00Z", "Source Row": "2" }],
  },
  {
    name: "what a filter leaves out is said, and makes no gap",
    records: [
      flag("2018-06-01T00:00:00Z"),
      { ...flag("2018-06-03T00:00:00Z"), ActivityIdType: "Delete" },
      flag("2018-06-05T00:00:00Z"),
    ],
    types: ["Flag"],
    expect: [
      { Kind: "logged", Detail: "3 rows: other 3" },
      ...ABSENT,
      NEVER,
      { Kind: "filtered", Detail: "1 row left out of the tables by --types Flag" },
    ],
  },
  {
    name: "a row without a readable time",
    records: [flag("2018-06-01T00:00:00Z"), flag("soon")],
    where: { Detail: "1 row without a readable time: listed last, never attributed" },
    expect: [{ Kind: "gap", To: "2018-06-01T00:00:00Z" }],
  },
  {
    name: "nothing is missing where every family is there",
    records: ["ServerLogon", "ReadingPaneDisplayStart", "SearchResult", "OpenedAnAttachment"].map((ActivityIdType) => ({
      ...flag("2018-06-01T00:00:00Z"),
      ActivityIdType,
    })),
    expect: [{ Kind: "logged", Detail: "4 rows: logon 1, read 1, search 1, attachment 1" }, NEVER],
  },
];
