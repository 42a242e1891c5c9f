import { appKey } from "../../enrich/apps/known-app.ts";
import { formatTicks } from "../../ingest/timestamp.ts";
import type { AccessWindow } from "../../joins/mailbox-access/index.ts";
import { appIdOf } from "../../joins/applications.ts";
import { accessWindows } from "../../joins/mailbox-access/index.ts";
import type { TenantLog } from "../../joins/tenant-log.ts";
import { entryAt } from "../../joins/tenant-log.ts";
import type { FoundInTenant, TenantPicture } from "../rule.ts";
import { inTenant } from "../rule.ts";
import { consentsTo, FIRST_NAMED, firstOfMailboxes, mailboxOfEntry, namedApp, noAccess } from "../tenant-access.ts";
import type { AccessValues } from "./settings.ts";
import { accessRuleSettings, accessSettings } from "./settings.ts";

/** So many records of all windows are named, and beside them the first of each mailbox. */
const MOST_ENTRIES = 200;

/** The scoring windows by application and organisation, in order of time. A tumbling window writes no organisation as 0. */
function byApplication(windows: readonly AccessWindow[]): Iterable<readonly AccessWindow[]> {
  const groups = new Map<string, AccessWindow[]>();
  for (const window of windows) {
    if (window.score.points === 0) continue;
    const organization = window.organization === "0" ? "" : window.organization;
    const key = JSON.stringify([window.app.toLowerCase(), organization.toLowerCase()]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [window]);
    else group.push(window);
  }
  return groups.values();
}

/**
 * The different entries of windows, which overlap between the modes: how many, the first of each mailbox, and those that
 * are named, both in order of time.
 */
function entriesOf(log: TenantLog, windows: readonly AccessWindow[]) {
  const inTime = (a: number, b: number) => (log.ticks[a] as number) - (log.ticks[b] as number) || a - b;
  const marked = new Uint8Array(log.count);
  const some: number[] = [];
  const firstOfContexts = new Map<number, number>();
  let count = 0;
  for (const { entries } of windows.toSorted((a, b) => a.firstTicks - b.firstTicks)) {
    for (const entry of entries) {
      if (marked[entry] === 1) continue;
      marked[entry] = 1;
      if (count++ < MOST_ENTRIES) some.push(entry);
      const context = log.context[entry] as number;
      const known = firstOfContexts.get(context);
      if (known === undefined || inTime(entry, known) < 0) firstOfContexts.set(context, entry);
    }
  }
  const ofMailboxes = firstOfMailboxes(log, [...firstOfContexts.values()].sort(inTime));
  return { count, named: [...new Set([...some, ...ofMailboxes])].sort(inTime), ofMailboxes };
}

function found(log: TenantLog, windows: readonly AccessWindow[]): FoundInTenant {
  // Of equal ones the sliding window: it counts mailboxes, and holds what borders of the raster cut apart.
  const best = windows.reduce((best, window) => {
    const better = window.score.points - best.score.points;
    return better > 0 || (better === 0 && window.mode === "sliding" && best.mode === "tumbling") ? window : best;
  });
  const tumbling = windows.filter(({ mode }) => mode === "tumbling");
  const first = windows.reduce((least, { firstTicks }) => Math.min(least, firstTicks), Infinity);
  const last = windows.reduce((greatest, { lastTicks }) => Math.max(greatest, lastTicks), -Infinity);
  const { count, named, ofMailboxes } = entriesOf(log, windows);
  const all = `${count} records in all`;
  const sample = `${all}, of which ${MOST_ENTRIES} and the first of each mailbox are named`;
  const organizations = new Set([best.organization === "0" ? "" : best.organization]);
  const signs = best.reasons.filter(({ points }) => points > 0).length;
  return {
    entity: { type: "application", value: namedApp(best.app, consentsTo(log, appKey(best.app), organizations)) },
    confidence: signs >= 4 ? "high" : signs >= 2 ? "medium" : "low",
    reasons: [
      ...best.reasons.map(({ text, points, records = 0, ...reason }) => {
        const entries = reason.entries();
        return { text: records > entries.length ? `${text}; ${FIRST_NAMED}` : text, points, entries };
      }),
      {
        text: `${tumbling.length} tumbling and ${windows.length - tumbling.length} sliding windows in mailbox-access.tsv, this one the highest; ${count > named.length ? sample : all}`,
        points: 0,
        entries: named.map((entry) => entryAt(log, entry)),
      },
    ],
    mailboxes: ofMailboxes.map((at) => mailboxOfEntry(log, at)),
    firstTime: formatTicks(first),
    lastTime: formatTicks(last),
  };
}

/** Which records were not there to be counted. */
function missingFrom(log: TenantLog): string | undefined {
  const { count, ticks, contexts } = log;
  const none = noAccess(log);
  if (none !== undefined) return none;
  if (contexts.every((context) => appIdOf(context) === "")) {
    return "no MailItemsAccessed record names an application";
  }
  let unreadable = 0;
  for (let entry = 0; entry < count; entry++) if (Number.isNaN(ticks[entry])) unreadable++;
  if (unreadable === 0) return undefined;
  return `the time of ${unreadable} MailItemsAccessed ${unreadable === 1 ? "record" : "records"} cannot be read`;
}

const known = new WeakMap<TenantPicture, readonly AccessWindow[]>();

/** The windows that exceed, by start: worked out once, for the finding and for the table that lists them. */
export function windowsOf(picture: TenantPicture, values: AccessValues): readonly AccessWindow[] {
  let windows = known.get(picture);
  if (windows === undefined) {
    windows = accessWindows(picture.log, accessSettings(values, picture.knowledge));
    known.set(picture, windows);
  }
  return windows;
}

export const mailboxAccessApi = inTenant({
  id: "mailbox-access-api",
  about: "tenant",
  title: "Many mailboxes read through an API in a short time",
  description:
    "One application read more mailboxes in a few minutes than one person needs. Counted in two ways, which mailbox-access.tsv lists one by one: in tumbling windows exactly as Splunk's rule counts users, and in sliding windows, which count mailboxes and hold what the tumbling ones cut apart. One finding an application and organisation; its points are those of its highest window.",
  requires: "MailItemsAccessed records of an audit log, with times and application ids",
  falsePositives: [
    "Applications that are there to read many mailboxes: backup, archiving, journaling, calendars, signatures, security products. Allow them by ClientAppId or address.",
    "A shared program of many users, where it speaks an interface for programs.",
  ],
  blindSpots: [
    "MailItemsAccessed needs a licence, is not logged for all applications, and Bind records stop for 24 hours after 1,000 of them.",
    "Identical accesses are logged once an hour.",
    "Fewer mailboxes than the limit in any ten minutes.",
    "An intruder who uses the application ids of programs that people sit at.",
    "Sliding windows leave out Client=REST;Client=RESTSystem;; from addresses of Microsoft and from none, as Microsoft's own back end does it; an intruder whose access is logged with such an address is in tumbling windows alone.",
    "Consent records that name the service principal by its object id alone.",
  ],
  references: [
    "https://research.splunk.com/cloud/7cd853e9-d370-412f-965d-a2bcff2a2908/",
    "https://attack.mitre.org/techniques/T1114/002/",
    "https://attack.mitre.org/detectionstrategies/DET0048/",
    "https://learn.microsoft.com/en-us/purview/audit-log-investigate-accounts",
  ],
  attack: ["T1114.002"],
  nextSteps: [
    "Find out who owns the application, who gave it which rights and when, and whether it is meant to read these mailboxes.",
    "Revoke its rights and secrets if nobody knows it.",
    "Take its mailboxes for exposed as long as nothing else is known: findings.json lists all of them under mailboxes, mailbox-access.tsv the first 200 of each window.",
    "Once it is known, put its id on the allow-list.",
  ],
  settings: accessRuleSettings,
  find(picture, values) {
    const { log } = picture;
    const windows = windowsOf(picture, values);
    const all = [...byApplication(windows)].map((group) => found(log, group));
    const missing = missingFrom(log);
    return missing === undefined ? { found: all } : { found: all, missing };
  },
});
