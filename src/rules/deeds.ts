import { DELETION_FOLDERS, folderAmong, HIDING_FOLDERS, SENT_FOLDERS } from "../enrich/mailbox-rules/folders.ts";
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
  /** Out of Sent Items. */
  readonly fromSent: boolean;
  /** The folder where nobody looks that a message was moved to; empty otherwise. Junk is none: owners move spam there. */
  readonly hides: string;
}

/** Rows that the server writes beside a deletion or move, without any property: the same deed once more. */
const TWIN = /^(?:Delete|Move)(?:From|To)/;
/** Rows of one deed of one message come within this time; a deletion also writes a Move row (Exchange's writers). */
const TOGETHER = 2 * TICKS_PER_SECOND;

function isAmong(folder: string, list: readonly string[], atTop: boolean): boolean {
  return folder !== "" && folderAmong(folder, list, atTop) !== undefined;
}

function readDeed({ joined }: Picture, row: number, type: ActivityType): Deed | undefined {
  const { properties } = joined.recordOf(row);
  if (TWIN.test(type.name) && properties.entries().length === 0) return undefined;
  const how = firstText(properties, "DeleteType", "MoveType") ?? "";
  const from = firstText(properties, "SourceFolder", "SourceDefaultFolderType") ?? "";
  const to = firstText(properties, "TargetFolder", "DestinationFolder") ?? "";
  return {
    row,
    item: joined.mailboxCase.rows.item[row] as number,
    removes: type.role === "delete" || /delete/i.test(how) || isAmong(to, DELETION_FOLDERS, true),
    hard: /^(?:hard|soft)delete$/i.test(how),
    fromSent: isAmong(from, SENT_FOLDERS, true),
    hides: isAmong(to, HIDING_FOLDERS, false) ? to.replace(/^\\/, "") : "",
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
