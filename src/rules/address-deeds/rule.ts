import { messageKey } from "../../ingest/messages/message-record.ts";
import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import type { Deed } from "../deeds.ts";
import { deedsOf } from "../deeds.ts";
import type { AddressView, Picture } from "../picture.ts";
import { rowsOfItem } from "../../joins/message-facts.ts";
import { partitionPoint } from "../../model/partition-point.ts";
import { rowOrderOf, rowsOfRole } from "../picture.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";

const HOUR = 3600 * TICKS_PER_SECOND;

/** So many deletions and moves of a familiar address are enough to know the owner's habit. */
const OWN_SAMPLE = 500;

/** A deed with the row of the sending that it came after. */
interface DeedAfter extends Deed {
  readonly sending: number;
  /** Whether the records say that it is the message that was sent; else it lay in Sent Items and may be another. */
  readonly isSent: boolean;
}

/** The deeds of an address that hide something, by how they do. */
interface Traces {
  /** How many deletions and moves there are at all. */
  readonly all: number;
  readonly afterSending: readonly DeedAfter[];
  readonly beyondDeleted: readonly Deed[];
  readonly outOfSight: readonly Deed[];
}

const WORDS = {
  afterSending: "deleted within an hour of sending",
  /** Nothing says that what was deleted is what was sent. */
  mayBeSent: "deleted out of Sent Items within an hour after something was sent",
  beyondDeleted: "deleted beyond Deleted Items",
  outOfSight: "moved to where nobody looks",
} as const;

/** The message an item is, as far as InternetMessageIds tell; empty where none is known. */
function messageIds({ joined }: Picture): (item: number) => string {
  const known = new Map<number, string>();
  return (item) => {
    if (item < 0) return "";
    const key = known.get(item) ?? messageKey(joined.factsOf(item).internetMessageId ?? "");
    known.set(item, key);
    return key;
  };
}

/** When the first of an item's rows is, its delivery included: it was there from then on. */
function firstTicks({ joined: { mailboxCase } }: Picture, item: number): number {
  if (item < 0) return Infinity;
  const { items, rows } = mailboxCase;
  const delivered = items.delivered[item] as number;
  const own = rowsOfItem(mailboxCase, item);
  return (delivered < 0 ? own : [delivered, ...own]).reduce((first, row) => {
    const at = rows.ticks[row] as number;
    return at < first ? at : first;
  }, Infinity);
}

function addTo<K>(lists: Map<K, number[]>, key: K, row: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [row]);
  else list.push(row);
}

/** Finds the sending of an address that a deed came after, within an hour. */
function sendingsOf(picture: Picture, view: AddressView): (deed: Deed) => DeedAfter | undefined {
  const { ticks, item: items } = picture.joined.mailboxCase.rows;
  const idOf = messageIds(picture);
  // The item of an answer is the message that was answered; owners delete these every day.
  const sent = rowsOfRole(picture, view, "sent").filter((row) => !Number.isNaN(ticks[row]));
  const byItem = new Map<number, number[]>();
  const byId = new Map<string, number[]>();
  for (const row of sent) {
    const item = items[row] as number;
    addTo(byItem, item, row);
    addTo(byId, idOf(item), row);
  }
  const latest = (rows: readonly number[], from: number, to: number): number | undefined => {
    const row = rows[partitionPoint(rows.length, (at) => (ticks[rows[at] as number] as number) <= to) - 1];
    return row !== undefined && (ticks[row] as number) >= from ? row : undefined;
  };
  return (deed) => {
    const now = ticks[deed.row] as number;
    const id = idOf(deed.item);
    const same = [
      latest((deed.item < 0 ? undefined : byItem.get(deed.item)) ?? [], now - HOUR, now),
      latest((id === "" ? undefined : byId.get(id)) ?? [], now - HOUR, now),
    ].filter((row) => row !== undefined);
    const [itself] = same.sort((a, b) => (ticks[b] as number) - (ticks[a] as number));
    if (itself !== undefined) return { ...deed, sending: itself, isSent: true };
    if (!deed.fromSent) return undefined;
    // What has an id may be a message of which none is known; what was there before the sending is not what was sent.
    const mayBeIt = id === "" ? sent : (byId.get("") ?? []);
    const sending = latest(mayBeIt, now - HOUR, Math.min(now, firstTicks(picture, deed.item)));
    return sending === undefined ? undefined : { ...deed, sending, isSent: false };
  };
}

function tracesOf(picture: Picture, view: AddressView, most: number): Traces {
  const deeds = deedsOf(picture, view, most);
  const sendingBefore = deeds.length === 0 ? () => undefined : sendingsOf(picture, view);
  const afterwards = new Set<Deed>();
  const afterSending = deeds.flatMap((deed): DeedAfter[] => {
    const after = deed.removes ? sendingBefore(deed) : undefined;
    if (after === undefined) return [];
    afterwards.add(deed);
    return [after];
  });
  return {
    all: deeds.length,
    afterSending,
    beyondDeleted: deeds.filter((deed) => deed.hard && !afterwards.has(deed)),
    outOfSight: deeds.filter(({ hides }) => hides !== ""),
  };
}

type Kind = Exclude<keyof Traces, "all">;

/** How many messages deeds are about: one may be deleted twice, or in two copies. A deed without an item is of another. */
function messagesOf({ joined }: Picture, deeds: readonly Deed[]): number {
  return new Set(deeds.map(({ item, row }) => (item < 0 ? `row ${row}` : joined.messageOf(item)))).size;
}

function counted(picture: Picture, deeds: readonly Deed[], kind: keyof typeof WORDS): string {
  if (deeds.length === 0) return "";
  const messages = messagesOf(picture, deeds);
  return `${messages} ${messages === 1 ? "message" : "messages"} ${WORDS[kind]}`;
}

/** How many messages deeds of a kind are about, in words; of those after a sending apart which are known to be what was sent. */
function countsOf(picture: Picture, kind: Kind, deeds: readonly (Deed | DeedAfter)[]): string {
  if (kind !== "afterSending") return counted(picture, deeds, kind);
  const isSent = (deed: Deed | DeedAfter) => "isSent" in deed && deed.isSent;
  const told = [
    counted(picture, deeds.filter(isSent), kind),
    counted(
      picture,
      deeds.filter((deed) => !isSent(deed)),
      "mayBeSent",
    ),
  ];
  return told.filter((words) => words !== "").join(" and ");
}

/** The rows that show some deeds, those of the sendings before them included, in order. */
function rowsOf(picture: Picture, deeds: readonly (Deed | DeedAfter)[]): number[] {
  const rows = deeds.flatMap((deed) => ("sending" in deed ? [deed.sending, deed.row] : [deed.row]));
  return [...new Set(rows)].sort(rowOrderOf(picture));
}

function together(all: readonly Traces[]): Traces {
  return {
    all: all.reduce((total, traces) => total + traces.all, 0),
    afterSending: all.flatMap(({ afterSending }) => afterSending),
    beyondDeleted: all.flatMap(({ beyondDeleted }) => beyondDeleted),
    outOfSight: all.flatMap(({ outOfSight }) => outOfSight),
  };
}

export const addressDeeds = scoring({
  id: "address-deeds",
  about: "address",
  title: "Removes its own traces",
  description:
    "From an address that is not familiar, messages were sent and then deleted, deleted beyond Deleted Items, or moved to a folder where nobody looks (RSS feeds, Conversation History).",
  requires: "Delete and Move records with their properties, and logons to attribute them",
  falsePositives: ["An owner who deletes what is sent as a habit; see what familiar addresses do."],
  blindSpots: ["Inbox rules that hide messages leave no record here."],
  references: ["https://attack.mitre.org/techniques/T1070/008/"],
  attack: ["T1070.008"],
  nextSteps: ["Recover the messages from the Recoverable Items folder or from their recipients."],
  settings: {
    sentAndDeleted: { is: 36, says: "points for sending and deleting what was sent within an hour" },
    hardDeleted: { is: 10, says: "points for deleting several messages beyond Deleted Items" },
    oneHardDeleted: { is: 6, says: "points for one or two" },
    several: { is: 3, says: "messages that are several" },
    hidden: { is: 20, says: "points for moving messages to where nobody looks" },
    ownShare: {
      is: 0.1,
      says: "such deeds of familiar addresses, per deletion or move of theirs, from which they are usual",
    },
  },
  assess(picture, { sentAndDeleted, hardDeleted, oneHardDeleted, several, hidden, ownShare }) {
    const fired: Fired[] = [];
    let own: Traces | undefined;
    const ownTraces = () =>
      (own ??= together(
        [...picture.addresses.values()]
          .filter(({ familiar }) => familiar)
          .map((view) => tracesOf(picture, view, OWN_SAMPLE)),
      ));
    for (const view of picture.addresses.values()) {
      if (!view.stranger) continue;
      const traces = tracesOf(picture, view, Infinity);
      const add = (kind: Kind, points: number, more: string) => {
        const found: readonly (Deed | DeedAfter)[] = traces[kind];
        if (found.length === 0) return;
        const usual = ownTraces().all >= 10 && ownTraces()[kind].length / ownTraces().all >= ownShare;
        const sure = found.some(({ row }) => picture.activities.confidenceOf(row) !== "low");
        const all = usual ? Math.round(points / 4) : points;
        fired.push({
          entity: view.address,
          text: `${countsOf(picture, kind, found)}${more}${usual ? ", as the owner does" : ""}${sure ? "" : ", all attributed with low confidence"}`,
          points: sure ? all : Math.round(all / 2),
          rows: rowsOf(picture, found),
        });
      };
      add("afterSending", sentAndDeleted, "");
      add("beyondDeleted", messagesOf(picture, traces.beyondDeleted) >= several ? hardDeleted : oneHardDeleted, "");
      add("outOfSight", hidden, ` (${[...new Set(traces.outOfSight.map(({ hides }) => hides))].join(", ")})`);
    }
    const told = picture.joined.mailboxCase.types.some(({ role }) => role === "delete" || role === "move");
    return { fired, missing: told ? undefined : "no deletion or move is logged" };
  },
});
