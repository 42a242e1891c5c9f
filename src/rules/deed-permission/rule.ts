import type { MailboxPermission } from "../../activities/other/mailbox-rules/permission.ts";
import { readPermission } from "../../activities/other/mailbox-rules/permission.ts";
import { cut } from "../../activities/other/words.ts";
import { sideOf } from "../../enrich/mailbox-rules/destinations.ts";
import { folderAmong, UNMAILED_FOLDERS } from "../../activities/folders.ts";
import type { Change } from "../mailbox-changes.ts";
import type { Sign } from "../signed-change.ts";
import { changesOf, findingsOf, otherMailboxes, ownDomains, signOfAddress } from "../mailbox-changes.ts";
import type { Picture } from "../picture.ts";
import type { Values } from "../rule.ts";
import { finding } from "../rule.ts";

const settings = {
  fullAccess: { is: 40, says: "points for full access to a mailbox" },
  sendAs: { is: 40, says: "points for the right to send as the mailbox or on its behalf" },
  everyone: { is: 50, says: "points for a folder of messages that everybody may read" },
  folder: { is: 24, says: "points for a folder of messages that another account may read" },
  outside: { is: 20, says: "further points where the account is of another organisation" },
  suspect: { is: 30, says: "points for a right that was given from an address that scores high" },
  least: { is: 22, says: "points from which on a permission is a finding" },
  reading: {
    is: "ReadAny ReadItems EditAny EditAllItems Owner PublishingEditor Editor PublishingAuthor Author NonEditingAuthor Reviewer FullAccess All".split(
      " ",
    ) as readonly string[],
    says: "rights with which a folder's messages can be read",
  },
  everybody: {
    is: ["Default", "Anonymous", "Everyone", "S-1-1-0", "S-1-5-7", "Anonymous Logon"] as readonly string[],
    says: "names that stand for everybody",
  },
  shared: {
    is: UNMAILED_FOLDERS,
    says: "folders that colleagues share and that hold no messages",
  },
  service: {
    is: ["NT AUTHORITY\\", "NT SERVICE\\", "Discovery Management", "DiscoverySearchMailbox"] as readonly string[],
    says: "beginnings of names of the service's own accounts, which are left out",
  },
  domains: { is: [] as readonly string[], says: "further domains of the organisation" },
};

function isAmong(name: string, list: readonly string[]): boolean {
  return list.some((entry) => entry.toLowerCase() === name.trim().toLowerCase());
}

/** Rights in the whole mailbox. */
function signsOfMailbox(
  { rights, mailbox }: MailboxPermission,
  grantee: string,
  values: Values<typeof settings>,
): Sign[] {
  const signs: Sign[] = [];
  const of = mailbox === "" ? "the mailbox" : cut(mailbox);
  if (rights.some((right) => /^FullAccess$/i.test(right))) {
    signs.push({ kind: "full", text: `${cut(grantee)} has full access to ${of}`, points: values.fullAccess });
  }
  const sends = rights.find((right) => /^Send(?:As|OnBehalf)/i.test(right));
  if (sends !== undefined) {
    const how = /^SendAs/i.test(sends) ? "as" : "on behalf of";
    signs.push({ kind: "send", text: `${cut(grantee)} may send ${how} ${of}`, points: values.sendAs });
  }
  return signs;
}

/** Rights in a folder; those of a calendar and the like are everyday life. */
function signsOfFolder(
  { rights, folder }: MailboxPermission,
  grantee: string,
  values: Values<typeof settings>,
): Sign[] {
  const reading = rights.filter((right) => isAmong(right, values.reading));
  if (reading.length === 0 || folderAmong(folder, values.shared, false) !== undefined) return [];
  const what = `${cut(folder)} (${reading.join(", ")})`;
  return isAmong(grantee, values.everybody)
    ? [{ kind: "folder", text: `everybody (${cut(grantee)}) may read ${what}`, points: values.everyone }]
    : [{ kind: "folder", text: `${cut(grantee)} may read ${what}`, points: values.folder }];
}

function signsOf(
  picture: Picture,
  change: Change<MailboxPermission>,
  grantee: string,
  values: Values<typeof settings>,
): readonly Sign[] {
  const { row, record, says } = change;
  const { operation, mailbox, folder } = says;
  if (operation === "removed" || grantee.toLowerCase() === mailbox.toLowerCase()) return [];
  const user = record.audit?.user ?? "";
  const isService = (name: string) =>
    values.service.some((entry) => name.trim().toLowerCase().startsWith(entry.toLowerCase()));
  if (isService(grantee) || isService(user)) return [];
  const signs = folder === "" ? signsOfMailbox(says, grantee, values) : signsOfFolder(says, grantee, values);
  if (signs.length === 0) return [];
  if (sideOf(grantee, ownDomains(picture, record, values.domains)) === "outside") {
    signs.push({ kind: "outside", text: `${cut(grantee)} is of another organisation`, points: values.outside });
  }
  return [...signs, ...signOfAddress(picture, row, values.suspect)];
}

export const deedPermission = finding({
  id: "deed-permission",
  about: "mailbox",
  title: "Another account was let into a mailbox",
  description:
    "Full access to a mailbox or the right to send as it or on its behalf was given to another account, or a folder of messages was opened to somebody or to everybody. Records of one mailbox and account count together; taking rights away is no finding.",
  requires:
    "an audit log with Add-MailboxPermission, Add-RecipientPermission, Set-Mailbox or folder permission records",
  falsePositives: [
    "The organisation's own administrators, who give such rights for shared mailboxes, deputies and those who have left.",
    "An account whose name does not tell that it is the owner's own.",
  ],
  blindSpots: [
    "Roles and applications that may read every mailbox.",
    "Rights that were given before the log begins, and attempts that failed.",
  ],
  references: ["https://attack.mitre.org/techniques/T1098/002/"],
  attack: ["T1098.002"],
  nextSteps: [
    "Ask who ordered it; look at the rights as they are now (Get-MailboxPermission, Get-RecipientPermission, Get-MailboxFolderPermission).",
    "Look through the log of the account that was given the right.",
  ],
  settings,
  find(picture, values) {
    const other = otherMailboxes(picture);
    const changes = changesOf(picture, ["permission", "mailbox-settings"], readPermission).flatMap((change) =>
      change.says.grantees.map((grantee) => ({
        row: change.row,
        record: change.record,
        entity: grantee,
        mailbox: other(change.record, change.says.mailbox),
        signs: signsOf(picture, change, grantee, values),
      })),
    );
    return findingsOf(picture, "deed-permission", changes, values.least);
  },
});
