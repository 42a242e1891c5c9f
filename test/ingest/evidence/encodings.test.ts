import { createHash } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkNow } from "../../../src/ingest/evidence/check-input.ts";
import type { Evidence } from "../../../src/ingest/evidence/evidence.ts";
import { type ListedInput, listInputs } from "../../../src/ingest/evidence/list-inputs.ts";
import { type openEvidence, reopenAs } from "../../../src/ingest/evidence/open-evidence.ts";
import { inMemory, openOne, temporaryFolder, textOf } from "./support.ts";

const folder = temporaryFolder();
const SAMPLE = "TimeStamp,Été €\r\nnaïve,日本語,😀 end\n";

/** `text` in UTF-16; lone surrogates stay as they are. */
function utf16(text: string, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(text, "utf16le");
  return bigEndian ? bytes.swap16() : bytes;
}

async function close(evidence: Evidence): Promise<void> {
  await evidence.checked;
  evidence.close();
}

describe("encodings", () => {
  test("UTF-8 is read in place, behind its byte order mark", async () => {
    for (const mark of ["", "\ufeff"]) {
      const evidence = await openOne(folder, "u8.csv", mark + SAMPLE);
      const size = Buffer.byteLength(mark + SAMPLE);
      expect(evidence).toMatchObject({ encoding: "UTF-8", container: "none", problems: [], size, named: true });
      expect(evidence.start).toBe(mark === "" ? 0 : 3);
      expect(textOf(evidence)).toBe(SAMPLE);
      expect(evidence.originalOffset(7)).toBe(7);
      const sha256 = createHash("sha256")
        .update(mark + SAMPLE)
        .digest("hex");
      expect(await evidence.checked).toEqual({ bytes: size, sha256, utf8: true });
      evidence.close();
    }
  });

  test("UTF-16 in both byte orders, with and without a mark", async () => {
    const latin = "TimeStamp,AppIdType\n2018-01-01T00:00:00Z,Exchange €\n";
    for (const bigEndian of [false, true]) {
      for (const mark of ["", "\ufeff"]) {
        const raw = utf16(mark + latin, bigEndian);
        const evidence = await openOne(folder, "u16.csv", raw, { block: 7 });
        expect(evidence.encoding).toBe(bigEndian ? "UTF-16BE" : "UTF-16LE");
        expect(textOf(evidence)).toBe(latin);
        expect(evidence.problems.length).toBe(mark === "" ? 1 : 0);
        expect(await evidence.checked).toEqual({
          bytes: raw.length,
          sha256: createHash("sha256").update(raw).digest("hex"),
          utf8: true,
        });
        evidence.close();
      }
    }
  });

  test("UTF-16: an odd byte and lone surrogates are replaced and reported", async () => {
    const raw = Buffer.concat([utf16("\ufeffab\ud800c\udc00\ud83d\ude00", false), Buffer.from("x")]);
    const evidence = await openOne(folder, "odd.csv", raw, { block: 3 });
    expect(textOf(evidence)).toBe("ab\ufffdc\ufffd😀\ufffd");
    expect(evidence.problems).toEqual([
      "3 of its UTF-16 units are no characters (lone surrogates or an odd byte at the end), the first at byte 6; each " +
        "became U+FFFD.",
    ]);
    await close(evidence);
  });

  test("one byte or unit alone is said to be one", async () => {
    const half = await openOne(folder, "half.csv", Buffer.concat([utf16("\ufeffab", false), Buffer.from("x")]));
    expect(half.problems).toEqual([
      "1 of its UTF-16 units is no character (a lone surrogate or an odd byte at the end), at byte 6; it became U+FFFD.",
    ]);
    await close(half);
    const stray = await openOne(folder, "stray.csv", Buffer.from([0xc3, 0xa9, 0xc3, 0xa9, 0xff]));
    expect(stray.problems).toEqual(["1 byte is no UTF-8, at byte 4; it became U+FFFD, the rest is UTF-8."]);
    await close(stray);
  });

  test("Windows-1252, the five undefined bytes included", async () => {
    const raw = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte >= 0x20));
    const evidence = await openOne(folder, "1252.csv", raw, { block: 5 });
    expect(evidence).toMatchObject({ encoding: "Windows-1252", problems: [] });
    const high = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
    expect(textOf(evidence)).toBe(raw.toString("latin1").replace(/[\u0080-\u009f]+/, high));
    await close(evidence);
  });

  test("damaged UTF-8 keeps what is sound", async () => {
    const raw = Buffer.concat([Buffer.from("Été,日本"), Buffer.from([0xe2, 0x82]), Buffer.from(",naïve\n")]);
    for (const block of [1, 2, 3, 1 << 20]) {
      const evidence = await openOne(folder, "damaged.csv", raw, { block });
      expect(textOf(evidence)).toBe("Été,日本\ufffd\ufffd,naïve\n");
      expect(evidence.encoding).toBe("UTF-8");
      expect(evidence.problems).toEqual([
        "2 bytes are no UTF-8, the first at byte 12; each became U+FFFD, the rest is UTF-8.",
      ]);
      await close(evidence);
    }
  });

  test("a UTF-8 mark outweighs any number of bytes that are none", async () => {
    const raw = Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0xff, 0xfe, 0x62]);
    const evidence = await openOne(folder, "marked.csv", raw);
    expect([evidence.encoding, evidence.start, textOf(evidence)]).toEqual(["UTF-8", 0, "a\ufffd\ufffdb"]);
    expect(evidence.originalOffset(7)).toBe(6);
    await close(evidence);
  });

  test("what is no text is handed out as it is and leaves no copy", async () => {
    const raw = Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256));
    const evidence = await openOne(folder, "noise.bin", raw);
    expect(evidence.encoding).toBe("binary");
    expect(evidence.size).toBe(raw.length);
    await close(evidence);
    expect(readdirSync(folder).filter((name) => name.startsWith("evidence-"))).toEqual([]);
  });

  test("an empty file is an evidence of no bytes", async () => {
    const evidence = await openOne(folder, "empty.csv", "");
    expect([evidence.size, evidence.start, evidence.encoding]).toEqual([0, 0, "UTF-8"]);
    await close(evidence);
  });

  test("the UTF-8 check agrees with TextDecoder wherever blocks cut", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 3 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.integer({ min: 1, max: 9 }), (pieces, block) => {
        const bytes = Buffer.concat(pieces);
        let valid = true;
        try {
          new TextDecoder("utf-8", { fatal: true }).decode(bytes);
        } catch {
          valid = false;
        }
        const sha256 = createHash("sha256").update(bytes).digest("hex");
        expect(checkNow(inMemory(bytes), block)).toEqual({ bytes: bytes.length, sha256, utf8: valid });
      }),
      { numRuns: 500 },
    );
  });
});

interface Character {
  readonly text: number;
  readonly original: number;
  /** Bytes of UTF-8. */
  readonly width: number;
}

/** Each character with its place in the UTF-8 text and in the original, and the end of both as a last one. */
function places(characters: readonly { utf8: number; original: number }[], mark: number): Character[] {
  let text = 0;
  let original = mark;
  const all = characters.map((character) => {
    const place = { text, original, width: character.utf8 };
    text += character.utf8;
    original += character.original;
    return place;
  });
  return [...all, { text, original, width: 1 }];
}

describe("originalOffset", () => {
  const options = { numRuns: 40 };
  const block = fc.integer({ min: 1, max: 400 });
  const order = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));

  async function agrees(evidence: Evidence, all: readonly Character[], pick: Iterator<number>): Promise<void> {
    try {
      expect(evidence.size).toBe(all.at(-1)?.text);
      for (const { text, original } of all) expect(evidence.originalOffset(text)).toBe(original);
      for (let i = 0; i < 50; i++) {
        const { text, original, width } = all[
          Math.floor((pick.next().value as number) * all.length * 0.999)
        ] as Character;
        // Any position inside a character is that character's.
        expect(evidence.originalOffset(text + width - 1)).toBe(original);
      }
    } finally {
      evidence.close();
    }
  }

  test("is exact for UTF-16", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary", minLength: 1, maxLength: 200 }),
        fc.boolean(),
        block,
        order,
        fc.constantFrom(1, 700),
        async (piece, bigEndian, size, picks, repeat) => {
          const text = piece.repeat(repeat);
          const raw = utf16(`\ufeff${text}`, bigEndian);
          const evidence = await openOne(folder, "p16", raw, { block: repeat === 1 ? size : 1 << 16 });
          const characters = [...text].map((c) => ({ utf8: Buffer.byteLength(c), original: 2 * c.length }));
          const all = places(characters, 2);
          const some = all.filter((_, at) => at % 997 === 0 || at > all.length - 3);
          await agrees(evidence, repeat === 1 ? all : some, picks);
        },
      ),
      options,
    );
  });

  test("is exact for Windows-1252", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), block, order, async (bytes, size, picks) => {
        // 0xFF is nowhere UTF-8, and "a" before it keeps the rest from looking like a mark.
        const raw = Buffer.concat([
          Buffer.from("a".repeat(3000)),
          Buffer.from(bytes.map((b) => b | 0x80)),
          Buffer.from([0xff, 0xff]),
        ]);
        const evidence = await openOne(folder, "p1252", raw, { block: size });
        fc.pre(evidence.encoding === "Windows-1252");
        const decoded = textOf(evidence);
        await agrees(
          evidence,
          places(
            [...decoded].map((c) => ({ utf8: Buffer.byteLength(c), original: 1 })),
            0,
          ),
          picks,
        );
      }),
      options,
    );
  });

  test("is exact for damaged UTF-8", async () => {
    const part = fc.oneof(
      fc.constantFrom("é", "日", "😀", "\ufffd", "a").map((c) => ({ bytes: Buffer.from(c), sound: true })),
      fc.constantFrom(0xff, 0xc0, 0xfe).map((b) => ({ bytes: Buffer.from([b]), sound: false })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 300 }), block, order, async (parts, size, picks) => {
        const sound = Array.from({ length: 301 }, () => ({ bytes: Buffer.from("é"), sound: true }));
        const all = [...sound, { bytes: Buffer.from([0xff]), sound: false }, ...parts];
        const evidence = await openOne(folder, "pdam", Buffer.concat(all.map((p) => p.bytes)), { block: size });
        expect(evidence.encoding).toBe("UTF-8");
        const characters = all.map((p) => ({ utf8: p.sound ? p.bytes.length : 3, original: p.bytes.length }));
        await agrees(evidence, places(characters, 0), picks);
      }),
      options,
    );
  });
});

describe("large files", () => {
  const row = "2018-01-01T00:00:00Z,Exchange,MessageDelivered,é\n";

  test("are open before they are checked, and reopened where they are not UTF-8 after all", async () => {
    const raw = Buffer.concat([
      Buffer.from(row.repeat(120_000).replaceAll("é", "e")),
      Buffer.from("caf\xe9\n", "latin1"),
    ]);
    const evidence = await openOne(folder, "large.csv", raw);
    expect(evidence.encoding).toBe("UTF-8");
    const check = await evidence.checked;
    const sha256 = createHash("sha256").update(raw).digest("hex");
    expect(check).toEqual({ bytes: raw.length, sha256, utf8: false });
    const again = await reopenAs(evidence, folder);
    expect(again.encoding).toBe("Windows-1252");
    expect(textOf(again).endsWith("e\ncafé\n")).toBe(true);
    expect(again.originalOffset(again.size - 1)).toBe(raw.length - 1);
    expect(await again.checked).toEqual({ bytes: raw.length, sha256, utf8: true });
    again.close();
  });

  test("are checked by a worker thread in the built program", async () => {
    const path = join(folder, "worker.csv");
    const raw = Buffer.from(row.repeat(120_000));
    writeFileSync(path, raw);
    const built = new URL("../../../dist/ingest/evidence/open-evidence.js", import.meta.url).href;
    const { openEvidence: openBuilt } = (await import(/* @vite-ignore */ built)) as {
      openEvidence: typeof openEvidence;
    };
    const [evidence] = await openBuilt((await listInputs([path]))[0] as ListedInput, folder);
    expect(await evidence?.checked).toEqual({
      bytes: raw.length,
      sha256: createHash("sha256").update(raw).digest("hex"),
      utf8: true,
    });
    evidence?.close();
  });
});
