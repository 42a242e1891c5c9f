import type { ActivityRecord } from "../../model/record.ts";
import { firstText } from "../../model/record.ts";
import { toldDirectory } from "./directory-told.ts";
import { parametersOf, parsedJson, textsIn } from "./mailbox-rules/named-values.ts";
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
  const { names, texts } = parametersOf(record);
  const told = names
    .filter((name) => !EMPTY_PARAMETERS.has(name.toLowerCase()))
    .map((name) => `${cut(name)} ${cut((texts(name) ?? []).join(", ")) || "(empty)"}`);
  const about = record.properties.text("ObjectId") ?? "";
  if (told.length === 0) return about === "" ? undefined : `${record.activityIdType}: ${cut(about)}`;
  return `${record.activityIdType}: ${listed(told)}`;
}

function toldDeed(record: ActivityRecord, workload: string): string | undefined {
  const text = toldRule(record) ?? toldItem(record);
  if (text !== undefined) return text;
  if (CMDLET.test(record.activityIdType)) return toldCmdlet(record);
  const isDirectory =
    /^(?:AzureActiveDirectory|Core Directory)$/i.test(workload) &&
    !/^User(?:LoggedIn|LoginFailed)$/.test(record.activityIdType);
  return isDirectory ? toldDirectory(record) : undefined;
}

const OUTCOMES = { succeeded: "", failed: "failed attempt: ", partial: "succeeded in part: ", "": "" } as const;

/** What goes before the words for an audit record that does not say that all of it came about; empty otherwise. */
export function toldOutcome({ audit }: ActivityRecord): string {
  return OUTCOMES[audit?.outcome ?? ""];
}

/** What is said behind the words for an audit record of which a list cannot be read; empty otherwise. */
export function toldDamage({ audit }: ActivityRecord): string {
  const unreadable = audit?.unreadable ?? "";
  return unreadable === "" ? "" : `; its ${unreadable} cannot be read`;
}

/**
 * One readable line of what a record of the unified audit log says happened: rules, forwarding, permissions, consents
 * and roles in words, other cmdlets with their parameters, what became of a mailbox item and where it lay. An attempt
 * that failed is told as one. Long values are cut with `…`; control characters are left as they are, since writers
 * escape them. Nothing is read into a record: a rule whose content it does not hold is told as such.
 *
 * @returns undefined for records of the Activities API, and where nothing can be said beyond the Operation's name.
 */
export function toldOperation(record: ActivityRecord): string | undefined {
  if (record.audit === undefined) return undefined;
  const outcome = toldOutcome(record);
  const deed = toldDeed(record, record.audit.workload);
  const damage = toldDamage(record);
  if (deed === undefined && outcome === "" && damage === "") return undefined;
  return cutLine(`${outcome}${deed ?? record.activityIdType}${damage}`);
}
