import { attachmentAction, attachmentName } from "../../activities/attachment/index.ts";
import { logonFacts } from "../../activities/logon/index.ts";
import { searchFacts } from "../../activities/search/index.ts";
import { inSeconds } from "../report.ts";
import type { FamilyName, MailboxEvent } from "../../model/event.ts";

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
  const from = properties.text("SourceFolder") ?? properties.text("SourceDefaultFolderType");
  const to = properties.text("TargetFolder") ?? properties.text("DestinationFolder");
  const way = `${from === undefined ? "" : ` from ${from}`}${to === undefined ? "" : ` to ${to}`}`;
  return `${type.name}${how === undefined || how === type.name ? "" : ` (${how})`}${way}`;
}

/** One telling a family. */
export const tellings: Readonly<Record<FamilyName, Telling>> = {
  logon: {
    actor: ({ record }) => logonFacts(record).user,
    summary({ record }) {
      const { successful, result, exception, userAgent } = logonFacts(record);
      const outcome = successful
        ? "logged on"
        : `logon not successful (${[result, exception].filter(Boolean).join(": ")})`;
      return userAgent === "" ? outcome : `${outcome} with ${userAgent}`;
    },
  },
  read: {
    actor: NOBODY,
    summary: ({ type, dwellSeconds }) =>
      type.role === "end"
        ? "message closed"
        : `message opened${dwellSeconds === undefined ? "" : `, on display for ${inSeconds(dwellSeconds)} s`}`,
  },
  search: {
    actor: NOBODY,
    summary({ record, type }) {
      const words = SEARCH_WORDS[type.role];
      return words === undefined ? type.name : `${words}: ${searchFacts(record).query}`;
    },
  },
  attachment: {
    actor: NOBODY,
    summary({ record, type }) {
      const action = attachmentAction(record);
      const name = attachmentName(record);
      return `attachment ${action === "" ? type.name : action}${name === undefined ? "" : `: ${name}`}`;
    },
  },
  message: {
    actor: ({ type, record }) => (type.role === "delivered" ? (record.properties.text("SenderSmtpAddress") ?? "") : ""),
    summary: ({ type }) => MESSAGE_WORDS[type.role] ?? type.name,
  },
  other: {
    actor: NOBODY,
    summary: (event) => (event.type.role === "move" || event.type.role === "delete" ? moved(event) : event.type.name),
  },
};
