import type { ActivityRecord } from "../../model/record.ts";
import { firstText } from "../../model/record.ts";
import type { Family } from "../family.ts";

/**
 * A message on display: in the reading pane or, as Outlook calls it, an inspector (a window of its own). Selecting or
 * scrolling past a message proves less and stays in `other`. Of audit logs: MailItemsAccessed, by which a message was
 * bound, or a folder synchronised by a client that keeps a copy (Microsoft Purview, "Use MailItemsAccessed to
 * investigate compromised accounts").
 */
export const read: Family = {
  name: "read",
  types: {
    ReadingPaneDisplayStart: { role: "start", access: "opened" },
    ReadingPaneDisplayEnd: { role: "end", access: "opened" },
    InspectorDisplayStart: { role: "start", access: "opened" },
    InspectorDisplayEnd: { role: "end", access: "opened" },
    MailItemsAccessed: { role: "accessed" },
    "MailItemsAccessed Bind": { role: "bound", access: "bound" },
    "MailItemsAccessed Sync": { role: "synced", access: "folder-synced" },
  },
};

/** The folder in which the reader stood, as the record has it; undefined or empty where it does not say. */
export function readersFolder({ properties }: ActivityRecord): string | undefined {
  return firstText(properties, "SelectedFolderName", "Folder");
}
