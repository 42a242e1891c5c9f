import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { parseAddressList, readAddressList } from "../../../src/enrich/network/address-list.ts";

const EM_CLIENT = "e9a7fea1-1cc0-4cd9-a31b-9137ca5deedd";
const LIST = `# addresses
203.0.113.7   # the second logon
203.0.113.0/24
203.0.0.0/16
2001:DB8::/32
[2001:db8:1::5]:443
::ffff:198.51.100.0/120

evil.example
mail.evil.example
Bücher.example
{${EM_CLIENT.toUpperCase()}}
`;

function listOf(text: string) {
  return parseAddressList("watch.txt", Buffer.from(text));
}

describe("parseAddressList", () => {
  const list = listOf(LIST);

  test("name, size and hash", () => {
    expect(parseAddressList("/somewhere/watch.txt", Buffer.from(LIST)).name).toBe("watch.txt");
    expect(list.size).toBe(10);
    expect(list.sha256).toBe(createHash("sha256").update(LIST).digest("hex"));
  });

  test.each([
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["203.0.113.8", "203.0.113.0/24"],
    ["203.0.114.8", "203.0.0.0/16"],
    ["203.1.0.0", undefined],
    ["2001:db8:ffff::1", "2001:DB8::/32"],
    ["2001:db8:1:0::5", "[2001:db8:1::5]:443"],
    ["198.51.100.200", "::ffff:198.51.100.0/120"],
    ["198.51.101.1", undefined],
    ["vpn.evil.example", "evil.example"],
    ["notevil.example", undefined],
    ["", undefined],
  ])("address %s: %s", (address, entry) => {
    expect(list.matchAddress(address)).toBe(entry);
  });

  test.each([
    ["evil.example", "evil.example"],
    ["EVIL.example.", "evil.example"],
    ["a.b.evil.example", "evil.example"],
    ["smtp.mail.evil.example", "mail.evil.example"],
    ["someone@mail.evil.example", "mail.evil.example"],
    ["Some One <someone@evil.example>", "evil.example"],
    ["notevil.example", undefined],
    ["evil.example.com", undefined],
    ["example", undefined],
    ["bücher.example", "Bücher.example"],
    ["xn--bcher-kva.example", "Bücher.example"],
    ["203.0.113.7", undefined],
    ["", undefined],
  ])("domain %s: %s", (domain, entry) => {
    expect(list.matchDomain(domain)).toBe(entry);
  });

  test("applications, in any case and with braces or without", () => {
    expect(list.matchAppId(EM_CLIENT)).toBe(`{${EM_CLIENT.toUpperCase()}}`);
    expect(list.matchAppId(`{${EM_CLIENT}}`)).toBe(`{${EM_CLIENT.toUpperCase()}}`);
    expect(list.matchAppId(EM_CLIENT.replace("e9", "e8"))).toBeUndefined();
    expect(list.matchAppId("")).toBeUndefined();
  });

  test("an empty list matches nothing", () => {
    const empty = listOf("# nobody yet\n\n");
    expect(empty.size).toBe(0);
    expect(empty.matchAddress("203.0.113.7")).toBeUndefined();
    expect(empty.matchDomain("evil.example")).toBeUndefined();
    expect(empty.matchAppId(EM_CLIENT)).toBeUndefined();
  });

  test.each([
    ["\r\n line ends", Buffer.from("192.0.2.1\r\n192.0.2.2\r\n")],
    ["a byte order mark", Buffer.from("\ufeff192.0.2.1\n192.0.2.2")],
    ["UTF-16, as PowerShell writes it", Buffer.from("\ufeff192.0.2.1\r\n192.0.2.2\r\n", "utf16le")],
    ["UTF-16 of the other order", Buffer.from("\ufeff192.0.2.1\n192.0.2.2\n", "utf16le").swap16()],
  ])("reads %s", (_what, bytes) => {
    const read = parseAddressList("watch.txt", bytes);
    expect(["192.0.2.1", "192.0.2.2"].map((address) => read.matchAddress(address))).toEqual(["192.0.2.1", "192.0.2.2"]);
  });

  test.each([
    ["203.0.113.7/24", "the network is 203.0.113.0/24, the address alone 203.0.113.7."],
    ["2001:db8::1/32", "the network is 2001:db8::/32, the address alone 2001:db8::1."],
    ["203.0.113.0/33", "a network of this kind has 0 to 32 bits."],
    ["::ffff:203.0.113.0/95", "a network of this kind has 96 to 128 bits."],
    ["203.0.113.0:443/24", "a network has no port."],
    ["203.0.113.0/", "a network ends with / and the number of its bits."],
    ["203.0.113", "expected an address, a network (CIDR), a domain or an AppId."],
    ["203.0.113.256", "expected an address, a network (CIDR), a domain or an AppId."],
    ["localhost", "expected an address, a network (CIDR), a domain or an AppId."],
    ["evil..example", "expected an address, a network (CIDR), a domain or an AppId."],
    ["*.evil.example", "expected an address, a network (CIDR), a domain or an AppId."],
    ["203.0.113.7 203.0.113.8", "expected an address, a network (CIDR), a domain or an AppId."],
    ["someone@evil.example", "of a mail address give the domain alone."],
  ])("refuses %s with file and line", (line, why) => {
    expect(() => listOf(`# head\n\n${line}\n192.0.2.1\n`)).toThrow(
      expect.objectContaining({ name: "InputError", message: `watch.txt, line 3: ${JSON.stringify(line)}: ${why}` }),
    );
  });

  test("refuses what is no text", () => {
    expect(() => parseAddressList("watch.txt", Buffer.from([0x66, 0xfc, 0x72]))).toThrow(
      "Expected a list in UTF-8 at watch.txt, but it is no such text.",
    );
  });

  test("a network matches what begins with its bits, and nothing else", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.integer({ min: 0, max: 32 }),
        (inside, other, length) => {
          const size = 2 ** (32 - length);
          const first = Math.floor(inside / size) * size;
          const network = `${dotted(first)}/${length}`;
          const isInside = other >= first && other < first + size;
          const single = listOf(network);
          expect(single.matchAddress(dotted(inside))).toBe(network);
          expect(single.matchAddress(dotted(other))).toBe(isInside ? network : undefined);
        },
      ),
    );
  });
});

function dotted(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join(".");
}

describe("readAddressList", () => {
  const folder = mkdtempSync(join(tmpdir(), "alicorn-list-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("from a file", async () => {
    const path = join(folder, "allow.txt");
    writeFileSync(path, "192.0.2.0/24\n");
    const list = await readAddressList(path);
    expect(list.name).toBe("allow.txt");
    expect(list.matchAddress("192.0.2.77")).toBe("192.0.2.0/24");
  });

  test("a missing one ends with a sentence", async () => {
    const path = join(folder, "none.txt");
    await expect(readAddressList(path)).rejects.toMatchObject({
      name: "InputError",
      message: `Expected a list at ${path}: it does not exist (ENOENT).`,
    });
  });
});
