const DAY = 86_400_000;
/** Distances between ticks, in milliseconds. */
const STEPS = [
  60_000,
  300_000,
  900_000,
  3_600_000,
  3 * 3_600_000,
  6 * 3_600_000,
  12 * 3_600_000,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  90 * DAY,
  365 * DAY,
];
const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes a picture of lanes zoomable: moves what is in it, draws nothing anew but the axis.
 *
 * @param {SVGSVGElement} svg
 * @param {HTMLElement} bar its buttons
 * @param {(address: string, mailbox: string, from: number, to: number) => void} open shows the rows of a stretch
 */
export function zoomable(svg, bar, open) {
  /** @param {Element} element @param {string} name */
  const number = (element, name) => Number(element.getAttribute(`data-${name}`));
  const whole = { from: number(svg, "from"), to: number(svg, "to") };
  const [left, right, bottom] = [number(svg, "left"), number(svg, "right"), number(svg, "bottom")];
  const mailbox = svg.getAttribute("data-mailbox") ?? "";
  let { from, to } = whole;
  const words = bar.querySelector("[aria-live]");
  const axis = svg.querySelector(".axis");
  const spans = [...svg.querySelectorAll(".st, .gap")].map((element) => ({
    element,
    rect: element.tagName === "rect" ? element : element.querySelector("rect"),
    glyphs: [...element.querySelectorAll(".g")].map((glyph) => ({
      glyph,
      dx: number(glyph, "dx"),
      y: glyph.getAttribute("data-y") ?? "0",
    })),
    from: number(element, "from"),
    to: number(element, "to"),
  }));

  /** @param {number} time */
  const x = (time) => left + ((time - from) / (to - from)) * (right - left);

  const drawAxis = () => {
    if (axis === null) return;
    axis.textContent = "";
    const step = STEPS.find((one) => (to - from) / one <= 8) ?? 365 * DAY;
    for (let time = Math.ceil(from / step) * step; x(time) < right - 32; time += step) {
      const tick = document.createElementNS(SVG, "g");
      tick.setAttribute("class", "tick");
      tick.setAttribute("transform", `translate(${x(time)},0)`);
      const line = document.createElementNS(SVG, "line");
      line.setAttribute("y1", "22");
      line.setAttribute("y2", String(bottom));
      const text = document.createElementNS(SVG, "text");
      text.setAttribute("y", "16");
      const iso = new Date(time).toISOString();
      text.textContent = step >= DAY ? iso.slice(0, 10) : iso.slice(5, 16).replace("T", " ");
      tick.append(line, text);
      axis.append(tick);
    }
  };

  const draw = () => {
    for (const { element, rect, glyphs, from: start, to: end } of spans) {
      const out = end < from || start > to;
      element.classList.toggle("out", out);
      if (out || rect === null) continue;
      const [a, b] = [Math.max(left, x(start)), Math.min(right, x(end))];
      rect.setAttribute("x", a.toFixed(2));
      rect.setAttribute("width", Math.max(2.5, b - a).toFixed(2));
      for (const { glyph, dx, y } of glyphs) glyph.setAttribute("transform", `translate(${(a + dx).toFixed(2)},${y})`);
    }
    svg.classList.toggle("near", to - from < (whole.to - whole.from) / 3);
    drawAxis();
    const iso = (/** @type {number} */ time) => new Date(time).toISOString().slice(0, 16).replace("T", " ");
    if (words !== null)
      words.textContent = from === whole.from && to === whole.to ? "" : `${iso(from)} to ${iso(to)} UTC`;
  };

  /** @param {number} start @param {number} end */
  const show = (start, end) => {
    const span = Math.min(Math.max(end - start, 60_000), whole.to - whole.from);
    from = Math.min(Math.max(start, whole.from), whole.to - span);
    to = from + span;
    draw();
  };
  /** @param {string} how */
  const act = (how) => {
    const span = to - from;
    if (how === "in") show(from + span / 4, to - span / 4);
    else if (how === "out") show(from - span / 2, to + span / 2);
    else if (how === "left") show(from - span / 3, to - span / 3);
    else if (how === "right") show(from + span / 3, to + span / 3);
    else show(whole.from, whole.to);
  };
  bar.hidden = false;
  for (const button of bar.querySelectorAll("button"))
    button.addEventListener("click", () => act(button.getAttribute("data-zoom") ?? "all"));

  /** @param {Element} stretch */
  const rows = (stretch) => {
    const lane = stretch.closest(".lane");
    open(lane?.getAttribute("data-ip") ?? "", mailbox, number(stretch, "from"), number(stretch, "to"));
  };

  /** @param {PointerEvent} event */
  const timeAt = (event) => {
    const box = svg.getBoundingClientRect();
    const unit = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
    return from + ((Math.min(Math.max(unit, left), right) - left) / (right - left)) * (to - from);
  };
  /** @type {{ time: number, x: number, stretch: Element | null } | undefined} */
  let pressed;
  const brush = document.createElementNS(SVG, "rect");
  brush.setAttribute("class", "brush");
  brush.setAttribute("y", "22");
  brush.setAttribute("height", String(bottom - 22));
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    const target = event.target instanceof Element ? event.target : null;
    pressed = { time: timeAt(event), x: event.clientX, stretch: target?.closest(".st") ?? null };
  });
  svg.addEventListener("pointermove", (event) => {
    if (pressed === undefined || Math.abs(event.clientX - pressed.x) < 5) return;
    if (!svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
    const [a, b] = [x(Math.min(pressed.time, timeAt(event))), x(Math.max(pressed.time, timeAt(event)))];
    brush.setAttribute("x", a.toFixed(1));
    brush.setAttribute("width", (b - a).toFixed(1));
    if (brush.parentNode === null) svg.append(brush);
  });
  svg.addEventListener("pointerup", (event) => {
    if (pressed === undefined) return;
    const { time, x: start, stretch } = pressed;
    pressed = undefined;
    brush.remove();
    if (Math.abs(event.clientX - start) >= 5) show(Math.min(time, timeAt(event)), Math.max(time, timeAt(event)));
    else if (stretch !== null) rows(stretch);
  });
  svg.addEventListener("pointercancel", () => {
    pressed = undefined;
    brush.remove();
  });

  svg.addEventListener("keydown", (event) => {
    const lane = event.target instanceof Element ? event.target.closest(".lane") : null;
    if (lane === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const stretches = [...lane.querySelectorAll(".st:not(.out)")];
    const at = stretches.findIndex((stretch) => stretch.classList.contains("here"));
    /** @param {number} next */
    const go = (next) => {
      for (const stretch of svg.querySelectorAll(".st.here")) stretch.classList.remove("here");
      const stretch = stretches[Math.max(0, Math.min(stretches.length - 1, next))];
      stretch?.classList.add("here");
      if (words !== null) words.textContent = stretch?.querySelector("title")?.textContent ?? "";
    };
    const current = stretches[at];
    if (event.key === "ArrowRight") go(at + 1);
    else if (event.key === "ArrowLeft") go(at < 0 ? stretches.length - 1 : at - 1);
    else if (event.key === "Enter" && current !== undefined) rows(current);
    else if (event.key === "Enter") open(lane.getAttribute("data-ip") ?? "", mailbox, from, to);
    else if (event.key === "+") act("in");
    else if (event.key === "-") act("out");
    else if (event.key === "0") act("all");
    else return;
    event.preventDefault();
  });
}
