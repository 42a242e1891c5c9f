import type { Score } from "../../model/finding.ts";
import type { TimedEntry } from "../tenant-log.ts";

/** Different texts in the order of their first use; of very many the first ones, and how many there are. */
export interface Names {
  readonly count: number;
  readonly first: readonly string[];
}

/** Why a window scores. */
export interface AccessReason {
  readonly text: string;
  readonly points: number;
  /** How many records the words speak of, where they speak of records and not of users or mailboxes. */
  readonly records: number | undefined;
  /** The records that show it; of those about several mailboxes or users the first of each. */
  entries(): readonly TimedEntry[];
}

/** Many mailboxes that one application read in a short time. */
export interface AccessWindow {
  readonly mode: "tumbling" | "sliding";
  /**
   * 100-nanosecond ticks as `parseTicks` gives them. Tumbling: the window's borders, of which the second is outside.
   * Sliding: the first and the last record.
   */
  readonly start: number;
  readonly end: number;
  /** The first and the last record in ticks; the same as `start` and `end` in a sliding window. */
  readonly firstTicks: number;
  readonly lastTicks: number;
  /** The application's id as its first record writes it. */
  readonly app: string;
  /** Tumbling: the one ClientInfoString of the group, `0` for none. Sliding: all that occur. */
  readonly clientInfos: Names;
  /** Tumbling: `0` where the records name none. */
  readonly organization: string;
  /** Tumbling: different users, as the rule it copies counts them. Sliding: different mailboxes, in any case of letters. */
  readonly mailboxes: number;
  /** The most of them at one time within the length of a window; a sliding window may be longer than that. */
  readonly most: number;
  /** UserIds verbatim; in a tumbling window `0` stands for those that are missing. */
  readonly users: Names;
  /** The mailboxes' owners as first written. */
  readonly owners: Names;
  /** Client addresses; records without one add nothing. */
  readonly addresses: Names;
  /** The entries of the log, in order of time. */
  readonly entries: Uint32Array;
  readonly reasons: readonly AccessReason[];
  readonly score: Score;
}

/** What counts, from when on, and what it weighs. Questions are asked with texts of the log and never with empty ones. */
export interface AccessSettings {
  /** More mailboxes than this stand out. */
  readonly mailboxes: number;
  /** Length of a window. */
  readonly minutes: number;
  /**
   * Whether the user trusts an application (ClientAppId, else AppId) or an address: its records count nowhere. An
   * address of the watch list is neither trusted nor back end, and outside.
   */
  readonly allowsApp: (appId: string) => boolean;
  readonly allowsAddress: (address: string) => boolean;
  /** Microsoft's own back end by address: never counted by sliding windows. */
  readonly isBackEndAddress: (address: string) => boolean;
  /**
   * The interface by which Microsoft's own back end works, by ClientInfoString. Others are logged under it too, so that
   * sliding windows leave out only what comes from no outside address.
   */
  readonly isBackEndClient: (clientInfo: string) => boolean;
  /** Whether an address can be somebody's on the internet, which is none of Microsoft's own. */
  readonly isOutside: (address: string) => boolean;
  /** Programs that people sit at, by ClientInfoString: no access through an API. */
  readonly isPersonalClient: (clientInfo: string) => boolean;
  /** The entry of a watch list that an address or an application matches. */
  readonly watched: (address: string) => string | undefined;
  readonly watchedApp: (appId: string) => string | undefined;
  readonly points: AccessPoints;
}

/** Points of the reasons, each explained in `reasonsOf`. */
export interface AccessPoints {
  readonly exceeded: number;
  readonly doubled: number;
  /** How often doubling gives points at most. */
  readonly doublings: number;
  readonly others: number;
  readonly copied: number;
  readonly consented: number;
  /** How long before a window a consent is of interest, in days. */
  readonly consentDays: number;
  readonly watched: number;
}
