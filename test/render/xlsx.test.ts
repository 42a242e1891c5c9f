import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { fromBuffer } from "yauzl";
import type { Entry, ZipFile } from "yauzl";
import { cellWriter, tsvLine } from "../../src/render/table-file.ts";
import { newSheetTitles } from "../../src/render/xlsx/sheet-titles.ts";
import { cutText, xmlText } from "../../src/render/xlsx/text.ts";
import type { WorkbookOptions, WrittenWorkbook } from "../../src/render/xlsx/workbook.ts";
import { writeWorkbook } from "../../src/render/xlsx/workbook.ts";
import { CASES, parsePaths, readTsv, temporaryFolder } from "../support/run.ts";

const folder = temporaryFolder();

/** The parts of a workbook, by name, in the order in which they lie in the archive. */
async function partsOf(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  const zip = await new Promise<ZipFile>((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true }, (error, opened) => (opened ? resolve(opened) : reject(error))),
  );
  const parts = new Map<string, string>();
  const part = (entry: Entry) =>
    new Promise<string>((resolve, reject) =>
      zip.openReadStream(entry, (error, stream) => (stream ? resolve(textOf(stream)) : reject(error))),
    );
  await new Promise<void>((resolve, reject) => {
    const read = async (entry: Entry) => {
      parts.set(entry.fileName, await part(entry));
      zip.readEntry();
    };
    zip.on("entry", (entry: Entry) => {
      read(entry).catch(reject);
    });
    zip.on("end", resolve);
    zip.on("error", reject);
    zip.readEntry();
  });
  return parts;
}

type Node = Readonly<Record<string, unknown>>;
const LISTS = new Set(["sheet", "row", "c", "col", "xf", "font", "fill", "definedName", "Relationship"]);
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => LISTS.has(name),
});

/** A node below others, by their names. */
const below = (node: unknown, ...names: readonly string[]) =>
  names.reduce((at, name) => (at as Node | undefined)?.[name], node);
const word = (value: unknown, otherwise = "") => (typeof value === "string" ? value : otherwise);
const nodes = (node: unknown, ...names: readonly string[]) => (below(node, ...names) ?? []) as readonly Node[];

/** What a reader makes of a string: ST_Xstring, from left to right. */
const unescaped = (text: string) =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

interface ReadCell {
  readonly type: string;
  readonly style: number;
  readonly text: string;
}

interface ReadSheet {
  readonly name: string;
  readonly xml: string;
  /** Every cell in its place; an empty one is undefined. */
  readonly rows: readonly (readonly (ReadCell | undefined)[])[];
}

function cellOf(cell: Node): ReadCell {
  const inline = below(cell, "is", "t");
  const text = word(inline) || word(below(inline, "#text")) || word(below(cell, "v"));
  return { type: word(cell["@t"], "n"), style: Number(cell["@s"]), text: unescaped(text) };
}

const columnOf = (letters: string) => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

async function sheetsOf(path: string): Promise<readonly ReadSheet[]> {
  const parts = await partsOf(readFileSync(path));
  for (const [name, xml] of parts) expect([name, XMLValidator.validate(xml)]).toEqual([name, true]);
  const book: unknown = parser.parse(parts.get("xl/workbook.xml") ?? "");
  return nodes(book, "workbook", "sheets", "sheet").map((sheet, at) => {
    const xml = parts.get(`xl/worksheets/sheet${at + 1}.xml`) ?? "";
    const rows = nodes(parser.parse(xml), "worksheet", "sheetData", "row").map((row) => {
      const cells: (ReadCell | undefined)[] = [];
      for (const cell of nodes(row, "c")) {
        const [, letters = "", number] = /^([A-Z]+)(\d+)$/.exec(word(cell["@r"])) ?? [];
        expect(number).toBe(row["@r"]);
        cells[columnOf(letters)] = cellOf(cell);
      }
      return Array.from(cells);
    });
    return { name: word(sheet["@name"]), xml, rows };
  });
}

/** A sheet's texts as a table: empty cells are empty texts, every row as long as the header. */
function table({ rows }: ReadSheet): string[][] {
  const width = rows[0]?.length ?? 0;
  return rows.map((cells) => Array.from({ length: width }, (_, at) => cells[at]?.text ?? ""));
}

let files = 0;

/** Writes rows as a finished table; returns its file's name. */
function tsvFile(rows: readonly (readonly string[])[]): string {
  const file = `${++files}.tsv`;
  writeFileSync(join(folder, file), rows.map((cells) => `${tsvLine(cells, cellWriter(false))}\n`).join(""));
  return file;
}

async function workbook(
  tables: WorkbookOptions["tables"],
  more: Partial<WorkbookOptions> = {},
): Promise<{ path: string; written: WrittenWorkbook; sheets: readonly ReadSheet[] }> {
  const path = join(folder, `${++files}.xlsx`);
  const written = await writeWorkbook({ folder, tables, path, ...more });
  return { path, written, sheets: await sheetsOf(path) };
}

describe("writeWorkbook", () => {
  it("gives every table of a case with every cell as the TSV has it", async () => {
    const bundle = await parsePaths(folder, [join(CASES, "june-2018-test-procedure")]);
    const tables = bundle.manifest.outputs
      .filter(({ path }) => path.endsWith(".tsv"))
      .map(({ path }) => ({ name: path.slice(0, -4), file: path }));
    const path = join(folder, "case.xlsx");
    const { bytes, sha256, rows, cutCells } = await writeWorkbook({ folder: bundle.folder, tables, path });
    const content = readFileSync(path);
    expect([bytes, sha256, cutCells]).toEqual([content.length, createHash("sha256").update(content).digest("hex"), 0]);
    const sheets = await sheetsOf(path);
    expect(sheets.map(({ name }) => name).toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
    expect(sheets[0]?.name).toBe("findings");
    for (const sheet of sheets) expect(table(sheet)).toEqual(readTsv(bundle.text(`${sheet.name}.tsv`)));
    expect(rows).toBe(sheets.reduce((total, sheet) => total + sheet.rows.length - 1, 0));
    // No formula, no link, nothing from elsewhere.
    for (const { xml } of sheets) expect(xml).not.toMatch(/<(?:f|hyperlinks?|formula)\b/);
    expect([...(await partsOf(content)).keys()][0]).toBe("[Content_Types].xml");
  });

  it("keeps evidence a text, whatever it looks like", async () => {
    const hostile = [
      "=cmd|' /C calc'!A0",
      "+1",
      "-1",
      "@SUM(A1)",
      "\t=1+1",
      "\r=1+1",
      "a\0b",
      "😀 ü \u202Etxt.exe",
      "\ud800",
      "_x0041_ _x005F_x0041_x0042_",
      "<b>&amp;</b>",
      " around ",
      'say "so"',
      "\ufffe\uffff",
      "12",
      "0012",
      "2018-03-01",
      "TRUE",
      "http://example.com",
    ];
    const file = tsvFile([["Subject", "Source Row"], ...hostile.map((text, at) => [text, String(at)])]);
    const { sheets } = await workbook([{ name: "message-activity", file }]);
    const [sheet] = sheets as [ReadSheet];
    expect(table(sheet)).toEqual(readTsv(readFileSync(join(folder, file), "utf8")));
    expect(new Set(sheet.rows.map(([subject]) => subject?.type))).toEqual(new Set(["inlineStr"]));
    // Format 49 is @: a cell that somebody edits stays a text.
    const parts = await partsOf(readFileSync(join(folder, `${files}.xlsx`)));
    const formats = nodes(parser.parse(parts.get("xl/styles.xml") ?? ""), "styleSheet", "cellXfs", "xf");
    expect(formats[sheet.rows[1]?.[0]?.style ?? 0]?.["@numFmtId"]).toBe("49");
  });

  it("gives any text back", async () => {
    const cell = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "_x0009_",
        "_x005F_",
        "_x",
        "_x00",
        "a_x000D_x000A_",
        "_x0041\ufffe",
        "\ud83d",
        "\ude00\ud83d",
        "'=1",
        " ",
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell, cell), { maxLength: 8 }), async (rows) => {
        const file = tsvFile([["Subject", "From", "Count"], ...rows]);
        const { sheets } = await workbook([{ name: "findings", file }]);
        expect(table(sheets[0] as ReadSheet)).toEqual(readTsv(readFileSync(join(folder, file), "utf8")));
      }),
      { numRuns: 60 },
    );
  });

  it("makes numbers of alicorn's own counts alone, and only of plain integers", async () => {
    const counts = ["0", "7", "123456789012345", "1234567890123456", "007", "+5", "-5", "1.5", "1e5", " 1", "١", ""];
    const rows = [["Count", "Attachments", "Source Row"], ...counts.map((text) => [text, text, text])];
    const file = tsvFile(rows);
    const { sheets } = await workbook([
      { name: "findings", file },
      { name: "ip-scores", file },
      { name: "message-activity", file },
    ]);
    const numbers = (sheet: number, column: number) =>
      sheets[sheet]?.rows.flatMap((cells) => (cells[column]?.type === "n" ? [cells[column].text] : []));
    const plain = ["0", "7", "123456789012345"];
    expect([numbers(0, 0), numbers(0, 1), numbers(0, 2)]).toEqual([plain, [], plain]);
    expect([numbers(1, 0), numbers(1, 1), numbers(1, 2)]).toEqual([[], plain, plain]);
    expect([numbers(2, 0), numbers(2, 1), numbers(2, 2)]).toEqual([[], [], plain]);
    for (const sheet of sheets) expect(table(sheet)).toEqual(rows);
  });

  it("counts the mailboxes of a window, and leaves the operations that a record counts as they are", async () => {
    const access = [
      ["Client App ID", "Unique Mailboxes", "Users", "Records", "Score", "Most At Once"],
      ["12345", "9", "1; 2", "10", "65", "9"],
    ];
    const { sheets } = await workbook([
      { name: "mailbox-access", file: tsvFile(access) },
      { name: "read-activity-by-time", file: tsvFile([["Operation Count"], ["3"]]) },
    ]);
    const types = sheets.map(({ rows }) => rows[1]?.map((cell) => cell?.type));
    expect(types[0]?.map((type) => type === "n")).toEqual([false, true, false, true, true, true]);
    expect(types[1]?.map((type) => type === "n")).toEqual([false]);
  });

  it("cuts what no cell can hold, says so, and counts it", async () => {
    const long = `=${"x".repeat(40_000)}`;
    const file = tsvFile([["Query XML"], [long], ["y".repeat(32_767)], ["😀".repeat(20_000)]]);
    const { written, sheets } = await workbook([{ name: "search-activity", file }]);
    expect(written.cutCells).toBe(2);
    const texts = table(sheets[0] as ReadSheet).map(([text]) => text as string);
    // As much as fits; a mark is made for the most digits that it may need, and a pair is not parted.
    for (const cut of [texts[1], texts[3]]) expect([32_764, 32_765, 32_766, 32_767]).toContain(cut?.length);
    expect(texts[2]).toBe("y".repeat(32_767));
    const [, missing, place] = / … \[cut: (\d+) characters more; see (.*)\]$/.exec(texts[1] as string) ?? [];
    expect(place).toBe(file);
    expect((texts[1] as string).indexOf(" …") + Number(missing)).toBe(long.length);
    expect(texts[3]).not.toMatch(/\p{Surrogate}/u);
  });

  it("splits a table over sheets where it has too many rows", async () => {
    const rows = Array.from({ length: 11 }, (_, at) => [`row ${at}`, String(at)]);
    const header = ["Reason", "Source Row"];
    const findings = tsvFile([["Rule"], ["incident"]]);
    const tables = [
      { name: "rejects", file: tsvFile([header, ...rows]) },
      { name: "empty", file: tsvFile([header]) },
      { name: "findings", file: findings },
    ];
    const { sheets, written } = await workbook(tables, { sheetRows: 5 });
    expect(sheets.map(({ name }) => name)).toEqual(["findings", "rejects", "rejects (2)", "rejects (3)", "empty"]);
    expect(sheets.map((sheet) => table(sheet))).toEqual([
      [["Rule"], ["incident"]],
      [header, ...rows.slice(0, 4)],
      [header, ...rows.slice(4, 8)],
      [header, ...rows.slice(8)],
      [header],
    ]);
    expect(written.rows).toBe(12);
    const exact = await workbook([{ name: "rejects", file: tables[0]?.file ?? "" }], { sheetRows: 12 });
    expect(exact.sheets).toHaveLength(1);
  });

  it("gives the same bytes at any time and in any zone", async () => {
    const tables = [
      { name: "findings", file: tsvFile([["Rule"], ...Array.from({ length: 5000 }, (_, at) => [`${at}`])]) },
    ];
    const zone = process.env["TZ"];
    const digests = new Set<string>();
    try {
      for (const TZ of ["UTC", "Pacific/Kiritimati", "America/St_Johns"]) {
        process.env["TZ"] = TZ;
        digests.add((await workbook(tables)).written.sha256);
      }
    } finally {
      if (zone === undefined) delete process.env["TZ"];
      else process.env["TZ"] = zone;
    }
    expect(digests.size).toBe(1);
  });

  it("freezes the header, offers filters and tells severities apart without colour", async () => {
    const severities = ["none", "low", "medium", "high", "critical"];
    const file = tsvFile([["Severity", "Title"], ...severities.map((severity) => [severity, severity])]);
    const { sheets, path } = await workbook([{ name: "findings", file }]);
    const [{ xml, rows }] = sheets as [ReadSheet];
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain('<autoFilter ref="A1:B6"/>');
    const styles = rows.slice(1).map(([severity]) => severity?.style ?? 0);
    expect(new Set(styles).size).toBe(5);
    // A title that happens to be such a word looks like any other text.
    expect(new Set(rows.slice(1).map(([, title]) => title?.style)).size).toBe(1);
    const sheet: unknown = parser.parse((await partsOf(readFileSync(path))).get("xl/styles.xml") ?? "");
    const formats = nodes(sheet, "styleSheet", "cellXfs", "xf");
    const fonts = nodes(sheet, "styleSheet", "fonts", "font");
    const fills = nodes(sheet, "styleSheet", "fills", "fill");
    const format = (style: number) => formats[style] ?? {};
    expect(styles.map((style) => "b" in (fonts[Number(format(style)["@fontId"])] ?? {}))).toEqual(
      severities.map((severity) => severity === "high" || severity === "critical"),
    );
    const lightness = styles.map((style) => {
      const rgb = below(fills[Number(format(style)["@fillId"])], "patternFill", "fgColor", "@rgb");
      return luminance(word(rgb, "FFFFFFFF"));
    });
    expect(lightness).toEqual(lightness.toSorted((a, b) => b - a));
    for (const [at, style] of styles.entries()) {
      const text = luminance(word(below(fonts[Number(format(style)["@fontId"])], "color", "@rgb")));
      const [light, dark] = [Math.max(text, lightness[at] ?? 0), Math.min(text, lightness[at] ?? 0)];
      expect((light + 0.05) / (dark + 0.05)).toBeGreaterThan(4.5);
    }
  });

  it("ends with the signal's reason, and leaves a file alone that is there", async () => {
    const tables = [{ name: "findings", file: tsvFile([["Rule"], ...Array.from({ length: 60_000 }, () => ["x"])]) }];
    const reason = new Error("stopped");
    const path = join(folder, "stopped.xlsx");
    const stopped = new AbortController();
    const run = writeWorkbook({ folder, tables, path, signal: stopped.signal });
    setImmediate(() => stopped.abort(reason));
    await expect(run).rejects.toBe(reason);
    writeFileSync(join(folder, "there.xlsx"), "mine");
    await expect(writeWorkbook({ folder, tables, path: join(folder, "there.xlsx") })).rejects.toThrow(/EEXIST/);
    expect(readFileSync(join(folder, "there.xlsx"), "utf8")).toBe("mine");
    await expect(
      writeWorkbook({ folder, tables: [{ name: "a", file: "absent.tsv" }], path: join(folder, "absent.xlsx") }),
    ).rejects.toThrow(/ENOENT/);
    expect(existsSync(join(folder, "absent.xlsx"))).toBe(false);
    // A table that is lost on the way fails the run as well.
    const lost = writeWorkbook({ folder, tables, path: join(folder, "lost.xlsx") });
    rmSync(join(folder, tables[0]?.file ?? ""));
    await expect(lost).rejects.toThrow(/ENOENT/);
  });
});

/** Relative luminance of an ARGB colour (WCAG 2.1). */
function luminance(argb: string): number {
  const [red = 0, green = 0, blue = 0] = [2, 4, 6].map((at) => {
    const value = Number.parseInt(argb.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe("xmlText", () => {
  it.each([
    ["plain", "plain"],
    ["\0\u0007\r", "_x0000__x0007__x000D_"],
    ["a\tb\nc", "a\tb\nc"],
    ["\ud800a\udc00", "_xD800_a_xDC00_"],
    ["\ufffe\uffff", "_xFFFE__xFFFF_"],
    ["_x0041_", "_x005F_x0041_"],
    ["_x0041_x0042_", "_x005F_x0041_x005F_x0042_"],
    ["_x0041\ufffe", "_x005F_x0041_xFFFE_"],
    ["_x0041\udc00_x0042", "_x005F_x0041_xDC00__x0042"],
    ["_x41_ _X0041_", "_x41_ _X0041_"],
    ["<&>\"'", "&lt;&amp;&gt;\"'"],
  ])("%j", (text, xml) => {
    expect(xmlText(text)).toBe(xml);
  });
});

describe("cutText", () => {
  it("keeps what fits and never half of a pair", () => {
    const fits = "x".repeat(32_767);
    expect(cutText(fits, "a.tsv")).toBe(fits);
    for (const before of ["", "x"]) {
      const cut = cutText(`${before}${"😀".repeat(20_000)}`, "a.tsv");
      expect(cut).not.toMatch(/\p{Surrogate}/u);
      expect(cut.length).toBeLessThanOrEqual(32_767);
      const [kept = "", missing] = cut.split(" … [cut: ");
      expect([...kept].length + Number.parseInt(missing ?? "", 10)).toBe(before.length + 20_000);
    }
  });
});

describe("newSheetTitles", () => {
  it("gives names that Excel allows, each once", () => {
    const title = newSheetTitles();
    expect(title("read-activity-by-time")).toBe("read-activity-by-time");
    expect(title("READ-activity-by-time")).toBe("READ-activity-by-time (2)");
    expect(title("a[b]c:d*e?f/g\\h")).toBe("a-b-c-d-e-f-g-h");
    expect(title("'quoted'")).toBe("quoted");
    expect(title("History")).toBe("History (2)");
    expect(title("")).toBe("table");
    const long = "n".repeat(40);
    expect(title(long)).toBe("n".repeat(31));
    expect(title(long)).toBe(`${"n".repeat(27)} (2)`);
    expect(title(`${"n".repeat(30)}😀`)).toBe("n".repeat(30));
  });
});
