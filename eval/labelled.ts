import ipaddr from "ipaddr.js";
import type { MailboxRow } from "../samples/generator/rows.ts";

export type SetName = "tune" | "report";
export type GeneratorName = "own" | "other";

/** A search that the intruder ran. */
export interface IntruderQuery {
  readonly query: string;
  /** Milliseconds since 1970: when it was run. */
  readonly at: number;
}

/** What is true of a mailbox, whatever an export tells of it. Addresses are canonical. */
export interface Truth {
  readonly attacked: boolean;
  /** The intruder's, with at least one successful logon in the log. */
  readonly entered: ReadonlySet<string>;
  /** The intruder's, with failed logons only: from there nobody got in. */
  readonly failedOnly: ReadonlySet<string>;
  readonly owner: ReadonlySet<string>;
  readonly queries: readonly IntruderQuery[];
}

/** A generated mailbox and the truth about it. */
export interface LabelledMailbox {
  readonly seed: string;
  readonly set: SetName;
  readonly generator: GeneratorName;
  /** What it is about, in a few words. */
  readonly scenario: string;
  readonly user: string;
  /** In the order of the export: row n of the file is rows[n - 1]. */
  readonly rows: readonly MailboxRow[];
  readonly truth: Truth;
}

/** One to be made when its turn comes: a hundred mailboxes at once would fill the memory. */
export interface Planned {
  readonly seed: string;
  readonly set: SetName;
  readonly generator: GeneratorName;
  make(): LabelledMailbox;
}

/** An address in one spelling: of a list the first, without port and brackets. A text that is no address stays. */
export function canonical(text: string): string {
  const first = (text.split(",")[0] ?? "").trim();
  const bracketed = /^\[(.*)\](?::\d+)?$/.exec(first)?.[1];
  const bare = bracketed ?? (/^[\d.]+:\d+$/.test(first) ? first.replace(/:\d+$/, "") : first);
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : bare;
}

/** Whether a row is a logon that got in. A browser's own Logon is only written inside an open mailbox. */
export function isEntry(row: MailboxRow): boolean {
  if (row.activityIdType === "Logon") return true;
  return (
    row.activityIdType === "ServerLogon" &&
    row.properties?.some(([name, value]) => name === "Result" && value === "Success") === true
  );
}

/** The truth about finished rows. */
export function truthOf(rows: readonly MailboxRow[], queries: readonly IntruderQuery[]): Truth {
  const addresses = (wanted: (row: MailboxRow) => boolean): Set<string> =>
    new Set(rows.filter(wanted).flatMap((row) => (row.address === undefined ? [] : canonical(row.address))));
  const entered = addresses((row) => row.actor === "intruder" && isEntry(row));
  const all = addresses((row) => row.actor === "intruder");
  return {
    attacked: entered.size > 0,
    entered,
    failedOnly: new Set([...all].filter((address) => !entered.has(address))),
    owner: addresses((row) => row.actor === "owner"),
    queries,
  };
}
