import { DELETION_FOLDERS, folderAmong, HIDING_FOLDERS, SENT_FOLDERS } from "../activities/folders.ts";
import { TICKS_PER_SECOND } from "../ingest/timestamp.ts";
import type { ActivityType } from "../model/event.ts";
import type { ActivityRecord } from "../model/record.ts";
import { firstText } from "../model/record.ts";
import type { AddressView, Picture } from "./picture.ts";

/** A deletion or a move, with what hides in it. */
export interface Deed {
  readonly row: number;
  /** As the deletion names it: the Move row beside it has the id that the message has from then on. */
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
/** How the Move row that Exchange writes beside a Delete row says the way of that, by DeleteType. */
const MOVE_BESIDE: ReadonlyMap<string, string> = new Map([
  ["MoveToDeletedItems", "Delete"],
  ["SoftDelete", "SoftDelete"],
  ["HardDelete", "HardDelete"],
]);

function isAmong(folder: string, list: readonly string[], atTop: boolean): boolean {
  return folder !== "" && folderAmong(folder, list, atTop) !== undefined;
}

/** What both rows say that Exchange writes of one deletion, where a row may be one of them: session, folder and way. */
interface Half {
  readonly isMove: boolean;
  readonly key: string;
}

/** A deed as its rows are read; `half` is of those that may be another row's, too. */
interface ReadDeed extends Deed {
  readonly half: Half | undefined;
}

function halfOf(name: string, { clientSessionId, properties }: ActivityRecord, from: string): Half | undefined {
  const isMove = name === "Move";
  if ((!isMove && name !== "Delete") || clientSessionId === "" || from === "" || from === "null") return undefined;
  const text = properties.text(isMove ? "MoveType" : "DeleteType") ?? "";
  const way = isMove ? text : (MOVE_BESIDE.get(text) ?? "");
  return way === "" ? undefined : { isMove, key: JSON.stringify([clientSessionId, from.toLowerCase(), way]) };
}

function readDeed({ joined }: Picture, row: number, type: ActivityType): ReadDeed | undefined {
  const record = joined.recordOf(row);
  const { properties } = record;
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
    half: halfOf(type.name, record, from),
  };
}

/** Two rows of one deed, under the first one's number and the deletion's item. */
function merged(first: ReadDeed, second: ReadDeed): ReadDeed {
  const isWhole = first.half !== undefined && second.half !== undefined && first.half.isMove !== second.half.isMove;
  return {
    ...first,
    item: isWhole && first.half.isMove ? second.item : first.item,
    removes: first.removes || second.removes,
    hard: first.hard || second.hard,
    fromSent: first.fromSent || second.fromSent,
    hides: first.hides === "" ? second.hides : first.hides,
    half: isWhole ? undefined : (first.half ?? second.half),
  };
}

/** Puts a Delete row and the Move row beside it together: the latter has another id, and each is one other's at most. */
function pairHalves(deeds: readonly ReadDeed[], ticks: Picture["joined"]["mailboxCase"]["rows"]["ticks"]): Deed[] {
  const paired: ReadDeed[] = [];
  const open = new Map<string, number[]>();
  for (const deed of deeds) {
    const { half } = deed;
    const waiting = half === undefined ? [] : (open.get(`${!half.isMove} ${half.key}`) ?? []);
    const isNear = (at: number) =>
      (ticks[deed.row] as number) - (ticks[(paired[at] as ReadDeed).row] as number) <= TOGETHER;
    while (waiting[0] !== undefined && !isNear(waiting[0])) waiting.shift();
    const at = waiting.shift();
    if (at !== undefined) {
      paired[at] = merged(paired[at] as ReadDeed, deed);
      continue;
    }
    if (half !== undefined) {
      const key = `${half.isMove} ${half.key}`;
      const same = open.get(key);
      if (same === undefined) open.set(key, [paired.length]);
      else same.push(paired.length);
    }
    paired.push(deed);
  }
  return paired;
}

/** The deletions and moves of an address, in order of time; rows of one deed count once. */
export function deedsOf(picture: Picture, { activity }: AddressView, most = Infinity): Deed[] {
  const { rows, types } = picture.joined.mailboxCase;
  const deeds: ReadDeed[] = [];
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
  return pairHalves(deeds, rows.ticks);
}
