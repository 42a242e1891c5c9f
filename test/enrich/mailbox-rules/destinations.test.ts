import { expect, test } from "vitest";
import { domainOf, sideOf } from "../../../src/enrich/mailbox-rules/destinations.ts";

test("domains of addresses", () => {
  expect(domainOf("Owner@Contoso.Example")).toBe("contoso.example");
  expect(domainOf("odd@name@contoso.example.")).toBe("contoso.example");
  expect(domainOf("Drop Contact")).toBe("");
  expect(domainOf("@contoso.example")).toBe("");
});

test.each([
  ["deputy@contoso.example", "inside"],
  ["deputy@mail.CONTOSO.example", "inside"],
  ["drop@fabrikam.example", "outside"],
  // A name that only ends alike.
  ["drop@notcontoso.example", "outside"],
  ["drop@contoso.example.fabrikam.example", "outside"],
  // Guests are of the domain behind the last underscore, whatever directory they are guests of.
  ["mallory_gmail.com#EXT#@contoso.example", "outside"],
  ["some_body_contoso.example#ext#@fabrikam.onmicrosoft.com", "inside"],
  ["nobody#EXT#@contoso.example", "outside"],
  ["Drop Contact", "unknown"],
  ["/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=drop", "unknown"],
])("%s is %s", (recipient, side) => {
  expect(sideOf(recipient, ["contoso.example"])).toBe(side);
});

test("nothing is outside of an organisation whose domains are not known", () => {
  expect(sideOf("drop@fabrikam.example", [])).toBe("unknown");
});
