import { decoded, type Fields, isFields, listOf, textOf } from "./json-fields.ts";
import { itemsOf } from "./places.ts";

/** What the lists of a record name, as far as copies of the record are told apart by it. */
export interface NamedItems {
  /** How many items or, without any, folders; and a hash of their InternetMessageIds, the same in whatever order. */
  readonly count: number;
  readonly hash: number;
  /** The lists that say something which is no list: what they name cannot be told. Empty where all can be read. */
  readonly unreadable: string;
}

const NOTHING: NamedItems = { count: 0, hash: 0, unreadable: "" };

/** A hash (FNV-1a) of a message id without regard to the case of letters and to angle brackets. */
function hashOfId(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) {
    const code = id.charCodeAt(at);
    if (code === 60 || code === 62 || code === 32) continue;
    hash = Math.imul(hash ^ (code >= 65 && code <= 90 ? code + 32 : code), 0x01000193);
  }
  return hash;
}

/** Whether a value that should be a list, or its only element, is something else that says something. */
function isDamaged(value: unknown): boolean {
  const list = decoded(value);
  if (Array.isArray(list)) return list.some((one) => one !== null && !isFields(one));
  return !isFields(list) && textOf(list).trim() !== "";
}

/** What Folders and AffectedItems of a record name, and which of its lists cannot be read. */
export function namedItems(fields: Fields): NamedItems {
  const { Folders, AffectedItems, OperationProperties } = fields;
  if (Folders === undefined && AffectedItems === undefined && OperationProperties === undefined) return NOTHING;
  const folders = listOf(Folders);
  const affected = listOf(AffectedItems);
  let count = 0;
  let hash = 0;
  const add = (item: unknown) => {
    count++;
    if (isFields(item)) hash = (hash + hashOfId(textOf(item["InternetMessageId"]))) | 0;
  };
  for (const folder of folders) for (const item of itemsOf(folder)) add(item);
  for (const item of affected) add(item);
  const isDamagedFolders =
    isDamaged(Folders) || folders.some((folder) => isFields(folder) && isDamaged(folder["FolderItems"]));
  const unreadable = [
    isDamagedFolders ? "Folders" : "",
    isDamaged(AffectedItems) ? "AffectedItems" : "",
    isDamaged(OperationProperties) ? "OperationProperties" : "",
  ].filter((name) => name !== "");
  return { count: count === 0 ? folders.length : count, hash, unreadable: unreadable.join(", ") };
}
