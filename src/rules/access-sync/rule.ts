import { clientOfRow, ownAddress } from "../../joins/mailbox-case.ts";
import { sessionKey } from "../../joins/rows.ts";
import type { ActivityType } from "../../model/event.ts";
import { reaches } from "../../model/finding.ts";
import type { ClientUse } from "../client-uses.ts";
import { clientUses } from "../client-uses.ts";
import { appIdOf } from "../../joins/applications.ts";
import type { AddressView, Picture } from "../picture.ts";
import { rowsOfRole } from "../picture.ts";
import { syncedFolders } from "../recorded.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

const SHOWN_FOLDERS = 5;
/** So many rows show it as well as all of them. */
const MOST_ROWS = 1000;

function clientName({ joined, recorded }: Picture, row: number): string {
  const context = clientOfRow(joined.mailboxCase, row);
  const name = recorded(row)?.name ?? "";
  const id = context === undefined ? "" : appIdOf(context).trim();
  return name === "" ? (id === "" ? "a client without a name" : `application ${id}`) : name;
}

/** Sessions by which strangers who score high were in the mailbox, with one of their addresses. */
function suspectSessions(picture: Picture): ReadonlyMap<number, string> {
  const { mailboxCase } = picture.joined;
  const sessions = new Map<number, string>();
  for (const { address, activity, entered, stranger } of picture.addresses.values()) {
    if (!stranger || !reaches(picture.verdict.address(address), "high")) continue;
    for (const row of [...entered, ...activity.rows]) {
      const key = ownAddress(mailboxCase, row) === "" ? 0 : sessionKey(mailboxCase.rows, row);
      if (key !== 0 && !sessions.has(key)) sessions.set(key, address);
    }
  }
  return sessions;
}

/** The folders that rows name, shortly. */
function foldersOf({ joined }: Picture, rows: readonly number[]): string {
  const names = syncedFolders(joined, rows).names.map((name) => name.replace(/^\\/, ""));
  if (names.length === 0) return "";
  const shown = names.slice(0, SHOWN_FOLDERS).join(", ");
  return ` of ${shown}${names.length > SHOWN_FOLDERS ? ` and ${names.length - SHOWN_FOLDERS} more` : ""}`;
}

/** What a reason ends with where a Sync shares the address or the session of somebody who scores high. */
const WHOLE_MAILBOX = "take the whole mailbox for copied";

/** By address: the Sync records for which the whole mailbox is to be taken for copied, in order. */
export function wholeMailboxSyncs(picture: Picture): ReadonlyMap<string, readonly number[]> {
  const { rows } = picture.joined.mailboxCase;
  const sessions = suspectSessions(picture);
  const syncs = new Map<string, readonly number[]>();
  for (const [address, view] of picture.addresses) {
    const score = picture.verdict.address(address);
    const isTold = score.reasons.some(({ rule, text }) => rule === "access-sync" && text.endsWith(WHOLE_MAILBOX));
    if (!isTold) continue;
    const isSuspect = view.stranger && reaches(score, "high");
    const isOfWhole = (row: number) => isSuspect || sessions.has(sessionKey(rows, row));
    syncs.set(address, rowsOfRole(picture, view, "synced").filter(isOfWhole));
  }
  return syncs;
}

/**
 * The address that scores high in whose session a Sync record from another address is, where that is what makes it one
 * of the whole mailbox; empty for any other row.
 */
export function sessionSyncs(picture: Picture): (row: number) => string {
  const { rows } = picture.joined.mailboxCase;
  const whole = wholeMailboxSyncs(picture);
  if (whole.size === 0) return () => "";
  const sessions = suspectSessions(picture);
  const others = new Set<number>();
  for (const [address, syncs] of whole) {
    if (!reaches(picture.verdict.address(address), "high")) for (const row of syncs) others.add(row);
  }
  return (row) => (others.has(row) ? (sessions.get(sessionKey(rows, row)) ?? "") : "");
}

export const accessSync = scoring({
  id: "access-sync",
  about: "address",
  title: "Folders synchronised by a strange client",
  description:
    "MailItemsAccessed of kind Sync: a client copied a folder. The record names the folder and no message, so that everything in it has to be taken for copied; where the Sync comes from the address or in the session of somebody who scores high, the whole mailbox.",
  requires: "MailItemsAccessed records of an audit log, of kind Sync",
  falsePositives: [
    "The owner's own program on the way, or newly set up.",
    "A program that got another name or application id.",
  ],
  blindSpots: [
    "Programs that fetch messages by Exchange Web Services, REST or IMAP4 leave Bind records, or none.",
    "Identical synchronisations are logged once an hour.",
    "A client that calls itself as the owner's does.",
  ],
  references: [
    "https://attack.mitre.org/techniques/T1114/002/",
    "https://attack.mitre.org/detectionstrategies/DET0048/",
    "https://learn.microsoft.com/en-us/purview/audit-log-investigate-accounts",
  ],
  attack: ["T1114.002"],
  nextSteps: [
    "Take every message of the folder at that time for exposed: exposure.tsv lists those that the log knows as folder-synced.",
    "Where the reason says the whole mailbox, take everything that it held then for exposed; exposure.tsv lists what records name in these folders, and no more.",
    "Ask whether the owner set up such a client at that time.",
  ],
  settings: {
    strange: {
      is: 35,
      says: "points for a client that no familiar network uses and that is there on less than half of the days, from a network that is not familiar",
    },
    moved: { is: 8, says: "points for one of the owner's clients, or any client where no network is familiar" },
    fresh: { is: 6, says: "points for a client that a familiar network begins to use after the first days of the log" },
    shared: { is: 10, says: "further points where the address, or the session's other address, scores high by itself" },
    firstDays: {
      is: 3,
      says: "days at the beginning of the log in which every client of a familiar network is its own",
      takes: "fraction",
    },
  },
  assess(picture, { strange, moved, fresh, shared, firstDays }) {
    const { rows, types } = picture.joined.mailboxCase;
    const told = types.some(({ role }: ActivityType) => role === "synced");
    if (!told) return { fired: [], missing: "no MailItemsAccessed record of kind Sync" };
    const views = [...picture.addresses.values()];
    const { useOf, isOwn, isCompared } = clientUses(picture);
    const isEarly = ({ firstFamiliar }: ClientUse) => firstFamiliar < picture.firstDay + firstDays;
    const sessions = suspectSessions(picture);
    const fired: Fired[] = [];
    for (const view of views) {
      if (!view.outside) continue;
      const syncs = rowsOfRole(picture, view, "synced");
      const ofSession = syncs.filter((row) => sessions.has(sessionKey(rows, row)));
      const isKnown = view.stranger ? isOwn : isEarly;
      const isUnknown = (row: number) => {
        const use = useOf(row);
        return use === undefined || !isKnown(use);
      };
      const unknown = isCompared ? syncs.filter(isUnknown) : [];
      const told = [ofSession, unknown, view.stranger ? syncs : []].find((some) => some.length > 0) ?? [];
      const [first] = told;
      if (first === undefined) continue;
      const isSuspect = view.stranger && reaches(picture.verdict.address(view.address), "high");
      const partner = ofSession
        .map((row) => sessions.get(sessionKey(rows, row)))
        .find((other) => other !== view.address);
      const shares = isSuspect
        ? "the address scores high by itself"
        : `its session is one of ${partner ?? ""}, which scores high`;
      const isShared = isSuspect || partner !== undefined;
      const points = view.familiar ? fresh : unknown.length > 0 ? strange : moved;
      fired.push({
        entity: view.address,
        text: [
          `Sync${foldersOf(picture, told)} by ${clientName(picture, first)} from ${picture.joined.recordOf(first).timeStamp} on`,
          `${clientWords(view, isCompared, unknown.length > 0)}${view.familiar ? ", from a familiar network" : ""}`,
          isShared ? `${shares}: ${WHOLE_MAILBOX}` : "take everything in these folders for copied",
        ].join("; "),
        points: points + (isShared ? shared : 0),
        rows: told.slice(0, MOST_ROWS),
      });
    }
    return { fired };
  },
});

function clientWords({ familiar }: AddressView, isCompared: boolean, isUnknown: boolean): string {
  if (!isCompared) return "there is no familiar network to compare with";
  if (!isUnknown) return "familiar networks use this client, too, or it is there on half of the days";
  return familiar
    ? "a client that was not there in the first days"
    : "a client that no familiar network uses and that is there on few days";
}
