import type { ActivityType, FamilyName } from "../model/event.ts";
import type { ActivityRecord } from "../model/record.ts";
import { attachment } from "./attachment/index.ts";
import type { Family, TypeNote } from "./family.ts";
import { INCIDENTAL_KNOWLEDGE } from "./family.ts";
import { logon } from "./logon/index.ts";
import { message } from "./message/index.ts";
import { other } from "./other/index.ts";
import { read } from "./read/index.ts";
import { search } from "./search/index.ts";

/** Every family; a new one is its folder and its line here. */
export const families: readonly Family[] = [logon, read, search, attachment, message, other];

function activityType(name: string, family: FamilyName, note: TypeNote): ActivityType {
  const { role = "", access, knowledge = INCIDENTAL_KNOWLEDGE } = note;
  return { name, family, role, access, knowledge, failed: false };
}

const known = new Map<string, ActivityType>(
  families.flatMap((family) =>
    Object.entries(family.types).map(([name, note]) => [name, activityType(name, family.name, note)]),
  ),
);

/** Every ActivityIdType that a family names. */
export function knownTypes(): readonly ActivityType[] {
  return [...known.values()];
}

/** Between the name of an audit operation and the way of access that makes a type of its own of it. */
const WAY = "\u0000";

/** In place of the way: what was attempted and failed is a type of its own. */
const FAILED = "failed";

/** Families that tell failures themselves: who failed to log on, and what was searched for all the same. */
const TELLING_FAILURES: ReadonlySet<FamilyName> = new Set(["logon", "search"]);

/**
 * By what a record's type is looked up: a Bind and a Sync are of one Operation and different things, and so are a deed
 * and an attempt that failed.
 */
export function typeKey({ activityIdType, audit }: ActivityRecord): string {
  if (audit === undefined) return activityIdType;
  const way = audit.outcome === "failed" ? FAILED : audit.mailAccessType;
  return way === "" ? activityIdType : `${activityIdType}${WAY}${way}`;
}

/**
 * What is known of an ActivityIdType or audit Operation; names that no family lists belong to `other`.
 *
 * @param key as `typeKey` gives it.
 */
export function typeOf(key: string): ActivityType {
  const end = key.indexOf(WAY);
  const name = end < 0 ? key : key.slice(0, end);
  const way = end < 0 ? "" : key.slice(end + WAY.length);
  const type = known.get(way === "" ? name : `${name} ${way}`) ?? known.get(name);
  if (way === FAILED && !TELLING_FAILURES.has(type?.family ?? "other")) {
    return { ...activityType(name, "other", { knowledge: type?.knowledge ?? INCIDENTAL_KNOWLEDGE }), failed: true };
  }
  if (type === undefined) return activityType(name, "other", {});
  return type.name === name ? type : { ...type, name };
}
