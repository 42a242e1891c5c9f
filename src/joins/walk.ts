import { logonFacts } from "../activities/logon/index.ts";
import { messageFields } from "../activities/message/index.ts";
import type {
  ActivityType,
  Attribution,
  FamilyName,
  MailboxEvent,
  MessageFacts,
  MessageFields,
} from "../model/event.ts";
import type { ActivityRecord, SourceRef } from "../model/record.ts";
import type { Attributor } from "./attribution.ts";
import { attribute, lastLogin, newAttributor } from "./attribution.ts";
import { dwellSeconds } from "./dwell.ts";
import type { JoinedCase } from "./joined-case.ts";
import { ownAddress } from "./mailbox-case.ts";
import { factsFrom, messageFactsOf } from "./message-facts.ts";

/** One row of a joined case, its facts worked out when asked for. */
class CaseEvent implements MailboxEvent {
  readonly type: ActivityType;
  readonly record: ActivityRecord;
  readonly ref: SourceRef;
  readonly mailbox: string;
  readonly row: number;
  readonly ticks: number;
  readonly date: string;
  readonly time: string;
  readonly item: number;
  readonly messageItem: number;
  readonly lastLogin: string | undefined;
  readonly dwellSeconds: number | undefined;
  readonly loggedStart: MailboxEvent["loggedStart"];
  readonly search: number | undefined;
  readonly #joined: JoinedCase;
  readonly #attribution: Attribution;
  #own: MessageFields | undefined = undefined;
  #message: MessageFacts | undefined = undefined;

  constructor(joined: JoinedCase, attributor: Attributor, row: number) {
    const { mailboxCase } = joined;
    const { rows } = mailboxCase;
    const ticks = rows.ticks[row] as number;
    const record = joined.recordOf(row);
    const type = mailboxCase.types[rows.type[row] as number] as ActivityType;
    const separator = record.timeStamp.indexOf("T");
    this.type = type;
    this.record = record;
    this.ref = joined.sourceOf(row);
    this.mailbox = mailboxCase.mailbox;
    this.row = row;
    this.ticks = ticks;
    this.date = separator < 0 ? record.timeStamp : record.timeStamp.slice(0, separator);
    this.time = separator < 0 ? "" : record.timeStamp.slice(separator + 1);
    this.item = rows.item[row] as number;
    this.messageItem = joined.messageOf(this.item);
    this.lastLogin = lastLogin(attributor, ticks, row);
    this.dwellSeconds = dwellSeconds(mailboxCase, joined.displays, row);
    this.loggedStart = joined.displays.startOf(row);
    this.search = type.family === "search" ? joined.searches.byRow.get(row) : undefined;
    this.#joined = joined;
    if (type.role === "delivered") joined.offerDelivery(this.item, row, () => this.own());
    const recorded = ownAddress(mailboxCase, row);
    const own = recorded === "" && type.family === "logon" ? logonFacts(record).client.ip : recorded;
    this.#attribution = attribute(attributor, type, rows.app[row] as number, ticks, row, own);
  }

  own(): MessageFields {
    this.#own ??= messageFields(this.record);
    return this.#own;
  }

  message(): MessageFacts {
    this.#message ??= this.item < 0 ? this.#ownFacts() : this.#joined.factsOf(this.item, () => this.own());
    return this.#message;
  }

  /** Of a message that has no id no other record can speak. */
  #ownFacts(): MessageFacts {
    return messageFactsOf(this.#joined.mailboxCase, factsFrom(this.own(), this.row));
  }

  attribution(): Attribution {
    return this.#attribution;
  }
}

/** Which items rows of these families name, so that their deliveries are worth reading. */
function askedItems({ mailboxCase, order }: JoinedCase, wanted: readonly boolean[]): Uint8Array {
  const { rows, items } = mailboxCase;
  const asked = new Uint8Array(items.count);
  for (const row of order) {
    const item = rows.item[row] as number;
    if (item >= 0 && wanted[rows.type[row] as number] === true) asked[item] = 1;
  }
  return asked;
}

/**
 * The rows of a case in their order, by time and then by source, joined with what other rows know.
 *
 * @param families only rows of these families.
 */
export function* walk(joined: JoinedCase, families: ReadonlySet<FamilyName>): Generator<MailboxEvent, void, void> {
  const { mailboxCase, order } = joined;
  const { rows, types } = mailboxCase;
  const wanted = types.map((type) => families.has(type.family));
  const delivered = types.map((type, at) => type.role === "delivered" && wanted[at] === false);
  const asked = delivered.includes(true) ? askedItems(joined, wanted) : undefined;
  const attributor = newAttributor(joined);
  for (const row of order) {
    const type = rows.type[row] as number;
    if (wanted[type] === true) yield new CaseEvent(joined, attributor, row);
    // Read on the way, a delivery costs less than looked up when a later row asks for it.
    else if (delivered[type] === true && asked?.[rows.item[row] as number] === 1) {
      joined.offerDelivery(rows.item[row] as number, row, () => messageFields(joined.recordOf(row)));
    }
  }
}
