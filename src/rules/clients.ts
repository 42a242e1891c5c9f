import type { Client } from "../enrich/clients/user-agent.ts";
import { clientOf } from "../enrich/clients/user-agent.ts";
import type { Activities } from "../joins/address-activity.ts";
import { dayOf } from "../joins/address-activity.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import { compareMoments } from "../joins/order.ts";

/** An application type or a user agent, and where in the log it stands. */
export interface ClientView {
  readonly key: string;
  /** Verbatim, as the evidence writes it. */
  readonly label: string;
  readonly kind: "application type" | "user agent";
  /** What a user agent stands for; undefined for an application type. */
  readonly client: Client | undefined;
  /** The same for every version of one program, and different for the two kinds. */
  readonly program: string;
  readonly firstRow: number;
  readonly lastRow: number;
  /** Rows of an application type; logons of a user agent. */
  readonly events: number;
  /** Of all rows, or of all logons that name a user agent. */
  readonly share: number;
  readonly addresses: ReadonlySet<string>;
  readonly days: ReadonlySet<number>;
  /** Rows of successful logons with it, in order. */
  readonly logons: readonly number[];
}

/** A script or an attack tool in words, with the list entry that it met; undefined for any other client. */
export function scriptWords({ kind, script, name }: Client): string | undefined {
  if (kind === "script") return `script or library ${script ?? name}`;
  return kind === "attack-tool" ? `attack tool ${script ?? name}` : undefined;
}

interface Stack {
  firstRow: number;
  lastRow: number;
  events: number;
  readonly addresses: Set<string>;
  readonly days: Set<number>;
  readonly logons: number[];
}

function newStack(row: number): Stack {
  return { firstRow: row, lastRow: row, events: 0, addresses: new Set(), days: new Set(), logons: [] };
}

/** Every application type and every user agent of a mailbox, the most seen first within its kind. */
export function clientViews(joined: JoinedCase, activities: Activities): ClientView[] {
  const { rows, apps, logons } = joined.mailboxCase;
  const byApp = new Map<number, Stack>();
  const byAgent = new Map<string, Stack>();
  const stackOf = <K>(stacks: Map<K, Stack>, key: K, row: number): Stack => {
    let stack = stacks.get(key);
    if (stack === undefined) {
      stack = newStack(row);
      stacks.set(key, stack);
    }
    stack.lastRow = row;
    stack.events++;
    return stack;
  };
  let lastApp = -1;
  let appStack: Stack | undefined;
  let lastDay = -1;
  for (const row of joined.logged) {
    const app = rows.app[row] as number;
    const day = dayOf(rows.ticks[row] as number);
    if (app === lastApp && appStack !== undefined) {
      appStack.lastRow = row;
      appStack.events++;
      if (day === lastDay) continue;
    } else appStack = stackOf(byApp, app, row);
    appStack.days.add(day);
    lastApp = app;
    lastDay = day;
  }
  let named = 0;
  for (const { row, userAgent, address, app, successful, ticks } of logons.toSorted(compareMoments)) {
    if (joined.duplicates.has(row) || Number.isNaN(ticks)) continue;
    const stacks = [byApp.get(app)];
    if (userAgent !== "") {
      named++;
      stacks.push(stackOf(byAgent, userAgent, row));
    }
    for (const stack of stacks) {
      if (stack === undefined) continue;
      if (address !== "") stack.addresses.add(address);
      stack.days.add(dayOf(ticks));
      if (successful) stack.logons.push(row);
    }
  }
  for (const { address, apps: used } of activities.byAddress.values()) {
    for (const app of used) byApp.get(app)?.addresses.add(address);
  }
  const views: ClientView[] = [];
  for (const [app, stack] of byApp) {
    const label = apps[app] as string;
    const share = stack.events / joined.logged.length;
    views.push({
      key: `application type ${label}`,
      label,
      kind: "application type",
      client: undefined,
      program: `application type ${label}`,
      share,
      ...stack,
    });
  }
  for (const [label, stack] of byAgent) {
    const share = stack.events / named;
    const client = clientOf(label);
    const program = `user agent ${client.name}`;
    views.push({ key: `user agent ${label}`, label, kind: "user agent", client, program, share, ...stack });
  }
  return views.sort((a, b) => Number(a.kind === "user agent") - Number(b.kind === "user agent") || b.events - a.events);
}
