import type { AddressPresence } from "../joins/address-presence.ts";
import type { TenantEntry, TenantLog } from "../joins/tenant-log.ts";
import type { MailboxEvent } from "../model/event.ts";
import type { EntityType, Finding } from "../model/finding.ts";
import type { SourceRef } from "../model/record.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Picture } from "./picture.ts";

/** A weight, a threshold or a list of a rule, with what it means. All of them can be overridden by a file. */
export interface Setting<T extends number | readonly string[] = number | readonly string[]> {
  readonly is: T;
  readonly says: string;
  /**
   * What a file may give other than whole numbers of the same sign, shares where it is one, and any texts: a length of
   * time or a speed, which is none at 0; any number, for days and for factors; addresses, networks and domains; ids of
   * applications; themes of terms; ids of rules.
   */
  readonly takes?: "length" | "fraction" | "networks" | "apps" | "themes" | "rules";
}

export type Settings = Readonly<Record<string, Setting>>;

/** The values of a rule's settings, as its code takes them. */
export type Values<S extends Settings> = {
  readonly [K in keyof S]: S[K]["is"] extends number ? number : readonly string[];
};

/** What a rule says of itself to people. */
export interface RuleText {
  /** The folder's name. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The records and databases without which it cannot be assessed. */
  readonly requires: string;
  readonly falsePositives: readonly string[];
  readonly blindSpots: readonly string[];
  readonly references: readonly string[];
  /** ATT&CK technique ids; empty for what speaks for the owner. */
  readonly attack: readonly string[];
  readonly nextSteps: readonly string[];
}

/** A rule's reason for one entity, before the rule's id is put to it. */
export interface Fired {
  /** The address, the search's number or the client's key. */
  readonly entity: string;
  readonly text: string;
  readonly points: number;
  readonly rows: readonly number[];
}

/** What became of a rule in one mailbox. */
export interface Assessed {
  readonly fired: readonly Fired[];
  /** Which records or databases it lacked, where that left it blind. */
  readonly missing?: string | undefined;
}

/** A rule that gives points to addresses, searches or clients. */
export interface ScoringRule<S extends Settings = Settings> extends RuleText {
  readonly about: "address" | "search" | "client";
  readonly settings: S;
  assess(picture: Picture, values: Values<S>): Assessed;
}

/** A rule that gives points to messages, asked for each in order of time. */
export interface MessageRule<S extends Settings = Settings> extends RuleText {
  readonly about: "message";
  readonly settings: S;
  /** Begins with a mailbox; gives the question that is put to each event of the message family. */
  begin(picture: Picture, values: Values<S>): MessageQuestion;
}

export interface MessageQuestion {
  /** What speaks against the message of an event; undefined where nothing does. */
  ask(event: MailboxEvent): Omit<Fired, "entity" | "rows"> | undefined;
  /** Which records it lacked; asked after the last event. */
  missing?(): string | undefined;
}

/** A finding without what the rule's own text says, and what follows from its reasons: score, evidence and count. */
export type FoundByRule = Pick<Finding, "confidence" | "reasons"> & {
  readonly entity: { readonly type: EntityType; readonly value: string };
  /** In order: the rows that say from when to when it went on, where not all do. */
  readonly timed?: readonly number[];
  /** What to do first, before the rule's own steps. */
  readonly nextSteps?: readonly string[];
};

/** A rule whose findings stand for themselves: asked last, when everything else has its score. */
export interface FindingRule<S extends Settings = Settings> extends RuleText {
  readonly about: "mailbox";
  readonly settings: S;
  find(picture: Picture, values: Values<S>): { readonly found: readonly FoundByRule[]; readonly missing?: string };
}

/** What rules about all mailboxes look at, when every one of them has been assessed. */
export interface TenantPicture {
  /** What the audit logs of the run say together. */
  readonly log: TenantLog;
  readonly mailboxes: number;
  /** What the addresses that score high in at least one mailbox did in each of them. */
  readonly addresses: readonly AddressPresence[];
  readonly knowledge: Knowledge;
}

/** A place in the evidence, by the tenant's log or by itself, and its time in ticks; NaN where that cannot be read. */
export type TenantPlace = (TenantEntry | SourceRef) & { readonly ticks: number };

/** Why something that concerns several mailboxes scores: as `Reason`, with places in the evidence for rows. */
export interface TenantReason {
  readonly text: string;
  readonly points: number;
  /** The records that show it; where there are very many, some of them. */
  readonly entries: readonly TenantPlace[];
}

/** A finding about several mailboxes, without what the rule's own text says and what follows from its reasons. */
export interface FoundInTenant {
  readonly entity: { readonly type: EntityType; readonly value: string };
  readonly confidence: Finding["confidence"];
  readonly reasons: readonly TenantReason[];
  /** All mailboxes that it is about, each once: their names, empty where no record says it, and the first record of each. */
  readonly mailboxes: readonly (TenantPlace & { readonly mailbox: string })[];
  /**
   * TimeStamps of the first and last record of what was found, verbatim or as `formatTicks` writes them: they may lie
   * outside of the records that are named.
   */
  readonly firstTime: string;
  readonly lastTime: string;
}

/** A rule about all mailboxes together; its findings are of no single mailbox. */
export interface TenantRule<S extends Settings = Settings> extends RuleText {
  readonly about: "tenant";
  readonly settings: S;
  find(
    picture: TenantPicture,
    values: Values<S>,
  ): { readonly found: readonly FoundInTenant[]; readonly missing?: string };
}

export type Rule = ScoringRule | MessageRule | FindingRule | TenantRule;

/** A scoring rule; makes the settings' types known to its code. */
export function scoring<S extends Settings>(rule: ScoringRule<S>): ScoringRule {
  // The engine gives a rule the values of its own settings and of no other's.
  return rule;
}

export function aboutMessages<S extends Settings>(rule: MessageRule<S>): MessageRule {
  return rule;
}

export function finding<S extends Settings>(rule: FindingRule<S>): FindingRule {
  return rule;
}

export function inTenant<S extends Settings>(rule: TenantRule<S>): TenantRule {
  return rule;
}
