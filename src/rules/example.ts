import type { AuditRecordExample } from "../activities/audit-example.ts";
import type { ApiRecord } from "../activities/example.ts";
import type { Place } from "../model/place.ts";

export { auditAt, boundAt, OWNER, signInAt, syncedAt } from "../activities/audit-example.ts";
export type { AuditRecordExample } from "../activities/audit-example.ts";

/** A small log and what one rule says of it; worked out by hand. */
export interface RuleExample {
  readonly name: string;
  /** One export, `log.json`; rows are counted from 1 in this order. */
  readonly records?: readonly ApiRecord[];
  /** Records of an audit log, `audit.json`, with or without the export; rows are counted from 1 in this order. */
  readonly audit?: readonly AuditRecordExample[];
  /** The mailbox, where the records do not name it. */
  readonly user?: string;
  /** Where addresses are, in place of a database; all others are unknown. */
  readonly places?: Readonly<Record<string, Partial<Place>>>;
  readonly homeCountries?: readonly string[];
  /** Texts of --watch and --allow lists, and of a --rules file. */
  readonly watch?: string;
  readonly allow?: string;
  readonly rules?: string;
  /** Exported messages by file name. */
  readonly messages?: Readonly<Record<string, string>>;
  readonly outcome: "found" | "clear" | "notAssessed";
  /** A part of the words that the outcome has. */
  readonly why?: string;
  /** What the rule said, in any order, and no more: entity and points, a part of the words, rows of the evidence. */
  readonly says?: readonly {
    readonly entity: string;
    readonly points: number;
    readonly text?: string;
    readonly rows?: readonly number[];
  }[];
}

/** A logon by the server's record, successful unless `result` says otherwise. */
export function logonAt(
  time: string,
  ClientIP: string,
  more: {
    readonly app?: string;
    readonly agent?: string;
    readonly result?: "Success" | "Failure";
    readonly session?: string;
  } = {},
): ApiRecord {
  const { app = "Web", agent = "", result = "Success", session } = more;
  return {
    TimeStamp: time,
    AppIdType: app,
    ActivityIdType: "ServerLogon",
    ...(session === undefined ? {} : { ClientSessionId: session }),
    CustomProperties: {
      Result: result,
      UserName: "owner@contoso.example",
      ClientIP,
      ...(agent === "" ? {} : { UserAgent: agent }),
    },
  };
}

/** A logon at 08:00 UTC on each of so many days from 2018-03-01 on: the habit that rules compare with. */
export function dailyLogons(
  days: number,
  address: string,
  more: { readonly app?: string; readonly agent?: string; readonly from?: number } = {},
): ApiRecord[] {
  const { from = 0, ...rest } = more;
  return Array.from({ length: days }, (_, day) => {
    const at = new Date(Date.UTC(2018, 2, 1 + from + day, 8));
    return logonAt(at.toISOString().replace(".000", ""), address, rest);
  });
}

/** Addresses of examples: the owner's own, one the owner travels to, and one that is nobody's. */
export const HOME = "192.0.2.1";
export const HOTEL = "198.51.100.7";
export const STRANGER = "203.0.113.66";

/** User agents as clients of that time sent them. */
export const AGENTS = {
  chrome:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.186 Safari/537.36",
  newerChrome:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/65.0.3325.146 Safari/537.36",
  firefox: "Mozilla/5.0 (Windows NT 6.1; rv:58.0) Gecko/20100101 Firefox/58.0",
  iphone: "Apple-iPhone9C1/1503.10",
  python: "python-requests/2.18.4",
} as const;

/** Anything done in a mailbox. Without a session, the latest logon of the same App Type has to stand for its address. */
export function doneAt(
  time: string,
  type: string,
  more: {
    readonly app?: string;
    readonly item?: string;
    readonly session?: string;
    readonly properties?: Readonly<Record<string, string>>;
  } = {},
): ApiRecord {
  const { app = "Web", item, session, properties = {} } = more;
  return {
    TimeStamp: time,
    AppIdType: app,
    ActivityIdType: type,
    ...(item === undefined ? {} : { ActivityItemId: item }),
    ...(session === undefined ? {} : { ClientSessionId: session }),
    CustomProperties: properties,
  };
}

/** A message put on display in the reading pane. */
export function readAt(time: string, item: string, session?: string): ApiRecord {
  return doneAt(time, "ReadingPaneDisplayStart", { item, ...(session === undefined ? {} : { session }) });
}

/** A search that ran. */
export function searchAt(time: string, words: string, session?: string): ApiRecord {
  const properties = { Query: `<Query><RawQuery>${words}</RawQuery></Query>` };
  return doneAt(time, "SearchResult", { properties, ...(session === undefined ? {} : { session }) });
}

/** A message that arrives. */
export function deliveredAt(time: string, item: string, subject = "Lunch on Friday"): ApiRecord {
  return doneAt(time, "MessageDelivered", { app: "Transport", item, properties: { Subject: subject } });
}
