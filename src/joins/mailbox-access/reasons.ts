import { formatTicks, TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import type { TenantLog } from "../tenant-log.ts";
import { entryAt, isConsentIn } from "../tenant-log.ts";
import type { AccessReason, AccessSettings, AccessWindow } from "./access-window.ts";
import type { Shown } from "./shown.ts";

/** What is known of a window before it is weighed. */
export interface WindowFacts extends Omit<AccessWindow, "reasons" | "score"> {
  readonly shown: Shown;
  /** How many mailboxes an account other than their owner's read. */
  readonly byOthers: number;
  /** How many Sync records there are. */
  readonly syncs: number;
  /** What was met of the watch list, and the first entry of each. */
  readonly watched: ReadonlyMap<string, number>;
  /** Whether any record comes from elsewhere than Microsoft's own back end. */
  readonly outside: boolean;
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function exceeded({ mailboxes, minutes }: AccessSettings, facts: WindowFacts): string {
  const limit = `more than ${mailboxes} stand out`;
  const start = formatTicks(facts.start);
  const span = counted(minutes, "minute", "minutes");
  if (facts.mode === "tumbling") {
    return `${counted(facts.mailboxes, "user", "users")} of one application in the ${span} from ${start}; ${limit}`;
  }
  const all = `${counted(facts.mailboxes, "mailbox", "mailboxes")} read by one application from ${start} to ${formatTicks(facts.end)}`;
  return facts.most === facts.mailboxes
    ? `${all}, all within ${span}; ${limit}`
    : `${all}, up to ${facts.most} of them within ${span}; ${limit}`;
}

/**
 * Why a window scores. That the limit is exceeded is the base; further points come from how far, from what a
 * collector's access looks like (an account that is not the owner's, folders copied whole), from a consent shortly
 * before, and from a watch list. What comes from Microsoft's own back end alone ends at 0.
 */
export function reasonsOf(log: TenantLog, settings: AccessSettings, facts: WindowFacts): AccessReason[] {
  const { points, mailboxes } = settings;
  const { shown } = facts;
  const reasons: AccessReason[] = [];
  const add = (text: string, points: number, entries: () => readonly number[], records?: number) =>
    reasons.push({ text, points, records, entries: () => entries().map((entry) => entryAt(log, entry)) });
  add(exceeded(settings, facts), points.exceeded, shown.counted);
  const limit = Math.max(1, mailboxes);
  let doublings = 0;
  while (doublings < points.doublings && facts.most >= limit * 2 ** (doublings + 1)) doublings++;
  if (doublings > 0) {
    add(`${facts.most} are at least ${2 ** doublings} times ${limit}`, doublings * points.doubled, shown.counted);
  }
  if (facts.byOthers > mailboxes) {
    add(
      `${counted(facts.byOthers, "mailbox was", "mailboxes were")} read by an account that is not the owner's`,
      points.others,
      shown.byOthers,
    );
  }
  if (facts.syncs > 0) {
    const records = counted(facts.syncs, "Sync record", "Sync records");
    add(`${records}: whole folders may have been copied`, points.copied, shown.syncs, facts.syncs);
  }
  const app = facts.app.toLowerCase();
  // A tumbling window writes no organisation as 0.
  const organization = facts.organization === "0" ? "" : facts.organization;
  const earliest = facts.firstTicks - points.consentDays * 86_400 * TICKS_PER_SECOND;
  const given = log.consents
    .filter(({ appId, ticks }) => appId.toLowerCase() === app && ticks >= earliest && ticks <= facts.firstTicks)
    .filter((consent) => isConsentIn(consent, organization))
    .sort((a, b) => a.ticks - b.ticks);
  const consent = given.at(-1);
  if (consent !== undefined) {
    const by = consent.user === "" ? "" : ` by ${consent.user}`;
    const within = `at most ${counted(points.consentDays, "day", "days")} before`;
    reasons.push({
      text: `the application was given rights at ${consent.timeStamp}${by}, ${within}`,
      points: points.consented,
      records: undefined,
      entries: () => given.map(({ entry, ticks }) => ({ ...entry, ticks })),
    });
  }
  const watchedApp = settings.watchedApp(facts.app);
  const watched = [...(watchedApp === undefined ? [] : [watchedApp]), ...facts.watched.keys()];
  if (watched.length > 0) {
    const entries = watchedApp === undefined ? () => [...facts.watched.values()] : shown.mailboxes;
    add(`on the watch list: ${watched.join(", ")}`, points.watched, entries);
  }
  if (!facts.outside) {
    const sum = reasons.reduce((total, reason) => total + reason.points, 0);
    add("every record comes from Microsoft's own back end", -sum, shown.mailboxes);
  }
  return reasons;
}
