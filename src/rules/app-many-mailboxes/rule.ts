import { appKey, knownApp } from "../../enrich/apps/known-app.ts";
import { appIdOf } from "../../joins/applications.ts";
import type { AccessContext, TenantLog } from "../../joins/tenant-log.ts";
import { ALLOW_LIST, appAllower } from "../allowed-apps.ts";
import { isBackEnd } from "../clients.ts";
import { isAllowedAddress, isOutsideAddress } from "../listed-addresses.ts";
import type { FoundInTenant, TenantPicture, TenantReason } from "../rule.ts";
import { inTenant } from "../rule.ts";
import { briefList, consentsTo, namedApp, noAccess, toldAccess } from "../tenant-access.ts";

/**
 * Whether somebody other than the mailbox's owner acted. An account of another name whose logon is the owner's is the
 * owner by another of their names; what is no account's name at all is an application that acted for itself.
 */
function isByOther({ user, mailbox, logonType }: AccessContext): boolean {
  if (user === "" || mailbox === "" || user.toLowerCase() === mailbox.toLowerCase()) return false;
  return logonType === "admin" || logonType === "delegate" || (!user.includes("@") && !/^S-1-/i.test(user));
}

/** Accesses by others than the owners, by application; numbers of entries. */
function accessesByApp(
  { log, knowledge }: TenantPicture,
  isAllowed: (id: string) => boolean,
): ReadonlyMap<string, readonly number[]> {
  const apps = log.contexts.map((context) => {
    const id = appIdOf(context);
    const counts = !context.failed && isByOther(context) && knownApp(id)?.kind !== "microsoft" && !isAllowed(id);
    return counts ? appKey(id) : "";
  });
  const backEnd = log.contexts.map(({ clientInfo }) => isBackEnd(clientInfo));
  const outside = log.addresses.map((address) => isOutsideAddress(knowledge, address));
  const allowed = log.addresses.map((address) => address !== "" && isAllowedAddress(knowledge, address));
  const found = new Map<string, number[]>();
  for (let at = 0; at < log.count; at++) {
    const context = log.context[at] as number;
    const address = log.address[at] as number;
    const app = apps[context] as string;
    if (app === "" || allowed[address] === true || (backEnd[context] === true && outside[address] !== true)) continue;
    const list = found.get(app);
    if (list === undefined) found.set(app, [at]);
    else list.push(at);
  }
  return found;
}

/** Where and by whom the accesses were made, in words. */
function actors({ contexts, context, address, addresses }: TenantLog, accesses: readonly number[]): string {
  const users = new Set<string>();
  const places = new Set<string>();
  for (const at of accesses) {
    users.add((contexts[context[at] as number] as AccessContext).user);
    const from = addresses[address[at] as number] as string;
    if (from !== "") places.add(from);
  }
  return `by ${briefList([...users])}${places.size === 0 ? "" : `, from ${briefList([...places])}`}`;
}

export const appManyMailboxes = inTenant({
  id: "app-many-mailboxes",
  about: "tenant",
  title: "Application in many mailboxes of others",
  description:
    "Over the whole audit log, one application came to many mailboxes whose owners it did not act for: as a service principal, or for another account than the owner's.",
  requires: "MailItemsAccessed records of several mailboxes that name an AppId or ClientAppId",
  falsePositives: [
    "Backup, archiving, security and migration products, which are there to read all mailboxes: add their ids to the allow-list.",
    "A mail program by which several people open shared mailboxes.",
  ],
  blindSpots: [
    "Access in the owners' own names, which looks like each owner's own use; mailbox-access-api counts it where it comes fast.",
    "Microsoft's own applications, by which assistants open others' mailboxes every day.",
    "Records without an AppId and a ClientAppId, and mailboxes whose licence does not log MailItemsAccessed.",
    "Accounts whose names in UserId and in MailboxOwnerUPN differ count as others only where the logon was no owner's.",
  ],
  references: [
    "https://attack.mitre.org/techniques/T1114/002/",
    "https://attack.mitre.org/techniques/T1098/003/",
    "https://attack.mitre.org/detectionstrategies/DET0048/",
  ],
  attack: ["T1114.002", "T1098.003"],
  nextSteps: [
    "Look up who gave the application its rights, and when.",
    "Ask who runs it; where nobody does, remove its rights and secrets, and take the mailboxes for exposed.",
  ],
  settings: {
    many: { is: 50, says: "points for an application in many mailboxes" },
    listed: { is: 25, says: "points for an application of public lists or of the watch list" },
    mailboxes: { is: 5, says: "mailboxes of others above which there are many" },
    OAuthClientIDAllowList: ALLOW_LIST,
  },
  find(picture, { many, listed, mailboxes, OAuthClientIDAllowList }) {
    const { log, knowledge } = picture;
    const found: FoundInTenant[] = [];
    for (const [app, accesses] of accessesByApp(picture, appAllower(knowledge, OAuthClientIDAllowList))) {
      const told = toldAccess(log, accesses);
      if (told.mailboxes.length <= mailboxes) continue;
      const { entries } = told;
      const text = `${told.mailboxes.length} mailboxes of others (${told.names}) in ${told.records} ${actors(log, accesses)}`;
      const reasons: TenantReason[] = [{ text, points: many, entries }];
      const known = knownApp(app);
      const watch = knowledge.watch?.matchAppId(app);
      if (watch !== undefined) reasons.push({ text: `on the watch list as ${watch}`, points: listed, entries });
      else if (known?.kind === "abused") {
        const sources = known.sources.join(", ");
        reasons.push({ text: `${known.name} is listed as abused to take mail (${sources})`, points: listed, entries });
      }
      const organizations = new Set(
        accesses.map((at) => (log.contexts[log.context[at] as number] as AccessContext).organization),
      );
      const consents = consentsTo(log, app, organizations);
      for (const { operation, user, timeStamp, ticks, entry } of consents) {
        reasons.push({
          text: `${operation.trim()} at ${timeStamp} by ${user}`,
          points: 0,
          entries: [{ ...entry, ticks }],
        });
      }
      const isListed = watch !== undefined || known?.kind === "abused";
      const { firstTime, lastTime } = told;
      found.push({
        entity: { type: "application", value: namedApp(app, consents) },
        confidence: isListed ? "high" : "medium",
        reasons,
        mailboxes: told.mailboxes,
        firstTime,
        lastTime,
      });
    }
    const missing = noAccess(log);
    return missing === undefined ? { found } : { found, missing };
  },
});
