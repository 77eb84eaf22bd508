// The comparison of documents.
const MANY_SERIES = 6;

/** Make a cell of the indicator table: the value, a link to its sentence. */
function indicatorCell(one) {
  if (!one) return el("td", {});
  const quiet = one.status !== "commitment" || !one.usual;
  const chosen = ui("chosen", { n: one.n_statements, by: word("chosen_by", one.chosen_by) });
  const under = [one.deadline, quiet && one.status !== "commitment" ? word("status", one.status) : ""].filter(Boolean).join(" · ");
  return el("td", { class: quiet ? "quiet" : null },
    el("a", { href: documentLink(one.doc, one.quantity), class: "strong plain", title: chosen }, value(one)),
    el("span", { class: "small" }, under));
}

/** Make the table of indicators; a short list of documents stands in columns, a long one in rows. */
function indicatorMatrix() {
  if (!(CORPUS.matrix || []).length) return null;
  const at = new Map(CORPUS.indicators.map((one) => [`${one.doc}\n${one.indicator}`, one]));
  const people = CORPUS.documents.map((one) => ({ id: one.id, cell: () => el("a", { href: documentLink(one.id) }, one.label) }));
  const things = CORPUS.matrix.map((id) => ({ id, cell: () => indicatorName(id) }));
  const wide = CORPUS.documents.length <= 10;
  const [lines, columns] = wide ? [things, people] : [people, things];
  const find = (line, column) => at.get(wide ? `${column.id}\n${line.id}` : `${line.id}\n${column.id}`);
  const top = el("tr", {}, el("th", { scope: "col" }, ui(wide ? "indicator" : "document")),
    ...columns.map((one) => el("th", { scope: "col" }, one.cell())));
  const body = lines.map((line) => el("tr", {}, el("th", { scope: "row" }, line.cell()),
    ...columns.map((column) => indicatorCell(find(line, column)))));
  const table = el("table", { class: "matrix" }, el("thead", {}, top), el("tbody", {}, ...body));
  return card("matrix", "matrix_note", el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": ui("matrix") }, table));
}

function distanceCard() {
  const all = (CORPUS.divergence || []).filter((one) => one.kind === "mean");
  if (!all.length) return null;
  const rows = sorted(all, (one) => one.corrected ?? one.jsd, true).slice(0, 40);
  const cut = all.length > rows.length ? el("p", { class: "note" }, ui("distance_cut")) : null;
  return card("distance", "distance_note", chart("distance", "distance", rows), cut);
}

function pairsCard() {
  const pairs = (CORPUS.divergence || []).filter((one) => one.kind === "pair");
  if (pairs.length < 3 || !CORPUS.charts.en.pairs) return null;
  const both = pairs.flatMap((one) => [one, { ...one, a: one.b, b: one.a }]);
  return card("pairs", "pairs_note", chart("pairs", "pairs", both));
}

function reuseCard() {
  if (!CORPUS.reuse) return null;
  if (CORPUS.charts.en.reuse) return card("reuse", "reuse_note", chart("reuse", "reuse", CORPUS.reuse));
  const rows = sorted(CORPUS.reuse, (one) => one.containment, true).slice(0, 40).map((one) => el("tr", {},
    el("td", {}, el("a", { href: documentLink(one.doc_a) }, one.a)), el("td", {}, el("a", { href: documentLink(one.doc_b) }, one.b)),
    el("td", { class: "number" }, `${(100 * one.containment).toFixed(1)} %`)));
  return card("reuse", "reuse_note", el("div", { class: "scroll", tabindex: "0" }, el("table", {}, el("tbody", {}, ...rows))));
}

/** Make the list of similar passages, for a pair of documents that the reader picks. */
function alignmentCard() {
  if (!CORPUS.alignment.length) return null;
  const option = (one) => el("option", { value: one.id }, one.label);
  const first = el("select", { onchange: () => fill() }, ...CORPUS.documents.map(option));
  const second = el("select", { onchange: () => fill() }, ...CORPUS.documents.map(option));
  second.selectedIndex = 1;
  const body = el("tbody");
  const top = el("thead");
  function fill() {
    const [a, b] = [first.value, second.value];
    const swap = a > b;
    const rows = CORPUS.alignment.filter((one) => (swap ? one.doc_a === b && one.doc_b === a : one.doc_a === a && one.doc_b === b));
    top.replaceChildren(el("tr", {}, ...[DOCUMENTS.get(a).label, DOCUMENTS.get(b).label, ui("theme"), ui("similarity")].map((text) => el("th", { scope: "col" }, text))));
    const texts = (one) => (swap ? [one.text_b, one.text_a] : [one.text_a, one.text_b]);
    body.replaceChildren(...rows.map((one) => el("tr", {}, ...texts(one).map((text) => el("td", {}, text)),
      el("td", {}, el("span", { class: "tag" }, theme(one.theme))), el("td", { class: "number" }, one.cosine.toFixed(2)))));
    if (!rows.length) body.replaceChildren(el("tr", {}, el("td", { colspan: "4" }, ui("no_rows"))));
  }
  fill();
  const pickers = [["first_document", first], ["second_document", second]].map(([key, select]) => el("label", {}, ui(key), select));
  const scroll = el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": ui("alignment") }, el("table", { class: "aligned" }, top, body));
  return card("alignment", "alignment_note", el("div", { class: "filters" }, ...pickers), scroll);
}

function showCompare() {
  if (CORPUS.documents.length < 2 || !CORPUS.shares) return [el("h1", {}, ui("compare")), el("p", { class: "lead" }, ui("single"))];
  const rows = withTheme(CORPUS.shares);
  const many = CORPUS.documents.length > MANY_SERIES;
  return [
    el("h1", {}, ui("compare")),
    card("shares", many ? "shares_note_many" : "shares_note", chart("shares", "shares", rows)),
    indicatorMatrix(),
    card("heat", null, chart("heat", "shares", rows, true)),
    distanceCard(), pairsCard(), reuseCard(), alignmentCard(),
  ];
}
