import { describe, expect, test } from "vitest";
import { families, knownTypes, typeKey, typeOf } from "../src/activities/index.ts";
import { recordOf } from "./support/told.ts";

/** Exchange's ActivityId enum, in the order in which it declares them. */
const ENUM = `
Min ReadingPaneDisplayStart ReadingPaneDisplayEnd ListViewDisplayStart ListViewDisplayEnd LinkClicked Delete Move Flag
FlagComplete FlagCleared Categorize InspectorDisplayStart InspectorDisplayEnd MarkAsRead MarkAsUnread MarkAsJunk Print
Logon Reply ReplyAll Forward ItemSelectStart ItemSelectEnd ItemVisibleInListViewStart ItemVisibleInListViewEnd
WindowActiveStart WindowActiveEnd OpenedAnAttachment PreviewOfAttachmentStarted PreviewOfAttachmentEnded
AcceptedMeetingRequest DeclinedMeetingRequest TentativeMeetingRequest ProposeNewTime ModuleChange NewMessage
MarkMessageAsImportant MarkMessageAsUnimportant MarkMessageAsNormal MessageSelected MessageSent DraftCreated
MarkMessageAsClutter MarkMessageAsNotClutter IgnoreConversation PivotChange ClutterGroupOpened ClutterGroupClosed
ClutterInfobarExpanded TurnInferenceOff TurnInferenceOn FeatureValueResponse MessageDelivered Like Error
ClutterBarIntroductionAcked DeleteAllIntroductionAcked ClutterDeleteAllClicked ClutterBarIntroductionLearnMoreClicked
DeleteAllIntroductionLearnMoreClicked ClutterBarIntroductionDisplayed DeleteAllIntroductionDisplayed
IntroductionPeekControllerCreated IntroductionPeekShown IntroductionPeekDismissed IntroductionLearnMoreClicked
IntroductionTryFeatureClicked ModernGroupsQuickCompose ModernGroupsQuickReply ModernGroupsConversationSelected
SearchSessionStart SearchSessionEnd SearchRequestStart SearchResultsReceived SearchRefinersReceived SearchRequestEnd
SurveyResponse MarkAllItemsAsRead MoveFromInbox MoveToInbox MoveFromClutter MoveToClutter DeleteFromInbox
DeleteFromClutter RemoteSend CreateCalendarEvent UpdateCalendarEvent HelpCenterShown HelpPanelCreated HelpPanelShown
HelpPanelClosed HelpArticleShown HelpArticleLinkClicked ClutterNotificationSent Unlike ServerLogon UserPhotoUploaded
CreateAppointment SendMeetingRequest CancelMeeting CreateTask
`
  .trim()
  .split(/\s+/);

/** Names seen in the cloud's output of 2018 that the enum does not have. */
const CLOUD = `
SearchResult SearchSuggestionsDisplay SearchSuggestionDisplay SearchQueryExecute SearchRefinersDisplay
AcceptCalendarEvent DeclineCalendarEvent TentativelyAcceptCalendarEvent DeleteCalendarEvent ContactCreated CopyItem
CreateFolder DeleteFolder FavoriteFolder GetUserUnifiedGroups SetConversationAlwaysClutterState
`
  .trim()
  .split(/\s+/);

/**
 * Operations of the unified audit log that families name: the operation, its family, its role and the access that it
 * proves. Sources: [1] Microsoft Learn, "Audit log activities" (Purview); [2] Microsoft Learn, "Mailbox auditing" and
 * "Use MailItemsAccessed to investigate compromised accounts"; [3] Office 365 Management Activity API schema, whose
 * directory operations end with a dot; [4] cmdlets of Exchange Online, under whose names the admin audit log has them; [5] Microsoft Learn, "Microsoft Entra audit log
 * activity reference".
 */
const AUDIT: readonly (readonly [operation: string, family: string, role: string, access: string, source: number])[] = [
  ["UserLoggedIn", "logon", "", "", 1],
  ["UserLoginFailed", "logon", "", "", 1],
  ["MailboxLogin", "logon", "", "", 2],
  ["MailItemsAccessed", "read", "accessed", "", 2],
  ["MailItemsAccessed Bind", "read", "bound", "bound", 2],
  ["MailItemsAccessed Sync", "read", "synced", "folder-synced", 2],
  ["SearchQueryInitiated", "search", "result", "", 1],
  ["SearchQueryInitiatedExchange", "search", "result", "", 2],
  ["SearchQueryInitiatedSharePoint", "search", "result", "", 1],
  ["SearchQueryPerformed", "search", "result", "", 1],
  ["AttachmentAccess", "attachment", "", "attachment-opened", 2],
  ["Send", "message", "sent", "", 2],
  ["SendAs", "message", "sent", "", 2],
  ["SendOnBehalf", "message", "sent", "", 2],
  ["SoftDelete", "other", "delete", "", 2],
  ["HardDelete", "other", "delete", "", 2],
  ["MoveToDeletedItems", "other", "delete", "", 2],
  ["UpdateInboxRules", "other", "rule", "", 2],
  ["New-InboxRule", "other", "rule", "", 4],
  ["Set-InboxRule", "other", "rule", "", 4],
  ["Enable-InboxRule", "other", "rule", "", 4],
  ["Disable-InboxRule", "other", "rule", "", 4],
  ["Remove-InboxRule", "other", "rule", "", 4],
  ["New-TransportRule", "other", "transport-rule", "", 4],
  ["Set-TransportRule", "other", "transport-rule", "", 4],
  ["Enable-TransportRule", "other", "transport-rule", "", 4],
  ["Disable-TransportRule", "other", "transport-rule", "", 4],
  ["Remove-TransportRule", "other", "transport-rule", "", 4],
  ["Set-Mailbox", "other", "mailbox-settings", "", 4],
  ["Add-MailboxPermission", "other", "permission", "", 4],
  ["Remove-MailboxPermission", "other", "permission", "", 4],
  ["Add-RecipientPermission", "other", "permission", "", 4],
  ["Remove-RecipientPermission", "other", "permission", "", 4],
  ["Add-MailboxFolderPermission", "other", "permission", "", 4],
  ["Set-MailboxFolderPermission", "other", "permission", "", 4],
  ["Remove-MailboxFolderPermission", "other", "permission", "", 4],
  ["AddFolderPermissions", "other", "permission", "", 2],
  ["ModifyFolderPermissions", "other", "permission", "", 2],
  ["RemoveFolderPermissions", "other", "permission", "", 2],
  ["UpdateFolderPermissions", "other", "permission", "", 2],
  ["Consent to application.", "other", "consent", "", 3],
  // Without its dot, as the portal's list of activities has it.
  ["Consent to application", "other", "consent", "", 1],
  ["Add delegated permission grant.", "other", "consent", "", 3],
  ["Add OAuth2PermissionGrant.", "other", "consent", "", 3],
  ["Add app role assignment grant to user.", "other", "consent", "", 3],
  ["Add app role assignment to service principal.", "other", "consent", "", 3],
  // Without its dot, as Entra ID's own log and Sentinel's AuditLogs table have it.
  ["Add delegated permission grant", "other", "consent", "", 5],
  ["Add OAuth2PermissionGrant", "other", "consent", "", 5],
  ["Add app role assignment grant to user", "other", "consent", "", 5],
  ["Add app role assignment to service principal", "other", "consent", "", 5],
];
/** OperationProperties with a way of access. */
function waysOf(Value: string): Readonly<Record<string, unknown>> {
  return Value === "" ? {} : { OperationProperties: [{ Name: "MailAccessType", Value }] };
}

const OPERATIONS = AUDIT.map(([operation]) => operation);

describe("the families of activities", () => {
  test("the list written here is the enum's 102 names", () => {
    expect(ENUM).toHaveLength(102);
    expect(new Set([...ENUM, ...CLOUD]).size).toBe(ENUM.length + CLOUD.length);
  });

  test.each([...ENUM, ...CLOUD])("%s has a family", (name) => {
    const takers = families.filter(({ types }) => Object.hasOwn(types, name)).map((family) => family.name);
    expect(takers).toHaveLength(1);
    expect(typeOf(name)).toMatchObject({ name, family: takers[0] });
  });

  test("no family names a type that the facts do not", () => {
    const names = knownTypes().map(({ name }) => name);
    expect(names.filter((name) => ![...ENUM, ...CLOUD, ...OPERATIONS].includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(AUDIT)("the audit operation %s is of %s, as %j", (operation, family, role, access) => {
    expect(ENUM.includes(operation) || CLOUD.includes(operation)).toBe(false);
    expect(knownTypes().find(({ name }) => name === operation)).toMatchObject({
      family,
      role,
      access: access === "" ? undefined : access,
    });
  });

  test("a Bind and a Sync are told apart by their way of access, under the name of their operation", () => {
    const type = (way: string) => {
      const { name, role, access } = typeOf(typeKey(recordOf({ Operation: "MailItemsAccessed", ...waysOf(way) })));
      return [name, role, access];
    };
    expect(type("Bind")).toEqual(["MailItemsAccessed", "bound", "bound"]);
    expect(type("sync")).toEqual(["MailItemsAccessed", "synced", "folder-synced"]);
    expect(type("Teleport")).toEqual(["MailItemsAccessed", "accessed", undefined]);
    // What is written in an Operation is no way of access.
    expect(typeOf("MailItemsAccessed\u0000Bind \u0000Bind")).toMatchObject({ role: "accessed" });
  });

  test("only records of audit logs have a way of access", () => {
    expect(typeKey(recordOf({ Operation: "Send", ...waysOf("") }))).toBe("Send");
    expect(typeKey(recordOf({ Operation: "Send", ...waysOf("Bind") }))).not.toBe("Send");
    expect(typeOf(typeKey(recordOf({ Operation: "Send", ...waysOf("Bind") })))).toMatchObject({
      name: "Send",
      role: "sent",
    });
  });

  test.each(["", "logon", "ServerLogon ", "__proto__", "constructor", "Neuer Typ"])(
    "%j is other, by its name",
    (name) => {
      expect(typeOf(name)).toEqual({ name, family: "other", role: "", access: undefined, knowledge: 9, failed: false });
    },
  );
});
