const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });
/** Letters that show nothing, such as the Hangul filler, and joiners. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}+/gu;
const LETTER = /[\p{L}\p{N}]/u;

/** How a rule's name looks: of no letter or digit (`.`, `…`, a blank, an emoji), or very short. */
export type NameLook = "bare" | "short" | "";

/**
 * How the name of a rule looks. Intruders name their rules with a dot or a few letters, so that they are overlooked in a
 * list (Microsoft's and CrowdStrike's accounts of business email compromise).
 *
 * @param longest so many characters, as a person counts them, are a short name.
 * @returns empty for an ordinary name and for none at all, which says nothing.
 */
export function nameLook(name: string, longest: number): NameLook {
  if (name === "") return "";
  if (!LETTER.test(name.replace(UNSEEN, ""))) return "bare";
  let count = 0;
  for (const { segment } of SEGMENTER.segment(name.trim())) {
    if (segment.replace(UNSEEN, "") !== "" && ++count > longest) return "";
  }
  return "short";
}
