import type { ActivityType, FamilyName } from "../model/event.ts";
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
  return { name, family, role, access, knowledge };
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

/** What is known of an ActivityIdType; names that no family lists belong to `other`. */
export function typeOf(activityIdType: string): ActivityType {
  return known.get(activityIdType) ?? activityType(activityIdType, "other", {});
}
