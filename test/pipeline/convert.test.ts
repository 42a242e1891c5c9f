import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import type { ShapeName } from "../../src/pipeline/convert.ts";
import { convert } from "../../src/pipeline/convert.ts";
import { zipOf } from "../ingest/evidence/support.ts";
import { csvExport, HEADER, makeRows } from "../support/export.ts";
import { CLI } from "../support/run.ts";

const folder = mkdtempSync(join(tmpdir(), "alicorn-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const record = JSON.stringify({ TimeStamp: "2018-01-01T00:00:00Z", ActivityIdType: "Logon", CustomProperties: [] });
const input = join(folder, "records.json");
writeFileSync(input, `${record}\n`.repeat(100_000));

describe("convert", () => {
  test("there and back again gives the same bytes", async () => {
    const header =
      "TimeStamp,AppIdType,ActivityIdType,ActivityItemId,ActivityCreationTime,ClientSessionId,CustomProperties";
    const export1 = join(folder, "one.csv");
    const lines = [
      "\ufeff" + header,
      `2018-01-01T00:00:00.1Z,Web,ReadingPaneDisplayStart,AAMk=,2018-01-01T00:00:00.1Z,s,"{'Subject': ""it's é"", 'N': None}"`,
      `2018-01-01T00:00:01Z,Exchange,Logon,,,,{'Client': 'OWA'}`,
      `2018-01-01T00:00:02Z,"a, b",Search,,,,`,
    ];
    writeFileSync(export1, lines.map((line) => `${line}\n`).join(""));
    const steps = [
      [export1, "jsonl", join(folder, "two.jsonl")],
      [join(folder, "two.jsonl"), "retriever-csv", join(folder, "three.csv")],
    ] as const;
    for (const [from, to, out] of steps) {
      expect(await convert({ inputs: [from], to, out, force: false })).toEqual({
        records: 3,
        rejected: [],
        warnings: [],
      });
    }
    expect(readFileSync(join(folder, "three.csv"), "utf8")).toBe(readFileSync(export1, "utf8"));
    for (const path of [export1, steps[0][2], steps[1][2]]) rmSync(path);
  });

  test("says what parse says of damage and of an encoding", async () => {
    const text = csvExport(makeRows(3, 4));
    const made: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
      ["cut.csv.gz", gzipSync(text).subarray(0, -8), /^cut\.csv\.gz: The gzip file is truncated: \d+ bytes could /],
      ["sum.zip", zipOf([{ name: "a.csv", data: text, crc: 1 }]), /^sum\.zip!\/a\.csv: .* not match its check sum/],
      [
        "bytes.csv",
        Buffer.from(`${HEADER}\n2018-06-20T10:00:00Z,Web,Flé,,,,\n`, "latin1"),
        /^bytes\.csv: read as Windows-1252$/,
      ],
    ];
    for (const [name, content, words] of made) {
      const path = join(folder, name);
      writeFileSync(path, content);
      for (const to of ["jsonl", "retriever-csv"] as const) {
        const out = join(folder, `${name}.${to}`);
        const { warnings } = await convert({ inputs: [path], to, out, force: false });
        expect(warnings).toEqual([expect.stringMatching(words)]);
        rmSync(out);
      }
      rmSync(path);
    }
  });

  test("says what parse says of missing pages, mailbox by mailbox", async () => {
    const pages = mkdtempSync(join(folder, "pages-"));
    const page = (owner: string, rest: object) =>
      JSON.stringify({
        "@odata.context": `https://outlook.office.com/api/v2.0/$metadata#Users('${owner}%40contoso.example')/Activities`,
        value: [{ TimeStamp: "2018-06-20T09:00:00Z", AppIdType: "Web", ActivityIdType: "Flag" }],
        ...rest,
      });
    const next = { "@odata.nextLink": "https://outlook.office.com/api/v2.0/me/Activities?%24skip=1" };
    const warnings = async (to: ShapeName) => {
      const out = join(folder, `pages.${to}`);
      const converted = await convert({ inputs: [pages], to, out, force: true });
      rmSync(out);
      return converted.warnings;
    };
    writeFileSync(join(pages, "a1.json"), page("a", next));
    writeFileSync(join(pages, "a2.json"), page("a", {}));
    for (const to of ["jsonl", "retriever-csv", "ecs"] as const) expect(await warnings(to)).toEqual([]);
    // The last page of a says nothing of b.
    writeFileSync(join(pages, "b1.json"), page("b", next));
    const said = "b1.json: ends with @odata.nextLink, which names a further page; the last one was not found";
    for (const to of ["jsonl", "retriever-csv", "ecs"] as const) {
      expect(await warnings(to)).toEqual([expect.stringContaining(said)]);
    }
    rmSync(pages, { recursive: true });
  });

  test("to a reader that wants no more ends quietly", async () => {
    const child = spawn(process.execPath, [CLI, "convert", input, "--to", "jsonl"]);
    let words = "";
    child.stderr.on("data", (chunk: Buffer) => (words += chunk.toString()));
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect([code, words]).toEqual([0, ""]);
  });

  test("never replaces the evidence itself, whatever its name", async () => {
    const link = join(folder, "link.json");
    symlinkSync(input, link);
    for (const out of [input, link]) {
      const running = convert({ inputs: [input], to: "jsonl", out, force: true });
      await expect(running).rejects.toThrow(/is evidence that is read \(records\.json\)/);
    }
    rmSync(link);
    expect(readdirSync(folder)).toEqual(["records.json"]);
  });

  test("stops where the run is stopped and leaves nothing behind", async () => {
    const out = join(folder, "out.jsonl");
    const stopping = new AbortController();
    const reached: number[] = [];
    const running = convert({
      inputs: [input],
      to: "jsonl",
      out,
      force: false,
      signal: stopping.signal,
      report({ position }) {
        reached.push(position);
        stopping.abort(new Error("stopped"));
      },
    });
    await expect(running).rejects.toThrow("stopped");
    expect(reached).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(["records.json"]);
  });

  test("does not wait for the check of a file when the run is stopped", async () => {
    const stopped = AbortSignal.abort(new Error("stopped"));
    const options = { inputs: [input], to: "jsonl", out: join(folder, "out.jsonl"), force: false } as const;
    await expect(convert({ ...options, signal: stopped })).rejects.toThrow("stopped");
    expect(readdirSync(folder)).toEqual(["records.json"]);
  });
});
