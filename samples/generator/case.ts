/** A file of a case: path below the case's folder, and its text. */
export interface CaseFile {
  readonly path: string;
  readonly text: string;
}

/** A Markdown table. */
export function markdownTable(header: readonly string[], lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll(/[\r\n\t]+/g, " ")).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...lines.map(line)].join("\n");
}

/** The first line of every case's README. */
export const SYNTHETIC =
  "**Synthetic data:** a program made every account, name, message and record in this folder; nothing here happened.";
