import { FIGURE_STYLE, HEADER_STYLE, SEVERITY_STYLES, TEXT_STYLE } from "./styles.ts";
import { cutText, xmlText } from "./text.ts";

/** A sheet before its rows are read. */
export interface Sheet {
  readonly title: string;
  /** The table's file, for whoever looks for what a cell cannot hold. */
  readonly file: string;
  readonly columns: readonly Column[];
  /** Rows below the header. */
  readonly rows: number;
}

/** A column of a sheet. */
export interface Column {
  readonly name: string;
  /** In characters, as SpreadsheetML counts widths. */
  readonly width: number;
  /** Whether alicorn counted what stands there: such texts may become numbers, evidence never does. */
  readonly figure: boolean;
}

/** Columns that alicorn counted itself, of every table and by table; a column of that name elsewhere is evidence. */
const FIGURES: ReadonlySet<string> = new Set(["Score", "Source Row"]);
const FIGURES_OF: Readonly<Record<string, readonly string[] | undefined>> = {
  findings: ["Count"],
  "search-activity": ["Search"],
  searches: ["Search", "Keystrokes", "Times Run"],
  "ip-scores": ["Logons", "Failed Logons", "Reads", "Searches", "Attachments", "Rows"],
  "client-scores": ["Events"],
  exposure: ["Accesses"],
  "mailbox-access": ["Unique Mailboxes", "Records", "Most At Once"],
  rejects: ["Byte Offset"],
};
/** What a spreadsheet keeps as it is: a plain decimal integer of no more digits than a double holds exactly. */
const INTEGER = /^(?:0|[1-9]\d{0,14})$/;

const NARROWEST = 8;
const WIDEST = 60;
/** Room for the filter's button. */
const BUTTON = 4;
/** Bytes that are compressed at once. */
const PIECE = 1 << 16;

/** The columns of a table, as wide as their names and the first of its rows ask for. */
export function columnsOf(table: string, header: readonly string[], rows: readonly (readonly string[])[]): Column[] {
  return header.map((name, at) => {
    const longest = rows.reduce((most, row) => Math.max(most, (row[at] ?? "").length), 0);
    const width = Math.min(WIDEST, Math.max(NARROWEST, name.length + BUTTON, longest + 2));
    return { name, width, figure: FIGURES.has(name) || (FIGURES_OF[table] ?? []).includes(name) };
  });
}

/** The letters of a column: 0 is A, 26 is AA. */
function columnLetters(column: number): string {
  const before = Math.floor(column / 26);
  return (before === 0 ? "" : columnLetters(before - 1)) + String.fromCharCode(65 + (column % 26));
}

/** The cells of a sheet, header included, as a reference. */
export function rangeOf({ columns, rows }: Sheet): string {
  return `A1:${columnLetters(Math.max(columns.length, 1) - 1)}${rows + 1}`;
}

/** A cell that holds a text, whatever it looks like: never a formula, a date or a link. */
function textCell(place: string, style: number, text: string): string {
  const space = /^\s|\s$/.test(text) ? ' xml:space="preserve"' : "";
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t${space}>${xmlText(text)}</t></is></c>`;
}

/**
 * A sheet as SpreadsheetML, in pieces: strings inline, so that nothing of the table needs to be remembered
 * (ISO/IEC 29500-1 18.3.1). An empty cell is left out.
 *
 * @param rows the table's rows below the header; as many are taken as the sheet has.
 * @param cut told of each text that is longer than a cell can hold.
 */
export function* sheetXml(
  sheet: Sheet,
  isFirst: boolean,
  rows: Iterator<readonly string[], void, void>,
  cut: () => void,
): Generator<Buffer, void, void> {
  const { columns, file } = sheet;
  const range = rangeOf(sheet);
  const letters = columns.map((_column, at) => columnLetters(at));
  const isSeverity = columns.map(({ name }) => name === "Severity");
  const widths = columns.map(
    ({ width }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  const header = columns.map(({ name }, at) => textCell(`${letters[at] ?? ""}1`, HEADER_STYLE, name));
  let piece =
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    `<dimension ref="${range}"/><sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ""} workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    '<sheetFormatPr defaultRowHeight="15"/>' +
    (widths.length === 0 ? "" : `<cols>${widths.join("")}</cols>`) +
    `<sheetData><row r="1">${header.join("")}</row>`;
  for (let number = 2; number < sheet.rows + 2; number++) {
    const next = rows.next();
    if (next.done === true) break;
    const cells = next.value;
    piece += `<row r="${number}">`;
    for (let at = 0; at < columns.length; at++) {
      const text = cells[at] as string;
      if (text === "" || text === undefined) continue;
      const place = `${letters[at] as string}${number}`;
      if ((columns[at] as Column).figure && INTEGER.test(text)) {
        piece += `<c r="${place}" s="${FIGURE_STYLE}"><v>${text}</v></c>`;
        continue;
      }
      const style = (isSeverity[at] === true ? SEVERITY_STYLES.get(text) : undefined) ?? TEXT_STYLE;
      const short = cutText(text, file);
      if (short !== text) cut();
      piece += textCell(place, style, short);
    }
    piece += "</row>";
    if (piece.length < PIECE) continue;
    yield Buffer.from(piece);
    piece = "";
  }
  // Addresses and networks that look like numbers are texts on purpose: no mark in the corner of each.
  yield Buffer.from(
    `${piece}</sheetData><autoFilter ref="${range}"/>` +
      `<ignoredErrors><ignoredError sqref="${range}" numberStoredAsText="1"/></ignoredErrors></worksheet>`,
  );
}
