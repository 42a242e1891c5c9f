import { toldRule } from "../../activities/other/mailbox-rules/told.ts";
import type { AddressActivity } from "../../joins/address-activity.ts";
import { syncLogons } from "../../joins/exposure.ts";
import type { JoinedCase } from "../../joins/joined-case.ts";
import type { Reason } from "../../model/finding.ts";
import { wholeMailboxSyncs } from "../access-sync/rule.ts";
import { deedsOf } from "../deeds.ts";
import { rowOrderOf, contentRows, rowsOfFamily, rowsOfRole } from "../picture.ts";
import { syncedFolders } from "../recorded.ts";
import { finding } from "../rule.ts";
import { countedBySureness, nobodyAttributed, suspectsOf, tellable, untold } from "../suspects.ts";

/** What an intruder changes to stay or to hide, of which audit logs have records. */
const CHANGES = ["rule", "transport-rule", "mailbox-settings", "permission", "consent"] as const;

/** How an address was in the mailbox: by successful logons or, without any, by the first and last of what it did. */
interface Entry {
  readonly words: string;
  readonly rows: readonly number[];
  /** Logons that failed or succeeded in part, where nothing else says how it came in. */
  readonly failed: readonly number[];
}

function entryOf({ logons, failures, partials, rows }: AddressActivity): Entry {
  const count = `${logons.length} successful logon ${logons.length === 1 ? "record" : "records"},`;
  if (logons.length > 0) return { words: count, rows: logons.map(({ row }) => row), failed: [] };
  const failed = [...failures, ...partials].map(({ row }) => row);
  const tried = [
    ...(failures.length === 0 ? [] : [`${failures.length} failed`]),
    ...(partials.length === 0 ? [] : [`${partials.length} succeeded in part`]),
  ];
  return {
    words: `no successful logon record${tried.length === 0 ? "" : ` (${tried.join(", ")})`}; other records`,
    rows: [...rows.slice(0, 1), ...rows.slice(rows.length - 1, rows.length)],
    failed,
  };
}

/** Where a Sync shares the context of somebody who scores high (Microsoft's advice on compromised accounts). */
const WHOLE_MAILBOX = "so that the whole mailbox is to be taken for copied";
const stepOfWhole = (lastTime: string) =>
  `Take everything that the mailbox held until the last of these Syncs, at ${lastTime}, for copied: exposure.tsv says Suspicious: yes only of messages that records name, in the folders that were synchronised or otherwise.`;
/** So many addresses are named in one reason. */
const MOST_NAMED = 5;

/** How many folders Sync records name. */
function foldersTold(joined: JoinedCase, rows: readonly number[]): string {
  const { names, isAll } = syncedFolders(joined, rows);
  if (names.length === 0) return "folders synchronised";
  const count = `${names.length} ${names.length === 1 ? "folder" : "folders"} synchronised`;
  return isAll ? count : `at least ${count}`;
}

export const incident = finding({
  id: "incident",
  about: "mailbox",
  title: "Signs that somebody other than its owner was in the mailbox",
  description:
    "One finding a mailbox, where at least one address with successful logons or other records there scores high: from when to when, by which addresses, what was searched for, read, opened, sent and deleted from there, and what may have been exposed beyond that. Its score is that of the worst address and grows with further addresses and deeds.",
  requires: "an address that scores high, and successful logons or other records of what was done from it",
  falsePositives: ["Everything that may make an address score wrongly; each reason leads to its rows."],
  blindSpots: [
    "Stretches without records and clients without reading records: coverage.tsv lists them.",
    "An intruder at the owner's own addresses.",
  ],
  references: [
    "https://attack.mitre.org/techniques/T1114/002/",
    "https://attack.mitre.org/detectionstrategies/DET0048/",
  ],
  attack: ["T1078.004", "T1114.002"],
  nextSteps: [
    "Confirm with the owner which of the addresses are theirs.",
    "Review exposure.tsv, the rows that say Suspicious: yes, for what must be notified.",
    "Look in the tenant for rules, forwarding, permissions and consents made in that time.",
  ],
  settings: {
    further: { is: 5, says: "points for each further suspicious address" },
    searched: { is: 5, says: "points for searches" },
    sent: { is: 10, says: "points for messages answered, forwarded or sent" },
    removed: { is: 10, says: "points for messages deleted or hidden" },
    copied: { is: 10, says: "points for a copy of the mailbox or of folders" },
    changed: { is: 10, says: "points for inbox rules, forwarding, permissions and consents" },
  },
  find(picture, { further, searched, sent, removed, copied, changed }) {
    const { activities, joined, verdict } = picture;
    const worst = (address: string) => verdict.address(address).points;
    const suspects = suspectsOf(picture).sort((a, b) => worst(b.address) - worst(a.address));
    const missing = nobodyAttributed(picture);
    if (suspects.length === 0) return missing === undefined ? { found: [] } : { found: [], missing };
    const compare = rowOrderOf(picture);
    const reasons: Reason[] = [];
    const add = (text: string, points: number, rows: readonly number[]) =>
      reasons.push({ rule: "incident", text, points, rows: rows.toSorted(compare) });
    const timeOf = (row: number) => joined.recordOf(row).timeStamp;
    const failures = new Set<number>();
    for (const [at, { address, activity }] of suspects.entries()) {
      const score = verdict.address(address);
      const { words, rows, failed } = entryOf(activity);
      for (const row of failed) failures.add(row);
      const [first = activity.firstRow, last = activity.lastRow] = [rows[0], rows.at(-1)];
      add(
        `${address} scores ${score.points} (${score.severity}): ${words} first ${timeOf(first)}, last ${timeOf(last)}`,
        at === 0 ? score.points : further,
        [...failed, ...rows],
      );
    }
    const all = (rowsOf: (view: (typeof suspects)[number]) => readonly number[]) => suspects.flatMap(rowsOf);
    const tell = (rows: readonly number[], what: string, points: number) => {
      const told = tellable(picture, rows);
      const words = `${countedBySureness(picture, told)}${untold(rows.length, told.length)}`;
      if (told.length > 0) add(`${what}: ${words}`, points, told);
    };
    const searches = suspects.flatMap((view) => view.searches);
    const words = [...new Set(searches.map(({ search }) => search.query))].filter((word) => word !== "");
    const queries = `${words.slice(0, 12).join("; ")}${words.length > 12 ? "; …" : ""}`;
    tell(
      searches.map(({ search }) => search.runs[0]?.row ?? search.first.row),
      `searched for ${queries}`,
      searched,
    );
    const content = all((view) => contentRows(picture, view));
    const items = new Set(
      tellable(picture, content).map((row) => joined.messageOf(joined.mailboxCase.rows.item[row] as number)),
    );
    tell(content, `${items.size} ${items.size === 1 ? "message" : "messages"} come to, by accesses`, 0);
    tell(
      all((view) => rowsOfFamily(picture, view, "attachment")),
      "attachments opened, previewed or downloaded",
      0,
    );
    tell(
      all((view) => [...rowsOfRole(picture, view, "answer"), ...rowsOfRole(picture, view, "sent")]),
      "answered, forwarded or sent",
      sent,
    );
    const { rows: caseRows, types } = joined.mailboxCase;
    // Set-Mailbox sets very much else.
    const isChange = (row: number) =>
      types[caseRows.type[row] as number]?.role === "consent" || toldRule(joined.recordOf(row)) !== undefined;
    const deeds = all((view) =>
      deedsOf(picture, view)
        .filter(({ removes, hides }) => removes || hides !== "")
        .map(({ row }) => row),
    );
    tell(deeds, "deleted or moved to where nobody looks", removed);
    tell(
      all((view) => CHANGES.flatMap((role) => rowsOfRole(picture, view, role)).filter(isChange)),
      "inbox rules, forwarding, permissions or consents changed",
      changed,
    );
    const addresses = new Set(suspects.map(({ address }) => address));
    const whole = wholeMailboxSyncs(picture);
    const folderSyncs = all((view) => rowsOfRole(picture, view, "synced"));
    const isWhole = [...whole.keys()].some((address) => addresses.has(address));
    const copy = isWhole ? WHOLE_MAILBOX : "of which every message is to be taken for copied";
    tell(folderSyncs, `${foldersTold(joined, folderSyncs)}, ${copy}; records`, copied);
    const others = [...whole].filter(([address]) => !addresses.has(address));
    const ofSessions = others.flatMap(([, rows]) => rows);
    if (others.length > 0) {
      const from = others.map(([address]) => address);
      const named = `${from.slice(0, MOST_NAMED).join(", ")}${from.length > MOST_NAMED ? ", …" : ""}`;
      add(
        `${foldersTold(joined, ofSessions)} from ${named}, in a session of an address that scores high, ${WHOLE_MAILBOX}; records: ${ofSessions.length}`,
        0,
        ofSessions,
      );
    }
    const syncs = syncLogons(joined).filter(({ address, ticks }) => addresses.has(address) && !Number.isNaN(ticks));
    const sync = syncs.at(-1);
    if (sync !== undefined) {
      add(
        `${syncs.length} ${syncs.length === 1 ? "logon" : "logons"} of clients that copy the mailbox, the last at ${sync.timeStamp}: every message delivered before it may have been copied, and no record tells which were read`,
        copied,
        syncs.map(({ row }) => row),
      );
    }
    const rules = new Set(
      suspects.flatMap(({ address }) =>
        verdict
          .address(address)
          .reasons.filter(({ points }) => points > 0)
          .map(({ rule }) => rule),
      ),
    );
    const confidence = rules.has("address-watch-list") || rules.size >= 4 ? "high" : rules.size >= 2 ? "medium" : "low";
    const entity = { type: "mailbox" as const, value: joined.mailboxCase.mailbox };
    // Who failed to log on was not in; rows of low confidence, or of another address, may be somebody else's.
    const doubtful = new Set([...failures, ...ofSessions]);
    const isSure = (row: number) => !doubtful.has(row) && activities.confidenceOf(row) !== "low";
    const timed = [...new Set(reasons.flatMap(({ rows }) => rows))].filter(isSure).sort(compare);
    const lastSync = [...whole.values()].flat().sort(compare).at(-1);
    const nextSteps = lastSync === undefined ? [] : [stepOfWhole(timeOf(lastSync))];
    return { found: [{ entity, confidence, reasons, timed, nextSteps }] };
  },
});
