import type { MailboxEvent } from "./event.ts";
import type { Finding, RuleOutcome, Score } from "./finding.ts";
import { NO_SCORE } from "./finding.ts";
import type { Place } from "./place.ts";
import { UNKNOWN_PLACE } from "./place.ts";

/** An address of a mailbox with its score and its figures. Rows are rows of the case. */
export interface ScoredAddress {
  readonly address: string;
  readonly score: Score;
  readonly place: Place;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly logons: number;
  readonly failedLogons: number;
  /** Logons that succeeded in part: nobody knows whether they let somebody in. */
  readonly partialLogons: number;
  /** Displays and searches that are attributed to it: rows of the reading and attachment tables, ends left out. */
  readonly reads: number;
  readonly searches: number;
  readonly attachments: number;
  /** Records of answering and sending, of what changes the mailbox, and of anything else but searches. */
  readonly sent: number;
  readonly changes: number;
  readonly others: number;
  /** Rows of any kind that are attributed to it, logons and failed attempts left out: it was in, also without a logon. */
  readonly rows: number;
  /** Rows of failed attempts that are attributed to it, logons left out. */
  readonly failedAttempts: number;
  /** Verbatim, in order of first use. */
  readonly apps: readonly string[];
  readonly userAgents: readonly string[];
  readonly users: readonly string[];
}

/** An application type, user agent or application id with its score. */
export interface ScoredClient {
  readonly label: string;
  readonly kind: "application type" | "user agent" | "app id";
  readonly score: Score;
  readonly firstRow: number;
  readonly lastRow: number;
  readonly events: number;
  /** 0 to 1: of all rows, of all events that name a user agent, or of all audit rows. */
  readonly share: number;
  readonly addresses: readonly string[];
}

/** What a receiver said of a message's sender: RFC 8601 result words; empty where it said nothing. */
export interface AuthenticationWords {
  readonly spf: string;
  readonly dkim: string;
  readonly dmarc: string;
}

/** What all rules together say of one mailbox. */
export interface Assessment {
  /** The highest score first; equal ones in order of their first rows. */
  readonly addresses: readonly ScoredAddress[];
  readonly clients: readonly ScoredClient[];
  place(address: string): Place;
  address(address: string): Score;
  /**
   * An application that audit records of the mailbox name, with its score; undefined of any other.
   *
   * @param id in any spelling.
   */
  application(id: string): Pick<ScoredClient, "label" | "score"> | undefined;
  /** The address that scores high in whose session a row of a Sync from another address is; empty where none is known. */
  sessionOf(row: number): string;
  search(number: number): Score;
  /** Takes an event of the message family, in order of time, before anybody asks for its score. */
  observe(event: MailboxEvent): void;
  /** The score of the message of the event observed last. */
  message(event: MailboxEvent): Score;
  /** What the headers of an event's message say, where they were given. */
  authentication(event: MailboxEvent): AuthenticationWords | undefined;
  /** Everything found, the highest score first; after the last event. */
  findings(): readonly Finding[];
  outcomes(): readonly RuleOutcome[];
}

/** Where nothing was assessed: scores are empty, not 0. */
export const NOT_ASSESSED: Assessment = {
  addresses: [],
  clients: [],
  place: () => UNKNOWN_PLACE,
  address: () => NO_SCORE,
  application: () => undefined,
  sessionOf: () => "",
  search: () => NO_SCORE,
  observe() {},
  message: () => NO_SCORE,
  authentication: () => undefined,
  findings: () => [],
  outcomes: () => [],
};
