import { jsonText } from "../../ingest/activity-json/strict-json.ts";
import type { PythonValue } from "../../model/python.ts";
import { pythonStr } from "../../model/python-repr.ts";
import type { ActivityRecord } from "../../model/record.ts";
import type { Family } from "../family.ts";

/**
 * Operations of the unified audit log that mean something to a rule or a table; every other one is kept all the same.
 * Names as Exchange Online and the directory write them, the directory's with a dot at the end (Office 365 Management
 * Activity API schema).
 */
const AUDIT_TYPES: Family["types"] = {
  SoftDelete: { role: "delete" },
  HardDelete: { role: "delete" },
  MoveToDeletedItems: { role: "delete" },
  "New-InboxRule": { role: "rule" },
  "Set-InboxRule": { role: "rule" },
  "Enable-InboxRule": { role: "rule" },
  "Disable-InboxRule": { role: "rule" },
  "Remove-InboxRule": { role: "rule" },
  UpdateInboxRules: { role: "rule" },
  "New-TransportRule": { role: "transport-rule" },
  "Set-TransportRule": { role: "transport-rule" },
  "Enable-TransportRule": { role: "transport-rule" },
  "Disable-TransportRule": { role: "transport-rule" },
  "Remove-TransportRule": { role: "transport-rule" },
  "Set-Mailbox": { role: "mailbox-settings" },
  "Add-MailboxPermission": { role: "permission" },
  "Remove-MailboxPermission": { role: "permission" },
  "Add-RecipientPermission": { role: "permission" },
  "Remove-RecipientPermission": { role: "permission" },
  "Add-MailboxFolderPermission": { role: "permission" },
  "Set-MailboxFolderPermission": { role: "permission" },
  "Remove-MailboxFolderPermission": { role: "permission" },
  AddFolderPermissions: { role: "permission" },
  ModifyFolderPermissions: { role: "permission" },
  RemoveFolderPermissions: { role: "permission" },
  UpdateFolderPermissions: { role: "permission" },
  "Consent to application.": { role: "consent" },
  "Consent to application": { role: "consent" },
  "Add delegated permission grant.": { role: "consent" },
  "Add OAuth2PermissionGrant.": { role: "consent" },
  "Add app role assignment grant to user.": { role: "consent" },
  "Add app role assignment to service principal.": { role: "consent" },
  // Entra's own log of audits writes them without the dot.
  "Add delegated permission grant": { role: "consent" },
  "Add OAuth2PermissionGrant": { role: "consent" },
  "Add app role assignment grant to user": { role: "consent" },
  "Add app role assignment to service principal": { role: "consent" },
};

/**
 * Every name of Exchange's ActivityId enum and of the cloud's output in 2018 that no other family takes. A type that
 * is not listed anywhere comes here too. `no-message`: what they name is no message that somebody sent to the mailbox.
 */
export const other: Family = {
  name: "other",
  types: {
    Min: {},
    ListViewDisplayStart: {},
    ListViewDisplayEnd: {},
    LinkClicked: { access: "opened" },
    Delete: { role: "delete" },
    Move: { role: "move" },
    Flag: {},
    FlagComplete: {},
    FlagCleared: {},
    Categorize: {},
    MarkAsRead: { access: "marked-read", knowledge: 2 },
    MarkAsUnread: {},
    MarkAsJunk: {},
    Print: { access: "opened" },
    ItemSelectStart: {},
    ItemSelectEnd: {},
    ItemVisibleInListViewStart: {},
    ItemVisibleInListViewEnd: {},
    WindowActiveStart: {},
    WindowActiveEnd: {},
    AcceptedMeetingRequest: {},
    DeclinedMeetingRequest: {},
    TentativeMeetingRequest: {},
    ProposeNewTime: {},
    ModuleChange: {},
    MarkMessageAsImportant: {},
    MarkMessageAsUnimportant: {},
    MarkMessageAsNormal: {},
    MessageSelected: {},
    MarkMessageAsClutter: {},
    MarkMessageAsNotClutter: {},
    IgnoreConversation: {},
    PivotChange: {},
    ClutterGroupOpened: {},
    ClutterGroupClosed: {},
    ClutterInfobarExpanded: {},
    TurnInferenceOff: {},
    TurnInferenceOn: {},
    FeatureValueResponse: {},
    Like: {},
    Error: { role: "no-message" },
    ClutterBarIntroductionAcked: {},
    DeleteAllIntroductionAcked: {},
    ClutterDeleteAllClicked: {},
    ClutterBarIntroductionLearnMoreClicked: {},
    DeleteAllIntroductionLearnMoreClicked: {},
    ClutterBarIntroductionDisplayed: {},
    DeleteAllIntroductionDisplayed: {},
    IntroductionPeekControllerCreated: {},
    IntroductionPeekShown: {},
    IntroductionPeekDismissed: {},
    IntroductionLearnMoreClicked: {},
    IntroductionTryFeatureClicked: {},
    ModernGroupsQuickCompose: {},
    ModernGroupsQuickReply: {},
    ModernGroupsConversationSelected: {},
    SurveyResponse: {},
    MarkAllItemsAsRead: {},
    MoveFromInbox: { role: "move" },
    MoveToInbox: { role: "move" },
    MoveFromClutter: { role: "move" },
    MoveToClutter: { role: "move" },
    DeleteFromInbox: { role: "delete" },
    DeleteFromClutter: { role: "delete" },
    CreateCalendarEvent: { role: "no-message" },
    UpdateCalendarEvent: { role: "no-message" },
    HelpCenterShown: {},
    HelpPanelCreated: {},
    HelpPanelShown: {},
    HelpPanelClosed: {},
    HelpArticleShown: {},
    HelpArticleLinkClicked: {},
    ClutterNotificationSent: {},
    Unlike: {},
    UserPhotoUploaded: {},
    CreateAppointment: { role: "no-message" },
    SendMeetingRequest: { role: "no-message" },
    CancelMeeting: { role: "no-message" },
    CreateTask: { role: "no-message" },
    AcceptCalendarEvent: { role: "no-message" },
    DeclineCalendarEvent: { role: "no-message" },
    TentativelyAcceptCalendarEvent: { role: "no-message" },
    DeleteCalendarEvent: { role: "no-message" },
    ContactCreated: { role: "no-message" },
    CopyItem: {},
    CreateFolder: { role: "no-message" },
    DeleteFolder: { role: "no-message" },
    FavoriteFolder: { role: "no-message" },
    GetUserUnifiedGroups: {},
    SetConversationAlwaysClutterState: {},
    ...AUDIT_TYPES,
  },
};

function jsonValue(value: PythonValue): string | boolean | null {
  return typeof value === "string" || typeof value === "boolean" || value === null ? value : pythonStr(value);
}

/**
 * A record's properties as one line of JSON, in source order and with equal names kept (which JSON allows). Values
 * that JSON has no word for are their Python text; properties that could not be read stand under `_unreadable`.
 */
export function details(record: ActivityRecord): string {
  const { properties, extra } = record;
  if (properties.problem !== undefined) return `{"_unreadable":${JSON.stringify(properties.raw)}}`;
  const asWritten = extra.length === 0 ? record.audit?.json : undefined;
  if (asWritten !== undefined) return asWritten;
  let json = "";
  for (const [name, value] of properties.entries()) {
    // An audit record is JSON to begin with: what is nested in it stays so.
    const text = record.audit === undefined ? JSON.stringify(jsonValue(value)) : jsonText(value);
    json += `${json === "" ? "" : ","}${JSON.stringify(name)}:${text}`;
  }
  for (const [name, value] of extra)
    json += `${json === "" ? "" : ","}${JSON.stringify(name)}:${JSON.stringify(value)}`;
  return `{${json}}`;
}
