import { placesOf } from "../../joins/joined-case.ts";
import type { TenantFinding } from "../../joins/assessed-tenant.ts";
import type { Finding } from "../../model/finding.ts";
import { scoreOf } from "../../model/finding.ts";
import type { SourceRef } from "../../model/record.ts";
import type { Report } from "../report.ts";
import { evidenceCell, listed, reasonsCell } from "../report.ts";

/**
 * What an examiner opens first: one row a finding, the highest score first. Source Row is that of its First Time;
 * Mailbox is empty where a finding is about several.
 */
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
        const places = placesOf(joined, finding.rows);
        const { reasons } = scoreOf(finding.reasons);
        const [first = NOWHERE] = finding.firstRow === undefined ? [] : placesOf(joined, [finding.firstRow]);
        sink.row(cells(finding, reasons, places), { mailbox, ...first });
      }
    },
  }),
  tenant({ findings }, sink) {
    for (const finding of findings) {
      const { reasons, evidence } = finding;
      sink.row(cells(finding, reasons, evidence), { mailbox: "", ...(evidence[0] ?? NOWHERE) });
    }
  },
};

const NOWHERE: SourceRef = { file: "", row: 0 };

function cells(
  finding: Finding | TenantFinding,
  reasons: readonly { readonly rule: string; readonly text: string; readonly points: number }[],
  places: readonly SourceRef[],
): readonly string[] {
  return [
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
    reasonsCell({ reasons }),
    listed(finding.attack),
    evidenceCell(places),
    listed(finding.nextSteps),
  ];
}
