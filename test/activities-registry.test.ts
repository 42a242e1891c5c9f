import { describe, expect, test } from "vitest";
import { families, knownTypes, typeOf } from "../src/activities/index.ts";

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
    expect(names.filter((name) => !ENUM.includes(name) && !CLOUD.includes(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(["", "logon", "ServerLogon ", "__proto__", "constructor", "Neuer Typ"])(
    "%j is other, by its name",
    (name) => {
      expect(typeOf(name)).toEqual({ name, family: "other", role: "", access: undefined, knowledge: 9 });
    },
  );
});
