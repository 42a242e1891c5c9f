import type { ActivityExample } from "../example.ts";

const web = { TimeStamp: "2018-06-20T10:00:00Z", AppIdType: "Web", ActivityItemId: "item-1" } as const;

export const examples: readonly ActivityExample[] = [
  {
    name: "an attachment opened, with an apostrophe in its name",
    record: {
      ...web,
      ActivityIdType: "OpenedAnAttachment",
      CustomProperties: { AttachmentAction: "Download", AttachmentName: "Anna's form.xlsx" },
    },
    type: { family: "attachment", role: "", access: "attachment-opened" },
    facts: { attachmentAction: "Download", attachmentName: "Anna's form.xlsx" },
  },
  {
    name: "an attachment opened without any property",
    record: { ...web, ActivityIdType: "OpenedAnAttachment" },
    facts: { attachmentAction: "", attachmentName: undefined },
  },
  {
    name: "a preview's start is an access",
    record: { ...web, ActivityIdType: "PreviewOfAttachmentStarted" },
    type: { family: "attachment", role: "start", access: "attachment-opened" },
  },
  {
    name: "a preview's end is one where its start is not logged",
    record: { ...web, ActivityIdType: "PreviewOfAttachmentEnded" },
    type: { family: "attachment", role: "end", access: "attachment-opened" },
  },
];
