import type { TenantLog } from "../tenant-log.ts";
import { mailboxKey } from "../tenant-log.ts";

/** Who of a log is who, by context: numbers in place of texts, which are compared very often. */
export interface People {
  /** By UserId, as it is written. */
  readonly user: Uint32Array;
  readonly users: readonly string[];
  /** By whose mailbox it is, in any case of letters; 0 for nobody's. */
  readonly owner: Uint32Array;
  /** As first written. */
  readonly owners: readonly string[];
  readonly clientInfo: Uint32Array;
  readonly clientInfos: readonly string[];
  /** Whether another than the owner acted: `perhaps` where it may be the owner under another name. */
  readonly byOther: readonly ("no" | "perhaps" | "yes")[];
}

/** Numbers texts by their keys, in the order of their first use; of each the first writing is kept. */
function numbered(keys: readonly string[], texts: readonly string[], first: readonly string[] = []) {
  const numbers = new Map(first.map((text, at) => [text, at]));
  const names = [...first];
  const number = Uint32Array.from(keys, (key, at) => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, names.length);
    return names.push(texts[at] as string) - 1;
  });
  return { number, names };
}

/** Looks through the contexts of a log once. */
export function peopleOf({ contexts }: TenantLog): People {
  const users = contexts.map(({ user }) => user);
  const clientInfos = contexts.map(({ clientInfo }) => clientInfo);
  const owners = contexts.map(({ mailbox, user }) => (mailbox === "" ? user : mailbox));
  const user = numbered(users, users, [""]);
  const owner = numbered(contexts.map(mailboxKey), owners, [""]);
  const clientInfo = numbered(clientInfos, clientInfos, [""]);
  return {
    user: user.number,
    users: user.names,
    owner: owner.number,
    owners: owner.names,
    clientInfo: clientInfo.number,
    clientInfos: clientInfo.names,
    byOther: contexts.map(({ user, mailbox, logonType }) => {
      if (user === "" || mailbox === "" || user.toLowerCase() === mailbox.toLowerCase()) return "no";
      const isApplication = !user.includes("@") && !/^S-1-/i.test(user);
      return logonType === "admin" || logonType === "delegate" || isApplication ? "yes" : "perhaps";
    }),
  };
}

/**
 * Gathers the mailboxes that an account other than the owner's read, each with its first such entry. A logon as the
 * owner under another name may be the owner's own: an account counts by its logon (admin, delegate), where it is no
 * account's name at all (an application that acts for itself), or when it reads a second mailbox.
 */
export function newVisits({ user, owner, byOther }: People) {
  const visited = new Map<number, number>();
  const waiting = new Map<number, { readonly owner: number; readonly entry: number }>();
  const add = (mailbox: number, entry: number) => {
    if (!visited.has(mailbox)) visited.set(mailbox, entry);
  };
  return {
    /** First entries by the owner's number. */
    visited: visited as ReadonlyMap<number, number>,
    note(context: number, entry: number): void {
      const mailbox = owner[context] as number;
      const account = user[context] as number;
      if (byOther[context] === "yes") add(mailbox, entry);
      if (byOther[context] !== "perhaps") return;
      const before = waiting.get(account);
      if (before === undefined) waiting.set(account, { owner: mailbox, entry });
      else if (before.owner !== mailbox) {
        add(before.owner, before.entry);
        add(mailbox, entry);
      }
    },
  };
}
