import { logonFacts } from "../../activities/logon/index.ts";
import { reasonsCell, rowReport } from "../report.ts";

/** Every logon, successful or not, with what databases and rules say of its address. */
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
    scores: true,
  },
  ({ date, time, type, record }, assessment) => {
    const { client, user, userAgent, result, exception } = logonFacts(record);
    const { country, city, asn, organization } = assessment.place(client.address);
    const score = assessment.address(client.address);
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
      country,
      city,
      asn === undefined ? "" : String(asn),
      organization,
      client.address === "" ? "" : String(score.points),
      reasonsCell(score),
      record.clientSessionId,
    ];
  },
);
