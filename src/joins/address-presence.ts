import type { ScoredAddress } from "../model/assessment.ts";
import { reaches } from "../model/finding.ts";
import type { JoinedCase } from "./joined-case.ts";
import type { SourceRef } from "../model/record.ts";

/** What one address did in one mailbox, in figures, when everything about that mailbox is known. */
export interface AddressPresence {
  readonly mailbox: string;
  readonly address: string;
  /** Its score in that mailbox. */
  readonly points: number;
  readonly logons: number;
  readonly failedLogons: number;
  /** Logons that succeeded in part. */
  readonly partialLogons: number;
  readonly reads: number;
  readonly searches: number;
  readonly attachments: number;
  /** Records of answering and sending, of what changes the mailbox, and of anything else but searches. */
  readonly sent: number;
  readonly changes: number;
  readonly others: number;
  /** Rows of any kind that are attributed to it, logons and failed attempts left out. */
  readonly rows: number;
  /** Rows of failed attempts that are attributed to it, logons left out. */
  readonly failedAttempts: number;
  /** TimeStamps and places of its first and last row there. */
  readonly firstTime: string;
  readonly lastTime: string;
  readonly first: SourceRef;
  readonly last: SourceRef;
}

/** The addresses of a mailbox, the highest score first. */
export function addressPresences(joined: JoinedCase, addresses: readonly ScoredAddress[]): readonly AddressPresence[] {
  const { mailbox } = joined.mailboxCase;
  return addresses.map(({ address, score, firstRow, lastRow, ...figures }) => ({
    mailbox,
    address,
    points: score.points,
    logons: figures.logons,
    failedLogons: figures.failedLogons,
    partialLogons: figures.partialLogons,
    reads: figures.reads,
    searches: figures.searches,
    attachments: figures.attachments,
    sent: figures.sent,
    changes: figures.changes,
    others: figures.others,
    rows: figures.rows,
    failedAttempts: figures.failedAttempts,
    firstTime: joined.recordOf(firstRow).timeStamp,
    lastTime: joined.recordOf(lastRow).timeStamp,
    first: joined.sourceOf(firstRow),
    last: joined.sourceOf(lastRow),
  }));
}

/** The addresses of a mailbox while those of others are awaited: very many are never looked at again. */
export interface PackedPresences {
  /** Those that score high or more there. */
  readonly high: readonly string[];
  /** All of them as JSON in UTF-8. */
  readonly json: Uint8Array;
}

export function packPresences(presences: readonly AddressPresence[]): PackedPresences {
  return {
    high: presences.filter(({ points }) => reaches({ points }, "high")).map(({ address }) => address),
    json: Buffer.from(JSON.stringify(presences)),
  };
}

/** The addresses that score high or more in at least one of the mailboxes, in every mailbox where they are. */
export function suspectPresences(mailboxes: readonly PackedPresences[]): readonly AddressPresence[] {
  const high = new Set(mailboxes.flatMap((mailbox) => mailbox.high));
  if (high.size === 0) return [];
  const read = (json: Uint8Array) => JSON.parse(Buffer.from(json).toString()) as AddressPresence[];
  return mailboxes.flatMap(({ json }) => read(json).filter(({ address }) => high.has(address)));
}
