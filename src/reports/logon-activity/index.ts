import { logonFacts } from "../../activities/logon/index.ts";
import { rowReport } from "../report.ts";

/** Every logon, successful or not. Country to AS Organization, Score and Reasons stay empty until something fills them. */
export const logonActivity = rowReport(
  {
    table: "logon-activity",
    columns: [
      "Date",
      "Time",
      "Source IP",
      "Logon Type",
      "App Type",
      "User",
      "Client",
      "Result",
      "Exception",
      "Forwarded For",
      "Country",
      "City",
      "ASN",
      "AS Organization",
      "Score",
      "Reasons",
      "Session ID",
    ],
    families: new Set(["logon"]),
    order: "time",
  },
  ({ date, time, type, record }) => {
    const { client, user, userAgent, result, exception } = logonFacts(record);
    return [
      date,
      time,
      client.address,
      type.name,
      record.appIdType,
      user,
      userAgent,
      result,
      exception,
      client.original,
      "",
      "",
      "",
      "",
      "",
      "",
      record.clientSessionId,
    ];
  },
);
