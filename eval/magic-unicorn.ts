import type { MailboxRow } from "../samples/generator/rows.ts";

/** The App Types it looks at; rows of any other leave no trace in it. */
const KNOWN: ReadonlySet<string> = new Set(["Web", "Exchange", "Outlook", "Mobile"]);

/** The property in which a logon record has its address. */
const ADDRESS_PROPERTY: ReadonlyMap<string, string> = new Map([
  ["ServerLogon", "ClientIP"],
  ["Logon", "IPAddress"],
]);

/**
 * The address that Magic Unicorn v1 prints beside each row, row by row in file order: that of the logon before it
 * whose address had not been met before. Failed logons count, and a return to a known address does not. Undefined
 * where it drops the row for its App Type, or where no address came before.
 */
export function magicUnicornAddresses(rows: readonly MailboxRow[]): (string | undefined)[] {
  const met = new Set<string>();
  let last: string | undefined;
  return rows.map(({ appIdType, activityIdType, properties }) => {
    if (!KNOWN.has(appIdType)) return undefined;
    const property = ADDRESS_PROPERTY.get(activityIdType);
    const address = properties?.find(([name]) => name === property)?.[1];
    if (address !== undefined && !met.has(address)) {
      met.add(address);
      last = address;
    }
    return last;
  });
}
