import type { ActivityRecord } from "../../model/record.ts";
import { firstText } from "../../model/record.ts";
import type { Family } from "../family.ts";

/** Attachments opened or previewed. The end of a preview proves no second access where its start is logged. */
export const attachment: Family = {
  name: "attachment",
  types: {
    OpenedAnAttachment: { access: "attachment-opened" },
    PreviewOfAttachmentStarted: { role: "start", access: "attachment-opened" },
    AttachmentAccess: { access: "attachment-opened" },
    PreviewOfAttachmentEnded: { role: "end", access: "attachment-opened" },
  },
};

/** What was done with the attachment (AttachmentAction, as Magic Unicorn reads it); empty where the record has none. */
export function attachmentAction(record: ActivityRecord): string {
  return record.properties.text("AttachmentAction") ?? "";
}

/** The attachment that the record itself names, if it does. */
export function attachmentName(record: ActivityRecord): string | undefined {
  return firstText(record.properties, "AttachmentName", "AttachmentDetail");
}
