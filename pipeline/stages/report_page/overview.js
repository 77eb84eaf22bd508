// The overview: what the corpus holds.
const OVERVIEW_COLUMNS = [
  { key: "document", get: (one) => one.label }, { key: "type", get: (one) => word("type", one.type) },
  { key: "period", get: (one) => period(one) }, { key: "title", get: (one) => one.title },
  { key: "characters", get: (one) => one.n_chars, numeric: true }, { key: "sections", get: (one) => one.n_sections, numeric: true },
  { key: "clauses", get: (one) => one.n_clauses, numeric: true }, { key: "commitments", get: (one) => one.n_commitments, numeric: true },
  { key: "warnings", get: (one) => one.warnings.join(" ") },
];
const SHORT = ["document", "type", "period"];

function overviewCell(column, one) {
  const found = column.get(one);
  const attributes = { "data-name": ui(column.key), class: column.numeric ? "number" : SHORT.includes(column.key) ? "short" : null };
  if (column.key === "document") return el("td", attributes, el("a", { href: documentLink(one.id) }, found));
  return el("td", attributes, el("span", {}, column.numeric ? found.toLocaleString("en") : found || ""));
}

function documentsTable() {
  const state = { key: "", down: false };
  const table = el("table", { class: "cards" });
  const search = el("input", { type: "search", oninput: () => fill() });
  const some = CORPUS.documents.some((one) => one.warnings.length);
  const columns = OVERVIEW_COLUMNS.filter(({ key }) => key !== "warnings" || some);
  function fill(focus) {
    const wanted = search.value.trim().toLowerCase();
    const hit = (one) => [one.id, one.label, one.title, one.place].join(" ").toLowerCase().includes(wanted);
    const column = columns.find(({ key }) => key === state.key);
    const kept = CORPUS.documents.filter(hit);
    const rows = column ? sorted(kept, column.get, state.down) : kept;
    const body = rows.map((one) => el("tr", { class: "row" }, ...columns.map((column) => overviewCell(column, one))));
    table.replaceChildren(head(columns, state, fill), el("tbody", {}, ...body));
    if (focus) table.querySelectorAll("thead button")[columns.findIndex(({ key }) => key === focus)].focus();
  }
  fill();
  const filters = el("div", { class: "filters" }, el("label", {}, ui("find_document"), search));
  const scroll = scroller(ui("documents"), true, table);
  return card("documents", null, CORPUS.documents.length > 8 ? filters : null, scroll);
}

function droppedTable() {
  if (!CORPUS.dropped.length) return null;
  const names = ["document", "stage", "reason"];
  const rows = CORPUS.dropped.map((one) => el("tr", { class: "row" }, ...[one.id, one.stage, one.reason].map((text, at) =>
    el("td", { "data-name": ui(names[at]) }, el("span", {}, text)))));
  const top = el("thead", {}, el("tr", {}, ...names.map((name) => el("th", { scope: "col" }, ui(name)))));
  return card("dropped", null, scroller(ui("dropped"), true, el("table", { class: "cards" }, top, el("tbody", {}, ...rows))));
}

function figures(pairs) {
  const items = pairs.filter(([key, count]) => count || key !== "weak_figures").map(([key, count]) => el("li", {}, el("strong", {}, count.toLocaleString("en")), el("span", {}, ui(key))));
  return el("ul", { class: "figures" }, ...items);
}

function showOverview() {
  const sum = (key) => CORPUS.documents.reduce((total, one) => total + one[key], 0);
  const limited = CORPUS.detail === "full" ? null : el("p", { class: "banner" }, ui(`detail_${CORPUS.detail}`));
  return [
    el("h1", {}, CORPUS.title), el("p", { class: "lead" }, ui("lead")),
    figures([["documents", CORPUS.documents.length], ["sections", sum("n_sections")], ["clauses", sum("n_clauses")], ["commitments", sum("n_commitments")]]),
    limited, documentsTable(), droppedTable(),
  ];
}
