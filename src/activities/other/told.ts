import type { ActivityRecord } from "../../model/record.ts";
import { firstText } from "../../model/record.ts";
import { toldDirectory } from "./directory-told.ts";
import { hasFailed, parametersOf, parsedJson, textsIn } from "./mailbox-rules/named-values.ts";
import { toldRule } from "./mailbox-rules/told.ts";
import { cut, cutLine, joined, listed } from "./words.ts";

/** Operations on items of a mailbox (Exchange's mailbox audit log), and what happened to the item. */
const ITEM_OPERATIONS: ReadonlyMap<string, string> = new Map([
  ["Create", "created"],
  ["Update", "changed"],
  ["Copy", "copied"],
  ["Move", "moved"],
  ["MoveToDeletedItems", "moved to Deleted Items"],
  ["SoftDelete", "deleted past Deleted Items"],
  ["HardDelete", "deleted for good"],
]);

/** A cmdlet's name: a verb, a hyphen, what it is about. */
const CMDLET = /^[A-Z][A-Za-z]+-[A-Za-z]\w*$/;
/** Parameters that say nothing of what was done. */
const EMPTY_PARAMETERS = new Set(["force", "confirm", "alwaysdeleteoutlookrulesblob", "domaincontroller", "whatif"]);

function toldItem(record: ActivityRecord): string | undefined {
  const what = ITEM_OPERATIONS.get(record.activityIdType);
  if (what === undefined) return undefined;
  const { properties } = record;
  const from = firstText(properties, "SourceFolder", "Folder") ?? "";
  const to = properties.text("TargetFolder") ?? "";
  const stays = what === "created" || what === "changed";
  const changed = textsIn(parsedJson(properties.text("ModifiedProperties")));
  const text = joined(
    [
      what,
      from === "" ? "" : `${stays ? "in" : "from"} ${cut(from)}`,
      to === "" || stays || what.includes(" ") || to === from ? "" : `to ${cut(to)}`,
      what === "changed" && changed.length > 0 ? `(${listed(changed)})` : "",
    ],
    " ",
  );
  return text === what && !what.includes(" ") ? undefined : text;
}

function toldCmdlet(record: ActivityRecord): string | undefined {
  const { entries, texts } = parametersOf(record);
  const told = entries
    .filter(([name]) => !EMPTY_PARAMETERS.has(name.toLowerCase()))
    .map(([name]) => `${cut(name)} ${cut((texts(name) ?? []).join(", ")) || "(empty)"}`);
  const about = record.properties.text("ObjectId") ?? "";
  if (told.length === 0) return about === "" ? undefined : `${record.activityIdType}: ${cut(about)}`;
  return `${record.activityIdType}: ${listed(told)}`;
}

/**
 * One readable line of what a record of the unified audit log says happened: rules, forwarding, permissions, consents
 * and roles in words, other cmdlets with their parameters, what became of a mailbox item and where it lay. Long values
 * are cut with `…`; control characters are left as they are, since writers escape them. Nothing is read into a record:
 * a rule whose content it does not hold is told as such.
 *
 * @returns undefined for records of the Activities API, and where nothing can be said beyond the Operation's name.
 */
export function toldOperation(record: ActivityRecord): string | undefined {
  if (record.audit === undefined) return undefined;
  const rule = toldRule(record);
  if (rule !== undefined) return cutLine(rule.failed ? `failed attempt: ${rule.text}` : rule.text);
  const item = toldItem(record);
  if (item !== undefined) return cutLine(item);
  const isCmdlet = CMDLET.test(record.activityIdType);
  const { workload } = record.audit;
  const isDirectory =
    /^(?:AzureActiveDirectory|Core Directory)$/i.test(workload) &&
    !/^User(?:LoggedIn|LoginFailed)$/.test(record.activityIdType);
  const text = isCmdlet ? toldCmdlet(record) : isDirectory ? toldDirectory(record) : undefined;
  if (text === undefined) return undefined;
  return cutLine(hasFailed(record) ? `failed attempt: ${text}` : text);
}
