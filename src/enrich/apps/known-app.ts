import { ABUSED_APPS } from "./abused-apps.ts";
import { MAIL_PROGRAMS, MICROSOFT_APPS, MICROSOFT_TOOLS } from "./named-apps.ts";

/**
 * What is known of an application by its id: `microsoft` is Microsoft's own, `tool` one of Microsoft's by which scripts
 * come in, `mail-program` one of others, `abused` one that public lists tie to stolen mailboxes.
 */
export interface KnownApp {
  readonly name: string;
  readonly kind: "microsoft" | "tool" | "mail-program" | "abused";
  /** Of abused applications: which lists name them. */
  readonly sources: readonly string[];
}

const KNOWN: ReadonlyMap<string, KnownApp> = new Map<string, KnownApp>([
  ...named(MICROSOFT_APPS, "microsoft"),
  ...named(MICROSOFT_TOOLS, "tool"),
  ...named(MAIL_PROGRAMS, "mail-program"),
  ...Object.entries(ABUSED_APPS).map(([id, app]) => [id, { ...app, kind: "abused" as const }] as const),
]);

function named(names: Readonly<Record<string, string>>, kind: KnownApp["kind"]): (readonly [string, KnownApp])[] {
  return Object.entries(names).map(([id, name]) => [id, { name, kind, sources: [] }]);
}

/** The one spelling of an application's id by which it is compared: lower case, without blanks and braces around it. */
export function appKey(id: string): string {
  return id
    .trim()
    .replace(/^\{(.*)\}$/s, "$1")
    .toLowerCase();
}

/** What is known of an application. @param id in any case of letters, with braces or without. */
export function knownApp(id: string): KnownApp | undefined {
  return KNOWN.get(appKey(id));
}

/**
 * An application as tables name it: its id as written, with its name behind where that is known.
 *
 * @param claimed the name that the evidence gives it, which its maker chose freely; for ids that nobody knows.
 */
export function appLabel(id: string, claimed = ""): string {
  const name = knownApp(id)?.name ?? claimed;
  return name === "" || id === "" ? id || name : `${id} (${name})`;
}
