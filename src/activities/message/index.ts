import type { MessageFields } from "../../model/event.ts";
import type { ActivityRecord } from "../../model/record.ts";
import { firstText } from "../../model/record.ts";
import type { Family } from "../family.ts";

/**
 * Messages delivered, written and sent. A reply or forward opens the message that it answers, which is the one its
 * ActivityItemId names. `knowledge` ranks what their properties say of that message: MessageDelivered first, then as
 * the first version asked.
 */
export const message: Family = {
  name: "message",
  types: {
    MessageDelivered: { role: "delivered", knowledge: 0 },
    MessageSent: { role: "sent", knowledge: 1 },
    RemoteSend: { role: "sent", knowledge: 1 },
    Send: { role: "sent", knowledge: 1 },
    SendAs: { role: "sent", knowledge: 1 },
    SendOnBehalf: { role: "sent", knowledge: 1 },
    DraftCreated: { role: "draft" },
    NewMessage: { role: "draft" },
    Reply: { role: "answer", access: "opened", knowledge: 3 },
    ReplyAll: { role: "answer", access: "opened", knowledge: 3 },
    Forward: { role: "answer", access: "opened", knowledge: 3 },
  },
};

/**
 * Reads the message properties that any activity may carry. Names differ by record (Activities API output of 2018;
 * keys that Magic Unicorn reads): the sender is SenderSmtpAddress on a delivery and SenderAddress on MarkAsRead and
 * ReplyAll, the folder DeliveredFolderType, SourceFolder or SourceDefaultFolderType; of a Move where it went to.
 */
export function messageFields(record: ActivityRecord): MessageFields {
  const { properties } = record;
  if (record.audit !== undefined) return auditMessageFields(record);
  return {
    subject: properties.text("Subject"),
    from: firstText(properties, "SenderSmtpAddress", "SenderAddress", "From"),
    received: properties.text("ReceivedTime"),
    recipients: properties.text("Recipients"),
    folder: record.activityIdType === "Move" ? movedTo(record) : foundIn(record),
    internetMessageId: properties.text("InternetMessageId"),
    attachments: properties.text("AttachmentDetail"),
  };
}

function foundIn({ properties }: ActivityRecord): string | undefined {
  return firstText(properties, "DeliveredFolderType", "SourceFolder", "SourceDefaultFolderType");
}

/**
 * The id of the server's Move is the one that the item has from then on, in TargetFolder (Exchange); `null` names none.
 * The web client's own has the id before, so that its DestinationFolder is not where that item is.
 */
function movedTo({ properties }: ActivityRecord): string | undefined {
  const folder = properties.text("TargetFolder");
  return folder === "null" ? undefined : folder;
}

/** An audit record names no time of delivery; its folder is the one that the item was found in. */
function auditMessageFields({ properties }: ActivityRecord): MessageFields {
  return {
    subject: properties.text("Subject"),
    from: properties.text("SenderSmtpAddress"),
    received: undefined,
    recipients: properties.text("Recipients"),
    folder: firstText(properties, "Folder", "SourceFolder"),
    internetMessageId: properties.text("InternetMessageId"),
    attachments: properties.text("AttachmentDetail"),
  };
}
