// Words, elements, values. Text from plans only ever becomes text nodes.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const LABELS = read("labels");
const CORPUS = read("corpus");
const THEMES = Object.keys(LABELS.theme);
const DOCUMENTS = new Map(CORPUS.documents.map((one, at) => [one.id, { ...one, at }]));
const loaded = new Map();
let language = new URLSearchParams(location.search).get("lang") === "zh" ? "zh" : "en";

/** Return the parsed contents of a document; parsed when first asked for. */
function contents(id) {
  if (!loaded.has(id)) loaded.set(id, read(`doc-${DOCUMENTS.get(id).at}`));
  return loaded.get(id);
}

/** Return a word of the page in the chosen language; an unknown key stays as it is. */
function word(group, key, values = {}) {
  if (key === undefined || key === null) return "";
  const pair = LABELS[group][key];
  const found = pair ? pair[language === "zh" ? 1 : 0] : String(key);
  return found.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
const ui = (key, values) => word("ui", key, values);
const theme = (id) => word("theme", id);

/** Make an element; strings among the children become text nodes. */
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((one) => one !== null && one !== undefined));
  return made;
}

const card = (heading, note, ...children) =>
  el("section", { class: "card" }, el("h2", {}, ui(heading)), note ? el("p", { class: "note" }, ui(note)) : null, ...children);

/** Print a number with the large units of the language: 14 billion, 140亿. */
function number(value) {
  const scales = language === "zh" ? [[1e8, "亿"], [1e4, "万"]] : [[1e12, " trillion"], [1e9, " billion"], [1e6, " million"]];
  const locale = language === "zh" ? "zh-CN" : "en";
  const [scale, name] = scales.find(([least]) => Math.abs(value) >= least) || [1, ""];
  return (value / scale).toLocaleString(locale, { maximumFractionDigits: 3 }) + name;
}

/** Print the value of a quantity: ≥ 6.5 %, 20–30 years, top 3; "–" where it holds no number. */
function value(one) {
  const { min, max, comparator, unit } = one;
  if (min === undefined && max === undefined) return one.unit === "rank" ? "↑" : "–";
  if (unit === "rank") return (language === "zh" ? "前 " : "top ") + number(max ?? min);
  const lower = { gt: ">", approx: "≈", lt: "<" }[comparator];
  let shown;
  if (min === max) shown = (lower ? `${lower} ` : "") + number(min);
  else if (max === undefined) shown = (comparator === "gt" ? "> " : "≥ ") + number(min);
  else if (min === undefined) shown = (comparator === "lt" ? "< " : "≤ ") + number(max);
  else shown = `${number(min)}–${number(max)}`;
  if (unit === "times") return language === "zh" ? `${shown} 倍` : `× ${shown}`;
  const name = unit ? word("unit", unit) : "";
  if (!name) return shown;
  return language === "zh" && name !== "%" ? shown + name : `${shown} ${name}`;
}

/** Name an indicator in the page's language. */
function indicatorName(id) {
  const names = CORPUS.indicator_names[id] || {};
  return names[language] || names.en || id;
}

const period = (one) => (one.start === one.end ? String(one.end ?? "") : `${one.start}–${one.end}`);
const documentLink = (id, ...rest) => `#doc/${[id, ...rest].map(encodeURIComponent).join("/")}`;

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

/** Draw a chart of the corpus with rows under the name that it reads. */
function chart(name, dataset, rows, tall) {
  const box = el("div", { class: tall ? "chart tall" : "chart", role: "figure", "aria-label": ui(name) });
  const spec = { ...CORPUS.charts[language][name], datasets: { [dataset]: rows } };
  const actions = { export: true, source: false, compiled: false, editor: false };
  // Drawn once it is in the page and has a width; `ast` interprets expressions, as the policy asks.
  requestAnimationFrame(() => vegaEmbed(box, spec, { actions, renderer: "svg", ast: true, logLevel: 1 }).catch((error) => {
    box.append(el("p", { class: "banner" }, String(error)));
  }));
  return box;
}

/** Add the name of the theme, and put rows into the order of the themes. */
function withTheme(rows) {
  return sorted(rows.map((row) => ({ ...row, theme_label: theme(row.theme) })), (row) => THEMES.indexOf(row.theme));
}

/** Cut code points into nodes by spans {start, end, make}; one that overlaps an earlier one is left out. */
function cut(points, offset, spans) {
  const nodes = [];
  const part = (start, end) => points.slice(start - offset, end - offset).join("");
  let at = offset;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.start < at || span.end > offset + points.length) continue;
    nodes.push(part(at, span.start), span.make(part(span.start, span.end)));
    at = span.end;
  }
  return [...nodes, part(at, offset + points.length)];
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
