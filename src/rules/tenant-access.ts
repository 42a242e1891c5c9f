import { appKey, appLabel } from "../enrich/apps/known-app.ts";
import { formatTicks } from "../ingest/timestamp.ts";
import type { AccessContext, Consent, TenantLog } from "../joins/tenant-log.ts";
import { entryAt, isConsentIn, mailboxKey } from "../joins/tenant-log.ts";
import type { FoundInTenant, TenantPlace } from "./rule.ts";

/** So many names are told in the words of a finding; the rest is counted. */
const MOST_NAMES = 10;

/** What a reason says where its evidence is a sample: of very many records in several mailboxes no more are named. */
export const FIRST_NAMED = "the first of each mailbox is named";

/** Of each mailbox that entries are about the first of them, in their order. */
export function firstOfMailboxes({ contexts, context }: TenantLog, entries: Iterable<number>): readonly number[] {
  const met = new Set<number>();
  const firsts = new Map<string, number>();
  for (const at of entries) {
    const number = context[at] as number;
    if (met.has(number)) continue;
    met.add(number);
    const key = mailboxKey(contexts[number] as AccessContext);
    if (!firsts.has(key)) firsts.set(key, at);
  }
  return [...firsts.values()];
}

/** Whose mailbox an entry is about, and where the entry stands. */
export function mailboxOfEntry(log: TenantLog, at: number): FoundInTenant["mailboxes"][number] {
  return { mailbox: (log.contexts[log.context[at] as number] as AccessContext).mailbox, ...entryAt(log, at) };
}

/** Some entries of the tenant's log, by their numbers, as a finding tells them. */
export interface ToldAccess extends Pick<FoundInTenant, "firstTime" | "lastTime" | "mailboxes"> {
  /** How many records in words, and whether only a sample of them is named. */
  readonly records: string;
  /** Those that show it: the first of each mailbox. */
  readonly entries: readonly TenantPlace[];
  /** The first of the mailboxes' names in words. */
  readonly names: string;
}

/** Some words, the first of them told and the rest counted. */
export function briefList(words: readonly string[]): string {
  const more = words.length - MOST_NAMES;
  return `${words.slice(0, MOST_NAMES).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/**
 * What access to several mailboxes looks like together. The first access to each mailbox stands for all of them: very
 * many records show no more than those do.
 *
 * @param accesses numbers of entries, in any order; those without a readable time come last.
 */
export function toldAccess(log: TenantLog, accesses: readonly number[]): ToldAccess {
  const ticksOf = (at: number) => log.ticks[at] as number;
  const ordered = accesses.toSorted((a, b) => {
    const [one, other] = [ticksOf(a), ticksOf(b)];
    if (one < other) return -1;
    if (one > other) return 1;
    return Number(Number.isNaN(one)) - Number(Number.isNaN(other)) || a - b;
  });
  const firsts = firstOfMailboxes(log, ordered);
  const nameAt = (at: number) => {
    const { mailbox, user } = log.contexts[log.context[at] as number] as AccessContext;
    return mailbox === "" ? user : mailbox;
  };
  const timed = ordered.filter((at) => !Number.isNaN(ticksOf(at)));
  const timeOf = (at: number | undefined) => (at === undefined ? "" : formatTicks(ticksOf(at)));
  return {
    mailboxes: firsts.map((at) => mailboxOfEntry(log, at)),
    names: briefList(firsts.map(nameAt)),
    firstTime: timeOf(timed[0]),
    lastTime: timeOf(timed.at(-1)),
    records: `${ordered.length} records${ordered.length > firsts.length ? ` (${FIRST_NAMED})` : ""}`,
    entries: firsts.map((at) => entryAt(log, at)),
  };
}

/** Consents to an application in one of some organisations. @param app as `appKey` writes it. */
export function consentsTo(
  { consents }: TenantLog,
  app: string,
  organizations: ReadonlySet<string>,
): readonly Consent[] {
  return consents.filter(
    (consent) => appKey(consent.appId) === app && [...organizations].some((own) => isConsentIn(consent, own)),
  );
}

/** An application as findings name it: by its id, with its name where that is known or a consent to it tells it. */
export function namedApp(id: string, consents: readonly Consent[]): string {
  return appLabel(id, consents.find(({ appName }) => appName !== "")?.appName);
}

/** Why rules about several mailboxes have none to look at, if so. */
export function noAccess({ records, count, contexts }: TenantLog): string | undefined {
  if (records === 0) return "no audit log";
  if (count === 0) return "no MailItemsAccessed record";
  const mailboxes = new Set(contexts.map(mailboxKey));
  mailboxes.delete("");
  return mailboxes.size <= 1 ? "the audit log tells of access to one mailbox alone" : undefined;
}
