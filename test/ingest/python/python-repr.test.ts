import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { pythonRepr, pythonStr } from "../../../src/model/python-repr.ts";
import type { PythonValue } from "../../../src/model/python.ts";

// Every expectation is the output of Python 3.11.
describe("pythonRepr", () => {
  it.each<[string, string]>([
    ["", "''"],
    ["plain text", "'plain text'"],
    ["it's", `"it's"`],
    ['say "hi"', `'say "hi"'`],
    [`'"`, String.raw`'\'"'`],
    ["C:\\x", String.raw`'C:\\x'`],
    ["\t\r\n\0\x1f\x7f", String.raw`'\t\r\n\x00\x1f\x7f'`],
    ["\x85\u00a0\u00ad", String.raw`'\x85\xa0\xad'`],
    ["é€😀", "'é€😀'"],
    ["\u200b\u2028\u3000\ue000\ufeff\uffff", String.raw`'\u200b\u2028\u3000\ue000\ufeff\uffff'`],
    ["\u{e0001}\u{10ffff}", String.raw`'\U000e0001\U0010ffff'`],
    ["\ud83d|\ude00", String.raw`'\ud83d|\ude00'`],
  ])("of the string %j", (value, repr) => {
    expect(pythonRepr(value)).toBe(repr);
  });

  it("of every code point, as Python 3.11 (Unicode 14.0) writes them", () => {
    const hash = createHash("sha256");
    for (let code = 0; code < 0x110000; code += 0x1000) {
      let text = "";
      for (let next = code; next < code + 0x1000; next++) text += `${pythonRepr(String.fromCodePoint(next))}\n`;
      hash.update(text);
    }
    // hashlib.sha256("".join(repr(chr(c)) + "\n" for c in range(0x110000)).encode()).hexdigest()
    expect(hash.digest("hex")).toBe("f47c250644adfa575b491f424aa9b1adc7524b8eabd7b92b3ea8f01ba1044a54");
  });

  it.each<[PythonValue, string]>([
    [null, "None"],
    [true, "True"],
    [false, "False"],
    [{ type: "number", text: "0x1F" }, "0x1F"],
    [{ type: "bytes", text: "a'\"\\\t\n\r\0\x7f\xe9" }, String.raw`b'a\'"\\\t\n\r\x00\x7f\xe9'`],
    [{ type: "bytes", text: "it's" }, `b"it's"`],
    [{ type: "list", items: [] }, "[]"],
    [{ type: "list", items: ["a", null] }, "['a', None]"],
    [{ type: "tuple", items: [] }, "()"],
    [{ type: "tuple", items: ["a"] }, "('a',)"],
    [{ type: "tuple", items: ["a", true] }, "('a', True)"],
    [{ type: "set", items: [] }, "set()"],
    [{ type: "set", items: ["a"] }, "{'a'}"],
    [{ type: "dict", entries: [] }, "{}"],
    [{ type: "dict", entries: [["a", { type: "dict", entries: [[null, "b"]] }]] }, "{'a': {None: 'b'}}"],
  ])("of %j", (value, repr) => {
    expect(pythonRepr(value)).toBe(repr);
    expect(pythonStr(value)).toBe(repr);
  });

  it("is not what str() makes of a string", () => {
    expect(pythonStr("it's\n")).toBe("it's\n");
  });
});
