import { generateMailbox } from "../samples/generator/index.ts";
import type { AttackKind, MailboxOptions } from "../samples/generator/index.ts";
import { truthOf } from "./labelled.ts";
import type { LabelledMailbox, Planned, SetName } from "./labelled.ts";

const ATTACKS: readonly AttackKind[] = ["web", "none", "imap", "both", "none"];

/** Days and deliveries a day: from a fortnight of little mail to three busy months. */
const SIZES: readonly (readonly [days: number, perDay: number])[] = [
  [30, 14],
  [60, 8],
  [14, 20],
  [45, 18],
  [90, 9],
];

function labelled(seed: string, set: SetName, options: MailboxOptions): LabelledMailbox {
  const { rows, truth } = generateMailbox(options);
  const queries = truth.searches.map(({ query, at }) => ({ query, at }));
  const { attack, days, travelling } = options;
  const scenario = `${attack}, ${days} days${travelling === true ? ", travelling" : ""}`;
  return { seed, set, generator: "own", scenario, user: truth.mailbox, rows, truth: truthOf(rows, queries) };
}

/**
 * The mailboxes of samples/generator: each attack in each size, at home and travelling, half of them in each set.
 *
 * @param salt ends every seed: another one gives other mailboxes of the same kinds.
 */
export function ownMailboxes(salt = ""): Planned[] {
  return Array.from({ length: 50 }, (_, index) => {
    const set: SetName = index < 25 ? "tune" : "report";
    const seed = `own-${set}-${String(index % 25).padStart(2, "0")}${salt}`;
    const attack = ATTACKS[index % ATTACKS.length] ?? "none";
    const [days, deliveriesPerDay] = SIZES[(index + Math.floor(index / 5)) % SIZES.length] ?? [30, 10];
    const options = { seed, attack, days, deliveriesPerDay, travelling: index % 3 > 0, awkward: index % 2 === 0 };
    return { seed, set, generator: "own" as const, make: () => labelled(seed, set, options) };
  });
}
