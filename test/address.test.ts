import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalAddress, clientAddress } from "../src/ingest/address.ts";

/** What is written, the address it names, and what is kept as the original text. */
const FORMS: readonly (readonly [written: string, address: string, original: boolean])[] = [
  ["192.0.2.1", "192.0.2.1", false],
  ["192.0.2.1:443", "192.0.2.1", true],
  ["[192.0.2.1]", "192.0.2.1", true],
  ["[192.0.2.1]:443", "192.0.2.1", true],
  ["2001:db8::1", "2001:db8::1", false],
  ["2001:DB8::1", "2001:db8::1", true],
  ["2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1", true],
  ["[2001:db8::1]", "2001:db8::1", true],
  ["[2001:db8::1]:443", "2001:db8::1", true],
  ["fe80::1%eth0", "fe80::1", true],
  ["::ffff:192.0.2.1", "192.0.2.1", true],
  ["::FFFF:c000:201", "192.0.2.1", true],
  ["[::ffff:192.0.2.1]:443", "192.0.2.1", true],
  ["::1", "::1", false],
  ["localhost", "localhost", false],
  ["host.name", "host.name", false],
  [" 192.0.2.1 ", "192.0.2.1", true],
  ["192.0.2.1, 198.51.100.2", "192.0.2.1", true],
  ["192.0.2.1:5,198.51.100.2", "192.0.2.1", true],
  ["[2001:db8::1]:443, 198.51.100.2", "2001:db8::1", true],
  // Of a list whose first entry is an inner address or none, the first outer address.
  ["10.0.0.5, 203.0.113.66", "203.0.113.66", true],
  ["192.168.7.7:5, 10.0.0.5, 203.0.113.66:443, 198.51.100.2", "203.0.113.66", true],
  ["::1, 10.0.0.1, 203.0.113.66", "203.0.113.66", true],
  ["[::1]:443, [2001:db8::1]:443", "2001:db8::1", true],
  ["127.0.0.1, 203.0.113.66", "203.0.113.66", true],
  ["169.254.9.9, 203.0.113.66", "203.0.113.66", true],
  ["100.64.3.4, 203.0.113.66", "203.0.113.66", true],
  ["fd00::5, 203.0.113.66", "203.0.113.66", true],
  ["fe80::1%eth0, 203.0.113.66", "203.0.113.66", true],
  ["::ffff:10.0.0.5, 203.0.113.66", "203.0.113.66", true],
  ["0.0.0.0, 203.0.113.66", "203.0.113.66", true],
  ["::, 203.0.113.66", "203.0.113.66", true],
  ["4000::1, 203.0.113.66", "203.0.113.66", true],
  // Somebody's IPv4 traffic over the internet: Teredo, 6to4, NAT64's well-known prefix; documentation of 2024.
  ["10.0.0.1, 2001:0:4137:9e76::1", "2001:0:4137:9e76::1", true],
  ["10.0.0.1, 2002:c000:204::1", "2002:c000:204::1", true],
  ["10.0.0.1, 64:ff9b::c633:6407", "64:ff9b::c633:6407", true],
  ["10.0.0.1, 3fff::1", "3fff::1", true],
  ["2002:c000:204::1, 203.0.113.66", "2002:c000:204::1", true],
  ["unknown, 203.0.113.66", "203.0.113.66", true],
  ["host.name, 10.0.0.5, 203.0.113.66", "203.0.113.66", true],
  [", 203.0.113.66", "203.0.113.66", true],
  ["203.0.113.66, 10.0.0.5", "203.0.113.66", true],
  ["203.0.113.66, unknown", "203.0.113.66", true],
  // Without an outer address, the first address; without any, the first entry.
  ["10.0.0.5, 192.168.7.7", "10.0.0.5", true],
  ["unknown, 10.0.0.5", "10.0.0.5", true],
  ["unknown, host.name", "unknown", true],
  [",", "", true],
  // One entry alone stands for itself.
  ["10.0.0.5", "10.0.0.5", false],
  ["[::1]:443", "::1", true],
  // What inet_aton would take for an address is none here: nothing is guessed.
  ["192.0.2", "192.0.2", false],
  ["192.0.02.1", "192.0.02.1", false],
  ["0x7f.1", "0x7f.1", false],
  ["2130706433", "2130706433", false],
  ["256.0.0.1", "256.0.0.1", false],
  ["", "", false],
];

describe("clientAddress", () => {
  test.each(FORMS)("%j", (written, address, original) => {
    expect(clientAddress(written)).toEqual({
      address,
      ip: canonicalAddress(address) === undefined ? "" : address,
      original: original ? written : "",
    });
  });

  test("says the same when asked again", () => {
    for (const [written] of FORMS) expect(clientAddress(written)).toEqual(clientAddress(written));
  });

  test("an IPv4 address comes out as it is in all of its forms", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 1, max: 65535 }), (address, port) => {
        for (const form of [
          address,
          `${address}:${port}`,
          `[${address}]`,
          `[${address}]:${port}`,
          `::ffff:${address}`,
        ]) {
          expect(clientAddress(form).address).toBe(address);
        }
      }),
    );
  });

  test("an IPv6 address has one spelling, which is its own", () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.integer({ min: 1, max: 65535 }), (written, port) => {
        const address = canonicalAddress(written);
        expect(address).toBeDefined();
        expect(canonicalAddress(address as string)).toBe(address);
        expect(canonicalAddress(written.toUpperCase())).toBe(address);
        expect(canonicalAddress(`[${written}]:${port}`)).toBe(address);
      }),
    );
  });

  test("nothing is lost: the text is the address or the original", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { address, original } = clientAddress(text);
        expect(original === "" ? address : original).toBe(text);
      }),
    );
  });
});
