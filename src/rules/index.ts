import { accessSubjects } from "./access-subjects/rule.ts";
import { accessSync } from "./access-sync/rule.ts";
import { accessVolume } from "./access-volume/rule.ts";
import { addressCountry } from "./address-country/rule.ts";
import { addressDeeds } from "./address-deeds/rule.ts";
import { addressElsewhere } from "./address-elsewhere/rule.ts";
import { addressFailedLogons } from "./address-failed-logons/rule.ts";
import { addressFamiliar } from "./address-familiar/rule.ts";
import { addressForwardedFor } from "./address-forwarded-for/rule.ts";
import { addressLinked } from "./address-linked/rule.ts";
import { addressNetwork } from "./address-network/rule.ts";
import { addressNew } from "./address-new/rule.ts";
import { addressOwnerClient } from "./address-owner-client/rule.ts";
import { addressOverlap } from "./address-overlap/rule.ts";
import { addressReads } from "./address-reads/rule.ts";
import { addressSearches } from "./address-searches/rule.ts";
import { addressSync } from "./address-sync/rule.ts";
import { addressTravel } from "./address-travel/rule.ts";
import { addressUserAgent } from "./address-user-agent/rule.ts";
import { addressWatchList } from "./address-watch-list/rule.ts";
import { addressManyMailboxes } from "./address-many-mailboxes/rule.ts";
import { appAbused } from "./app-abused/rule.ts";
import { appConsent } from "./app-consent/rule.ts";
import { appManyMailboxes } from "./app-many-mailboxes/rule.ts";
import { appNew } from "./app-new/rule.ts";
import { clientLate } from "./client-late/rule.ts";
import { clientLegacy } from "./client-legacy/rule.ts";
import { clientRare } from "./client-rare/rule.ts";
import { clientScript } from "./client-script/rule.ts";
import { clientSync } from "./client-sync/rule.ts";
import { clientWithAddress } from "./client-with-address/rule.ts";
import { deedAttachments } from "./deed-attachments/rule.ts";
import { deedForwarding } from "./deed-forwarding/rule.ts";
import { deedHidden } from "./deed-hidden/rule.ts";
import { deedInboxRule } from "./deed-inbox-rule/rule.ts";
import { deedMassRead } from "./deed-mass-read/rule.ts";
import { deedPermission } from "./deed-permission/rule.ts";
import { deedSent } from "./deed-sent/rule.ts";
import { deedTransportRule } from "./deed-transport-rule/rule.ts";
import { incident } from "./incident/rule.ts";
import { mailboxAccessApi } from "./mailbox-access-api/rule.ts";
import { messageAttachmentType } from "./message-attachment-type/rule.ts";
import { messageAuthentication } from "./message-authentication/rule.ts";
import { messageFirstRequest } from "./message-first-request/rule.ts";
import { messageLookAlike } from "./message-look-alike/rule.ts";
import { messageOtherSender } from "./message-other-sender/rule.ts";
import { messageWatchList } from "./message-watch-list/rule.ts";
import type { Rule } from "./rule.ts";
import { searchCadence } from "./search-cadence/rule.ts";
import { searchNew } from "./search-new/rule.ts";
import { searchSitting } from "./search-sitting/rule.ts";
import { searchSuspiciousAddress } from "./search-suspicious-address/rule.ts";
import { searchTerms } from "./search-terms/rule.ts";
import { sessionAddresses } from "./session-addresses/rule.ts";

/**
 * Every rule; a new one is its folder and its line here. Within a kind they are asked in this order, and what an
 * earlier one said can be asked for: first what speaks for itself, then what weighs it.
 */
export const rules: readonly Rule[] = [
  addressCountry,
  addressNew,
  addressNetwork,
  addressTravel,
  addressOverlap,
  addressFailedLogons,
  addressUserAgent,
  addressSync,
  addressSearches,
  addressReads,
  addressDeeds,
  addressForwardedFor,
  accessVolume,
  accessSubjects,
  sessionAddresses,
  addressWatchList,
  addressFamiliar,
  addressOwnerClient,
  accessSync,
  addressLinked,
  clientRare,
  clientLate,
  clientWithAddress,
  clientSync,
  clientLegacy,
  clientScript,
  appNew,
  appAbused,
  searchTerms,
  searchSitting,
  searchCadence,
  searchNew,
  searchSuspiciousAddress,
  messageAttachmentType,
  messageLookAlike,
  messageOtherSender,
  messageFirstRequest,
  messageAuthentication,
  messageWatchList,
  deedSent,
  deedHidden,
  deedMassRead,
  deedAttachments,
  appConsent,
  deedInboxRule,
  deedTransportRule,
  deedForwarding,
  deedPermission,
  incident,
  mailboxAccessApi,
  appManyMailboxes,
  addressManyMailboxes,
  addressElsewhere,
];
