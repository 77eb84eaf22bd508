// Tables: heads that sort, text that leaves the page, charts with their data beside them.

/** Make a sortable table head; `columns` are {key, number}, `state` is {key, down}. */
function head(columns, state, again) {
  const cells = columns.map(({ key, numeric }) => {
    const sorted = state.key === key ? (state.down ? "descending" : "ascending") : "none";
    const turn = () => { state.down = state.key === key ? !state.down : false; state.key = key; again(key); };
    const button = el("button", { type: "button", title: `${ui("sort")}: ${ui(key)}`, onclick: turn }, ui(key));
    return el("th", { scope: "col", "aria-sort": sorted, class: numeric ? "number" : null }, button);
  });
  return el("thead", {}, el("tr", {}, ...cells));
}

/** Return rows sorted by `get`, empty values last; text by the language's own order. */
function sorted(rows, get, down) {
  const order = new Intl.Collator(language === "zh" ? "zh-CN" : "en", { numeric: true });
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : order.compare(String(a), String(b)));
  const empty = (one) => one === undefined || one === null || one === "";
  return rows.map((row) => [get(row), row]).sort(([a], [b]) => {
    if (empty(a) || empty(b)) return Number(empty(a)) - Number(empty(b));
    return down ? compare(b, a) : compare(a, b);
  }).map(([, row]) => row);
}

/** Return lines of cells as separated text; a leading = + - @ is quoted, so that a spreadsheet takes it as text. */
function separated(names, lines, separator) {
  const cell = (given) => {
    let text = given === undefined || given === null ? "" : String(given).replace(/[\t\r\n]+/g, " ");
    if (typeof given !== "number" && /^[=+\-@]/.test(text)) text = `'${text}`;
    return separator === "," && /[",]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return [names, ...lines].map((line) => line.map(cell).join(separator)).join("\r\n");
}

/** Save text as a file; the mark in front lets spreadsheets read Chinese. */
function download(name, text) {
  const url = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Put text on the clipboard, also from a file where the modern interface is closed. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

/** Make a button that says for a moment that it has copied. */
function copyButton(key, text) {
  const button = el("button", { type: "button" }, ui(key));
  button.addEventListener("click", async () => {
    await copy(text());
    button.textContent = ui("copied");
    setTimeout(() => { button.textContent = ui(key); }, 1500);
  });
  return button;
}

/** Make the table of what a chart shows, for who cannot see it or wants the numbers; made when opened. */
function chartData(name, rows) {
  const keys = [...new Set(rows.flatMap(Object.keys))].filter((key) => !/^(doc|(doc|at)_[ab]|theme)$/.test(key) || !rows[0].label && key === "doc");
  const lines = () => rows.map((row) => keys.map((key) => row[key]));
  const title = (key) => LABELS.ui[`data_${key}`] ? ui(`data_${key}`) : key;
  const made = el("details", { class: "data" }, el("summary", {}, ui("chart_data")));
  made.addEventListener("toggle", () => {
    if (made.childElementCount > 1) return;
    const cells = (line) => line.map((one) => el("td", { class: typeof one === "number" ? "number" : null }, String(one ?? "")));
    const top = el("thead", {}, el("tr", {}, ...keys.map((key) => el("th", { scope: "col" }, title(key)))));
    const body = el("tbody", {}, ...lines().slice(0, 500).map((line) => el("tr", {}, ...cells(line))));
    const save = el("button", { type: "button", onclick: () => download(`${name}.csv`, separated(keys, lines(), ",")) }, ui("export"));
    made.append(save, scroller(ui(name), false, el("table", {}, top, body)));
  });
  return made;
}

/** Draw a chart of the corpus with rows under the name that it reads; `fitted` returns what depends on its width. */
function chart(name, dataset, rows, { tall, fitted = () => ({}) } = {}) {
  const box = el("div", { class: tall ? "chart tall" : "chart", role: "figure", "aria-label": ui(name), tabindex: tall ? "0" : null });
  const spec = () => ({ ...CORPUS.charts[language][name], datasets: { [dataset]: rows }, ...fitted(box.clientWidth) });
  const actions = { export: true, source: false, compiled: false, editor: false };
  const i18n = { CLICK_TO_VIEW_ACTIONS: ui("chart_actions"), PNG_ACTION: ui("save_png"), SVG_ACTION: ui("save_svg") };
  // Drawn once it is in the page and has a width; `ast` interprets expressions, as the policy asks.
  requestAnimationFrame(() => vegaEmbed(box, spec(), { actions, i18n, renderer: "svg", ast: true, logLevel: 1 }).then(() => {
    box.querySelector("summary").setAttribute("aria-label", i18n.CLICK_TO_VIEW_ACTIONS);
  }).catch((error) => {
    box.append(el("p", { class: "banner" }, String(error)));
  }));
  return el("div", {}, el("div", { class: "sideways" }, box), rows.length ? chartData(name, rows) : null);
}
