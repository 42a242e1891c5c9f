import type { CaseFile } from "../case.ts";
import { createRandom } from "../random.ts";
import { utc } from "../time.ts";
import { answerKey, answerText, guide } from "./answers.ts";
import { intrusion } from "./intrusion.ts";
import { BACKUP, ordinaryLife } from "./ordinary.ts";
import { messageTrace, ordinaryMail } from "./mail.ts";
import { toNdjson, toSearchCsv } from "./shapes.ts";
import type { TenantCase } from "./tenant-case.ts";
import { FILES } from "./tenant-case.ts";

/** The days on which both logs have everything. */
const OVERLAP = { from: utc("2026-03-16"), to: utc("2026-03-19") } as const;

function allowList(): string {
  return `# Applications that the tenant uses on purpose, as its administrators wrote them down.
${BACKUP.app}    # ${BACKUP.name}
`;
}

/** The case's files. */
export function sessionTheftCase(): readonly CaseFile[] {
  const random = createRandom("session-theft-30-days");
  const mails = ordinaryMail(random.fork("mail"));
  const life = ordinaryLife(random.fork("life"), mails);
  const truth = intrusion(random.fork("intrusion"), mails, life.sessions);
  const rows = [...life.rows, ...truth.rows].sort((a, b) => a.at - b.at);
  const made: TenantCase = {
    rows,
    csv: rows.filter(({ at }) => at < OVERLAP.to),
    ndjson: rows.filter(({ at }) => at >= OVERLAP.from),
    truth,
  };
  const traced = [...mails, ...life.sent, ...truth.mails];
  return [
    { path: "README.md", text: guide(made) },
    { path: FILES.csv, text: toSearchCsv(random.fork("csv"), made.csv) },
    { path: FILES.ndjson, text: toNdjson(random.fork("ndjson"), made.ndjson) },
    { path: FILES.trace, text: messageTrace(random.fork("trace"), traced) },
    { path: FILES.allow, text: allowList() },
    { path: "answer-key.json", text: `${JSON.stringify(answerKey(made), undefined, 1)}\n` },
    { path: "answer-key.md", text: answerText(made) },
  ];
}
