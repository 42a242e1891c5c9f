import type { Severity } from "../../model/finding.ts";

/** Numbers of the cell formats below. */
export const HEADER_STYLE = 1;
export const TEXT_STYLE = 2;
export const FIGURE_STYLE = 3;

interface SeverityLook {
  readonly fill: string | undefined;
  readonly text: string;
  readonly bold: boolean;
}

/**
 * Never colour alone: the cell says the word, the worse the darker (it holds in shades of grey as well), and high and
 * critical are bold. Contrast of text and ground is 4.5 to 1 or better (WCAG 2.1, 1.4.3).
 */
const SEVERITY_LOOKS: Readonly<Record<Severity, SeverityLook>> = {
  none: { fill: undefined, text: "FF595959", bold: false },
  low: { fill: "FFDCEBF7", text: "FF000000", bold: false },
  medium: { fill: "FFFFE699", text: "FF000000", bold: false },
  high: { fill: "FFE07B00", text: "FF000000", bold: true },
  critical: { fill: "FF7A0019", text: "FFFFFFFF", bold: true },
};

const LOOKS = Object.entries(SEVERITY_LOOKS);

/** The format of a cell that holds a severity's word. */
export const SEVERITY_STYLES: ReadonlyMap<string, number> = new Map(
  LOOKS.map(([severity], at) => [severity, FIGURE_STYLE + 1 + at]),
);

function font({ text, bold }: Pick<SeverityLook, "text" | "bold">): string {
  return `<font>${bold ? "<b/>" : ""}<sz val="11"/><color rgb="${text}"/><name val="Calibri"/><family val="2"/></font>`;
}

function solid(rgb: string): string {
  return `<fill><patternFill patternType="solid"><fgColor rgb="${rgb}"/><bgColor indexed="64"/></patternFill></fill>`;
}

function list(name: string, items: readonly string[]): string {
  return `<${name} count="${items.length}">${items.join("")}</${name}>`;
}

/**
 * xl/styles.xml. Text has the number format 49 (`@`), so that a cell somebody opens and leaves again does not become a
 * formula or a date; the first two fills are what the format prescribes (ISO/IEC 29500-1 18.8.21).
 */
export function stylesXml(): string {
  const filled = LOOKS.filter(([, { fill }]) => fill !== undefined);
  const fillOf = (severity: string) => filled.findIndex(([name]) => name === severity) + 4 - 1;
  const fonts = [font({ text: "FF000000", bold: false }), font({ text: "FF000000", bold: true })];
  const fills = [
    '<fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    solid("FFE7E6E6"),
    ...filled.map(([, { fill }]) => solid(fill as string)),
  ];
  const xf = (format: number, fontAt: number, fillAt: number) =>
    `<xf numFmtId="${format}" fontId="${fontAt}" fillId="${fillAt}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>`;
  const formats = [
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    xf(49, 1, 2),
    xf(49, 0, 0),
    xf(1, 0, 0),
    ...LOOKS.map(([severity, { fill }], at) => xf(49, fonts.length + at, fill === undefined ? 0 : fillOf(severity))),
  ];
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    list("fonts", [...fonts, ...LOOKS.map(([, look]) => font(look))]) +
    list("fills", fills) +
    list("borders", ["<border><left/><right/><top/><bottom/><diagonal/></border>"]) +
    list("cellStyleXfs", ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>']) +
    list("cellXfs", formats) +
    list("cellStyles", ['<cellStyle name="Normal" xfId="0" builtinId="0"/>']) +
    "</styleSheet>"
  );
}
