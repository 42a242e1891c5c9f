export interface RiskyAttachment {
  /** Lower case, without its dot. */
  readonly extension: string;
  /** `strong` runs a program, `medium` often hides one, `weak` is common and only seldom harmful. */
  readonly strength: "strong" | "medium" | "weak";
  readonly why: string;
}

/**
 * Types tied to malware (CrowdStrike names HTA, EXE and PDF; the others are of public playbooks). What nearly every
 * office sends daily is weak.
 */
const KINDS: readonly (readonly [strength: RiskyAttachment["strength"], why: string, extensions: string])[] = [
  ["strong", "runs a program", "exe scr pif com bat cmd jar msi"],
  ["strong", "runs a script", "js jse vbs vbe wsf hta ps1"],
  ["strong", "is a shortcut that runs a command", "lnk"],
  ["strong", "is a disk image, which hides what it holds from scanners", "iso img vhd"],
  ["strong", "is an archive of a kind that malware is sent in", "ace r00"],
  ["strong", "is a document with macros", "docm xlsm pptm"],
  ["medium", "is a page that can hold a forged sign-in or a script", "html htm shtml svg"],
  ["medium", "is an archive, which hides what it holds from scanners", "zip rar 7z"],
  ["weak", "is common and seldom harmful", "pdf"],
];
const BY_EXTENSION = new Map(
  KINDS.flatMap(([strength, why, extensions]) =>
    extensions.split(" ").map((extension) => [extension, { strength, why }] as const),
  ),
);
/** What a name pretends to be with the first of two extensions. */
const HARMLESS = new Set(
  "pdf doc docx xls xlsx ppt pptx txt rtf csv jpg jpeg png gif tif tiff mp3 mp4 wav msg".split(" "),
);

const ARCHIVES = new Set("zip rar 7z ace r00".split(" "));

/** Turns the reading direction: `invoice_\u202Excod.exe` is shown as `invoice_exe.docx`. */
const OVERRIDE = /[\u202d\u202e]/u;
// oxlint-disable-next-line no-control-regex
const BEYOND_ASCII = /[^\x00-\x7f]/;
const FORMAT_CHARACTERS = /\p{Cf}+/gu;

const NAME_KEYS = new Set(["name", "filename", "attachmentname", "displayname"]);
const DEEPEST = 4;

function namesInJson(value: unknown, depth: number): readonly string[] {
  if (depth > DEEPEST || value === null) return [];
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap((item) => namesInJson(item, depth + 1));
  if (typeof value !== "object") return [];
  const entries = Object.entries(value);
  const named = entries.filter(([key, item]) => NAME_KEYS.has(key.toLowerCase()) && typeof item === "string");
  if (named.length > 0) return named.slice(0, 1).map(([, item]) => item as string);
  // Other texts of an object are types and ids; what lies deeper may be a list.
  return entries.flatMap(([, item]) => (typeof item === "object" ? namesInJson(item, depth + 1) : []));
}

function fromJson(text: string): readonly string[] | undefined {
  if (!/^[[{"]/.test(text)) return undefined;
  try {
    return namesInJson(JSON.parse(text), 0);
  } catch {
    return undefined;
  }
}

/** Splits at `;` and `,` behind an extension; both may stand inside a name. */
function splitList(text: string): readonly string[] {
  // Most lists have neither, and looking behind every character costs more than all the rest.
  if (!text.includes(";") && !text.includes(",")) return [text];
  return text.split(/(?<=\.[a-z0-9]{1,5}(?::\d{1,15})?)[;,]/i);
}

/**
 * The file names of an AttachmentDetail. How a service writes it is not documented; known are `name:size|name:size`,
 * `name (8192b); name2 (20480b)` of audit logs, and JSON. Of anything else a text is split at bars, line ends and, behind
 * an extension, at semicolons and commas, so a name comes out whole rather than in parts.
 *
 * @returns the names, in order, without sizes and surrounding spaces; none for an empty text. Never throws.
 */
export function attachmentNames(text: string): readonly string[] {
  const trimmed = text.trim();
  const json = fromJson(trimmed);
  if (json !== undefined) return json.map((name) => name.trim()).filter((name) => name !== "");
  const sized = !trimmed.includes("(") ? [trimmed] : trimmed.split(/\(\d{1,15}b\)(?:\s*;|$)/i);
  const pieces =
    sized.length > 1 ? sized : trimmed.split(/[|\r\n\t]/).flatMap((line) => splitList(line).map(withoutSize));
  return pieces.map((name) => name.trim()).filter((name) => name !== "");
}

/** Takes `:12345` off the end. */
function withoutSize(name: string): string {
  const trimmed = name.trim();
  const size = /:\d{1,15}$/.exec(trimmed);
  return size === null || size.index === 0 ? trimmed : trimmed.slice(0, size.index);
}

/** The name as Windows keeps it: without dots and spaces at the end. A loop, as a pattern would try every run anew. */
function keptName(name: string): string {
  const plain = BEYOND_ASCII.test(name) ? name.replace(FORMAT_CHARACTERS, "") : name;
  let end = plain.length;
  while (end > 0 && /[\s.]/u.test(plain.charAt(end - 1))) end -= 1;
  return plain.slice(0, end).toLowerCase();
}

/**
 * Whether a file's type is one that malware comes in. Case, dots and spaces at the end and invisible characters do not
 * matter. Strong whatever the type are a name that turns its reading direction, and a document's extension before a
 * riskier one: `invoice.pdf.exe`. A packed document (`report.pdf.zip`) is rightly named so.
 *
 * @param name one file name, as `attachmentNames` gives it.
 * @returns undefined for other types.
 */
export function riskyAttachment(name: string): RiskyAttachment | undefined {
  const parts = keptName(name)
    .split(".")
    .map((part) => part.trim());
  const extension = parts.length > 1 ? (parts.at(-1) ?? "") : "";
  if (OVERRIDE.test(name)) {
    return { extension, strength: "strong", why: "turns the reading direction, which hides its extension" };
  }
  const kind = BY_EXTENSION.get(extension);
  if (kind === undefined) return undefined;
  const before = parts.length > 2 ? (parts.at(-2) ?? "") : "";
  if (HARMLESS.has(before) && extension !== "pdf" && !ARCHIVES.has(extension)) {
    return { extension, strength: "strong", why: `${extension} is disguised as ${before}` };
  }
  return { extension, strength: kind.strength, why: `${extension} ${kind.why}` };
}
