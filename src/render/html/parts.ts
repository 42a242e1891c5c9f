import type { Content, Markup } from "./markup.ts";
import { html } from "./markup.ts";
import { counted } from "./words.ts";

/** Small things that several sections are made of. */

const LEVELS: Readonly<Record<string, number>> = { none: 0, low: 1, medium: 2, high: 3, critical: 4 };

/** A severity as bars and its word: readable without colour. */
export function badge(severity: string): Markup {
  const level = LEVELS[severity] ?? 0;
  const bars = [1, 2, 3, 4].map((at) => html`<i class="${at <= level ? "on" : "off"}"></i>`);
  return html`<span class="badge s-${severity in LEVELS ? severity : "none"}"
    ><span class="bars" aria-hidden="true">${bars}</span>${severity === "" ? "not scored" : severity}</span
  >`;
}

/** A table that scrolls inside of itself where the page is narrow. */
export function table(
  head: readonly string[],
  rows: readonly (readonly Content[])[],
  label: string,
  classes = "",
): Markup {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
    <table class="${classes}">
      <thead>
        <tr>
          ${head.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((cell) => html`<td>${cell}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** A button that shows rows of the embedded tables; without the page's script it is not there. */
export function rowsButton(words: string, data: Readonly<Record<string, string | number>>): Markup {
  const attributes = Object.entries(data).map(([name, value]) => html` data-${name}="${value}"`);
  return html`<button type="button" class="rows" ${attributes}>${words}</button>`;
}

/** A section with its heading. */
export function section(id: string, heading: string, ...contents: readonly Content[]): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-h">
    <h2 id="${id}-h">${heading}</h2>
    ${contents}
  </section>`;
}

/** What a picture shows, as a table that is folded away. */
export function beneath(summary: string, ...contents: readonly Content[]): Markup {
  return html`<details class="beneath">
    <summary>${summary}</summary>
    ${contents}
  </details>`;
}

/** How many more there are than are shown, and where they stand. */
export function further(total: number, shown: number, what: string, file: string): Markup | undefined {
  return total > shown
    ? html`<p class="note">
        ${counted(total - shown, `more ${what}`)} not shown here: see <span class="mono">${file}</span> in the bundle.
      </p>`
    : undefined;
}
