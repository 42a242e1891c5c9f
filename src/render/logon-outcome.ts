/** How a logon went, by the timeline's own words; `unknown` of any other row. */
export function logonOutcome(summary: string): "success" | "failure" | "unknown" {
  if (summary.startsWith("logged on")) return "success";
  return summary.startsWith("logon not successful") ? "failure" : "unknown";
}
