import type { ClientAddress } from "../../ingest/address.ts";
import { clientAddress } from "../../ingest/address.ts";
import { namedValue } from "../../ingest/audit-log/json-fields.ts";
import type { ActivityRecord } from "../../model/record.ts";
import { firstText } from "../../model/record.ts";
import type { Family } from "../family.ts";

/**
 * `ServerLogon` is the server's record of an authentication, `Logon` Outlook on the web's own of a session it began. In
 * audit logs, the directory has UserLoggedIn and UserLoginFailed, Exchange MailboxLogin.
 */
export const logon: Family = {
  name: "logon",
  types: { Logon: {}, ServerLogon: {}, UserLoggedIn: {}, UserLoginFailed: {}, MailboxLogin: {} },
};

export interface LogonFacts {
  readonly client: ClientAddress;
  readonly user: string;
  readonly userAgent: string;
  readonly result: string;
  readonly exception: string;
  /** It let somebody in, as `isSuccessful` says. Only such a logon opens a mailbox. */
  readonly successful: boolean;
  /** It succeeded in part, as its record says: nobody knows whether it let somebody in, and it is not taken for that. */
  readonly partial: boolean;
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
    client: clientAddress(firstText(properties, "ClientIP", "IPAddress") ?? ""),
    user: properties.text("UserName") ?? "",
    userAgent: firstText(properties, "UserAgent", "Browser") ?? "",
    result: result ?? "",
    exception: properties.text("ExceptionInfo") ?? "",
    successful: isSuccessful(record, result),
    partial: record.audit?.outcome === "partial" && record.activityIdType !== "UserLoginFailed",
  };
}

/** Words of a result that lets somebody in: the Activities API's, the directory's and Exchange's. */
const SUCCESS = new Set(["success", "succeeded", "true"]);

/** Asks who has proved who they are whether to stay signed in (Entra ID's AADSTS codes): they are in. */
const STAY_SIGNED_IN = "50140";

/**
 * UserLoginFailed says so by its name: its ResultStatus is that of the request and may be Success. A sign-in that was
 * interrupted to ask for something more may stand as UserLoggedIn with the number of what was asked for; it counts
 * where ResultStatusDetail is Success all the same.
 */
function isSuccessful({ activityIdType, audit, properties }: ActivityRecord, result: string | undefined): boolean {
  if (audit === undefined) return result === undefined || result === "" || result.toLowerCase() === "success";
  if (activityIdType === "UserLoginFailed") return false;
  if (result !== undefined && result !== "" && !SUCCESS.has(result.toLowerCase())) return false;
  const error = properties.text("ErrorNumber") ?? "";
  if (error === "" || error === "0" || error === STAY_SIGNED_IN) return true;
  const detail = namedValue(properties.text("ExtendedProperties"), "ResultStatusDetail");
  return SUCCESS.has(detail.toLowerCase());
}
