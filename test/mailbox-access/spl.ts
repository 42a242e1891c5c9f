import type { Plain } from "./tenant.ts";

/** A row that the search puts out, with the events behind it counted. */
export interface SplRow {
  /** Start of the bucket in ticks of 100 ns since 1970. */
  readonly time: bigint;
  readonly ClientAppId: string;
  readonly ClientInfoString: string;
  readonly organization: string;
  readonly unique_mailboxes: number;
  readonly user: readonly string[];
  readonly src: readonly string[];
  readonly events: number;
}

/** The expression as the search has it. */
const MATCH = new RegExp("^Client=WebServices;ExchangeWebServices");

/** Ticks since 1970 of a time of these tests: `2026-03-10T10:00:00`, with or without decimals. */
function ticksOf(text: string): bigint | undefined {
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?$/.exec(text);
  if (parts === null) return undefined;
  return BigInt(Date.parse(`${parts[1]}Z`)) * 10_000n + BigInt((parts[2] ?? "").padEnd(7, "0"));
}

/** `search field=value`: without regard to case. */
function has(value: unknown, wanted: string): boolean {
  return typeof value === "string" && value.toLowerCase() === wanted.toLowerCase();
}

/**
 * The search of Splunk's rule "O365 Multiple Mailboxes Accessed via API" (7cd853e9-d370-412f-965d-a2bcff2a2908,
 * version 9), command by command and as slowly as it reads.
 */
export function splOf(events: readonly Plain[]): SplRow[] {
  const SPAN = 10n * 60n * 10_000_000n;
  const groups = new Map<string, { time: bigint; keys: string[]; users: string[]; src: string[]; events: number }>();
  for (const event of events) {
    // Workload=Exchange Operation=MailItemsAccessed AppId=* ClientAppId=*
    if (!has(event.Workload, "Exchange") || !has(event.Operation, "MailItemsAccessed")) continue;
    if ((event.AppId ?? "") === "" || (event.ClientAppId ?? "") === "") continue;
    // bucket span=10m _time
    const at = ticksOf(event.CreationTime);
    if (at === undefined) continue;
    const time = at - (at % SPAN);
    // eval matchRegex=if(match(ClientInfoString, …), 1, 0)
    const matchRegex = MATCH.test(event.ClientInfoString ?? "");
    // search (AppId=… OR matchRegex=1)
    if (!has(event.AppId, "00000003-0000-0000-c000-000000000000") && !matchRegex) continue;
    // fillnull: every missing field is 0
    const filled = (value: string | undefined) => (value === undefined || value === "" ? "0" : value);
    const keys = [filled(event.ClientAppId), filled(event.ClientInfoString), filled(event.OrganizationId)];
    // stats values(…) dc(user) by _time ClientAppId ClientInfoString vendor_account
    const key = [String(time), ...keys].join("\n");
    const group = groups.get(key) ?? { time, keys, users: [], src: [], events: 0 };
    groups.set(key, group);
    const user = filled(event.UserId);
    if (!group.users.includes(user)) group.users.push(user);
    const address = event.ClientIPAddress ?? "";
    if (address !== "" && !group.src.includes(address)) group.src.push(address);
    group.events++;
  }
  const rows: SplRow[] = [];
  for (const { time, keys, users, src, events } of groups.values()) {
    // where unique_mailboxes > 5
    if (users.length <= 5) continue;
    const [ClientAppId = "", ClientInfoString = "", organization = ""] = keys;
    rows.push({
      time,
      ClientAppId,
      ClientInfoString,
      organization,
      unique_mailboxes: users.length,
      user: users.toSorted(),
      src: src.toSorted(),
      events,
    });
  }
  return rows;
}
