import { attachmentsActivity } from "./attachments-activity/index.ts";
import { clientScores } from "./client-scores/index.ts";
import { coverage } from "./coverage/index.ts";
import { exposure } from "./exposure/index.ts";
import { findings } from "./findings/index.ts";
import { ipScores } from "./ip-scores/index.ts";
import { logonActivity } from "./logon-activity/index.ts";
import { mailboxAccess } from "./mailbox-access/index.ts";
import { messageActivity } from "./message-activity/index.ts";
import { otherActivity } from "./other-activity/index.ts";
import { readActivityByItem, readActivityByTime } from "./read-activity/index.ts";
import type { Report } from "./report.ts";
import { searchActivity } from "./search-activity/index.ts";
import { searches } from "./searches/index.ts";
import { timeline } from "./timeline/index.ts";

/** Every table that is made of a case; a new one is its folder and its line here. */
export const reports: readonly Report[] = [
  findings,
  logonActivity,
  readActivityByTime,
  readActivityByItem,
  searchActivity,
  attachmentsActivity,
  messageActivity,
  otherActivity,
  searches,
  ipScores,
  clientScores,
  exposure,
  mailboxAccess,
  timeline,
  coverage,
];
