import type { Access, FamilyName } from "../model/event.ts";

/** What a family says of one of its types; everything left out is nothing special. */
export interface TypeNote {
  readonly role?: string;
  readonly access?: Access;
  readonly knowledge?: number;
}

/** A family of activities: which ActivityIdTypes it takes and what each of them means. */
export interface Family {
  readonly name: FamilyName;
  readonly types: Readonly<Record<string, TypeNote>>;
}

/** Rank of a record that knows a message no better than by a property it happens to carry. */
export const INCIDENTAL_KNOWLEDGE = 9;
