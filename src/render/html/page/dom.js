/**
 * Ways to the page's elements. Whatever comes from the evidence goes in by textContent and nothing else.
 *
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no ${id}.`);
  return element;
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} className
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, className, text) {
  const element = document.createElement(name);
  if (className !== "") element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Lets the browser draw and listen before the next piece of work. */
export function breathe() {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** How long a piece of work may hold the page, in milliseconds. */
export const SLICE = 12;

/** @type {Record<string, string>} */
const TURNS = {
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
 * Text for reading: direction overrides by name, so that nothing is read backwards.
 *
 * @param {string} text
 */
export function visible(text) {
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, (character) => `⟦${TURNS[character]}⟧`);
}

/** @param {number} value */
export function figure(value) {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * Copies text; where the browser keeps its clipboard from pages on disk, by way of a text area.
 *
 * @param {string} text
 * @returns {Promise<boolean>} whether it was copied.
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make("textarea", "offscreen");
    area.value = text;
    const { activeElement } = document;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (activeElement instanceof HTMLElement) activeElement.focus({ preventScroll: true });
    return done;
  }
}
