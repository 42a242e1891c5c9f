import { boundEach, minuteOf, ownDays } from "../access-volume/examples.ts";
import type { AuditRecordExample, RuleExample } from "../example.ts";
import { dailyLogons, HOME, HOTEL, STRANGER, syncedAt } from "../example.ts";

const EM_CLIENT = { ClientInfoString: "Client=WebServices;eMClient/9.2.2157" };
/** Ten days of Outlook on the web and of Outlook's own synchronisation; rows 1 to 20. */
const home = [
  ...ownDays(10),
  ...Array.from({ length: 10 }, (_, day) => syncedAt(minuteOf(day + 1, 5), HOME, "\\Inbox")),
];
const evening = minuteOf(5, 600);
const twoFolders = (address: string, more: AuditRecordExample) => [
  syncedAt(evening, address, "\\Inbox", more),
  syncedAt(minuteOf(5, 601), address, "\\Sent Items", more),
];
/** A telephone that goes through another network each day. */
const telephone = (days: number, from: number) =>
  Array.from({ length: days }, (_, day) =>
    syncedAt(minuteOf(day + from, 300), `198.51.100.${day + 100}`, "\\Inbox", EM_CLIENT),
  );
const countries = { [HOME]: { country: "US" }, [STRANGER]: { country: "NG" } };

export const examples: readonly RuleExample[] = [
  {
    name: "a program that nobody used at home",
    audit: [...home, ...twoFolders(STRANGER, EM_CLIENT)],
    outcome: "found",
    says: [
      {
        entity: STRANGER,
        points: 35,
        text: "Sync of Inbox, Sent Items by eM Client from 2026-03-05T18:00:00 on; a client that no familiar network uses and that is there on few days; take everything in these folders for copied",
        rows: [21, 22],
      },
    ],
  },
  {
    name: "the same program under another application's id",
    audit: [...home, ...twoFolders(STRANGER, { ClientAppId: "33333333-3333-4333-8333-333333333333" })],
    outcome: "found",
    says: [{ entity: STRANGER, points: 35, text: "by Outlook desktop" }],
  },
  {
    name: "the owner's program on the way",
    audit: [...home, ...twoFolders(STRANGER, {})],
    outcome: "found",
    says: [{ entity: STRANGER, points: 8, text: "familiar networks use this client, too" }],
  },
  {
    // It goes through another network of its provider each day, and through none that is familiar.
    name: "the owner's telephone, there every day and never at home",
    audit: [...home, ...telephone(10, 1)],
    outcome: "found",
    says: Array.from({ length: 10 }, (_, day) => ({
      entity: `198.51.100.${day + 100}`,
      points: 8,
      text: "or it is there on half of the days",
      rows: [21 + day],
    })),
  },
  {
    name: "one that is there on four days of ten",
    audit: [...home, ...telephone(4, 4)],
    outcome: "found",
    says: Array.from({ length: 4 }, (_, day) => ({
      entity: `198.51.100.${day + 100}`,
      points: 35,
      text: "there on few days",
    })),
  },
  {
    // Country 25, network 12 and client 15 are high.
    name: "an address that scores high: the whole mailbox",
    audit: [...home, ...twoFolders(STRANGER, EM_CLIENT)],
    places: countries,
    outcome: "found",
    says: [
      { entity: STRANGER, points: 45, text: "the address scores high by itself: take the whole mailbox for copied" },
    ],
  },
  {
    name: "the owner's program, in the session of an address that scores high",
    audit: [
      ...home,
      ...boundEach(3, STRANGER, (at) => minuteOf(5, 590 + at), { ...EM_CLIENT, SessionId: "session-1" }),
      ...twoFolders(HOTEL, { SessionId: "session-1" }),
    ],
    places: countries,
    outcome: "found",
    says: [
      {
        entity: HOTEL,
        points: 18,
        text: `its session is one of ${STRANGER}, which scores high: take the whole mailbox for copied`,
        rows: [24, 25],
      },
    ],
  },
  {
    name: "a new program at home",
    audit: [...home, syncedAt(minuteOf(8, 0), HOME, "\\Inbox", EM_CLIENT)],
    outcome: "found",
    says: [
      {
        entity: HOME,
        points: 6,
        text: "a client that was not there in the first days, from a familiar network",
        rows: [21],
      },
    ],
  },
  {
    name: "a second program at home, there from the third day on",
    audit: [...home, syncedAt(minuteOf(3, 0), HOME, "\\Inbox", EM_CLIENT)],
    outcome: "clear",
  },
  {
    name: "one from the fourth day on is new",
    audit: [...home, syncedAt(minuteOf(4, 0), HOME, "\\Inbox", EM_CLIENT)],
    outcome: "found",
    says: [{ entity: HOME, points: 6, text: "not there in the first days", rows: [21] }],
  },
  {
    name: "two days, on which nothing can be familiar",
    audit: [...ownDays(2), ...twoFolders(STRANGER, EM_CLIENT)],
    outcome: "found",
    says: [{ entity: STRANGER, points: 8, text: "there is no familiar network to compare with" }],
  },
  {
    name: "the service's own back end",
    audit: [...home, ...twoFolders("2603:10b6:930:3d::7", { ClientInfoString: "Client=REST;Client=RESTSystem;;" })],
    outcome: "clear",
  },
  { name: "messages alone", audit: ownDays(3), outcome: "notAssessed" },
  { name: "an export of the Activities API", records: dailyLogons(3, HOME), outcome: "notAssessed" },
];
