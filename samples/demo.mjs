// The main job on the bundled case, and where to look in what it wrote.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const evidence = path("cases/wire-fraud-60-days/dana.keller@northgate.example.csv");
const out = "demo-bundle";
const { status } = spawnSync(process.execPath, [path("../dist/cli.js"), "parse", evidence, "--out", out, "--force"], {
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);
console.log(`
Where to look in ${out}/ (a synthetic case; the story stands in samples/cases/wire-fraud-60-days/README.md):
  report.html                all of it on one page, for a browser; needs no network
  findings.tsv               what scores, how much and why; each line leads to its rows
  searches.tsv               what was searched for, typed key by key, and from where: "invoice" on 2018-03-14
  logon-activity.tsv         every logon with its address; failed ones stand beside the successful ones
  read-activity-by-time.tsv  every message on display: which, for how long, from which address and how sure that is
  exposure.tsv               one line a message: in which ways its content was exposed
  coverage.tsv               when the log says nothing, and what it can never say
  timeline.tsv               all of it in one sequence`);
