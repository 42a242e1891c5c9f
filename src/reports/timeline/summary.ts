import { toldDamage, toldOperation, toldOutcome } from "../../activities/other/told.ts";
import { attachmentAction, attachmentName } from "../../activities/attachment/index.ts";
import { logonFacts } from "../../activities/logon/index.ts";
import { searchFacts } from "../../activities/search/index.ts";
import { inSeconds } from "../report.ts";
import type { FamilyName, MailboxEvent } from "../../model/event.ts";
import { firstText } from "../../model/record.ts";

/** What a kind of event says of itself in the timeline. */
interface Telling {
  /** Who did it, where the record names somebody. */
  actor(event: MailboxEvent): string;
  /** What happened, in a few words. */
  summary(event: MailboxEvent): string;
}

const NOBODY = () => "";

const SEARCH_WORDS: Readonly<Record<string, string>> = { keystroke: "typed", result: "searched for" };
const MESSAGE_WORDS: Readonly<Record<string, string>> = {
  delivered: "message delivered",
  sent: "message sent",
  draft: "message begun",
};

function moved({ record, type }: MailboxEvent): string {
  const { properties } = record;
  const how = properties.text(type.role === "delete" ? "DeleteType" : "MoveType");
  const from = firstText(properties, "SourceFolder", "SourceDefaultFolderType") ?? "";
  const to = firstText(properties, "TargetFolder", "DestinationFolder") ?? "";
  const way = `${from === "" ? "" : ` from ${from}`}${to === "" ? "" : ` to ${to}`}`;
  return `${type.name}${how === undefined || how === type.name ? "" : ` (${how})`}${way}`;
}

/** What a MailItemsAccessed record says: a Bind is no count of openings, and a Sync names a folder and no message. */
function accessed({ type, record }: MailboxEvent): string {
  const { operationCount, clientInfo = "" } = record.audit ?? {};
  const folder = record.properties.text("Folder") ?? "";
  const by = clientInfo === "" ? "" : ` by ${clientInfo}`;
  if (type.role === "synced") return `folder ${folder === "" ? "without a name" : folder} synchronised${by}`;
  const many = operationCount !== undefined && operationCount > 1 ? `, one of ${operationCount} operations` : "";
  // The only row of a record that names no message stands for all that it counts.
  const isNamed = [record.properties.text("InternetMessageId") ?? "", record.activityItemId].some((id) => id !== "");
  if (type.role === "bound" && many !== "" && !isNamed) {
    const damage = toldDamage(record);
    return `messages opened${by}, ${operationCount} operations${damage === "" ? "; the record names no message" : damage}`;
  }
  return `${type.role === "bound" ? "message opened" : "mailbox items accessed"}${by}${many}${toldDamage(record)}`;
}

/** One telling a family. */
export const tellings: Readonly<Record<FamilyName, Telling>> = {
  logon: {
    actor: ({ record }) => logonFacts(record).user,
    summary({ record }) {
      const { successful, partial, result, exception, userAgent } = logonFacts(record);
      const words = partial ? "logon succeeded in part" : "logon not successful";
      const outcome = successful ? "logged on" : `${words} (${[result, exception].filter(Boolean).join(": ")})`;
      return userAgent === "" ? outcome : `${outcome} with ${userAgent}`;
    },
  },
  read: {
    actor: NOBODY,
    summary(event) {
      const { type, dwellSeconds } = event;
      if (event.record.audit !== undefined) return `${toldOutcome(event.record)}${accessed(event)}`;
      if (type.role === "end") return "message closed";
      return `message opened${dwellSeconds === undefined ? "" : `, on display for ${inSeconds(dwellSeconds)} s`}`;
    },
  },
  search: {
    actor: NOBODY,
    summary({ record, type }) {
      const words = SEARCH_WORDS[type.role];
      return `${toldOutcome(record)}${words === undefined ? type.name : `${words}: ${searchFacts(record).query}`}`;
    },
  },
  attachment: {
    actor: NOBODY,
    summary({ record, type }) {
      const action = attachmentAction(record);
      const name = attachmentName(record);
      return `${toldOutcome(record)}attachment ${action === "" ? type.name : action}${name === undefined ? "" : `: ${name}`}`;
    },
  },
  message: {
    actor: (event) => (event.type.role === "delivered" ? (event.own().from ?? "") : ""),
    summary: ({ type, record }) => `${toldOutcome(record)}${MESSAGE_WORDS[type.role] ?? type.name}`,
  },
  other: {
    actor: NOBODY,
    summary(event) {
      const { type, record } = event;
      if (record.audit !== undefined) return toldOperation(record) ?? type.name;
      return type.role === "move" || type.role === "delete" ? moved(event) : type.name;
    },
  },
};
