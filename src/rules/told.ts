import type { MailboxEvent, MessageFields } from "../model/event.ts";

/** What a row's record says of its message, or where it does not, what others say: as tables print it. */
export function told(event: MailboxEvent, fact: keyof MessageFields): string | undefined {
  return event.own()[fact] ?? event.message()[fact];
}

/** For a reason that stands on such a fact: which other records it may be from; empty where the row's own says it. */
export function toldBy(event: MailboxEvent, fact: keyof MessageFields): string {
  return event.own()[fact] === undefined ? ` (${event.message().metadata})` : "";
}
