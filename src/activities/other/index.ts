import type { PythonValue } from "../../model/python.ts";
import { pythonStr } from "../../model/python-repr.ts";
import type { ActivityRecord } from "../../model/record.ts";
import type { Family } from "../family.ts";

/**
 * Every name of Exchange's ActivityId enum and of the cloud's output in 2018 that no other family takes. A type that
 * is not listed anywhere comes here too.
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
    Error: {},
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
    CreateCalendarEvent: {},
    UpdateCalendarEvent: {},
    HelpCenterShown: {},
    HelpPanelCreated: {},
    HelpPanelShown: {},
    HelpPanelClosed: {},
    HelpArticleShown: {},
    HelpArticleLinkClicked: {},
    ClutterNotificationSent: {},
    Unlike: {},
    UserPhotoUploaded: {},
    CreateAppointment: {},
    SendMeetingRequest: {},
    CancelMeeting: {},
    CreateTask: {},
    AcceptCalendarEvent: {},
    DeclineCalendarEvent: {},
    TentativelyAcceptCalendarEvent: {},
    DeleteCalendarEvent: {},
    ContactCreated: {},
    CopyItem: {},
    CreateFolder: {},
    DeleteFolder: {},
    FavoriteFolder: {},
    GetUserUnifiedGroups: {},
    SetConversationAlwaysClutterState: {},
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
  let json = "";
  for (const [name, value] of properties.entries()) {
    json += `${json === "" ? "" : ","}${JSON.stringify(name)}:${JSON.stringify(jsonValue(value))}`;
  }
  for (const [name, value] of extra)
    json += `${json === "" ? "" : ","}${JSON.stringify(name)}:${JSON.stringify(value)}`;
  return `{${json}}`;
}
