// How many displays of messages there were from each address, and how sure that is.
//   npx tsx samples/scripts/reads-per-address.ts EXPORT...
// Outside of this repository the first line reads: import { parseCase } from "alicorn";
import { parseCase } from "../../src/index.ts";

for await (const mailbox of parseCase(process.argv.slice(2))) {
  const reads = new Map<string, number>();
  for (const event of mailbox.events(["read"])) {
    if (event.type.role !== "start") continue;
    const { address, basis, confidence } = event.attribution();
    const key = [address === "" ? "no address" : address, basis, confidence].join("\t");
    reads.set(key, (reads.get(key) ?? 0) + 1);
  }
  console.log(mailbox.mailbox);
  for (const [key, count] of [...reads].sort((a, b) => b[1] - a[1])) console.log(`${count}\t${key}`);
}
