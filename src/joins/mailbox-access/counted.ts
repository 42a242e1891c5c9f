import { appIdOf } from "../applications.ts";
import type { AccessContext, TenantLog } from "../tenant-log.ts";
import { mailboxKey } from "../tenant-log.ts";
import type { AccessSettings } from "./access-window.ts";

/** The resource id of Microsoft Graph, under which Exchange logs access through it. */
const GRAPH = "00000003-0000-0000-c000-000000000000";

/** ClientInfoStrings of Exchange Web Services begin so; compared with regard to case, as SPL's match does. */
const EXCHANGE_WEB_SERVICES = "Client=WebServices;ExchangeWebServices";

/** Which contexts of a log count in one mode: into which group, and as whom. */
export interface Counted {
  /** By context: the group's number, or -1 where it counts nowhere. */
  readonly group: Int32Array;
  readonly groups: number;
  /** By context: the number of who is counted, or -1 where the record tells of nobody. */
  readonly who: Int32Array;
  readonly whos: number;
  /** By address: 1 where its records do not count. */
  readonly left: Uint8Array;
  /** By context and by address: records of both 1 do not count. */
  readonly backEnd: Uint8Array;
  readonly inner: Uint8Array;
}

/** SPL's fillnull: what is missing counts as the value 0. */
export function filled(text: string): string {
  return text === "" ? "0" : text;
}

function isExchange({ workload }: AccessContext): boolean {
  return workload.toLowerCase() === "exchange";
}

function isGraph({ appId }: AccessContext): boolean {
  return appId.toLowerCase() === GRAPH;
}

function counted(
  { contexts, addresses }: TenantLog,
  counts: (context: AccessContext) => boolean,
  groupKey: (context: AccessContext) => readonly string[],
  whoKey: (context: AccessContext) => string,
  leaves: (address: string) => boolean,
): Counted {
  const groupNumbers = new Map<string, number>();
  const whoNumbers = new Map<string, number>();
  const numberOf = (numbers: Map<string, number>, key: string) => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size);
    return numbers.size - 1;
  };
  const group = new Int32Array(contexts.length).fill(-1);
  const who = new Int32Array(contexts.length).fill(-1);
  for (const [at, context] of contexts.entries()) {
    if (!counts(context)) continue;
    group[at] = numberOf(groupNumbers, JSON.stringify(groupKey(context)));
    const key = whoKey(context);
    if (key !== "") who[at] = numberOf(whoNumbers, key);
  }
  const left = Uint8Array.from(addresses, (address) => (address !== "" && leaves(address) ? 1 : 0));
  const backEnd = new Uint8Array(contexts.length);
  const inner = new Uint8Array(addresses.length);
  return { group, groups: groupNumbers.size, who, whos: whoNumbers.size, left, backEnd, inner };
}

/**
 * What the tumbling windows count: exactly what Splunk's rule "O365 Multiple Mailboxes Accessed via API"
 * (7cd853e9-d370-412f-965d-a2bcff2a2908, version 9) does.
 *
 * - Workload and the id of Graph are compared without regard to case, as SPL's `search field=value` does; a record
 *   without AppId or ClientAppId does not count (`AppId=* ClientAppId=*`).
 * - ClientInfoString is matched, and all fields are grouped and told apart, with regard to case (`match`, `stats by`,
 *   `dc`).
 * - Fields that are missing have the value 0 (`fillnull` before `stats`): also the user, who then counts as one.
 * - Who is counted is UserId, which Splunk's add-on calls `user`.
 *
 * Its further grouping fields (vendor_product, dest, signature) are the same for all records that come so far.
 */
export function countedByTumbling(log: TenantLog, settings: AccessSettings): Counted {
  return counted(
    log,
    (context) =>
      isExchange(context) &&
      context.appId !== "" &&
      context.clientAppId !== "" &&
      (isGraph(context) || context.clientInfo.startsWith(EXCHANGE_WEB_SERVICES)) &&
      !settings.allowsApp(context.clientAppId),
    ({ clientAppId, clientInfo, organization }) => [clientAppId, filled(clientInfo), filled(organization)],
    ({ user }) => filled(user),
    settings.allowsAddress,
  );
}

/**
 * What the sliding windows count: access through any interface for programs, whatever it says of itself. One
 * application in one organisation is one group, in any case of letters. Microsoft's own back end does not count, by
 * its addresses, or by its ClientInfoString where that does not come from outside; nor do the programs that people
 * read their mail with, unless they came through Graph; nor attempts that failed.
 */
export function countedBySliding(log: TenantLog, settings: AccessSettings): Counted {
  const { allowsApp, allowsAddress, isBackEndAddress, isBackEndClient, isPersonalClient, isOutside } = settings;
  const all = counted(
    log,
    (context) => {
      const app = appIdOf(context);
      const { clientInfo } = context;
      if (!isExchange(context) || context.failed || app === "" || allowsApp(app)) return false;
      return clientInfo === "" || isGraph(context) || !isPersonalClient(clientInfo);
    },
    (context) => [appIdOf(context).toLowerCase(), context.organization.toLowerCase()],
    mailboxKey,
    (address) => allowsAddress(address) || isBackEndAddress(address),
  );
  return {
    ...all,
    backEnd: Uint8Array.from(log.contexts, ({ clientInfo }) =>
      clientInfo !== "" && isBackEndClient(clientInfo) ? 1 : 0,
    ),
    inner: Uint8Array.from(log.addresses, (address) => (address !== "" && isOutside(address) ? 0 : 1)),
  };
}
