/**
 * The library: read evidence, iterate what happened, or write a bundle as the command line does.
 *
 * @module
 */
export { knownTypes, typeOf } from "./activities/index.ts";
export { attachmentAction, attachmentName } from "./activities/attachment/index.ts";
export { logonFacts } from "./activities/logon/index.ts";
export { searchFacts } from "./activities/search/index.ts";
export { InputError } from "./ingest/evidence/input-error.ts";
export { ticksToMilliseconds } from "./ingest/timestamp.ts";
export type { MailboxOfFinding, TenantFinding } from "./joins/assessed-tenant.ts";
export type { ExposedMessage } from "./joins/exposure.ts";
export type { RowFilter } from "./joins/mailbox-case.ts";
export { NO_FILTER } from "./joins/mailbox-case.ts";
export type { Search } from "./joins/searches.ts";
export type * from "./model/assessment.ts";
export type * from "./model/event.ts";
export type * from "./model/finding.ts";
export type { Manifest, ManifestDatabase, ManifestInput, ManifestList, ManifestOutput } from "./model/manifest.ts";
export type { ActivityRecord, Properties, SourceRef } from "./model/record.ts";
export type { CaseOptions } from "./pipeline/cases.ts";
export type { ConvertOptions, Converted } from "./pipeline/convert.ts";
export { convert } from "./pipeline/convert.ts";
export type { CaseNotes, ParseCaseOptions, ParsedMailbox, ParsedTenant, TableRow } from "./pipeline/parse-case.ts";
export { parseCase } from "./pipeline/parse-case.ts";
export type { ScoringOptions } from "./pipeline/knowledge.ts";
export { DEFAULT_SCORING } from "./pipeline/knowledge.ts";
export type { Format, ParseOptions } from "./pipeline/parse-options.ts";
export { DEFAULT_FORMATS, FORMATS, PARSE_DEFAULTS, TABLES } from "./pipeline/parse-options.ts";
export { parseToBundle } from "./pipeline/parse.ts";
export type { RunSummary } from "./pipeline/summary.ts";
export { UsageError } from "./pipeline/usage-error.ts";
export { verifyBundle } from "./pipeline/verify.ts";
export { BundleError } from "./render/bundle-folder.ts";
