import type { EntityType } from "../model/finding.ts";

/** What a finding says that sums up all rules about one entity. */
export interface Kind {
  readonly id: string;
  readonly entity: EntityType;
  readonly title: string;
  readonly description: string;
  readonly nextSteps: readonly string[];
}

/** One a kind of entity that rules give points to. */
export const kinds = {
  address: {
    id: "suspicious-address",
    entity: "address",
    title: "Suspicious address",
    description: "The sum of all rules about an address; ip-scores.tsv has every address.",
    nextSteps: ["Filter read-activity-by-time.tsv and search-activity.tsv by the address."],
  },
  client: {
    id: "suspicious-client",
    entity: "client",
    title: "Suspicious client",
    description:
      "The sum of all rules about an application type, user agent or application id; client-scores.tsv has every one.",
    nextSteps: ["See in logon-activity.tsv from where the client was used."],
  },
  search: {
    id: "suspicious-search",
    entity: "search",
    title: "Suspicious search",
    description: "The sum of all rules about a search; searches.tsv has every search.",
    nextSteps: ["Filter search-activity.tsv by the number of the search for every keystroke."],
  },
  message: {
    id: "suspicious-message",
    entity: "message",
    title: "Suspicious message",
    description: "The sum of all rules about a message; message-activity.tsv has every message.",
    nextSteps: ["Look at the message itself with its headers, and at who else got it."],
  },
} as const satisfies Readonly<Record<string, Kind>>;
