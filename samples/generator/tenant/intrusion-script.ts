import { utc } from "../time.ts";

/** What happens, when and from where. Times are UTC. */
export const INTRUDER = {
  hosting: "203.0.113.201",
  collector: "203.0.113.202",
  resold: "198.51.100.214",
} as const;

/** The rogue application: an archiving program that intruders give rights to (public lists of abused applications). */
export const ROGUE = {
  name: "PerfectData Software",
  app: "ff8d92dc-3d82-41d6-bcbd-b9174d163620",
  servicePrincipal: "b7f0c7de-4a1f-4c54-8e0a-1d3c5b7a9e02",
} as const;

/** The program that copies folders (the same lists). */
export const COPIER = {
  name: "eM Client",
  app: "e9a7fea1-1cc0-4cd9-a31b-9137ca5deedd",
  clientInfo: "Client=WebServices;ExchangeWebServices (eM Client/9.2.2307);",
} as const;

/** While Bind is not audited in the first victim's mailbox: 24 hours from the record that says so. */
export const THROTTLED = { from: utc("2026-03-18T03:10:00"), to: utc("2026-03-19T03:10:00") } as const;

/** Days on which the two sessions were begun by their owners, who have to be at work. */
export const THEFTS = { maria: utc("2026-03-10"), tom: utc("2026-03-16") } as const;

export const SPRAYED = utc("2026-03-09T02:14:00");
export const FIRST_VISIT = utc("2026-03-10T21:14:00");
export const RULE_AT = utc("2026-03-11T02:05:00");
export const FRAUD_AT = utc("2026-03-12T20:31:00");
export const COPIED_AT = utc("2026-03-13T23:40:00");
export const LURE_AT = utc("2026-03-16T11:52:00");
export const ADMIN_VISIT = utc("2026-03-16T14:16:00");
export const CONSENT_AT = utc("2026-03-16T14:22:00");
export const BURST_AT = utc("2026-03-16T14:41:10");
export const FORWARD_AT = utc("2026-03-16T15:10:00");
export const CLEANED_AT = utc("2026-03-23T10:05:00");

export const QUERIES = ["invoice", "wire transfer", "bank details", "iban", "remittance advice"] as const;
export const COLLECTOR_MAILBOX = "collect.4471@tidewater-post.example";
/** The customer who is told of another account. */
export const CUSTOMER = "bob@freight.fabrikam.example";
