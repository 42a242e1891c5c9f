import { byId } from "./dom.js";
import { newExplorer } from "./explorer.js";
import { zoomable } from "./lanes.js";
import { unpack } from "./rows.js";
/** @import { PageData } from "./rows.js" */

/** What the page does once it is there; without this script it can be read all the same. */
async function start() {
  document.documentElement.classList.add("js");
  // Paper has no folds.
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details:not([open])")) {
      details.setAttribute("open", "");
      details.setAttribute("data-folded", "");
    }
  });
  addEventListener("afterprint", () => {
    for (const details of document.querySelectorAll("details[data-folded]")) {
      details.removeAttribute("open");
      details.removeAttribute("data-folded");
    }
  });
  // A link to a finding opens it.
  const unfold = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target instanceof HTMLDetailsElement) target.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();

  const waiting = byId("unpacking");
  /** @type {PageData} */
  const data = JSON.parse(byId("data").textContent ?? "");
  if (data.tables.length === 0) {
    waiting.textContent = "No table is in this page.";
    document.documentElement.classList.add("no-rows");
    return;
  }
  if (!("DecompressionStream" in window)) {
    waiting.textContent =
      "This browser cannot unpack the rows of this page (it has no DecompressionStream): everything above can be read, and the tables lie beside this file. Chromium 80, Firefox 113 and Safari 16.4 or later can.";
    document.documentElement.classList.add("no-rows");
    return;
  }
  const { tables, texts } = await unpack(data.tables, (number) => byId(`block-${number}`).textContent ?? "");
  for (const number of data.tables.keys()) byId(`block-${number}`).remove();
  const place = (/** @type {{ table: string }} */ { table }) => data.offered.indexOf(table);
  tables.sort((a, b) => place(a) - place(b));
  const explorer = newExplorer(data, tables, texts);
  byId("explorer").hidden = false;
  waiting.hidden = true;
  await explorer.refresh(true);

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button.rows") : null;
    if (!(button instanceof HTMLElement)) return;
    const { finding, reason } = button.dataset;
    if (finding === undefined) void explorer.ask(button.dataset);
    else void explorer.evidence(Number(finding), reason === undefined ? undefined : Number(reason));
  });
  for (const bar of document.querySelectorAll(".zoom")) {
    const svg = document.getElementById(bar.getAttribute("data-for") ?? "");
    if (bar instanceof HTMLElement && svg instanceof SVGSVGElement)
      zoomable(svg, bar, (...asked) => void explorer.stretch(...asked));
  }
  const chooser = document.getElementById("mailbox");
  if (chooser instanceof HTMLSelectElement) {
    chooser.addEventListener("change", () => {
      const all = chooser.selectedIndex === 0;
      for (const chapter of document.querySelectorAll("[data-chapter]")) {
        if (chapter instanceof HTMLElement) chapter.hidden = !all && chapter.dataset.chapter !== chooser.value;
      }
      void explorer.onlyMailbox(all ? undefined : chooser.value);
    });
  }
  document.documentElement.classList.add("ready");
}

void start().catch((/** @type {unknown} */ error) => {
  byId("unpacking").textContent =
    `The rows of this page could not be unpacked (${String(error)}). The tables lie beside this file.`;
  document.documentElement.classList.add("no-rows");
  throw error;
});
