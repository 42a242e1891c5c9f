import { dayOf } from "../joins/address-activity.ts";
import { clientOfRow } from "../joins/mailbox-case.ts";
import { clientNumberOf } from "../joins/rows.ts";
import { appIdOf } from "../joins/applications.ts";
import type { Picture } from "./picture.ts";
import { OWN_CLIENT_SHARE } from "./picture.ts";

/** What tells one client from another: its program or way in, and the id of its application. */
function clientKey({ joined, recorded }: Picture, row: number): string {
  const context = clientOfRow(joined.mailboxCase, row);
  const id = context === undefined ? "" : appIdOf(context).trim().toLowerCase();
  return JSON.stringify([recorded(row)?.name ?? "", id]);
}

/** When a client is there, by audit records. */
export interface ClientUse {
  readonly days: Set<number>;
  /** The first day on which a familiar network used it; Infinity where none did. */
  firstFamiliar: number;
}

/** What addresses of a mailbox use, by audit records. */
export interface ClientUses {
  /** The use of a row's client; undefined where no address uses it. */
  useOf(row: number): ClientUse | undefined;
  /** Whether it is one of the owner's: familiar networks use it, or it is there on most days. */
  isOwn(use: ClientUse): boolean;
  /** Whether anything is known of what familiar networks use. */
  readonly isCompared: boolean;
}

/** The use of each client in a mailbox. */
export function clientUses(picture: Picture): ClientUses {
  const { rows } = picture.joined.mailboxCase;
  const byKey = new Map<string, ClientUse>();
  const byNumber = new Map<number, ClientUse>();
  const startUse = (row: number): ClientUse => {
    const key = clientKey(picture, row);
    const use = byKey.get(key) ?? { days: new Set(), firstFamiliar: Infinity };
    byKey.set(key, use);
    return use;
  };
  for (const { activity, familiar } of picture.addresses.values()) {
    for (const row of activity.rows) {
      const number = clientNumberOf(rows, row);
      let use = byNumber.get(number);
      if (use === undefined) byNumber.set(number, (use = startUse(row)));
      const day = dayOf(rows.ticks[row] as number);
      use.days.add(day);
      if (familiar) use.firstFamiliar = Math.min(use.firstFamiliar, day);
    }
  }
  return {
    useOf: (row) => byKey.get(clientKey(picture, row)),
    // A telephone on the way is the owner's, though no network that it goes through is.
    isOwn: ({ firstFamiliar, days }) => firstFamiliar < Infinity || days.size >= OWN_CLIENT_SHARE * picture.days,
    isCompared: [...picture.addresses.values()].some(({ familiar, activity }) => familiar && activity.rows.length > 0),
  };
}
