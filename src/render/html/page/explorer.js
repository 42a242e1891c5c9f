import { breathe, byId, copyText, figure, make, SLICE, visible } from "./dom.js";
import { newGrid } from "./grid.js";
import { filtered, sorted, termsOf, timeOf } from "./query.js";
/** @import { PageData, Places, Table } from "./rows.js" */
/** @import { Condition, Term } from "./query.js" */

/**
 * A narrowing that stands beside the filter box, with words for it.
 *
 * @typedef {object} Narrowing
 * @property {string} kind
 * @property {string} words
 * @property {(table: Table) => Condition | undefined} condition undefined where a table knows nothing of it
 * @property {string} [back] id of the element that asked for it
 * @property {number} [expected] how many rows it speaks of, in this table or not
 */

const ADDRESS_COLUMNS = ["IP", "Source IP", "Attributed IP"];

/**
 * The tables of the page: choose, filter, sort, read, copy.
 *
 * @param {PageData} data
 * @param {Table[]} tables
 * @param {string[]} texts
 */
export function newExplorer(data, tables, texts) {
  const box = byId("grid");
  const chooser = /** @type {HTMLSelectElement} */ (byId("table"));
  const filter = /** @type {HTMLInputElement} */ (byId("filter"));
  const onlyMarked = /** @type {HTMLInputElement} */ (byId("only-marked"));
  const status = byId("status");
  const chips = byId("chips");
  const detail = byId("detail");
  /** @type {Narrowing[]} */
  let narrowings = [];
  let table = /** @type {Table} */ (tables[0]);
  /** @type {{ column: number, down: boolean } | undefined} */
  let sort;
  /** @type {Uint32Array} */
  let order = new Uint32Array(0);
  /** @type {Uint32Array} */
  let rows = new Uint32Array(0);
  let run = 0;

  /** @param {Table} of @param {string} name */
  const columnOf = (of, name) => {
    const at = of.columns.indexOf(name);
    return at < 0 ? undefined : of.cells[at];
  };
  /** @param {Table} of @param {string} name @param {number} row */
  const cell = (of, name, row) => texts[columnOf(of, name)?.[row] ?? -1] ?? "";
  /** @type {Map<string, number>} */
  const numbers = new Map();
  for (const [number, text] of texts.entries()) numbers.set(text, number);

  const nameless = new Map(data.nameless.map((mailbox) => [mailbox.name, mailbox]));
  const namelessOf = new Map(data.nameless.flatMap(({ name, files }) => files.map((file) => [file, name])));
  /** What the mailbox of a row goes by. @param {Table} of @param {number} row */
  const mailboxOf = (of, row) => cell(of, "Mailbox", row) || (namelessOf.get(cell(of, "Source File", row)) ?? "");
  const suspicious = new Map(
    Object.entries(data.suspicious).map(([mailbox, addresses]) => [mailbox, new Set(addresses)]),
  );
  /** Whether a row is of a suspicious address, or scores high itself. @param {Table} of @param {number} row */
  const isMarked = (of, row) => {
    const addresses = suspicious.get(mailboxOf(of, row));
    if (addresses !== undefined && ADDRESS_COLUMNS.some((name) => addresses.has(cell(of, name, row)))) return true;
    return Number(cell(of, "Score", row)) >= 48 || cell(of, "Suspicious", row) === "yes";
  };

  const grid = newGrid(box, {
    sort(column) {
      sort = sort?.column === column ? (sort.down ? undefined : { column, down: true }) : { column, down: false };
      void refresh(true);
    },
    open: (index) => showDetail(index),
    move(index) {
      if (!detail.hidden) showDetail(index);
    },
  });

  /** @param {Term[]} terms */
  const say = (terms) => {
    const all =
      table.rows < table.total
        ? `${figure(table.rows)} of the file's ${figure(table.total)} rows are in this page; the others are in ${table.file}`
        : `all of ${table.file}`;
    const expected = narrowings.reduce((most, one) => Math.max(most, one.expected ?? 0), 0);
    const isAll = filter.value === "" && !onlyMarked.checked && expected > rows.length;
    const more = expected - rows.length;
    const missing = isAll
      ? `. ${figure(more)} more ${more === 1 ? "is" : "are"} not in this table: see findings.json`
      : "";
    const read = terms.length > 0 ? `. Read as: ${terms.map(({ words }) => visible(words)).join("; ")}` : "";
    status.textContent = `${figure(rows.length)} of ${figure(table.rows)} rows (${all})${missing}${read}`;
  };

  const drawChips = () => {
    chips.textContent = "";
    for (const narrowing of narrowings) {
      const chip = make("span", "chip");
      chip.append(make("bdi", "", visible(narrowing.words)));
      if (narrowing.back !== undefined) {
        const back = make("a", "", "back");
        back.href = `#${narrowing.back}`;
        chip.append(" ", back);
      }
      const close = make("button", "", "×");
      close.type = "button";
      close.setAttribute("aria-label", `Remove: ${narrowing.words}`);
      close.addEventListener("click", () => {
        narrowings = narrowings.filter((one) => one !== narrowing);
        void refresh(false);
        filter.focus();
      });
      chip.append(close);
      chips.append(chip);
    }
  };

  /** @param {boolean} reorder */
  async function refresh(reorder) {
    const own = ++run;
    const stale = () => own !== run;
    box.setAttribute("aria-busy", "true");
    drawChips();
    if (reorder || order.length !== table.rows) {
      const next =
        sort === undefined
          ? Uint32Array.from({ length: table.rows }, (_row, at) => at)
          : await sorted(table, sort.column, sort.down, texts);
      if (stale()) return;
      order = next;
    }
    const shown = table;
    const terms = termsOf(filter.value, shown, texts);
    const conditions = [
      ...narrowings.flatMap((narrowing) => narrowing.condition(shown) ?? []),
      ...(onlyMarked.checked ? [(/** @type {number} */ row) => isMarked(shown, row)] : []),
      ...terms.map(({ condition }) => condition),
    ];
    const next = await filtered(order, conditions, stale);
    if (next === undefined || stale()) return;
    rows = next;
    detail.hidden = true;
    grid.show({
      columns: shown.columns,
      count: rows.length,
      text: (index, column) => texts[shown.cells[column]?.[rows[index] ?? 0] ?? -1] ?? "",
      isMarked: (index) => isMarked(shown, rows[index] ?? 0),
      sort,
    });
    say(terms);
    box.setAttribute("aria-busy", "false");
  }

  /** @param {string} name */
  const choose = (name) => {
    const next = tables.find((one) => one.table === name);
    if (next === undefined) return false;
    if (next !== table) sort = undefined;
    table = next;
    order = new Uint32Array(0);
    chooser.value = name;
    return true;
  };

  /** The rows of a table with that place in the evidence. @param {Table} of @param {string} file @param {string} row */
  const rowsAt = (of, file, row) => {
    const [fileNumber, rowNumber] = [numbers.get(file), numbers.get(row)];
    const [files, places] = [columnOf(of, "Source File"), columnOf(of, "Source Row")];
    /** @type {number[]} */
    const found = [];
    if (fileNumber === undefined || rowNumber === undefined || files === undefined || places === undefined)
      return found;
    for (let at = 0; at < of.rows; at++) if (places[at] === rowNumber && files[at] === fileNumber) found.push(at);
    return found;
  };

  /** @param {number} index */
  function showDetail(index) {
    const row = rows[index];
    if (row === undefined) return;
    detail.hidden = false;
    detail.textContent = "";
    const top = make("div", "d-top");
    top.append(make("b", "", `Row ${figure(index + 1)} of what is shown`));
    const close = make("button", "", "Close");
    close.type = "button";
    close.addEventListener("click", () => {
      detail.hidden = true;
      box.focus({ preventScroll: true });
    });
    const [file, place] = [cell(table, "Source File", row), cell(table, "Source Row", row)];
    const others = tables.filter(
      (one) =>
        one !== table &&
        ["Date", "Time"].every((name) => one.columns.includes(name)) &&
        rowsAt(one, file, place).length > 0,
    );
    for (const other of others) {
      const button = make("button", "", `In ${other.table}`);
      button.type = "button";
      button.addEventListener("click", () => {
        choose(other.table);
        narrowings = [atPlaces(`Row ${place} of ${file}`, [[file, [Number(place)]]])];
        filter.value = "";
        onlyMarked.checked = false;
        void refresh(true).then(() => showDetail(0));
      });
      top.append(button);
    }
    top.append(close);
    const list = make("dl", "");
    for (const [column, name] of table.columns.entries()) {
      const text = texts[table.cells[column]?.[row] ?? -1] ?? "";
      const value = make("dd", text === "" ? "none" : "", text === "" ? "empty" : visible(text));
      list.append(make("dt", "", name), value);
    }
    detail.append(top, list);
  }

  /** @param {string} words @param {Places} places @param {string} [back] @returns {Narrowing} */
  const atPlaces = (words, places, back) => ({
    kind: "places",
    words,
    ...(back === undefined ? {} : { back }),
    condition(of) {
      const [files, sources] = [columnOf(of, "Source File"), columnOf(of, "Source Row")];
      if (files === undefined || sources === undefined) return undefined;
      /** @type {Map<number, Set<number>>} */
      const wanted = new Map();
      for (const [file, list] of places) {
        wanted.set(numbers.get(file) ?? -1, new Set(list.map((row) => numbers.get(String(row)) ?? -1)));
      }
      return (row) => wanted.get(files[row] ?? -2)?.has(sources[row] ?? -2) === true;
    },
  });

  /** @param {string} column @param {string} value @param {string} words @returns {Narrowing} */
  const exactly = (column, value, words) => ({
    kind: column,
    words,
    condition(of) {
      const cells = columnOf(of, column);
      const number = numbers.get(value) ?? -1;
      return cells === undefined ? undefined : (row) => cells[row] === number;
    },
  });

  /** Rows of one mailbox, by what it goes by. @param {string} name @returns {Narrowing} */
  const ofMailbox = (name) => {
    const own = nameless.get(name);
    if (own === undefined) return exactly("Mailbox", name, name);
    return {
      kind: "Mailbox",
      words: own.label,
      condition(of) {
        const [mailboxes, files, rules] = ["Mailbox", "Source File", "Rule"].map((column) => columnOf(of, column));
        if (mailboxes === undefined || files === undefined) return undefined;
        // A row that is about several mailboxes names none either.
        if (of.table === "mailbox-access") return () => false;
        const none = numbers.get("");
        const wanted = new Set(own.files.map((file) => numbers.get(file) ?? -1));
        const across = new Set(data.across.map((rule) => numbers.get(rule) ?? -1));
        return (row) =>
          mailboxes[row] === none &&
          wanted.has(files[row] ?? -2) &&
          (rules === undefined || !across.has(rules[row] ?? -2));
      },
    };
  };

  /** @param {string[]} addresses @returns {Narrowing} */
  const fromAddresses = (addresses) => ({
    kind: "ip",
    words: addresses.length === 1 ? `Address ${addresses[0]}` : `${addresses.length} addresses`,
    condition(of) {
      const columns = ADDRESS_COLUMNS.flatMap((name) => columnOf(of, name) ?? []);
      const wanted = new Set(addresses.flatMap((address) => numbers.get(address) ?? []));
      return columns.length === 0 ? undefined : (row) => columns.some((cells) => wanted.has(cells[row] ?? -1));
    },
  });
  /** @param {string} address */
  const fromAddress = (address) => fromAddresses([address]);

  /** @param {number} from @param {number} to @returns {Narrowing} */
  const between = (from, to) => {
    const iso = (/** @type {number} */ time) => new Date(time).toISOString().slice(0, 19).replace("T", " ");
    return {
      kind: "time",
      words: `${iso(from)} to ${iso(to)} UTC`,
      condition: (of) =>
        of.columns.includes("Time")
          ? (row) => {
              const time = timeOf(cell(of, "Date", row), cell(of, "Time", row));
              return time >= from && time <= to;
            }
          : undefined,
    };
  };

  /** @param {string} name @param {Narrowing[]} next @param {string} [back] */
  const open = async (name, next, back) => {
    if (!choose(name)) choose(tables[0]?.table ?? "");
    const [first] = next;
    if (first !== undefined && back !== undefined) first.back = back;
    narrowings = next;
    filter.value = "";
    onlyMarked.checked = false;
    await refresh(true);
    byId("tables").scrollIntoView();
    box.focus({ preventScroll: true });
  };

  chooser.addEventListener("change", () => {
    choose(chooser.value);
    narrowings = narrowings.filter((narrowing) => narrowing.condition(table) !== undefined);
    void refresh(true);
  });
  let typing = 0;
  filter.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => void refresh(false), 120);
  });
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    box.focus({ preventScroll: true });
  });
  onlyMarked.addEventListener("change", () => void refresh(false));
  byId("clear").addEventListener("click", () => {
    narrowings = [];
    filter.value = "";
    onlyMarked.checked = false;
    sort = undefined;
    void refresh(true);
  });

  /** A value as a cell of TSV, as the file has it. @param {string} text */
  const quoted = (text) => (text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text);
  /** @param {number} row */
  const line = (row) => table.cells.map((cells) => quoted(texts[cells[row] ?? -1] ?? "")).join("\t");
  const copyAll = async () => {
    const lines = [table.columns.map(quoted).join("\t")];
    let started = performance.now();
    for (const row of rows) {
      lines.push(line(row));
      if (performance.now() - started > SLICE) {
        await breathe();
        started = performance.now();
      }
    }
    const done = await copyText(`${lines.join("\n")}\n`);
    status.textContent = done ? `Copied ${figure(rows.length)} rows as TSV` : "The browser did not let the page copy.";
  };
  byId("copy").addEventListener("click", () => void copyAll());
  box.addEventListener("copy", (event) => {
    const row = rows[grid.active];
    if (row === undefined || String(getSelection()) !== "") return;
    event.clipboardData?.setData("text/plain", line(row));
    event.preventDefault();
  });

  return {
    refresh,
    /** @param {number} finding @param {number | undefined} reason */
    async evidence(finding, reason) {
      const found = data.findings[finding];
      if (found === undefined) return;
      const places = reason === undefined ? found.evidence : (found.reasons[reason] ?? []);
      const narrowing = atPlaces(`Evidence of: ${found.title}`, places);
      narrowing.expected = found.totals[reason === undefined ? 0 : reason + 1] ?? 0;
      // The timeline has every row; without it, the first table that has one of them.
      const best =
        tables.find((one) => one.table === "timeline") ??
        tables.find((one) => {
          const condition = one.columns.includes("Date") ? narrowing.condition(one) : undefined;
          return condition !== undefined && Uint32Array.from({ length: one.rows }, (_row, at) => at).some(condition);
        });
      await open(best?.table ?? "timeline", [narrowing], `finding-${finding}`);
    },
    /** @param {DOMStringMap} asked */
    async ask({ table: name = "timeline", ip, ips, from, to, client, mailbox, search, suspicious: marked }) {
      await open(name, [
        ...(ip === undefined ? [] : [fromAddress(ip)]),
        ...(ips === undefined ? [] : [fromAddresses(ips.split(" "))]),
        ...(from === undefined || to === undefined ? [] : [between(Number(from), Number(to))]),
        ...(client === undefined ? [] : [exactly("Client", client, `Client ${client}`)]),
        ...(search === undefined ? [] : [exactly("Search", search, `Search ${search}`)]),
        ...(marked === undefined ? [] : [exactly("Suspicious", marked, `Suspicious: ${marked}`)]),
        ...(mailbox === undefined || !data.several ? [] : [ofMailbox(mailbox)]),
      ]);
    },
    /** @param {string} address @param {string} mailbox @param {number} from @param {number} to */
    async stretch(address, mailbox, from, to) {
      await open("timeline", [fromAddress(address), between(from, to), ...(data.several ? [ofMailbox(mailbox)] : [])]);
    },
    /** @param {string | undefined} mailbox */
    async onlyMailbox(mailbox) {
      narrowings = [
        ...narrowings.filter(({ kind }) => kind !== "Mailbox"),
        ...(mailbox === undefined ? [] : [ofMailbox(mailbox)]),
      ];
      await refresh(false);
    },
  };
}
