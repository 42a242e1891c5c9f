// The messages that an address or an application with a high score came to, as a TSV of one's own, and the findings behind it.
//   npx tsx samples/scripts/suspicious-messages.ts EXPORT...
// Outside of this repository the imports are from "alicorn".
import type { Finding, ParsedTenant, SourceRef } from "../../src/index.ts";
import { parseCase } from "../../src/index.ts";

type Found = Pick<Finding, "severity" | "score" | "title" | "entity">;

function say({ severity, score, title, entity }: Found, place: SourceRef | undefined): void {
  if (severity !== "critical" && severity !== "high") return;
  console.error(`${severity} ${score}\t${title}\t${entity.value}\t${place?.file ?? ""}:${place?.row ?? ""}`);
}

/** What is found of several mailboxes together is known when all were read. */
function tenant({ findings }: ParsedTenant): void {
  for (const finding of findings) say(finding, finding.evidence[0]);
}

for await (const mailbox of parseCase(process.argv.slice(2), { tenant })) {
  for (const finding of mailbox.findings()) {
    const [first] = finding.rows;
    say(finding, first === undefined ? undefined : mailbox.sourceOf(first));
  }
  console.log(["Subject", "From", "First Access", "Access", "IPs", "Source Row"].join("\t"));
  for (const row of mailbox.rows("exposure")) {
    if (row["Suspicious"] !== "yes") continue;
    const cells = ["Subject", "From", "First Access", "Access", "IPs", "Source Row"].map((name) => row[name] ?? "");
    // The library gives texts as they are: what breaks a line of one's own table is one's own business.
    console.log(cells.map((cell) => JSON.stringify(cell).slice(1, -1)).join("\t"));
  }
}
