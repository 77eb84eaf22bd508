// The table of quantities, of one document or of all: filter, sort, export, and the sentence behind each.
const PAGE_ROWS = 100;
const COMMITMENT_COLUMNS = [
  { key: "document", get: ({ doc }) => doc.label },
  { key: "indicator", get: ({ one }) => one.indicator || (one.indicator_id && indicatorName(one.indicator_id)) },
  { key: "value", get: ({ one }) => one.min ?? one.max },
  { key: "quote", get: ({ one }) => one.quote }, { key: "deadline", get: ({ one }) => one.deadline },
  { key: "status", get: ({ one }) => word("status", one.status) }, { key: "force", get: ({ one }) => word("force", one.force) },
  { key: "theme", get: ({ one }) => theme(one.theme) },
];
const EXPORTED = ["id", "indicator", "indicator_id", "min", "max", "comparator", "unit", "measure", "aggregation", "deadline",
  "deadline_source", "status", "force", "actor", "theme", "quote", "start", "end", "doubtful"];
const FILTERS = [
  { key: "document", of: ({ doc }) => doc.id, name: (id) => DOCUMENTS.get(id).label },
  { key: "indicator", of: ({ one }) => one.indicator_id, name: indicatorName },
  { key: "theme", of: ({ one }) => one.theme, name: theme, order: THEMES },
  { key: "status", of: ({ one }) => one.status, name: (one) => word("status", one), order: Object.keys(LABELS.status) },
  { key: "force", of: ({ one }) => one.force, name: (one) => word("force", one), order: Object.keys(LABELS.force) },
  { key: "deadline", of: ({ one }) => one.deadline && String(one.deadline), name: String },
  { key: "reading", of: ({ one }) => (one.doubtful ? "doubtful" : "sure"), name: (one) => word("reading", one), order: ["sure", "doubtful"] },
];

/** Return the rows of documents: {doc, parts, one, text}, where `text` is what the search looks into. */
function quantityRows(ids) {
  return ids.flatMap((id) => {
    const [doc, parts] = [DOCUMENTS.get(id), contents(id)];
    return parts.quantities.map((one) => ({ doc, parts, one, text: searched(doc, parts, one) }));
  });
}

const searched = (doc, parts, one) => [one.indicator, one.quote, one.indicator_id, indicatorNames(one.indicator_id), doc.label, (parts.sentences[one.sentence] || {}).text].join("\n").toLowerCase();

/** Return the headings above a section, outermost first. */
function headings(parts, at) {
  const found = [];
  for (let one = at; one !== undefined && one !== null; one = parts.sections[one].parent) found.unshift(parts.sections[one].heading);
  return found;
}

/** Return rows as separated text, each with its document, headings and sentence. */
function quantitiesText(rows, separator) {
  const lines = rows.map(({ doc, parts, one }) => [doc.id, doc.place, doc.type, ...EXPORTED.map((key) => one[key]),
    headings(parts, one.section).join(" > "), (parts.sentences[one.sentence] || {}).text, documentLink(doc.id, "text", one.id)]);
  return separated(["document", "place", "type", ...EXPORTED, "headings", "sentence", "link"], lines, separator);
}

/** Make the sentence with the quote marked and the evidence underlined. */
function contextOf(parts, one) {
  const sentence = parts.sentences[one.sentence];
  if (!sentence) return el("p", { class: "context" }, el("mark", {}, one.quote));
  // Offsets count code points, as an array of them does; a string counts UTF-16 units.
  const points = [...sentence.text];
  const spans = [{ start: one.start, end: one.end, make: (text) => el("mark", {}, text) }];
  for (const [field, start, end] of one.evidence || []) {
    const apart = end <= one.start || start >= one.end;
    if (!apart || start < sentence.start) continue;
    spans.push({ start, end, make: (text) => el("span", { class: "evidence", title: field }, text) });
  }
  const near = (step) => {
    const other = CORPUS.detail === "full" ? parts.sentences[one.sentence + step] : null;
    if (!other || other.section !== sentence.section) return [];
    // Sentences of one paragraph touch; what stands between others, such as the rows of a table, is a line's end.
    const [first, second] = step < 0 ? [other, sentence] : [sentence, other];
    const gap = first.start + [...first.text].length < second.start ? ["\n"] : [];
    const shown = el("span", { class: "near" }, other.text);
    return step < 0 ? [shown, ...gap] : [...gap, shown];
  };
  return el("p", { class: "context", lang: "zh" }, ...near(-1), ...cut(points, sentence.start, spans), ...near(1));
}

function detailOf({ doc, parts, one }) {
  const path = headings(parts, one.section);
  const source = (one.source || []).map(([start, end]) => `${start}–${end}`).join(", ");
  const link = documentLink(doc.id, "text", one.id);
  const sentence = parts.sentences[one.sentence] || { text: one.quote };
  const citation = () => `“${sentence.text.trim()}” ${[doc.title || doc.label, doc.issuer, doc.published, path.join(" > ")].filter(Boolean).join(", ")} [${doc.file}, ${one.start}–${one.end}, ${one.id}]`;
  return el("div", {}, el("p", { class: "path", lang: "zh" }, path.join(" › ")), contextOf(parts, one),
    one.doubtful ? el("p", { class: "banner" }, ui("doubtful_note")) : null,
    facts([
      ["offsets", `${one.start}–${one.end} (${ui("offsets_note")}); ${source} (${ui("source_spans")})`],
      ["value", [value(one), word("measure", one.measure), word("aggregation", one.aggregation), one.denominator].filter(Boolean).join(" · ")],
      ["deadline", one.deadline ? `${one.deadline} (${word("deadline_source", one.deadline_source)})` : ""],
      ["actor", one.actor], ["read_by", `${one.rule} · ${one.id}`],
    ]),
    why(doc, parts, parts.clauses[one.clause]),
    el("p", { class: "actions" }, el("a", { href: link }, ui("in_text")), copyButton("permalink", () => addressOf(link)), copyButton("cite", citation)));
}

/** Mark a figure from a page whose characters are not sure. */
const doubt = (one) => (one.doubtful ? el("span", { class: "tag weak", title: ui("doubtful_note") }, `⚠ ${word("reading", "doubtful")}`) : null);

function commitmentCell(key, { doc, one }, toggle) {
  if (key === "document") return [el("a", { href: documentLink(doc.id) }, doc.label)];
  if (key === "indicator") {
    const name = one.indicator || ui("unnamed");
    const known = one.indicator_id ? indicatorName(one.indicator_id) : name;
    return [el("div", {}, toggle(name), known === name ? null : el("span", { class: "small" }, known))];
  }
  if (key === "value") {
    const kind = listed([word("measure", one.measure), word("aggregation", one.aggregation)]);
    return [el("div", {}, el("span", { class: "strong" }, value(one)), el("span", { class: "small" }, kind), doubt(one))];
  }
  if (key === "status" || key === "force") return one[key] ? [el("span", { class: `tag ${one[key]}` }, word(key, one[key]))] : [];
  if (key === "theme") return one.theme ? [el("span", {}, theme(one.theme))] : [];
  return [el("span", { lang: key === "quote" ? "zh" : null }, String(one[key] ?? ""))];
}

/** Make one row; a click anywhere in it, or its button, opens the sentence under it. */
function commitmentRow(row, columns) {
  const button = (name) => el("button", { type: "button", class: "link", "aria-expanded": "false" }, name);
  const cells = columns.map(({ key }) => el("td", { "data-name": ui(key) }, ...commitmentCell(key, row, button)));
  const line = el("tr", { class: "row", id: row.one.id }, ...cells);
  let below = null;
  line.addEventListener("click", (event) => {
    if (String(getSelection()) || event.target.closest("a")) return;
    below = below ? (below.remove(), null) : el("tr", { class: "detail" }, el("td", { colspan: String(columns.length) }, detailOf(row)));
    if (below) line.after(below);
    line.classList.toggle("open", Boolean(below));
    line.querySelector("button").setAttribute("aria-expanded", String(Boolean(below)));
  });
  return line;
}

/** Make the selects of the filters that have something to choose; `chosen` maps a key to its value. */
function filterSelects(rows, chosen, again) {
  return FILTERS.map(({ key, of, name, order }) => {
    const seen = new Set(rows.map(of).filter(Boolean));
    const values = order ? order.filter((one) => seen.has(one)) : sorted([...seen], name);
    const options = [el("option", { value: "" }, ui("all")), ...values.map((one) => el("option", { value: one }, name(one)))];
    const select = el("select", { onchange: again }, ...options);
    if (seen.has(chosen[key])) select.value = chosen[key];
    return { key, of, select, label: values.length > 1 ? el("label", {}, ui(key), select) : null };
  });
}

/** Make the table of quantities.
 * all: rows; wanted: id of one to open; chosen: key to value of a filter, `q` for the search; told: called with what is chosen. */
function commitmentsCard(all, { wanted, chosen = {}, told = () => {}, name }) {
  const columns = COMMITMENT_COLUMNS.filter(({ key }) => key !== "document" || new Set(all.map(({ doc }) => doc.id)).size > 1);
  const state = { key: "", down: false, shown: PAGE_ROWS };
  const target = all.find(({ one }) => one.id === wanted);
  const again = () => { state.shown = PAGE_ROWS; fill(); };
  const search = el("input", { type: "search", placeholder: ui("search_hint"), oninput: again, value: chosen.q });
  const filters = filterSelects(all, { status: target ? target.one.status : "commitment", ...chosen }, again);
  const table = el("table", { class: "cards" }, el("caption", { class: "hidden" }, ui("commitments")));
  const count = el("p", { class: "count", role: "status" });
  const more = el("button", { type: "button", onclick: () => { state.shown += PAGE_ROWS; fill(); } });
  let rows = [];
  function fill(focus) {
    const text = search.value.trim().toLowerCase();
    const active = filters.filter(({ select }) => select.value);
    const kept = all.filter((row) => active.every(({ of, select }) => of(row) === select.value) && row.text.includes(text));
    const column = columns.find(({ key }) => key === state.key);
    rows = column ? sorted(kept, column.get, state.down) : kept;
    if (target) state.shown = Math.max(state.shown, rows.indexOf(target) + 1);
    const body = rows.slice(0, state.shown).map((row) => commitmentRow(row, columns));
    if (!rows.length) body.push(el("tr", {}, el("td", { colspan: String(columns.length) }, ui("no_rows"))));
    table.replaceChildren(table.caption, head(columns, state, fill), el("tbody", {}, ...body));
    count.textContent = ui("shown", { n: Math.min(rows.length, state.shown), found: rows.length, total: all.length });
    more.textContent = ui("more", { n: Math.min(PAGE_ROWS, rows.length - state.shown) });
    more.hidden = rows.length <= state.shown;
    told({ q: search.value.trim(), ...Object.fromEntries(filters.map(({ key, select }) => [key, select.value])) });
    if (focus) table.querySelectorAll("thead button")[columns.findIndex(({ key }) => key === focus)].focus();
  }
  fill();
  const exporter = el("button", { type: "button", onclick: () => download(`${name}-commitments.csv`, quantitiesText(rows, ",")) }, ui("export_shown"));
  const tools = el("div", { class: "push" }, copyButton("copy_table", () => quantitiesText(rows, "\t")), exporter);
  const bar = el("div", { class: "filters" }, el("label", {}, ui("search"), search), ...filters.map(({ label }) => label), tools);
  return card("commitments", "rows_note", bar, count, scroller(ui("commitments"), true, table), more);
}

/** Make the view of all documents' commitments; its filters stand in the address. */
function showCommitments(chosen) {
  const rows = quantityRows(CORPUS.documents.map((one) => one.id));
  const told = (now) => {
    const words = new URLSearchParams(Object.entries(now).filter(([key, one]) => one !== (key === "status" ? "commitment" : "")));
    setAddress(`#commitments${String(words) && `?${words}`}`);
  };
  const limited = CORPUS.detail === "overview" ? el("p", { class: "banner" }, ui("detail_overview")) : null;
  return [el("h1", {}, ui("commitments")), el("p", { class: "lead" }, ui("commitments_note")), limited,
    limited ? null : commitmentsCard(rows, { chosen, told, name: "corpus" })];
}
