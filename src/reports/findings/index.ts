import { scoreOf } from "../../model/finding.ts";
import type { Report } from "../report.ts";
import { evidenceCell, listed, reasonsCell } from "../report.ts";

/** What an examiner opens first: one row a finding, the highest score first. Source Row is that of its first evidence. */
export const findings: Report = {
  table: "findings",
  columns: [
    "Rule",
    "Title",
    "Severity",
    "Score",
    "Confidence",
    "Entity Type",
    "Entity",
    "First Time",
    "Last Time",
    "Count",
    "Reasons",
    "ATT&CK",
    "Evidence",
    "Next Steps",
  ],
  families: undefined,
  order: "mailbox",
  scores: "messages",
  begin: (joined, sink, assessment) => ({
    finish() {
      const { mailbox } = joined.mailboxCase;
      for (const finding of assessment.findings()) {
        const [first] = finding.rows;
        sink.row(
          [
            finding.ruleId,
            finding.title,
            finding.severity,
            String(finding.score),
            finding.confidence,
            finding.entity.type,
            finding.entity.value,
            finding.firstTime,
            finding.lastTime,
            String(finding.count),
            reasonsCell(scoreOf(finding.reasons)),
            listed(finding.attack),
            evidenceCell(joined, finding.rows),
            listed(finding.nextSteps),
          ],
          first === undefined ? { mailbox, file: "", row: 0 } : { mailbox, ...joined.sourceOf(first) },
        );
      }
    },
  }),
};
