import { clientNumberOf } from "../joins/rows.ts";
import type { KnownApp } from "../enrich/apps/known-app.ts";
import { appKey, appLabel, knownApp } from "../enrich/apps/known-app.ts";
import type { Client } from "../enrich/clients/user-agent.ts";
import { clientOf } from "../enrich/clients/user-agent.ts";
import type { Activities } from "../joins/address-activity.ts";
import { dayOf } from "../joins/address-activity.ts";
import { appIdOf } from "../joins/applications.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import type { ClientContext } from "../joins/mailbox-case.ts";
import { clientOfRow, ownAddress } from "../joins/mailbox-case.ts";
import { compareMoments, compareRows } from "../joins/order.ts";
import type { Rows } from "../joins/rows.ts";
import type { ScoredClient } from "../model/assessment.ts";
import type { ActivityType } from "../model/event.ts";

/** An application type, a user agent or the id of an application, and where in the log it stands. */
export interface ClientView {
  readonly key: string;
  /** Verbatim, as the evidence writes it; the id of an application with its name behind where that is known. */
  readonly label: string;
  readonly kind: ScoredClient["kind"];
  /** What a user agent stands for; undefined for the other kinds. */
  readonly client: Client | undefined;
  /** The application of an id; undefined for the other kinds. */
  readonly app: AppView | undefined;
  /** The same for every version of one program, and different for the kinds. */
  readonly program: string;
  readonly firstRow: number;
  readonly lastRow: number;
  /** Rows of an application type or id; of a user agent logons, and what audit records say was done with it. */
  readonly events: number;
  /** Of all rows, of all events that name a user agent, or of all audit rows. */
  readonly share: number;
  readonly addresses: ReadonlySet<string>;
  readonly days: ReadonlySet<number>;
  /** Rows of successful logons with it, in order. */
  readonly logons: readonly number[];
}

/** An application that audit records name. */
interface AppView {
  /** As `appKey` gives it. */
  readonly id: string;
  readonly known: KnownApp | undefined;
  /** Every row of it is of the interface by which the service's own back end works (`isBackEnd`). */
  readonly backEnd: boolean;
}

/** A script or an attack tool in words, with the list entry that it met; undefined for any other client. */
export function scriptWords({ kind, script, name }: Client): string | undefined {
  if (kind === "script") return `script or library ${script ?? name}`;
  return kind === "attack-tool" ? `attack tool ${script ?? name}` : undefined;
}

/**
 * Whether a client string is that of the service's own processes, `Client=REST;Client=RESTSystem;;`. Applications of
 * others are logged under it too, so that it clears nobody who comes from an outside address.
 */
export function isBackEnd(clientInfo: string): boolean {
  return /^\s*Client=REST;\s*Client=RESTSystem\b/i.test(clientInfo);
}

interface Stack {
  firstRow: number;
  lastRow: number;
  events: number;
  readonly addresses: Set<string>;
  readonly days: Set<number>;
  readonly logons: number[];
}

/** Counts rows by what they name, in any order. A row without a readable time is the last only where none has one. */
interface Tally<K> {
  readonly stacks: Map<K, Stack>;
  /** Counts a row for a name. */
  take(name: K, row: number): Stack;
}

function newTally<K>(rows: Rows): Tally<K> {
  const stacks = new Map<K, Stack>();
  const isTimed = (row: number) => !Number.isNaN(rows.ticks[row]);
  return {
    stacks,
    take(name, row) {
      let stack = stacks.get(name);
      if (stack === undefined) {
        stack = { firstRow: row, lastRow: row, events: 0, addresses: new Set(), days: new Set(), logons: [] };
        stacks.set(name, stack);
      }
      if (compareRows(rows, row, stack.firstRow) < 0) stack.firstRow = row;
      const { lastRow } = stack;
      if (isTimed(row) === isTimed(lastRow) ? compareRows(rows, row, lastRow) > 0 : isTimed(row)) stack.lastRow = row;
      stack.events++;
      return stack;
    },
  };
}

/** What the applications of audit records are called, and which are the back end's alone; by their keys. */
type AppNames = Map<string, { readonly label: string; backEnd: boolean }>;

/** What one client of audit records is counted for, looked up once. */
interface AuditClient {
  readonly id: string;
  readonly key: string;
  readonly backEnd: boolean;
  /** What stands for its user agent. */
  readonly agent: string;
}

function auditClient(context: ClientContext): AuditClient {
  const id = appIdOf(context).trim();
  const agent = context.userAgent.trim() === "" ? context.clientInfo : context.userAgent;
  return { id, key: appKey(id), backEnd: isBackEnd(context.clientInfo), agent };
}

/**
 * Counts audit rows for their applications and their user agents. Logons are counted for user agents with all others.
 *
 * @returns how many audit rows there are, and how many of them count for a user agent.
 */
function takeAuditRows(joined: JoinedCase, byAgent: Tally<string>, byId: Tally<string>, names: AppNames) {
  const { mailboxCase } = joined;
  const { rows, types } = mailboxCase;
  const clients = mailboxCase.clients.map(auditClient);
  const isLogon = types.map(({ family }: ActivityType) => family === "logon");
  let all = 0;
  let named = 0;
  for (const row of joined.logged) {
    const number = clientNumberOf(rows, row);
    if (number === 0) continue;
    all++;
    const { id, key, backEnd, agent } = clients[number] as AuditClient;
    const address = ownAddress(mailboxCase, row);
    const ticks = rows.ticks[row] as number;
    const note = ({ addresses, days }: Stack) => {
      if (address !== "") addresses.add(address);
      if (!Number.isNaN(ticks)) days.add(dayOf(ticks));
    };
    if (key !== "") {
      const name = names.get(key);
      if (name === undefined) names.set(key, { label: appLabel(id), backEnd });
      else if (!backEnd) name.backEnd = false;
      note(byId.take(key, row));
    }
    if (agent !== "" && isLogon[rows.type[row] as number] !== true) {
      named++;
      note(byAgent.take(agent, row));
    }
  }
  return { all, named };
}

/** Counts every row for its application type. */
function takeRows({ mailboxCase: { rows }, logged }: JoinedCase, byApp: Tally<number>): void {
  let lastApp = -1;
  let stack: Stack | undefined;
  let lastDay = -1;
  for (const row of logged) {
    const app = rows.app[row] as number;
    const day = dayOf(rows.ticks[row] as number);
    if (app === lastApp && stack !== undefined && !Number.isNaN(day)) {
      stack.lastRow = row;
      stack.events++;
      if (day === lastDay) continue;
    } else stack = byApp.take(app, row);
    if (!Number.isNaN(day)) stack.days.add(day);
    lastApp = app;
    lastDay = day;
  }
}

/** Every application type, user agent and application id of a mailbox, the most seen first within its kind. */
export function clientViews(joined: JoinedCase, activities: Activities): ClientView[] {
  const { mailboxCase, logons } = joined;
  const { rows, apps, clients } = mailboxCase;
  const byApp = newTally<number>(rows);
  const byAgent = newTally<string>(rows);
  const byId = newTally<string>(rows);
  const names: AppNames = new Map();
  takeRows(joined, byApp);
  const audit = clients.length > 1 ? takeAuditRows(joined, byAgent, byId, names) : { all: 0, named: 0 };
  let { named } = audit;
  for (const { row, userAgent, named: origin, app, successful, ticks } of logons.toSorted(compareMoments)) {
    if (Number.isNaN(ticks)) continue;
    const stacks = [byApp.stacks.get(app)];
    const client = clientOfRow(mailboxCase, row);
    const agent = userAgent === "" ? (client?.clientInfo ?? "") : userAgent;
    if (agent !== "") {
      named++;
      stacks.push(byAgent.take(agent, row));
    }
    if (client !== undefined) stacks.push(byId.stacks.get(appKey(appIdOf(client))));
    for (const stack of stacks) {
      if (stack === undefined) continue;
      if (origin !== "") stack.addresses.add(origin);
      stack.days.add(dayOf(ticks));
      if (successful) stack.logons.push(row);
    }
  }
  for (const { address, apps: used } of activities.byAddress.values()) {
    for (const app of used) byApp.stacks.get(app)?.addresses.add(address);
  }
  return [
    ...viewsOf(byApp.stacks, joined.logged.length, (app) => {
      const label = apps[app] as string;
      return { kind: "application type", name: label, label, program: label, client: undefined, app: undefined };
    }),
    ...viewsOf(byAgent.stacks, named, (label) => {
      const client = clientOf(label);
      return { kind: "user agent", name: label, label, program: client.name, client, app: undefined };
    }),
    ...viewsOf(byId.stacks, audit.all, (id) => {
      const { label, backEnd } = names.get(id) as { label: string; backEnd: boolean };
      const app = { id, known: knownApp(id), backEnd };
      return { kind: "app id", name: id, label, program: id, client: undefined, app };
    }),
  ];
}

/** The clients of one kind, the most seen first. @param of how many events there are of the kind. */
function viewsOf<K>(
  stacks: ReadonlyMap<K, Stack>,
  of: number,
  describe: (key: K) => Pick<ClientView, "kind" | "label" | "program" | "client" | "app"> & { readonly name: string },
): ClientView[] {
  const views = [...stacks].map(([key, stack]) => {
    const { kind, name, label, program, client, app } = describe(key);
    const share = stack.events / of;
    return { key: `${kind} ${name}`, label, kind, client, app, program: `${kind} ${program}`, share, ...stack };
  });
  return views.sort((a, b) => b.events - a.events);
}
