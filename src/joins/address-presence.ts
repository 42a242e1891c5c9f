import type { ScoredAddress } from "../model/assessment.ts";
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
  readonly reads: number;
  readonly searches: number;
  readonly attachments: number;
  /** TimeStamps and places of its first and last row there. */
  readonly firstTime: string;
  readonly lastTime: string;
  readonly first: SourceRef;
  readonly last: SourceRef;
}

/** The addresses of a mailbox, the highest score first. */
export function addressPresences(joined: JoinedCase, addresses: readonly ScoredAddress[]): readonly AddressPresence[] {
  const { mailbox } = joined.mailboxCase;
  return addresses.map(({ address, score, firstRow, lastRow, ...figures }) => {
    const { logons, failedLogons, reads, searches, attachments } = figures;
    return {
      mailbox,
      address,
      points: score.points,
      logons,
      failedLogons,
      reads,
      searches,
      attachments,
      firstTime: joined.recordOf(firstRow).timeStamp,
      lastTime: joined.recordOf(lastRow).timeStamp,
      first: joined.sourceOf(firstRow),
      last: joined.sourceOf(lastRow),
    };
  });
}
