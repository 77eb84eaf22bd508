// The table of a document's quantities: filter, sort, export, and the sentence behind each.
const PAGE_ROWS = 200;
const COMMITMENT_COLUMNS = [
  { key: "indicator", get: (one) => one.indicator || (one.indicator_id && indicatorName(one.indicator_id)) },
  { key: "value", get: (one) => one.min ?? one.max },
  { key: "quote", get: (one) => one.quote }, { key: "deadline", get: (one) => one.deadline },
  { key: "status", get: (one) => word("status", one.status) }, { key: "force", get: (one) => word("force", one.force) },
  { key: "theme", get: (one) => theme(one.theme) },
];
const EXPORTED = ["id", "indicator", "indicator_id", "min", "max", "comparator", "unit", "measure", "aggregation", "deadline",
  "deadline_source", "status", "force", "actor", "theme", "quote", "start", "end"];

/** Return the headings above a section, outermost first. */
function headings(parts, at) {
  const found = [];
  for (let one = at; one !== undefined && one !== null; one = parts.sections[one].parent) found.unshift(parts.sections[one].heading);
  return found;
}

/** Return rows as separated text; a leading = + - @ is quoted, so that a spreadsheet takes it as text. */
function separated(parts, rows, separator) {
  const cell = (given) => {
    let text = given === undefined || given === null ? "" : String(given).replace(/[\t\r\n]+/g, " ");
    if (typeof given !== "number" && /^[=+\-@]/.test(text)) text = `'${text}`;
    return separator === "," && /[",]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  const lines = rows.map((one) => [...EXPORTED.map((key) => one[key]), headings(parts, one.section).join(" > "), (parts.sentences[one.sentence] || {}).text]);
  return [[...EXPORTED, "headings", "sentence"], ...lines].map((line) => line.map(cell).join(separator)).join("\r\n");
}

function download(name, text) {
  const url = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  el("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** Make the sentence with the quote marked and the evidence underlined. */
function contextOf(parts, one) {
  const sentence = parts.sentences[one.sentence];
  if (!sentence) return el("p", { class: "context" }, el("mark", {}, one.quote));
  // Offsets count code points, as an array of them does; a string counts UTF-16 units.
  const points = [...sentence.text];
  const spans = [{ start: one.start, end: one.end, make: (text) => el("mark", {}, text) }];
  for (const seen of one.evidence || []) {
    const apart = seen.end <= one.start || seen.start >= one.end;
    if (!apart || seen.start < sentence.start) continue;
    spans.push({ start: seen.start, end: seen.end, make: (text) => el("span", { class: "evidence", title: seen.field }, text) });
  }
  const near = (step) => {
    const other = CORPUS.detail === "full" ? parts.sentences[one.sentence + step] : null;
    return other && other.section === sentence.section ? el("span", { class: "near" }, other.text) : null;
  };
  return el("p", { class: "context", lang: "zh" }, ...[near(-1), ...cut(points, sentence.start, spans), near(1)].filter((node) => node !== null));
}

function detailOf(doc, parts, one) {
  const path = headings(parts, one.section);
  const source = (one.source || []).map(([start, end]) => `${start}–${end}`).join(", ");
  const facts = [
    ["offsets", `${one.start}–${one.end} (${ui("offsets_note")}); ${source} (${ui("source_spans")})`],
    ["value", [value(one), word("measure", one.measure), word("aggregation", one.aggregation), one.denominator].filter(Boolean).join(" · ")],
    ["deadline", one.deadline ? `${one.deadline} (${word("deadline_source", one.deadline_source)})` : ""],
    ["actor", one.actor], ["read_by", `${one.rule} · ${one.id}`],
  ].filter(([, text]) => text);
  const citation = () => `“${(parts.sentences[one.sentence] || { text: one.quote }).text.trim()}” ${[doc.title || doc.label, doc.issuer, doc.published, path.join(" > ")].filter(Boolean).join(", ")} [${doc.file}, ${one.start}–${one.end}, ${one.id}]`;
  return el("div", {}, el("p", { class: "path", lang: "zh" }, path.join(" › ")), contextOf(parts, one),
    el("dl", { class: "facts" }, ...facts.flatMap(([key, text]) => [el("dt", {}, ui(key)), el("dd", {}, text)])),
    el("p", {}, copyButton("cite", citation)));
}

function commitmentCell(key, one, toggle) {
  if (key === "indicator") {
    const name = one.indicator || ui("unnamed");
    const known = one.indicator_id ? indicatorName(one.indicator_id) : name;
    return [el("div", {}, toggle(name), known === name ? null : el("span", { class: "small" }, known))];
  }
  if (key === "value") {
    const kind = [word("measure", one.measure), word("aggregation", one.aggregation)].filter(Boolean).join(", ");
    return [el("div", {}, el("span", { class: "strong" }, value(one)), el("span", { class: "small" }, kind))];
  }
  if (key === "status" || key === "force") return one[key] ? [el("span", { class: `tag ${one[key]}` }, word(key, one[key]))] : [];
  if (key === "theme") return one.theme ? [el("span", {}, theme(one.theme))] : [];
  return [el("span", { lang: key === "quote" ? "zh" : null }, String(one[key] ?? ""))];
}

/** Make one row; a click anywhere in it, or its button, opens the sentence under it. */
function commitmentRow(doc, parts, one) {
  const button = (name) => el("button", { type: "button", class: "link", "aria-expanded": "false" }, name);
  const cells = COMMITMENT_COLUMNS.map(({ key }) => el("td", { "data-name": ui(key) }, ...commitmentCell(key, one, button)));
  const row = el("tr", { class: "row", id: one.id }, ...cells);
  let below = null;
  row.addEventListener("click", () => {
    if (String(getSelection())) return;
    below = below ? (below.remove(), null) : el("tr", { class: "detail" }, el("td", { colspan: "7" }, detailOf(doc, parts, one)));
    if (below) row.after(below);
    row.classList.toggle("open", Boolean(below));
    row.querySelector("button").setAttribute("aria-expanded", String(Boolean(below)));
  });
  return row;
}

function choice(key, values, name, chosen, again) {
  const options = [el("option", { value: "" }, ui("all")), ...values.map((one) => el("option", { value: one }, name(one)))];
  const select = el("select", { onchange: again }, ...options);
  if (chosen && values.includes(chosen)) select.value = chosen;
  return [select, el("label", {}, ui(key), select)];
}

/** Make the table of quantities; `wanted` is the id of one to open. */
function commitmentsCard(doc, parts, wanted) {
  const all = parts.quantities;
  const present = (key, order) => order.filter((one) => all.some((row) => row[key] === one));
  const state = { key: "", down: false, shown: PAGE_ROWS };
  const again = () => { state.shown = PAGE_ROWS; fill(); };
  const target = all.find((one) => one.id === wanted);
  const search = el("input", { type: "search", placeholder: ui("search_hint"), oninput: again });
  const [themes, themesLabel] = choice("theme", present("theme", THEMES), theme, "", again);
  const [status, statusLabel] = choice("status", present("status", Object.keys(LABELS.status)), (one) => word("status", one), target ? target.status : "commitment", again);
  const [force, forceLabel] = choice("force", present("force", Object.keys(LABELS.force)), (one) => word("force", one), "", again);
  const table = el("table", { class: "cards" });
  const count = el("p", { class: "count", "aria-live": "polite" });
  const more = el("button", { type: "button", onclick: () => { state.shown += PAGE_ROWS; fill(); } });
  let rows = [];
  function fill(focus) {
    const text = search.value.trim().toLowerCase();
    const hit = (one) => [one.indicator, one.quote, one.indicator_id, (parts.sentences[one.sentence] || {}).text].join("\n").toLowerCase().includes(text);
    const kept = all.filter((one) => (!themes.value || one.theme === themes.value) && (!status.value || one.status === status.value)
      && (!force.value || one.force === force.value) && hit(one));
    const column = COMMITMENT_COLUMNS.find(({ key }) => key === state.key);
    rows = column ? sorted(kept, column.get, state.down) : kept;
    if (target) state.shown = Math.max(state.shown, rows.indexOf(target) + 1);
    const body = rows.slice(0, state.shown).map((one) => commitmentRow(doc, parts, one));
    table.replaceChildren(head(COMMITMENT_COLUMNS, state, fill), el("tbody", {}, ...body));
    if (!rows.length) table.append(el("tbody", {}, el("tr", {}, el("td", { colspan: "7" }, ui("no_rows")))));
    count.textContent = ui("shown", { n: Math.min(rows.length, state.shown), total: all.length });
    more.textContent = ui("more", { n: Math.min(PAGE_ROWS, rows.length - state.shown) });
    more.hidden = rows.length <= state.shown;
    if (focus) table.querySelectorAll("thead button")[COMMITMENT_COLUMNS.findIndex(({ key }) => key === focus)].focus();
  }
  fill();
  const exporter = el("button", { type: "button", onclick: () => download(`${doc.id}-commitments.csv`, separated(parts, rows, ",")) }, ui("export"));
  const tools = el("div", { class: "push" }, copyButton("copy_table", () => separated(parts, rows, "\t")), exporter);
  const filters = el("div", { class: "filters" }, el("label", {}, ui("search"), search), themesLabel, statusLabel, forceLabel, tools);
  const scroll = el("div", { class: "scroll free", tabindex: "0", role: "region", "aria-label": ui("commitments") }, table);
  return card("commitments", null, filters, count, scroll, more);
}
