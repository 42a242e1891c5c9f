import { inOneLine } from "../tsv.ts";

/** Text that is HTML already. Everything else that comes into a page is escaped. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a template: text is escaped, nothing is nothing, lists stand one after the other. */
export type Content = string | number | Markup | undefined | false | readonly Content[];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** What HTML cannot hold as text (NUL, other controls, half a surrogate pair) becomes U+FFFD. */
// oxlint-disable-next-line no-control-regex
const NO_TEXT = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|\p{Surrogate}/gu;

/** Text for element content and quoted attributes. */
export function escapeText(text: string): string {
  return text.replace(NO_TEXT, "\ufffd").replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

function written(content: Content): string {
  if (content === undefined || content === false) return "";
  if (typeof content === "string") return escapeText(content);
  if (typeof content === "number") return String(content);
  return "markup" in content ? content.markup : content.map(written).join("");
}

const squeezed = new WeakMap<TemplateStringsArray, readonly string[]>();

/** A template's own parts; a line end and the indent behind it, which only the source needs, are one blank. */
function partsOf(template: TemplateStringsArray): readonly string[] {
  const known = squeezed.get(template);
  if (known !== undefined) return known;
  const parts = template.map((part) => part.replace(/\s*\n\s*/g, " "));
  squeezed.set(template, parts);
  return parts;
}

/** A template of HTML or SVG: what stands in `${}` is escaped unless it is markup itself. */
export function html(template: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const parts = partsOf(template);
  let markup = parts[0] ?? "";
  for (const [at, content] of contents.entries()) markup += written(content) + (parts[at + 1] ?? "");
  return { markup };
}

/**
 * The same piece by piece, for what would be large in one: what stands in `${}` may be made of pieces itself, which are
 * not asked for before their turn.
 */
export function* inPieces(
  template: TemplateStringsArray,
  ...contents: readonly (Content | Generator<string>)[]
): Generator<string> {
  const parts = partsOf(template);
  yield parts[0] ?? "";
  for (const [at, content] of contents.entries()) {
    if (typeof content === "object" && "next" in content) yield* content;
    else yield written(content);
    yield parts[at + 1] ?? "";
  }
}

/** Takes text for markup. Only for what was made by this program and holds nothing of the evidence. */
function trusted(markup: string): Markup {
  return { markup };
}

/** Characters that turn the direction of what follows; shown by name, so that no file name is read backwards. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;
const TURN_NAMES: Readonly<Record<string, string>> = {
  "\u202a": "LRE",
  "\u202b": "RLE",
  "\u202c": "PDF",
  "\u202d": "LRO",
  "\u202e": "RLO",
  "\u2066": "LRI",
  "\u2067": "RLI",
  "\u2068": "FSI",
  "\u2069": "PDI",
};

/**
 * Text of the evidence for reading: control characters as the tables write them, direction overrides as `⟦RLO⟧`. The
 * tables that are copied hold the latter as they are.
 */
function visible(text: string): string {
  return inOneLine(text).replace(TURNS, (character) => `⟦${TURN_NAMES[character] ?? "?"}⟧`);
}

/** More than this of one value is not printed outside of the tables. */
const LONGEST = 300;

/** A value of the evidence as isolated text; a long one is cut and says so. */
export function evidence(text: string, longest = LONGEST): Markup {
  const cut = text.length > longest ? `${text.slice(0, longest)}… [${text.length} characters]` : text;
  return html`<bdi class="ev">${visible(cut)}</bdi>`;
}

/** An address, hash or id: the same in a fixed pitch. */
export function code(text: string, longest = LONGEST): Markup {
  return html`<bdi class="ev mono">${visible(text.length > longest ? `${text.slice(0, longest)}…` : text)}</bdi>`;
}

/** A script, a style or a data block with exactly this text, which no formatter of templates may touch. */
export function block(element: "script" | "style", attributes: string, text: string): Markup {
  return trusted(`<${element}${attributes}>${text}</${element}>\n`);
}

/** JSON for a data block of a page: no `<` can end the block or begin a comment. */
export function dataJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}
