import { newItemId, writeRow } from "./mailbox.ts";
import type { Mailbox } from "./mailbox.ts";
import type { Random } from "./random.ts";
import type { Property } from "./rows.ts";
import type { Process } from "./schedule.ts";
import { DAY, HOUR } from "./time.ts";

type Odd = readonly [app: string, type: string, withItem: boolean, properties: readonly Property[] | undefined];

/** Records that a reader written from the documentation does not expect. */
const ODD_ROWS: readonly Odd[] = [
  // Equal names: a dict keeps the last value.
  [
    "Web",
    "MarkAsRead",
    true,
    [
      ["IsConversation", "0"],
      ["SelectedFolderName", "Inbox"],
      ["IsConversation", "1"],
    ],
  ],
  ["Web", "MessageReactionAdded", true, [["ReactionKind", "like"]]],
  ["Other", "FocusedInboxTrainingCompleted", false, []],
  ["Teams", "ChannelDigestDelivered", true, [["Digest", `{"note": "it's \\"quoted\\""}`]]],
  [
    "Web",
    "Error",
    false,
    [
      ["ConversionErrors", "MissingRequiredProperties"],
      ["MissingProperties", "IsClutter,ItemId"],
    ],
  ],
  [
    "Exchange",
    "ClutterNotificationSent",
    true,
    [
      ["NotificationType", "Digest"],
      ["CreationFolder", "Inbox"],
    ],
  ],
  ["Outlook", "MarkAsRead", true, []],
  ["Web", "SearchResult", false, undefined],
  ["Lync", "MessageSent", true, undefined],
  ["MacOutlook", "MarkAsRead", true, undefined],
];

/** A few odd records a week. They are the service's own: nobody did them anywhere. */
export function* oddities(mailbox: Mailbox, random: Random, start: number, days: number): Process {
  let index = 0;
  for (let day = 0; day < days; day += random.between(1, 4)) {
    const at = start + day * DAY + random.int(24 * HOUR);
    yield at;
    const [app, type, withItem, properties] = ODD_ROWS[index % ODD_ROWS.length] as Odd;
    writeRow(mailbox, {
      at,
      app,
      type,
      item: withItem ? newItemId(mailbox, "Inbox") : "",
      session: random.chance(0.5) ? random.guid() : "",
      properties,
      actor: "service",
      address: undefined,
      delay: random.between(4, 900),
    });
    index += 1;
  }
}
