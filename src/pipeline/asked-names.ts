import type { MailboxCase, RowFilter } from "../joins/mailbox-case.ts";

/** Names that occur in mailboxes, of the kinds by which a filter chooses. */
export interface OccurringNames {
  readonly types: Set<string>;
  readonly apps: Set<string>;
}

export function newOccurringNames(): OccurringNames {
  return { types: new Set(), apps: new Set() };
}

/** Notes the names that occur in a mailbox, where its filter asks for some. */
export function noteNames(names: OccurringNames, { filter, types, apps }: MailboxCase): void {
  if (filter.types !== undefined) for (const { name } of types) names.types.add(name);
  if (filter.apps !== undefined) for (const name of apps) names.apps.add(name);
}

/** Names that were asked for and occur in no mailbox, a sentence each: they may be misspelt. */
export function absentNameWarnings(filter: RowFilter, { types, apps }: OccurringNames): string[] {
  return [...absent("--types", filter.types, types), ...absent("--apps", filter.apps, apps)];
}

function absent(option: string, asked: ReadonlySet<string> | undefined, occurring: ReadonlySet<string>): string[] {
  return [...(asked ?? [])]
    .filter((name) => !occurring.has(name))
    .map((name) => {
      const same = [...occurring].find((other) => other.toLowerCase() === name.toLowerCase());
      const but = same === undefined ? "" : `, but ${same} does: names are compared letter by letter`;
      return `${option}: ${name} occurs in no record${but}`;
    });
}
