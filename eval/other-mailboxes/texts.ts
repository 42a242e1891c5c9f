import type { Dice } from "./dice.ts";

export type Topic = "money" | "work" | "letters";
export type Language = "en" | "de" | "fr" | "es" | "pt" | "sv" | "it";

const NAMES = [
  "siobhan.o'neill",
  "m.d'angelo",
  "pat.nkemelu",
  "yuki_tanaka",
  "r.lindqvist",
  "josé.alvarez",
  "claire-marie.dubois",
  "k.o'brien",
  "thandi.m",
  "arjun.rao",
  "b.wozniak",
  "hanne.bakke",
  "tom.reyes",
  "leila.haddad",
];
const DOMAINS = ["brightwater.example", "kestrel-group.example", "ostrava-steel.example", "mail.solway.example"];

const SUBJECTS: Readonly<Record<Topic, readonly string[]>> = {
  money: [
    "Invoice # overdue",
    "Your payment of # has been received",
    "Rechnung Nr. #",
    "Facture # à régler",
    "Remittance for PO #",
    "Bank details update, account #",
    "Payroll run #",
    "Deposit #: wire instructions",
  ],
  work: [
    "Stand-up notes",
    "Re: shift plan week #",
    "Let's talk about Anna's proposal",
    'The "quick" question from yesterday',
    "Übergabe Dienstag",
    "Site visit #, car park",
    "Ticket #: printer on floor 3",
    "Réunion jeudi",
    "Your password expires in # days",
    "VPN maintenance window",
  ],
  letters: ["50% off; today only", "Weekly digest #", "Your order # is on its way", "Webinar: last seats"],
};

export function someone(dice: Dice): string {
  return `${dice.of(NAMES)}@${dice.of(DOMAINS)}`;
}

export function subjectOf(dice: Dice, topic: Topic): string {
  return dice.of(SUBJECTS[topic]).replace("#", String(dice.range(2, 90_000)));
}

/** What somebody after money looks for, by language. */
const MONEY: Readonly<Record<Language, readonly string[]>> = {
  en: ["invoice", "wire transfer", "payment", "bank details", "remittance advice", "swift", "payroll", "wiring"],
  de: ["Rechnung", "Überweisung", "Zahlung", "Kontoverbindung", "IBAN", "Bankverbindung"],
  fr: ["facture", "virement", "paiement", "RIB", "coordonnées bancaires"],
  es: ["factura", "transferencia", "pago", "cuenta bancaria"],
  pt: ["fatura", "pagamento", "boleto", "transferência"],
  sv: ["faktura", "betalning", "bankgiro", "överföring"],
  it: ["fattura", "bonifico", "pagamento", "coordinate bancarie"],
};
const ACCESS = ["password", "vpn", "login", "credentials", "mfa", "admin account"];
const CURIOUS = ["ceo", "contract", "passport", "confidential", "acquisition", "o'neill"];

/** What intruders type: mostly what they came for, now and then something else. */
export function intruderQuery(dice: Dice, words: Language | "access"): string {
  const group = dice.odds(0.82) ? (words === "access" ? ACCESS : MONEY[words]) : CURIOUS;
  return dice.of(group);
}

/** What owners look for, by what they do all day. */
const OWNER: Readonly<Record<OwnerWork, readonly string[]>> = {
  money: [
    "invoice 2291",
    "payment brightwater",
    "wire kestrel april",
    "remittance",
    "payroll march",
    "bank statement",
    "overdue",
    "Rechnung Ostrava",
    "PO 8812",
    "vat return",
  ],
  access: ["password reset", "vpn floor 3", "ticket 5512", "certificate renewal", "mfa rollout", "printer driver"],
  plain: ["lunch", "site visit", "tom reyes", "holiday list", "minutes", "hotel booking", "shift plan", "car park"],
};

export type OwnerWork = "money" | "access" | "plain";

export function ownerQuery(dice: Dice, work: OwnerWork): string {
  return dice.of(dice.odds(0.75) ? OWNER[work] : OWNER.plain);
}

/** Clients, as user agents. */
export const BROWSERS: readonly string[] = [
  "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_13_4) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/11.1 Safari/605.1.15",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/66.0.3359.139 Safari/537.36",
  "Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/65.0.3325.181 Safari/537.36",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.140 Safari/537.36 Edge/17.17134",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:60.0) Gecko/20100101 Firefox/60.0",
];
export const DESKTOPS: readonly string[] = [
  "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.9126; Pro)",
  "Microsoft Office/15.0 (Windows NT 6.1; Microsoft Outlook 15.0.5015; Pro)",
];
export const MAC = "MacOutlook/15.41.0.170331 (Intelx64 Mac OS X Version 10.13.4 (Build 17E202))";
export const PHONES: readonly string[] = [
  "Outlook-iOS-Android/1.0",
  "Apple-iPhone10C6/1505.302",
  "Android-LG-H870/7.0",
  "Apple-iPad7C3/1504.302",
];
export const INTRUDER_PHONES: readonly string[] = ["Android-TECNO-W4/6.0", "Android-Infinix-X510/5.1"];
export const SCRIPTS: readonly string[] = ["python-requests/2.18.4", "curl/7.58.0", "Go-http-client/1.1"];
