import { TICKS_PER_SECOND } from "../ingest/timestamp.ts";
import type { ActivityType } from "../model/event.ts";
import { firstText } from "../model/record.ts";
import type { AddressView, Picture } from "./picture.ts";

/** A deletion or a move, with what hides in it. */
export interface Deed {
  readonly row: number;
  readonly item: number;
  /** Takes the message out of the folder it was in, towards deletion. */
  readonly removes: boolean;
  /** Beyond Deleted Items. */
  readonly hard: boolean;
  /** Out of Sent Items or Drafts. */
  readonly fromSent: boolean;
  /** The folder where nobody looks that a message was moved to; empty otherwise. */
  readonly hides: string;
}

/**
 * Folders where nobody looks, as servers and clients write them in several languages (Outlook's default folder names;
 * public lists of inbox rules used by intruders). Junk is not among them: owners move spam there every day.
 */
const HIDING =
  /^(?:rss(?:[ -]?(?:feeds?|subscriptions?|abonnements?|feed))?|flux rss|fuentes rss|conversation ?history|aufgezeichnete unterhaltungen|historique des conversations|historial de conversaciones)$/iu;
const SENT = /^(?:sent ?items|drafts|outbox|gesendete elemente|éléments envoyés|elementos enviados)$/iu;
const DELETED =
  /^(?:deleted ?items|recoverableitems\w*|trash|gelöschte elemente|éléments supprimés|elementos eliminados)$/iu;

/** Rows that the server writes beside a deletion or move, without any property: the same deed once more. */
const TWIN = /^(?:Delete|Move)(?:From|To)/;
/** Rows of one deed of one message come within this time; a deletion also writes a Move row (Exchange's writers). */
const TOGETHER = 2 * TICKS_PER_SECOND;

/** Audit records name a folder by its path: `\\Sent Items`. */
function lastName(folder: string): string {
  return folder.replace(/^.*[\\/]/, "");
}

function readDeed({ joined }: Picture, row: number, type: ActivityType): Deed | undefined {
  const { properties } = joined.recordOf(row);
  if (TWIN.test(type.name) && properties.entries().length === 0) return undefined;
  const how = firstText(properties, "DeleteType", "MoveType") ?? "";
  const from = lastName(firstText(properties, "SourceFolder", "SourceDefaultFolderType") ?? "");
  const to = lastName(firstText(properties, "TargetFolder", "DestinationFolder") ?? "");
  return {
    row,
    item: joined.mailboxCase.rows.item[row] as number,
    removes: type.role === "delete" || /delete/i.test(how) || DELETED.test(to),
    hard: /^(?:hard|soft)delete$/i.test(how),
    fromSent: SENT.test(from),
    hides: HIDING.test(to) ? to : "",
  };
}

/** Two rows of one deed, under the first one's number. */
function merged(first: Deed, second: Deed): Deed {
  return {
    ...first,
    removes: first.removes || second.removes,
    hard: first.hard || second.hard,
    fromSent: first.fromSent || second.fromSent,
    hides: first.hides === "" ? second.hides : first.hides,
  };
}

/** The deletions and moves of an address, in order of time; rows of one deed count once. */
export function deedsOf(picture: Picture, { activity }: AddressView, most = Infinity): Deed[] {
  const { rows, types } = picture.joined.mailboxCase;
  const deeds: Deed[] = [];
  const latest = new Map<number, number>();
  for (const row of activity.rows) {
    const type = types[rows.type[row] as number] as ActivityType;
    if (type.role !== "delete" && type.role !== "move") continue;
    if (deeds.length >= most) break;
    const deed = readDeed(picture, row, type);
    if (deed === undefined) continue;
    const at = deed.item < 0 ? undefined : latest.get(deed.item);
    const before = at === undefined ? undefined : deeds[at];
    const isSame = before !== undefined && (rows.ticks[row] as number) - (rows.ticks[before.row] as number) <= TOGETHER;
    if (at !== undefined && before !== undefined && isSame) deeds[at] = merged(before, deed);
    else {
      if (deed.item >= 0) latest.set(deed.item, deeds.length);
      deeds.push(deed);
    }
  }
  return deeds;
}
