import { unnamedLabels } from "../../model/mailbox-label.ts";
import type { Manifest, ManifestInput } from "../../model/manifest.ts";
import type { TableRows } from "../read-table.ts";
import { cellText } from "../read-table.ts";
import { compareText } from "./words.ts";

/**
 * Whose mailbox something on the page is: the one place that decides it. A mailbox goes by its name as tables have it. One
 * without a name goes by the inputs that it was read from: any number of exports may name nobody, and each is somebody's.
 */
export interface MailboxNames {
  /** The mailboxes that the manifest names, in order. Of an audit log about several their names come with the rows. */
  readonly known: readonly string[];
  /** What a mailbox goes by, of the name that JSON or the manifest has for it and an input that it was read from. */
  of(mailbox: string, file: string): string;
  /** What says of the row that a table stands at whose mailbox it is of. */
  ofRows(rows: TableRows): () => string;
  /** A text of JSON or of the manifest as tables have it. */
  cell(text: string): string;
  /** Mailboxes without a name, and the inputs that they were read from as Source File has them. */
  readonly nameless: readonly { readonly name: string; readonly label: string; readonly files: readonly string[] }[];
  /** What the page calls a mailbox. */
  label(name: string): string;
}

/** What a mailbox without a name goes by begins with this, which no cell holds; behind it stands its number, if it has one. */
const NAMELESS = "\n";

/** Whether an input is an audit log about several mailboxes: what the manifest says in place of their name is a number. */
export function isLogAboutSeveral({ format, mailbox }: ManifestInput): boolean {
  return format.startsWith("audit-") && /^\d+ mailboxes$/.test(mailbox);
}

/** The names of a bundle's mailboxes. */
export function newMailboxNames({ inputs, unnamed }: Manifest): MailboxNames {
  const files = unnamed.map((own) => own.map((file) => cellText(file)));
  const labels = unnamedLabels(files);
  const nameless = files.map((own, at) => ({ name: `${NAMELESS}${at}`, label: labels[at] as string, files: own }));
  const byFile = new Map(nameless.flatMap(({ name, files: own }) => own.map((file) => [file, name] as const)));
  const labelOf = new Map(nameless.map(({ name, label }) => [name, label]));
  const named = inputs
    .filter((input) => input.mailbox !== "" && !isLogAboutSeveral(input))
    .map(({ mailbox }) => cellText(mailbox));
  const nameOf = (mailbox: string, file: () => string) => (mailbox === "" ? (byFile.get(file()) ?? NAMELESS) : mailbox);
  return {
    known: [...new Set([...nameless.map(({ name }) => name), ...named.sort(compareText)])],
    of: (mailbox, file) => nameOf(cellText(mailbox), () => cellText(file)),
    ofRows(rows) {
      const [mailbox, file] = [rows.column("Mailbox"), rows.column("Source File")];
      return () => nameOf(rows.text(mailbox), () => rows.text(file));
    },
    cell: cellText,
    nameless,
    label: (name) => (name.startsWith(NAMELESS) ? (labelOf.get(name) ?? "unnamed mailbox") : name),
  };
}
