// The labelled evaluation: see README.md beside this file.
//   npm run eval -- [--set tune|report|all] [--generator own|other|all] [--only SEED]
//     [--salt TEXT] [--verbose] [--json]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { aims } from "./aims.ts";
import type { Planned } from "./labelled.ts";
import type { Measures } from "./measure.ts";
import { judge, sum } from "./measure.ts";
import { otherMailboxes } from "./other-mailboxes/index.ts";
import { ownMailboxes } from "./own-mailboxes.ts";
import type { Group } from "./print.ts";
import { aimsText, findingsTable, missesText, readsTable } from "./print.ts";
import { parseMailbox } from "./tables.ts";

const { values: options } = parseArgs({
  options: {
    set: { type: "string", default: "all" },
    generator: { type: "string", default: "all" },
    only: { type: "string" },
    salt: { type: "string", default: "" },
    verbose: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});

interface Line {
  readonly planned: Planned;
  readonly measures: Measures;
}

const fits = (wanted: string, value: string): boolean => wanted === "all" || wanted === value;

const chosen = [...ownMailboxes(options.salt), ...otherMailboxes(options.salt)].filter(({ seed, set, generator }) =>
  options.only === undefined ? fits(options.set, set) && fits(options.generator, generator) : seed === options.only,
);
if (chosen.length === 0) {
  console.error("no mailbox fits: --set tune|report|all, --generator own|other|all, --only SEED");
  process.exit(2);
}

const lines: Line[] = [];
const folder = mkdtempSync(join(tmpdir(), "alicorn-eval-"));
try {
  for (const planned of chosen) {
    const mailbox = planned.make();
    const { measures, misses } = judge(mailbox, await parseMailbox(mailbox, folder));
    lines.push({ planned, measures });
    if (options.json) {
      const { seed, set, generator, scenario } = mailbox;
      console.log(JSON.stringify({ seed, set, generator, scenario, ...measures, misses }));
    } else if (options.verbose && misses.length > 0) {
      console.log(`${missesText(mailbox, misses)}\n`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The counts of a set and a generator, or of all; none where nothing of it was run. */
function group(set: string, generator: string): Group[] {
  const own = lines.filter(({ planned }) => fits(set, planned.set) && fits(generator, planned.generator));
  return own.length === 0 ? [] : [{ set, generator, measures: sum(own.map(({ measures }) => measures)) }];
}

const groups = ["tune", "report", "all"].flatMap((set) =>
  ["own", "other", "all"].flatMap((generator) => group(set, generator)),
);
const report = options.only === undefined ? group("report", "all")[0] : undefined;
const held = report === undefined ? [] : aims(report.measures);
if (options.json) {
  console.log(JSON.stringify({ groups, aims: held }));
} else {
  console.log(`${findingsTable(groups)}\n\nReads given the right address\n${readsTable(groups)}`);
  if (held.length > 0) console.log(`\nAims, on the report set\n${aimsText(held)}`);
}
if (held.some(({ met }) => !met)) process.exitCode = 1;
