// Words, elements, values. Text from plans only ever becomes text nodes.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
/** Return rows of {keys, rows: lists} as objects; what is null is left out, as it is in other rows. */
const unpacked = ({ keys, rows }) => rows.map((row) => {
  const made = {};
  row.forEach((one, at) => { if (one !== null) made[keys[at]] = one; });
  return made;
});
const LABELS = read("labels");
const CORPUS = read("corpus");
const THEMES = Object.keys(LABELS.theme);
const DOCUMENTS = new Map(CORPUS.documents.map((one, at) => [one.id, { ...one, at }]));
const loaded = new Map();
const asked = new URLSearchParams(location.search).get("lang") || navigator.language || "en";
let language = asked.startsWith("zh") ? "zh" : "en";

/** Return the parsed contents of a document; parsed when first asked for. */
function contents(id) {
  if (!loaded.has(id)) {
    const { quantities, clauses, ...parts } = read(`doc-${DOCUMENTS.get(id).at}`);
    let own = null;
    // Clauses are unpacked when first asked for: a table of all documents' figures needs few of them.
    loaded.set(id, { ...parts, quantities: unpacked(quantities), get clauses() { return (own ??= unpacked(clauses)); } });
  }
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

/** Make a list of terms and what is said of them; pairs without anything said are left out. */
const facts = (pairs) => el("dl", { class: "facts" },
  ...pairs.filter(([, said]) => said !== undefined && said !== null && said !== "").flatMap(([key, said]) => [el("dt", {}, ui(key)), el("dd", {}, ...[said].flat())]));

const percent = (share, digits = 0) => `${(100 * share).toFixed(digits)} %`;

/** Make a region that scrolls by itself, and by keyboard. */
const scroller = (name, free, ...children) => el("div", { class: free ? "scroll free" : "scroll", tabindex: "0", role: "region", "aria-label": name }, ...children);

/** Print a number with the large units of the language: 14 billion, 140亿. */
function number(value) {
  const scales = language === "zh" ? [[1e8, "亿"], [1e4, "万"]] : [[1e12, " trillion"], [1e9, " billion"], [1e6, " million"]];
  const locale = language === "zh" ? "zh-CN" : "en";
  const [scale, name] = scales.find(([least]) => Math.abs(value) >= least) || [1, ""];
  return (value / scale).toLocaleString(locale, { maximumFractionDigits: 3 }) + name;
}

const SIZES = { 十: "10", 百: "100", 千: "1,000", 万: "10,000", 十万: "100,000", 百万: "million", 亿: "100 million" };

/** Name a unit; 件/万人 is "per 10,000 people". One with a part that the page has no word for stays as it is written. */
function unitName(unit) {
  if (language === "zh" || unit in LABELS.unit || !unit.includes("/")) return word("unit", unit);
  const parts = unit.split("/").map((part) => {
    const [, size, own] = /^(十万|百万|[十百千万亿])?(.+)$/.exec(part) || [];
    return own in LABELS.unit ? [SIZES[size], word("unit", own)].filter(Boolean).join(" ") : null;
  });
  return parts.includes(null) ? unit : parts.join(" per ").trim();
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
  if (unit === "times") return language === "zh" ? `${shown} 倍` : `${shown} times`;
  const name = unit ? unitName(unit) : "";
  if (!name) return shown;
  return language === "zh" && name !== "%" ? shown + name : `${shown} ${name}`;
}

/** Return an indicator's names in all languages. */
const indicatorNames = (id) => Object.values(CORPUS.indicator_names[id] || {}).join(" ");

/** Name an indicator in the page's language. */
function indicatorName(id) {
  const names = CORPUS.indicator_names[id] || {};
  return names[language] || names.en || id;
}

/** Return what is said, as a list in the page's language. */
const listed = (words) => words.filter(Boolean).join(ui("list"));

const period = (one) => (one.start === one.end ? String(one.end ?? "") : `${one.start}–${one.end}`);
const documentLink = (id, ...rest) => `#doc/${[id, ...rest].map(encodeURIComponent).join("/")}`;

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
