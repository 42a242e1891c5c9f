import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import type { ActivityType } from "../../model/event.ts";
import type { AddressView, Picture } from "../picture.ts";
import { contentRows, percent } from "../picture.ts";
import { isAudit } from "../recorded.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";
import { sampleOf, shareOfSample } from "../sample.ts";

/** So many messages, spread over all of them, are enough to know an address's habit. */
const SAMPLE = 50;

/** Roles of the rows by which the owner wrote a message. */
const WRITTEN: ReadonlySet<string> = new Set(["sent", "draft"]);

/** How old the messages are that somebody comes to, and how many of them speak of money. */
interface Habit {
  /** How many messages there are; those that were looked at are in `rows`. */
  readonly all: number;
  readonly rows: readonly number[];
  readonly old: readonly number[];
  readonly money: readonly number[];
  /** Accesses by records of audit logs were passed over. */
  readonly isPart: boolean;
}

function habitOf(picture: Picture, view: AddressView, oldTicks: number): Habit {
  const { joined, knowledge, activities } = picture;
  const { rows, items, types } = joined.mailboxCase;
  const firstTicks = rows.ticks[joined.logged[0] ?? 0] as number;
  const messages = new Map<number, number>();
  let isPart = false;
  for (const row of contentRows(picture, view)) {
    // An audit log has no deliveries to tell old messages by; access-subjects looks at what its messages are about.
    if (isAudit(joined, row)) {
      isPart = true;
      continue;
    }
    const message = joined.messageOf(rows.item[row] as number);
    if (message >= 0 && activities.confidenceOf(row) !== "low" && !messages.has(message)) messages.set(message, row);
  }
  const sample = sampleOf([...messages.values()], SAMPLE);
  const old = sample.filter((row) => {
    const message = joined.messageOf(rows.item[row] as number);
    const delivered = items.delivered[message] as number;
    const first = items.firstRow[message] as number;
    const wasWritten = first >= 0 && WRITTEN.has((types[rows.type[first] as number] as ActivityType).role);
    const begin = delivered >= 0 ? delivered : wasWritten ? first : -1;
    // A message of which the log has neither delivery nor writing was there at its beginning.
    const since = begin < 0 ? firstTicks : (rows.ticks[begin] as number);
    return (rows.ticks[row] as number) - since >= oldTicks;
  });
  const money = sample.filter((row) => {
    const { subject } = joined.factsOf(rows.item[row] as number);
    return subject !== undefined && knowledge.terms.match(subject).some(({ entry }) => entry.theme === "payments");
  });
  return { all: messages.size, rows: sample, old, money, isPart };
}

export const addressReads = scoring({
  id: "address-reads",
  about: "address",
  title: "Reads old messages, or mostly messages about money",
  description:
    "Owners read what has just arrived; somebody who looks for something reads what has been there for long. The share of old messages, and of messages whose subject speaks of money, among those opened from an address is compared with the share from familiar addresses.",
  requires:
    "reading records of the Activities API with an ActivityItemId, deliveries in the export, and logons to attribute them",
  falsePositives: ["An owner who looks something up, or comes back from holidays."],
  blindSpots: [
    "Reads attributed with low confidence are left out.",
    "Clients that synchronise leave no record of what was read.",
  ],
  references: ["https://attack.mitre.org/techniques/T1114/002/"],
  attack: ["T1114.002"],
  nextSteps: ["Go through exposure.tsv for the messages and whether they must be notified."],
  settings: {
    old: { is: 11, says: "points for mostly old messages" },
    money: { is: 11, says: "points for mostly messages about money" },
    oldDays: { is: 2, says: "days after which a message is old", takes: "fraction" },
    least: { is: 3, says: "messages below which an address has no habit" },
    share: { is: 0.5, says: "share that makes a habit" },
    times: { is: 2, says: "times the share of the familiar addresses that it must be", takes: "fraction" },
  },
  assess(picture, { old, money, oldDays, least, share, times }) {
    const oldTicks = oldDays * 86_400 * TICKS_PER_SECOND;
    // What a message was about is only looked up where it can matter.
    const habits = [...picture.addresses.values()].map((view) => ({
      view,
      habit: view.outside || view.familiar ? habitOf(picture, view, oldTicks) : undefined,
    }));
    let all = 0;
    let allOld = 0;
    let allMoney = 0;
    for (const { view, habit } of habits) {
      if (habit === undefined || !view.familiar) continue;
      all += habit.rows.length;
      allOld += habit.old.length;
      allMoney += habit.money.length;
    }
    const fired: Fired[] = [];
    for (const { view, habit } of habits) {
      if (habit === undefined || !view.stranger || habit.rows.length < least) continue;
      const compare = (found: readonly number[], own: number, points: number, like: string) => {
        const here = found.length / habit.rows.length;
        const usual = all === 0 ? 0 : own / all;
        if (here < share || here < usual * times) return;
        const what = `messages come to${habit.isPart ? " by records of the Activities API, those of audit logs left out," : ""}`;
        fired.push({
          entity: view.address,
          text: `${shareOfSample(found.length, habit.rows.length, habit.all, what)} were ${like} (${percent(usual)} from familiar addresses)`,
          points,
          rows: found,
        });
      };
      compare(habit.old, allOld, old, `${oldDays} days old or older`);
      compare(habit.money, allMoney, money, "about money by their subject");
    }
    if (habits.some(({ habit }) => (habit?.rows.length ?? 0) > 0)) return { fired };
    // Beside the client of every other row there are clients of audit records only.
    const hasAudit = picture.joined.mailboxCase.clients.length > 1;
    const passed = hasAudit ? " by records of the Activities API; those of audit logs are passed over" : "";
    return { fired, missing: `no access to a message is attributed with any certainty${passed}` };
  },
});
