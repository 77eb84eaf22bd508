// The matrix of indicators: what each document does with each, by sign and word as well as by colour.
const STATES = ["quantified", "explicitly_absent", "extraction_failed", "qualitative", "not_mentioned"];
const SIGNS = { quantified: "#", explicitly_absent: "∅", extraction_failed: "?", qualitative: "○", not_mentioned: "–" };
const CHANGES = ["increase", "decrease"];
const SPREAD = ["annual_average", "cumulative"];
const PAGE_DOCUMENTS = 40;

/** Return the state of a cell: {name, clause}; unknown where the corpus has no table of states. */
function stateOf(statement, told) {
  if (statement && statement.status === "commitment") return { name: "quantified" };
  if (told) return { name: told.state, clause: told.clause };
  return CORPUS.states ? { name: "not_mentioned" } : {};
}

/** Say what the number alone would not: that 17 % is a fall, or 180,000 the sum of some years. */
const kindOf = (one) => [CHANGES.includes(one.measure) ? word("measure", one.measure) : "", SPREAD.includes(one.aggregation) ? word("aggregation", one.aggregation) : ""];

/** Make what a cell shows under its sign: the value, linked to its sentence, or the clause that names the indicator. */
function cellNodes(doc, one, state) {
  if (!one) {
    const shown = [el("span", { "aria-hidden": "true" }, SIGNS[state.name] || ""), el("span", { class: "hidden" }, word("state", state.name))];
    return state.clause && CORPUS.detail !== "overview" ? [el("a", { href: documentLink(doc, "text", state.clause), class: "plain" }, ...shown)] : shown;
  }
  const other = one.status !== "commitment" ? word("status", one.status) : "";
  const chosen = ui("chosen", { n: one.n_statements, by: word("chosen_by", one.chosen_by) });
  const under = [one.deadline, other, ...kindOf(one), one.usual ? "" : ui("other_unit")].filter(Boolean).join(" · ");
  return [el("a", { href: documentLink(doc, one.quantity), class: "strong plain", title: chosen }, value(one)), el("span", { class: "small" }, under), doubt(one)];
}

function indicatorCell(doc, one, told) {
  const state = stateOf(one, told);
  const quiet = one && (one.status !== "commitment" || !one.usual);
  // A number of the past stands in the cell, though none is set for the future: "not mentioned" would be misread.
  const past = one && state.name === "not_mentioned";
  const marked = past ? {} : { class: `state-${state.name}`, title: word("state", state.name) };
  return el("td", { ...marked, class: [marked.class, quiet ? "quiet" : ""].filter(Boolean).join(" ") }, ...cellNodes(doc, one, state));
}

function stateLegend() {
  if (!CORPUS.states) return null;
  return el("ul", { class: "legend", "aria-label": ui("legend") }, ...STATES.map((one) =>
    el("li", {}, el("span", { class: `sign state-${one}`, "aria-hidden": "true" }, SIGNS[one]), word("state", one))));
}

/** Return a function from document and indicator to the statement and the state told of them. */
function cellFinder() {
  const key = (one) => `${one.doc}\n${one.indicator}`;
  const [statements, states] = [CORPUS.indicators || [], CORPUS.states || []].map((rows) => new Map(rows.map((one) => [key(one), one])));
  return (doc, indicator) => [doc, statements.get(`${doc}\n${indicator}`), states.get(`${doc}\n${indicator}`)];
}

/** Return the indicators of the matrix, by their names in the page's language. */
const namedIndicators = () => sorted(CORPUS.matrix || [], indicatorName);

/** Return the matrix as lines of text: a state and a value for each document and indicator. */
function matrixLines(find, documents, indicators) {
  return documents.flatMap((one) => indicators.map((id) => {
    const [, statement, told] = find(one.id, id);
    const { min, max, unit, deadline, status } = statement || {};
    return [one.id, one.place, id, stateOf(statement, told).name, min, max, unit, deadline, status];
  }));
}

/** Make the table of indicators; a short list of documents stands in columns, a long one in rows. */
function indicatorMatrix() {
  if (!(CORPUS.matrix || []).length) return null;
  const find = cellFinder();
  const wide = CORPUS.documents.length <= 10;
  const state = { shown: PAGE_DOCUMENTS };
  const search = el("input", { type: "search", oninput: () => fill() });
  const table = el("table", { class: "matrix" });
  const more = el("button", { type: "button", onclick: () => { state.shown += PAGE_DOCUMENTS; fill(); } });
  const matched = () => namedIndicators().filter((id) => `${id} ${indicatorNames(id)}`.toLowerCase().includes(search.value.trim().toLowerCase()));
  function fill() {
    const documents = CORPUS.documents.slice(0, wide ? undefined : state.shown);
    const people = documents.map((one) => ({ id: one.id, cell: () => el("a", { href: documentLink(one.id) }, one.label) }));
    const things = matched().map((id) => ({ id, cell: () => indicatorName(id) }));
    const [lines, columns] = wide ? [things, people] : [people, things];
    const cell = (line, column) => indicatorCell(...(wide ? find(column.id, line.id) : find(line.id, column.id)));
    const top = el("tr", {}, el("th", { scope: "col" }, ui(wide ? "indicator" : "document")), ...columns.map((one) => el("th", { scope: "col" }, one.cell())));
    const body = lines.map((line) => el("tr", {}, el("th", { scope: "row" }, line.cell()), ...columns.map((column) => cell(line, column))));
    table.replaceChildren(el("caption", { class: "hidden" }, ui("matrix")), el("thead", {}, top), el("tbody", {}, ...body));
    more.hidden = wide || state.shown >= CORPUS.documents.length;
    more.textContent = ui("more", { n: Math.min(PAGE_DOCUMENTS, CORPUS.documents.length - state.shown) });
  }
  fill();
  const names = ["document", "place", "indicator", "state", "min", "max", "unit", "deadline", "status"];
  const save = () => download("indicators.csv", separated(names, matrixLines(find, CORPUS.documents, matched()), ","));
  const filters = el("div", { class: "filters" }, el("label", {}, ui("find_indicator"), search),
    el("div", { class: "push" }, el("button", { type: "button", onclick: save }, ui("export_shown"))));
  return card("matrix", "matrix_note", stateLegend(), filters, scroller(ui("matrix"), false, table), more);
}
