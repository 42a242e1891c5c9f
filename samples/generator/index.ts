import { deliveries } from "./delivery.ts";
import type { Arrival } from "./delivery.ts";
import { intruderProcesses } from "./intruder.ts";
import { signInToWeb } from "./logons.ts";
import { createMailbox, openSession } from "./mailbox.ts";
import type { Mailbox } from "./mailbox.ts";
import { oddities } from "./oddities.ts";
import { ownerProcesses } from "./owner.ts";
import { ownerPlaces, randomOwner, whereabouts } from "./places.ts";
import type { OwnerProfile } from "./places.ts";
import { randomPlan } from "./plan.ts";
import type { AttackKind, AttackPlan } from "./plan.ts";
import { createRandom } from "./random.ts";
import { clickLink, readInPane } from "./reading.ts";
import type { MailboxRow } from "./rows.ts";
import { runInTimeOrder } from "./schedule.ts";
import type { Process } from "./schedule.ts";
import { DAY, SECOND, utc } from "./time.ts";
import { newNotebook, summarise } from "./truth.ts";
import type { MailboxTruth } from "./truth.ts";

export type { Actor, ActivityRow, MailboxRow } from "./rows.ts";
export { toApiPage, toRetrieverCsv } from "./rows.ts";
export type { AttackKind, AttackPlan } from "./plan.ts";
export type { MailboxTruth } from "./truth.ts";

export interface MailboxOptions {
  /** The same seed and options give the same rows, byte by byte. */
  readonly seed: string;
  readonly user?: string;
  /** First day of the log, YYYY-MM-DD in UTC. */
  readonly start?: string;
  readonly days?: number;
  /** Deliveries on a working day, about; rows are some four times that. */
  readonly deliveriesPerDay?: number;
  readonly attack?: AttackKind;
  readonly travelling?: boolean;
  /** Odd subjects, spellings of addresses, unknown types, lost properties. */
  readonly awkward?: boolean;
  /** Instead of an owner made up from the seed. */
  readonly owner?: OwnerProfile;
  /** Instead of an attack made up from the seed; `attack` then says nothing. */
  readonly plan?: AttackPlan;
  /** Messages that must arrive, beside the plan's own. */
  readonly arrivals?: readonly Arrival[];
  /** Times between which the log has no row at all, ISO 8601. */
  readonly gap?: { readonly from: string; readonly to: string };
  /** After so many full pages of 1000 rows, the last `records` rows are printed once more. */
  readonly overlap?: { readonly pages: number; readonly records: number };
}

export interface GeneratedMailbox {
  /** In the order of an export. */
  readonly rows: readonly MailboxRow[];
  readonly truth: MailboxTruth;
}

const PAGE = 1000;

function* phished(mailbox: Mailbox, owner: OwnerProfile, plan: AttackPlan): Process {
  const { phish } = plan;
  if (phish === undefined) return;
  yield phish.openedAt;
  const message = mailbox.messages.find((candidate) => candidate.key === phish.key);
  if (message === undefined) throw new Error(`the phishing message is not there: ${phish.key}`);
  const midnight = Math.floor(phish.openedAt / DAY) * DAY;
  const address = whereabouts(owner, midnight).work.addresses[0] ?? "";
  const session = openSession(mailbox, { actor: "owner", app: "Web", address, userAgent: owner.browser });
  const at = signInToWeb(mailbox, session, phish.openedAt) + 9 * SECOND;
  readInPane(mailbox, session, message, at, 48 * SECOND);
  clickLink(mailbox, session, message, at + 31 * SECOND);
}

/** Rows as retriever.py got them, a page at a time, when rows were added while it was reading. */
function withOverlap(rows: readonly MailboxRow[], overlap: MailboxOptions["overlap"]): readonly MailboxRow[] {
  if (overlap === undefined) return rows;
  const border = overlap.pages * PAGE;
  if (rows.length < border) throw new RangeError(`no page border after row ${border} of ${rows.length}`);
  const again = rows.slice(border - overlap.records, border).map((row) => ({ ...row, duplicate: true }));
  return [...rows.slice(0, border), ...again, ...rows.slice(border)];
}

/** Makes one mailbox's log with the truth about every row. */
export function generateMailbox(options: MailboxOptions): GeneratedMailbox {
  const { seed, attack = "both", travelling = true, awkward = true, days = 60 } = options;
  const random = createRandom(seed);
  const start = utc(options.start ?? "2018-03-01");
  const mailbox = createMailbox(options.user ?? "owner@northgate.example", random.fork("ids"));
  const owner = options.owner ?? randomOwner(random.fork("owner"), start, days, travelling);
  const plan = options.plan ?? randomPlan(random.fork("plan"), { start, days }, attack);
  const notebook = newNotebook();
  const scripted = [...(options.arrivals ?? []), ...plan.arrivals];
  const traffic = { start, days, perDay: options.deliveriesPerDay ?? 34, awkward, scripted };
  runInTimeOrder([
    deliveries(mailbox, random.fork("mail"), traffic),
    ...ownerProcesses(mailbox, random.fork("days"), owner, { start, days, awkward }),
    phished(mailbox, owner, plan),
    ...intruderProcesses(mailbox, random.fork("intruder"), notebook, plan),
    ...(awkward ? [oddities(mailbox, random.fork("oddities"), start, days)] : []),
  ]);
  const [from, to] = options.gap === undefined ? [0, 0] : [utc(options.gap.from), utc(options.gap.to)];
  const inGap = (at: number): boolean => at >= from && at < to;
  const end = start + days * DAY;
  const inLog = (at: number): boolean => at >= start && at < end && !inGap(at);
  const logged = mailbox.rows
    .filter((row) => inLog(utc(`${row.timeStamp.slice(0, 23)}Z`)))
    .sort((a, b) => (a.timeStamp < b.timeStamp ? -1 : a.timeStamp > b.timeStamp ? 1 : 0));
  const rows = withOverlap(logged, options.overlap);
  const places = [...ownerPlaces(owner), ...plan.places];
  return { rows, truth: summarise(mailbox.user, rows, notebook, places, inLog) };
}
