const ASCII = /^[\0-\x7f]*$/;
/** Marks that accents come apart into, and format characters such as soft hyphens and zero-width spaces. */
const INVISIBLE = /[\p{M}\p{Cf}]+/gu;
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ħ: "h",
  ı: "i",
  ð: "d",
  þ: "th",
  ς: "σ",
};
const WITHOUT_MARK = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");

const SPELLINGS: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", å: "aa", ø: "oe" };
const SPELLED = new RegExp(`[${Object.keys(SPELLINGS).join("")}]`, "gu");

/**
 * A text as it is compared: lower case, compatibility forms resolved (NFKD: full width, ligatures), accents and
 * invisible characters taken off, letters that Unicode does not take apart written in plain ones (ß as ss, ø as o, ł as
 * l, æ as ae). Folding twice changes nothing.
 */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize("NFKD")
    .replace(INVISIBLE, "")
    .toLowerCase()
    .replace(WITHOUT_MARK, (letter) => LETTERS[letter] ?? letter);
}

/**
 * The other way to write umlauts in plain letters: ä as ae, ö and ø as oe, ü as ue, å as aa.
 *
 * @returns the folded text; undefined where it is what `fold` says.
 */
export function foldSpelledOut(text: string): string | undefined {
  if (ASCII.test(text)) return undefined;
  const composed = text.normalize("NFC").toLowerCase();
  const spelled = composed.replace(SPELLED, (letter) => SPELLINGS[letter] ?? letter);
  return spelled === composed ? undefined : fold(spelled);
}
