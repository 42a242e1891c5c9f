import { expect, test } from "vitest";
import { boundEach, minuteOf, ownDays } from "../../src/rules/access-volume/examples.ts";
import { HOME, STRANGER } from "../../src/rules/example.ts";
import { DEFAULT_SCORING } from "../../src/pipeline/knowledge.ts";
import { parseFiles, temporaryFolder, writeFiles } from "../support/run.ts";

const folder = temporaryFolder();

test("a suspicious address is there from its own first row on, not from that of the owner it is compared with", async () => {
  const session = { SessionId: "session-1" };
  const records = [
    ...ownDays(10),
    // Rows 11 and 12: the owner's own session, which goes on elsewhere three hours later.
    ...boundEach(1, HOME, () => minuteOf(5, 420), session),
    ...boundEach(1, STRANGER, () => minuteOf(5, 600), session),
  ];
  const [watch = ""] = writeFiles(folder, { "watched.txt": STRANGER });
  const text = records.map((record) => JSON.stringify(record)).join("\n");
  const bundle = await parseFiles(folder, { "audit.json": text }, { scoring: { ...DEFAULT_SCORING, watch } });
  const found = bundle.rows("findings").find((row) => row["Rule"] === "suspicious-address");
  expect(found?.["Reasons"]).toContain("session-addresses");
  expect(found?.["Evidence"]).toContain("audit.json:11");
  expect(found).toMatchObject({
    "First Time": minuteOf(5, 600).replace("Z", ""),
    "Last Time": minuteOf(5, 600).replace("Z", ""),
    "Source Row": "12",
  });
});
