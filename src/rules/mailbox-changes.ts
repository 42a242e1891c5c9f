import { domainOf } from "../enrich/mailbox-rules/destinations.ts";
import { readMailboxRule } from "../activities/other/mailbox-rules/inbox-rule.ts";
import { toldOperation } from "../activities/other/told.ts";
import { ownAddress } from "../joins/mailbox-case.ts";
import type { ActivityType } from "../model/event.ts";
import { reaches } from "../model/finding.ts";
import type { ActivityRecord } from "../model/record.ts";
import { becameOf, scoredAddress } from "./change-ends.ts";
import type { Idle, Sign, SignedChange } from "./signed-change.ts";
import { idleWords } from "./signed-change.ts";
import type { Picture } from "./picture.ts";
import { rowOrderOf } from "./picture.ts";
import type { FoundByRule } from "./rule.ts";

/** So many addresses are named from which one thing was changed. */
const MOST_ADDRESSES = 3;

/** A record that changed how a mailbox treats its mail, or who may use it. */
export interface Change<T> {
  readonly row: number;
  readonly record: ActivityRecord;
  /** What the record says. */
  readonly says: T;
}

/**
 * The records of some roles that say something, in order of time; attempts that failed have no role.
 *
 * @param read what a record says; undefined where it says nothing of the kind.
 */
export function changesOf<T>(
  { joined }: Picture,
  roles: readonly string[],
  read: (record: ActivityRecord) => T | undefined,
): Change<T>[] {
  const { rows, types } = joined.mailboxCase;
  const wanted = new Set(types.flatMap((type: ActivityType, number) => (roles.includes(type.role) ? [number] : [])));
  if (wanted.size === 0) return [];
  const changes: Change<T>[] = [];
  for (const row of joined.logged) {
    if (!wanted.has(rows.type[row] as number)) continue;
    const record = joined.recordOf(row);
    const says = record.audit === undefined ? undefined : read(record);
    if (says !== undefined) changes.push({ row, record, says });
  }
  return changes;
}

/** Users without an administrator's rights (UserType of the audit log's schema): they change their own mailbox only. */
const REGULAR = /^(?:0|Regular)$/i;

/** A mailbox's name in lower case: the last part of a path of the directory. */
function nameOf(identity: string): string {
  const last = identity.slice(identity.lastIndexOf("/") + 1);
  return (/^CN=((?:[^,\\]|\\.)*)/i.exec(last)?.[1] ?? last).trim().toLowerCase();
}

/** The mailbox before the name of a rule: `mailbox\name`; empty where there is none. */
export function mailboxOfRule(identity: string): string {
  return identity.slice(0, Math.max(0, identity.lastIndexOf("\\")));
}

/**
 * Tells which mailbox a cmdlet names, where it is not this one. An administrator's cmdlet that names a mailbox by an alias,
 * a GUID or a path of the directory stands among the records of the administrator's own mailbox, whosever that is. Such
 * a name is this mailbox's own where its user made a rule there without naming a mailbox, which is always the user's
 * own, and where the user has no administrator's rights.
 *
 * @returns told the cmdlet's record and the mailbox as the cmdlet names it, gives the last part of a path, in lower
 *   case; empty where nothing but this mailbox is named.
 */
export function otherMailboxes(picture: Picture): (record: ActivityRecord, identity: string) => string {
  const own = picture.joined.mailboxCase.mailbox.toLowerCase();
  const isOwner = ({ audit }: ActivityRecord) => audit !== undefined && audit.user.toLowerCase() === own;
  const names = new Set([own, own.replace(/@.*$/, "")]);
  for (const { record, says } of changesOf(picture, ["rule"], readMailboxRule)) {
    if (!isOwner(record) || says.operation !== "created" || says.mailbox !== "") continue;
    names.add(nameOf(mailboxOfRule(says.identity)));
  }
  return (record, identity) => {
    const name = nameOf(identity);
    if (names.has(name)) return "";
    const isRegular = REGULAR.test(record.properties.text("UserType") ?? "");
    return isRegular && isOwner(record) && !name.includes("@") ? "" : name;
  };
}

/** Whether a rule is switched off after a record. @param enabled undefined where the record does not say. */
export function switchOf(enabled: boolean | undefined): Idle {
  return enabled === undefined ? {} : { switch: enabled ? "" : "switched off" };
}

/**
 * Why a rule never did anything that the log tells of: from the first record that speaks against it on, every record
 * leaves it idle. Empty where it worked, or may have.
 *
 * @param group the records of the rule, in order of time.
 * @param later rows after which a rule was switched on that may be this one, though the record does not say so.
 */
function idleThroughout(group: readonly SignedChange[], later: (row: number) => boolean): string {
  const state: { -readonly [K in keyof Idle]: Idle[K] } = {};
  let words: string | undefined;
  for (const { idle = {}, signs, row } of group) {
    Object.assign(state, idle);
    if (words === undefined && signs.length === 0) continue;
    words = idleWords(state);
    if (words === "" || later(row)) return "";
  }
  return words ?? "";
}

/**
 * The organisation's domains: of the mailbox, of its tenant, of the account that acted unless it is another tenant's,
 * and those that the user told.
 */
export function ownDomains(
  { joined }: Picture,
  { audit, properties }: ActivityRecord,
  told: readonly string[],
): string[] {
  const accounts = [joined.mailboxCase.mailbox, audit?.mailbox ?? "", audit?.external === false ? audit.user : ""];
  const domains = [...accounts.map(domainOf), properties.text("OrganizationName") ?? "", ...told];
  return [...new Set(domains.map((domain) => domain.toLowerCase()))].filter((domain) => domain !== "");
}

/** The sign of a change that was made from an address that scores high; none where it was not, or no address is named. */
export function signOfAddress(picture: Picture, row: number, points: number): readonly Sign[] {
  const { joined, verdict } = picture;
  const address = ownAddress(joined.mailboxCase, row);
  if (address === "") return [];
  if (!reaches(verdict.address(address), "high")) return [];
  return [{ kind: "address", text: `made from ${scoredAddress(picture, address)}`, points }];
}

/** From where changes were made that no sign tells of already, since the address scores less than high. */
function madeFrom(picture: Picture, changes: readonly SignedChange[]): string {
  const { joined, verdict } = picture;
  const own = changes.map(({ row }) => ownAddress(joined.mailboxCase, row));
  const told = [...new Set(own)].filter((address) => address !== "" && !reaches(verdict.address(address), "high"));
  if (told.length === 0) return "";
  const named = told.slice(0, MOST_ADDRESSES).map((address) => scoredAddress(picture, address));
  const more = told.length > MOST_ADDRESSES ? `; and ${told.length - MOST_ADDRESSES} more` : "";
  return `; made ${changes.length > 1 ? "or changed " : ""}from ${named.join("; ")}${more}`;
}

/** Why a rule about such records has nothing to look at, if so. */
function noAuditLog({ joined }: Picture): string | undefined {
  const { clients } = joined.mailboxCase;
  // The first stands for rows of other logs.
  if (clients.length <= 1) return "no audit log of the mailbox was given";
  return clients.some(({ workload }) => /^Exchange/i.test(workload))
    ? undefined
    : "the audit log has no record of Exchange about the mailbox";
}

/** Whether a change of the same name may be of the same thing, since one of the two does not say in which mailbox. */
function isSameElsewhere({ entity, mailbox }: SignedChange, [first]: readonly SignedChange[]): boolean {
  return (
    entity.toLowerCase() === first?.entity.toLowerCase() &&
    mailbox !== first.mailbox &&
    (mailbox === "" || first.mailbox === "")
  );
}

/**
 * Findings about what changes are about, one an entity of a mailbox: the record itself says what was done, so that they are sure.
 * The first reason is what the first of the records says; it has no points.
 *
 * @param rule the rule's id.
 * @param least what scores less is no finding.
 * @param idlePart part of the points that is left for a rule that never worked. That it was made is evidence all the
 *   same, so that `least` is left of it in any case.
 */
export function findingsOf(
  picture: Picture,
  rule: string,
  changes: readonly SignedChange[],
  least: number,
  idlePart = 1,
): { readonly found: readonly FoundByRule[]; readonly missing?: string } {
  const compare = rowOrderOf(picture);
  const byEntity = new Map<string, SignedChange[]>();
  for (const change of changes) {
    const key = `${change.entity.toLowerCase()}\n${change.mailbox}`;
    const known = byEntity.get(key);
    if (known === undefined) byEntity.set(key, [change]);
    else known.push(change);
  }
  const switchedOn = changes.filter(({ idle }) => idle?.switch === "");
  const found = [...byEntity.values()].flatMap((group): FoundByRule[] => {
    const kinds = new Map<string, { text: string; points: number; rows: number[] }>();
    for (const { row, signs } of group) {
      for (const { kind, text, points } of signs) {
        const known = kinds.get(kind);
        if (known === undefined) kinds.set(kind, { text, points, rows: [row] });
        else {
          if (known.rows.at(-1) !== row) known.rows.push(row);
          if (points > known.points) kinds.set(kind, { text, points, rows: known.rows });
        }
      }
    }
    const signs = [...kinds.values()].filter(({ points }) => points > 0);
    const sum = signs.reduce((sum, { points }) => sum + points, 0);
    if (sum < Math.max(1, least)) return [];
    const told = group.filter((change) => change.signs.length > 0);
    const rows = [...new Set(told.map(({ row }) => row))].sort(compare);
    const [first] = told;
    const what = first === undefined ? undefined : toldOperation(first.record);
    const reasons = signs.map(({ text, points, rows: own }) => ({ rule, text, points, rows: own.toSorted(compare) }));
    if (what !== undefined && first !== undefined) {
      reasons.push({ rule, text: `${what}${madeFrom(picture, told)}`, points: 0, rows: [first.row] });
    }
    const mayBeThisOne = (change: SignedChange) => change.isUnnamed === true || isSameElsewhere(change, group);
    const isSwitchedOnAfter = (row: number) =>
      switchedOn.some((change) => compare(row, change.row) < 0 && mayBeThisOne(change));
    const idle = idleThroughout(group, isSwitchedOnAfter);
    if (idle !== "") {
      const left = Math.max(least, Math.round(Math.min(100, sum) * idlePart));
      const text = `the rule is ${idle} from the first: as far as the log tells, it never worked`;
      reasons.push({ rule, text, points: Math.min(0, left - sum), rows });
    }
    const entity = { type: "rule" as const, value: first?.entity ?? "" };
    const others = changes.filter(
      (change) => first !== undefined && compare(first.row, change.row) < 0 && isSameElsewhere(change, group),
    );
    const became = becameOf(picture, rule, group, others);
    return [
      {
        entity,
        confidence: "high",
        reasons: [...reasons, ...became.reasons],
        timed: [...rows, ...became.rows].sort(compare),
        nextSteps: became.nextSteps,
      },
    ];
  });
  const missing = noAuditLog(picture);
  return missing === undefined ? { found } : { found, missing };
}
