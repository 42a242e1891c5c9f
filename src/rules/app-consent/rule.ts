import { appLabel, knownApp } from "../../enrich/apps/known-app.ts";
import type { Reason } from "../../model/finding.ts";
import { ALLOW_LIST, appAllower } from "../allowed-apps.ts";
import { rowOrderOf } from "../picture.ts";
import type { FoundByRule } from "../rule.ts";
import { finding } from "../rule.ts";
import type { ConsentedApp } from "./consented.ts";
import { consentedApps } from "./consented.ts";

/** So many permissions are told in words. */
const MOST_TOLD = 12;

/** Scopes by which an application reads, sends or forwards mail (Microsoft Graph and Exchange permission names). */
const RISKY = [
  "Mail.Read",
  "Mail.Read.Shared",
  "Mail.ReadWrite",
  "Mail.ReadWrite.Shared",
  "Mail.Send",
  "Mail.Send.Shared",
  "MailboxSettings.ReadWrite",
  "EWS.AccessAsUser.All",
  "full_access_as_app",
  "IMAP.AccessAsUser.All",
  "POP.AccessAsUser.All",
  "SMTP.Send",
];

/** A length of time as a person says it. */
function lengthOf(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} ${Math.round(seconds) === 1 ? "second" : "seconds"}`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} minutes`;
  return `${Math.round(seconds / 3600)} hours`;
}

/** The permissions of a list, and offline_access where it keeps any permission of mail alive. */
function riskyOf(permissions: readonly string[], risky: ReadonlySet<string>): string[] {
  const hasMail = permissions.some((word) => word.toLowerCase().startsWith("mail."));
  return permissions.filter((word) => {
    const folded = word.toLowerCase();
    return risky.has(folded) || (folded === "offline_access" && hasMail);
  });
}

/** Whether the log has records of the directory at all, which alone tell of consents. */
const DIRECTORY = /^(?:azure\s*active\s*directory|core directory|entra)/i;

/** The application as findings name it: by its id, else by what tells it from others. */
function labelOf({ id, servicePrincipal, name }: ConsentedApp): string {
  if (id !== "" || servicePrincipal === "") {
    return appLabel(id, name) || "an application that the record does not name";
  }
  return `service principal ${servicePrincipal}${name === "" ? "" : ` (${name})`}`;
}

/** What was looked at in vain after a consent, and what was not. */
function withoutAccess({ id, forEverybody, isUntimed }: ConsentedApp, hours: number): string {
  if (id === "") return "the record does not tell its application id, and so not whether it came to the mailbox";
  if (isUntimed)
    return "access by it to this mailbox is logged, but not all its times can be read, and so not what came first";
  const others = forEverybody ? "; access to other mailboxes was not looked at" : "";
  return `no access by it to this mailbox is logged within ${hours} ${hours === 1 ? "hour" : "hours"}${others}`;
}

export const appConsent = finding({
  id: "app-consent",
  about: "mailbox",
  title: "Application let in by the mailbox's user",
  description:
    "A record of the directory says that this user let an application in. It weighs more where the application then came to the mailbox, where it may read or send mail, and where public lists or the watch list name it.",
  requires: "an audit log with records of the directory (Consent to application, Add delegated permission grant)",
  falsePositives: [
    "Every new program and service of an honest owner begins with a consent, and uses the mailbox at once.",
    "An administrator who sets an application up for others.",
  ],
  blindSpots: [
    "A consent before the audit log begins, or given by an administrator, whose own records tell of it.",
    "Microsoft's own applications need no consent, and consents to them are passed over.",
    "Whether the user or somebody in their name consented: compare the addresses of the logons before it.",
    "Access that is not logged for the mailbox's licence.",
    "Access to other mailboxes, which a consent for everybody allows: mailbox-access-api and app-many-mailboxes look at them.",
    "A record that names the service principal by its object id alone: access is logged by the application's id.",
  ],
  references: [
    "https://attack.mitre.org/techniques/T1528/",
    "https://attack.mitre.org/techniques/T1098/003/",
    "https://attack.mitre.org/detectionstrategies/DET0048/",
    "https://learn.microsoft.com/en-us/defender-office-365/detect-and-remediate-illicit-consent-grants",
  ],
  attack: ["T1528", "T1098.003", "T1114.002"],
  nextSteps: [
    "Ask the user whether they consented, and to what page they had been led.",
    "Look the application up in the tenant: its publisher, its reply addresses, its other users.",
    "Revoke the grant and the application's tokens; a new password does not end them.",
  ],
  settings: {
    followed: { is: 50, says: "points for access to this mailbox by the application soon after the consent" },
    alone: { is: 10, says: "points for a consent that no access to this mailbox follows, as far as can be told" },
    risky: { is: 15, says: "points for permissions of the list" },
    listed: { is: 25, says: "points for an application of public lists or of the watch list" },
    hours: { is: 24, says: "hours after a consent during which access follows it", takes: "length" },
    scopes: { is: RISKY, says: "permissions that are risky; offline_access is too, beside any of Mail" },
    OAuthClientIDAllowList: ALLOW_LIST,
  },
  find(picture, { followed, alone, risky, listed, hours, scopes, OAuthClientIDAllowList }) {
    const { joined, knowledge } = picture;
    const { clients } = joined.mailboxCase;
    if (clients.length <= 1) return { found: [], missing: "no audit log" };
    const isAllowed = appAllower(knowledge, OAuthClientIDAllowList);
    const riskyNames = new Set(scopes.map((name) => name.toLowerCase()));
    const compare = rowOrderOf(picture);
    const timeOf = (row: number) => joined.recordOf(row).timeStamp;

    function foundOf(app: ConsentedApp): FoundByRule {
      const { id, consents, permissions, forEverybody, followed: access } = app;
      const reasons: Reason[] = [];
      const add = (text: string, points: number, rows: readonly number[]) =>
        reasons.push({ rule: "app-consent", text, points, rows: rows.toSorted(compare) });
      const whom = forEverybody ? ", for everybody in the tenant" : "";
      if (access === undefined) {
        const first = consents[0] as number;
        add(`let in at ${timeOf(first)}${whom}; ${withoutAccess(app, hours)}`, alone, consents);
      } else {
        const { consent, seconds, rows } = access;
        const count = `${rows.length} ${rows.length === 1 ? "row" : "rows"} of access within ${hours} hours`;
        const text = `let in at ${timeOf(consent)}${whom}; came to the mailbox ${lengthOf(seconds)} later, ${count}`;
        add(text, followed, [consent, ...rows]);
      }
      const told = riskyOf(permissions, riskyNames);
      if (told.length > 0) {
        const more = told.length > MOST_TOLD ? ` and ${told.length - MOST_TOLD} more` : "";
        add(`may use ${told.slice(0, MOST_TOLD).join(", ")}${more}`, risky, consents);
      }
      const known = knownApp(id);
      const entry = id === "" ? undefined : knowledge.watch?.matchAppId(id);
      const isListed = known?.kind === "abused" || entry !== undefined;
      if (entry !== undefined) add(`on the watch list as ${entry}`, listed, consents);
      else if (known?.kind === "abused") {
        add(`${known.name} is listed as abused to take mail (${known.sources.join(", ")})`, listed, consents);
      }
      const value = labelOf(app);
      const confidence = access === undefined ? "low" : isListed ? "high" : "medium";
      return { entity: { type: "application", value }, confidence, reasons };
    }

    const apps = consentedApps(picture, hours);
    const found = apps
      .filter(({ id }) => knownApp(id)?.kind !== "microsoft" && !(id !== "" && isAllowed(id)))
      .map(foundOf);
    const tells = apps.length > 0 || clients.some(({ workload }) => DIRECTORY.test(workload));
    return tells ? { found } : { found, missing: "the audit log has no records of the directory" };
  },
});
