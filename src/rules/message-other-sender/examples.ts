import type { RuleExample } from "../example.ts";
import { deliveredOn } from "../message-attachment-type/examples.ts";

const message = (item: string, From: string, SenderSmtpAddress: string) =>
  deliveredOn(5, item, { From, SenderSmtpAddress });

export const examples: readonly RuleExample[] = [
  {
    name: "another domain, beside a display name or bare",
    records: [
      message("item-1", "The CEO <ceo@contoso.example>", "x@mailer.test"),
      message("item-2", "ceo@contoso.example", "Mailer <x@mailer.test>"),
    ],
    outcome: "found",
    says: [
      {
        entity: "item-1",
        points: 12,
        text: "From is The CEO <ceo@contoso.example>, sent by x@mailer.test",
        rows: [1],
      },
      { entity: "item-2", points: 12, text: "From is ceo@contoso.example", rows: [2] },
    ],
  },
  {
    name: "an address in the display name is only a name",
    records: [message("item-1", '"ceo@contoso.example" <x@mailer.test>', "ceo@contoso.example")],
    outcome: "found",
    says: [{ entity: "item-1", points: 12 }],
  },
  {
    name: "the same domain, one below it, and a colleague's X500 name",
    records: [
      message("item-1", "Anna <anna@contoso.example>", "bob@contoso.example"),
      message("item-2", "news@contoso.example", "bounce@mail.CONTOSO.example"),
      message("item-3", "ceo@contoso.example", "/O=EXCHANGELABS/OU=GROUP/CN=RECIPIENTS/CN=CEO"),
    ],
    outcome: "clear",
  },
  {
    name: "deliveries that name only one of the two",
    records: [
      deliveredOn(5, "item-1", { From: "ceo@contoso.example" }),
      deliveredOn(5, "item-2", { SenderSmtpAddress: "x@mailer.test" }),
      message("item-3", "", "x@mailer.test"),
    ],
    outcome: "notAssessed",
  },
  {
    name: "what the owner sends is no delivery",
    records: [{ ...message("item-1", "owner@contoso.example", "x@mailer.test"), ActivityIdType: "MessageSent" }],
    outcome: "notAssessed",
  },
  ...(["", "mailer.test"] as const).map((watch): RuleExample => ({
    name: `an allowed domain${watch === "" ? "" : " that is on the watch list as well"}`,
    records: [message("item-1", "ceo@contoso.example", "x@mailer.test")],
    allow: "mailer.test",
    watch,
    ...(watch === "" ? { outcome: "clear" } : { outcome: "found", says: [{ entity: "item-1", points: 12 }] }),
  })),
];
