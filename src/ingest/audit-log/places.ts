import type { PythonValue } from "../../model/python.ts";
import { type Entry, type Fields, fieldsOf, isFields, listOf, namedValue, NO_FIELDS } from "./json-fields.ts";
import { tryJson } from "../activity-json/strict-json.ts";

/** Which folder and which item of a record a row is about. */
export interface Place {
  /** The list that the row is one of; empty where the record makes one row whatever it holds. */
  readonly list: "Folders" | "AffectedItems" | "";
  /** Index in `list`. */
  readonly at: number;
  /** Index in the folder's FolderItems; -1 where the row is about a folder or an affected item. */
  readonly item: number;
}

const SINGLE: Place = { list: "", at: 0, item: -1 };

/** How a record says that items were accessed: as its OperationProperties say, else Bind where it names items. */
export function accessType(fields: Fields): "Bind" | "Sync" | "" {
  const written = namedValue(fields["OperationProperties"], "MailAccessType").toLowerCase();
  if (written === "bind") return "Bind";
  if (written === "sync") return "Sync";
  if (fields["Folders"] === undefined) return "";
  return listOf(fields["Folders"]).some((folder) => itemsOf(folder).length > 0) ? "Bind" : "";
}

/** The FolderItems of an element of Folders. */
export function itemsOf(folder: unknown): readonly unknown[] {
  return isFields(folder) ? listOf(folder["FolderItems"]) : NO_ITEMS;
}

const NO_ITEMS: readonly never[] = [];

/** An element of a list as an object; without members where it is none. */
function elementAt(list: readonly unknown[], at: number): Fields {
  const element = list[at];
  return isFields(element) ? element : NO_FIELDS;
}

/**
 * The rows that a record makes, one after the other: a Sync one a folder, a Bind one an item over all its folders, a
 * record of affected items one an item, any other record one.
 */
export function* placesOf(fields: Fields): Generator<Place, void, void> {
  if (fields["Folders"] === undefined && fields["AffectedItems"] === undefined) return yield SINGLE;
  const folders = listOf(fields["Folders"]);
  let rows = 0;
  if (folders.length > 0 && accessType(fields) === "Sync") {
    for (let at = 0; at < folders.length; at++, rows++) yield { list: "Folders", at, item: -1 };
  } else {
    for (let at = 0; at < folders.length; at++) {
      const { length } = itemsOf(folders[at]);
      for (let item = 0; item < length; item++, rows++) yield { list: "Folders", at, item };
    }
  }
  if (rows === 0) {
    const { length } = listOf(fields["AffectedItems"]);
    for (let at = 0; at < length; at++, rows++) yield { list: "AffectedItems", at, item: -1 };
  }
  if (rows === 0) yield SINGLE;
}

/** The first of the rows. */
export function firstPlace(fields: Fields): Place {
  if (fields["Folders"] === undefined && fields["AffectedItems"] === undefined) return SINGLE;
  const folders = listOf(fields["Folders"]);
  if (folders.length > 0) {
    if (accessType(fields) === "Sync") return { list: "Folders", at: 0, item: -1 };
    const at = folders.findIndex((folder) => itemsOf(folder).length > 0);
    if (at >= 0) return { list: "Folders", at, item: 0 };
  }
  return listOf(fields["AffectedItems"]).length > 0 ? { list: "AffectedItems", at: 0, item: -1 } : SINGLE;
}

/** What a row is about: an item, without members where the row names none, and the folder that it lies or lay in. */
export function itemAt(fields: Fields, { list, at, item }: Place): { readonly item: Fields; readonly folder: Fields } {
  if (list === "AffectedItems") {
    const affected = elementAt(listOf(fields["AffectedItems"]), at);
    return { item: affected, folder: parentOf(affected) ?? fieldsOf(fields["Folder"]) };
  }
  if (list === "Folders") {
    const folder = elementAt(listOf(fields["Folders"]), at);
    return { item: item < 0 ? NO_FIELDS : elementAt(itemsOf(folder), item), folder };
  }
  const single = fieldsOf(fields["Item"]);
  const folder = parentOf(single) ?? (fields["Folder"] === undefined ? undefined : fieldsOf(fields["Folder"]));
  return {
    item: isFolder(single, fields) ? NO_FIELDS : single,
    folder: folder ?? elementAt(listOf(fields["Folders"]), 0),
  };
}

function parentOf(item: Fields): Fields | undefined {
  return item["ParentFolder"] === undefined ? undefined : fieldsOf(item["ParentFolder"]);
}

/** Whether an Item is no item but the folder itself: always in a Sync, else where it has its parent folder's Id. */
function isFolder(item: Fields, fields: Fields): boolean {
  if (item === NO_FIELDS) return false;
  if (item["Id"] !== undefined && item["Id"] === parentOf(item)?.["Id"]) return true;
  return fields["OperationProperties"] !== undefined && accessType(fields) === "Sync";
}

/** A list without any but one of its elements; the value itself where it is no such list, or its only element alone. */
function only(value: PythonValue, at: number, change: (element: PythonValue) => PythonValue): PythonValue {
  const list = typeof value === "string" ? (tryJson(value) ?? value) : value;
  if (list === null || typeof list !== "object") return value;
  if (list.type === "dict" && at === 0) return change(list);
  if (list.type !== "list") return value;
  const element = list.items[at];
  return element === undefined ? value : { type: "list", items: [change(element)] };
}

const same = (value: PythonValue) => value;

/** The same of a record whose lists are lists: its fields, of the list that the rows are made of only the row's part. */
export function fieldsAt(fields: Fields, { list, at, item }: Place): Fields {
  const elements = list === "" ? undefined : fields[list];
  if (isFields(elements) && at === 0) return { ...fields, [list]: elementAtPlace(elements, item) };
  if (!Array.isArray(elements) || at >= elements.length) return fields;
  return { ...fields, [list]: [elementAtPlace((elements as readonly unknown[])[at], item)] };
}

/** An element of a list, of its FolderItems only the row's. */
function elementAtPlace(element: unknown, item: number): unknown {
  const items = item >= 0 && isFields(element) ? element["FolderItems"] : undefined;
  const isNarrowed = isFields(element) && Array.isArray(items) && item < items.length;
  return isNarrowed ? { ...element, FolderItems: [(items as readonly unknown[])[item]] } : element;
}

/** A record's members as one of its rows has them: of the list that the rows are made of only the row's own part. */
export function entriesAt(entries: readonly Entry[], { list, at, item }: Place): readonly Entry[] {
  if (list === "") return entries;
  const narrowed = (folder: PythonValue): PythonValue => {
    if (folder === null || typeof folder !== "object" || folder.type !== "dict") return folder;
    return {
      type: "dict",
      entries: folder.entries.map(([key, value]) => [key, key === "FolderItems" ? only(value, item, same) : value]),
    };
  };
  return entries.map(([name, value]): Entry => [
    name,
    name === list ? only(value, at, item < 0 ? same : narrowed) : value,
  ]);
}
