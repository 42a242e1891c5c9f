import fc from "fast-check";
import ipaddr from "ipaddr.js";
import { isIP } from "node:net";
import { describe, expect, test } from "vitest";
import { canonicalAddress, clientAddress } from "../../src/ingest/address.ts";

const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.ipV4().map((v4) => `::ffff:${v4}`),
);
const port = fc.integer({ min: 0, max: 99_999 });

/** An address as logs write it, now and then with something that does not belong there. */
const written = fc
  .tuple(address, port, fc.nat(8), fc.string({ unit: "binary", maxLength: 3 }))
  .map(([text, number, form, noise]) => {
    const forms = [text, `[${text}]`, `[${text}]:${number}`, `${text}:${number}`, `${text}%eth${number % 9}`];
    return (
      forms[form] ?? [`${noise}${text}`, `${text}${noise}`, ` ${text} `, `[${text}%1]:${number}`][form - 5] ?? text
    );
  });
const anything = fc.oneof(
  written,
  fc.array(written, { maxLength: 4 }).map((list) => list.join(", ")),
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef:.[]%, x") }),
  fc.string({ unit: "binary" }),
);

describe("an address", () => {
  test("in its canonical form stays as it is, whatever it was made of", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const canonical = canonicalAddress(text);
        if (canonical !== undefined) {
          expect(canonicalAddress(canonical)).toBe(canonical);
          expect(isIP(canonical)).toBeGreaterThan(0);
          expect(canonical).toMatch(/^[0-9a-f.:]+$/);
        }
        const client = clientAddress(text).address;
        expect(clientAddress(client)).toMatchObject({ address: client, original: "" });
      }),
      { numRuns: 3000 },
    );
  });

  test("is the one that was written, with its brackets, port and zone taken off", () => {
    fc.assert(
      fc.property(address, fc.integer({ min: 0, max: 65_535 }), (text, number) => {
        const parsed = ipaddr.process(text);
        const forms = [text, `[${text}]`, `[${text}]:${number}`];
        if (text.includes(":")) forms.push(`${text}%eth0`, `[${text}%1]:${number}`, text.toUpperCase());
        else forms.push(`${text}:${number}`);
        for (const form of forms) {
          const canonical = canonicalAddress(form);
          expect(canonical).toBeDefined();
          // The same bytes, and an IPv4-mapped one is the IPv4 address.
          expect(ipaddr.parse(canonical as string).toByteArray()).toEqual(parsed.toByteArray());
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("is never made up: of a text that is no address, none comes", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const canonical = canonicalAddress(text);
        if (canonical === undefined) return;
        const bare = text.replace(/^\[(.*)\](?::\d{1,5})?$/s, "$1").replace(/^([^:]+):\d{1,5}$/s, "$1");
        expect(isIP(bare.replace(/%.*$/s, ""))).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });
});
