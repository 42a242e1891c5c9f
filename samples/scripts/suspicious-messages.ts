// The messages that an address or an application with a high score came to, as a TSV of one's own, and the findings behind it.
//   npx tsx samples/scripts/suspicious-messages.ts EXPORT...
// Outside of this repository the first line reads: import { parseCase } from "alicorn";
import { parseCase } from "../../src/index.ts";

for await (const mailbox of parseCase(process.argv.slice(2))) {
  for (const { severity, score, title, entity, rows } of mailbox.findings()) {
    if (severity !== "critical" && severity !== "high") continue;
    const [first] = rows;
    const place = first === undefined ? undefined : mailbox.sourceOf(first);
    console.error(`${severity} ${score}\t${title}\t${entity.value}\t${place?.file ?? ""}:${place?.row ?? ""}`);
  }
  console.log(["Subject", "From", "First Access", "Access", "IPs", "Source Row"].join("\t"));
  for (const row of mailbox.rows("exposure")) {
    if (row["Suspicious"] !== "yes") continue;
    const cells = ["Subject", "From", "First Access", "Access", "IPs", "Source Row"].map((name) => row[name] ?? "");
    // The library gives texts as they are: what breaks a line of one's own table is one's own business.
    console.log(cells.map((cell) => JSON.stringify(cell).slice(1, -1)).join("\t"));
  }
}
