import { describe, expect, test } from "vitest";
import type { MessageRecord } from "../../../src/ingest/messages/message-record.ts";
import { NOBODY } from "../../../src/ingest/messages/message-record.ts";
import {
  areAlike,
  contradictions,
  likenessOf,
  likenessOfFacts,
  sameSubject,
} from "../../../src/ingest/messages/same-message.ts";

type Told = Pick<MessageRecord, "kind" | "subject" | "returnPath"> & { readonly from: string; readonly sender: string };

function likeness({ kind = "message", subject = "S", from = "", sender = "", returnPath = "" }: Partial<Told>) {
  const person = (address: string) => ({ ...NOBODY, address });
  // Nothing else of a message is looked at.
  const record = { kind, subject, from: person(from), sender: person(sender), returnPath };
  return likenessOf(record as MessageRecord);
}

const logged = (from: string, subject = "S") => likenessOfFacts({ subject, from });

describe("one subject", () => {
  test.each([
    ["Invoice", "INVOICE "],
    ["Payment of the invoice\r\n\tnumber 5", "Payment of the invoice number 5"],
    ["Rechnung f\u00fcr Juni", "Rechnung fu\u0308r Juni"],
    ["x".repeat(300), "x".repeat(256)],
    ["RE: Invoice", "Invoice"],
    ["[EXTERNAL] Re[2]: Invoice", "Re[2]: Invoice"],
    ["\u56de\u590d\uff1aInvoice", "Invoice"],
    ["Invoice", ""],
  ])("%j may be %j", (a, b) => {
    expect([sameSubject(a, b), sameSubject(b, a)]).toEqual([true, true]);
  });

  test.each([
    ["Genuine invoice", "Change of bank details"],
    ["Invoice 1", "Invoice 12"],
    ["New invoice", "invoice"],
    ["RE: Invoice", "FW: Invoice"],
    ["x".repeat(300), "x".repeat(255)],
  ])("%j is not %j", (a, b) => {
    expect([sameSubject(a, b), sameSubject(b, a)]).toEqual([false, false]);
  });
});

describe("senders", () => {
  const boss = "boss@partner.example";
  const evil = "boss@evil.example";
  test.each([
    ["another From", likeness({ from: evil }), logged(boss), ["From"]],
    ["case, a display name, a type", likeness({ from: "Boss@Partner.example" }), logged(`The boss <${boss}>`), []],
    ["the Sender header", likeness({ from: evil, sender: boss }), logged(boss), []],
    [
      "which does not make two From headers one",
      likeness({ from: evil, sender: boss }),
      likeness({ from: boss }),
      ["From"],
    ],
    ["a display name against an address", likeness({ from: evil }), logged("The boss"), []],
    ["X500 names against an address", likeness({ from: boss }), logged("/O=EXCHANGELABS/CN=BOSS"), []],
    ["two X500 names", logged("/O=EXCHANGELABS/CN=BOSS"), logged("/o=ExchangeLabs/cn=other"), ["From"]],
    ["a trace's envelope against a record", likeness({ kind: "trace", from: "bounce@m.example" }), logged(boss), []],
    ["and against headers", likeness({ kind: "trace", from: "bounce@m.example" }), likeness({ from: boss }), []],
    [
      "but not where the headers say the envelope",
      likeness({ kind: "trace", from: "bounce@m.example" }),
      likeness({ from: boss, returnPath: evil }),
      ["From"],
    ],
    ["two traces", likeness({ kind: "trace", from: boss }), likeness({ kind: "trace", from: evil }), ["From"]],
    ["nobody", likeness({ subject: "T" }), logged(boss), ["subject"]],
  ])("%s", (_, a, b, expected) => {
    expect(contradictions(a, b)).toEqual(expected);
    expect(contradictions(b, a)).toEqual(expected);
  });

  test.each(["**EXTERNAL** ", "*** SPAM *** ", "(External) ", "{Spam?} ", "External Sender: ", "[EXT] (Spam) RE: "])(
    "%j in front of the subject is a gateway's, where the sender is the same",
    (tag) => {
      const tagged = likeness({ from: boss, subject: `${tag}Invoice` });
      expect(contradictions(tagged, logged(boss, "Invoice"))).toEqual([]);
      expect(contradictions(logged(boss, "Invoice"), tagged)).toEqual([]);
      expect(contradictions(tagged, logged(evil, "Invoice"))).toContain("From");
      expect(contradictions(tagged, logged(boss, "Lunch"))).toEqual(["subject"]);
    },
  );

  test.each(["Second ", "Change of the bank details, see below: ", "(not) the "])("%j is no tag", (words) => {
    expect(contradictions(likeness({ from: boss, subject: `${words}Invoice` }), logged(boss, "Invoice"))).toEqual([
      "subject",
    ]);
  });

  test("a tag proves nothing where the sender is not known", () => {
    expect(contradictions(likeness({ subject: "(External) Invoice" }), logged(boss, "Invoice"))).toEqual(["subject"]);
  });

  test("alike is more than no contradiction", () => {
    expect(areAlike(likeness({ kind: "trace", from: boss }), logged(boss.toUpperCase(), "s"))).toBe(true);
    expect(areAlike(likeness({ kind: "trace", from: evil }), logged(boss))).toBe(false);
    expect(areAlike(likeness({ from: boss }), logged(boss, "RE: S"))).toBe(false);
    expect(areAlike(likeness({ from: boss, subject: "" }), logged(boss, ""))).toBe(false);
  });
});
