import type { ActivityType } from "../model/event.ts";
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
 * public lists of inbox rules used by intruders).
 */
const HIDING =
  /^(?:rss(?:[ -]?(?:feeds?|subscriptions?|abonnements?|feed))?|flux rss|fuentes rss|conversation ?history|aufgezeichnete unterhaltungen|junk(?: ?e?-?mail)?|junkemail|spam|courrier indésirable|correo no deseado)$/iu;
const SENT = /^(?:sent ?items|drafts|outbox|gesendete elemente|éléments envoyés|elementos enviados)$/iu;
const DELETED =
  /^(?:deleted ?items|recoverableitems\w*|trash|gelöschte elemente|éléments supprimés|elementos eliminados)$/iu;

/** The deletions and moves of an address, in order of time. Property-less twins of one deed are left out. */
export function deedsOf({ joined }: Picture, { activity }: AddressView, most = Infinity): Deed[] {
  const { rows, types } = joined.mailboxCase;
  const deeds: Deed[] = [];
  for (const row of activity.rows) {
    const type = types[rows.type[row] as number] as ActivityType;
    if (type.role !== "delete" && type.role !== "move") continue;
    if (deeds.length >= most) break;
    const { properties } = joined.recordOf(row);
    const how = properties.text("DeleteType") ?? properties.text("MoveType") ?? "";
    const from = properties.text("SourceFolder") ?? properties.text("SourceDefaultFolderType") ?? "";
    const to = properties.text("TargetFolder") ?? properties.text("DestinationFolder") ?? "";
    deeds.push({
      row,
      item: rows.item[row] as number,
      removes: type.role === "delete" || /delete/i.test(how) || DELETED.test(to),
      hard: /^(?:hard|soft)delete$/i.test(how),
      fromSent: SENT.test(from),
      hides: HIDING.test(to) ? to : "",
    });
  }
  return deeds;
}
