import type { ClientAddress } from "../../ingest/address.ts";
import { clientAddress } from "../../ingest/address.ts";
import type { ActivityRecord } from "../../model/record.ts";
import type { Family } from "../family.ts";

/** `ServerLogon` is the server's record of an authentication, `Logon` Outlook on the web's own of a session it began. */
export const logon: Family = { name: "logon", types: { Logon: {}, ServerLogon: {} } };

export interface LogonFacts {
  readonly client: ClientAddress;
  readonly user: string;
  readonly userAgent: string;
  readonly result: string;
  readonly exception: string;
  /** Result is Success, or the record has none, as the web client's own. Only such a logon opens a mailbox. */
  readonly successful: boolean;
}

/**
 * Reads a logon. ServerLogon has ClientIP, UserName, UserAgent, Result (Success or Failure) and ExceptionInfo; the
 * web client's Logon has IPAddress and Browser and no result, because it is only written inside an open session
 * (Exchange's ActivityLog writers; property names as in Magic Unicorn).
 */
export function logonFacts(record: ActivityRecord): LogonFacts {
  const { properties } = record;
  const result = properties.text("Result");
  return {
    client: clientAddress(properties.text("ClientIP") ?? properties.text("IPAddress") ?? ""),
    user: properties.text("UserName") ?? "",
    userAgent: properties.text("UserAgent") ?? properties.text("Browser") ?? "",
    result: result ?? "",
    exception: properties.text("ExceptionInfo") ?? "",
    successful: result === undefined || result === "" || result.toLowerCase() === "success",
  };
}
