// One document against another: themes with intervals, indicators with a verdict, own words, alike passages.

const pairLink = (a, b) => `#pair/${[a, b].map(encodeURIComponent).join("/")}`;

function documentSelect(chosen, onchange) {
  const select = el("select", { onchange }, ...CORPUS.documents.map((one) => el("option", { value: one.id }, one.label)));
  select.value = chosen;
  return select;
}

/** Make the choice of two documents. */
function pairPicker(a = CORPUS.documents[0].id, b = CORPUS.documents[1].id) {
  const first = documentSelect(a);
  const second = documentSelect(b);
  const go = () => { location.hash = pairLink(first.value, second.value); };
  const pickers = [["first_document", first], ["second_document", second]].map(([key, select]) => el("label", {}, ui(key), select));
  return card("pair", "pair_note", el("div", { class: "filters" }, ...pickers, el("button", { type: "button", onclick: go }, ui("put_side_by_side"))));
}

/** Say how far two theme profiles are apart. */
function distanceText(a, b) {
  const one = (CORPUS.divergence || []).find(({ kind, doc_a, doc_b }) => kind !== "mean" && ((doc_a === a && doc_b === b) || (doc_a === b && doc_b === a)));
  if (!one) return ui("no_distance");
  const interval = one.low === undefined ? "" : ` [${one.low.toFixed(3)}, ${one.high.toFixed(3)}]`;
  return `${ui("data_jsd")} ${one.jsd.toFixed(3)}; ${ui("data_corrected")} ${(one.corrected ?? one.jsd).toFixed(3)}${interval}${one.p === undefined ? "" : `; p = ${one.p.toFixed(3)}`}`;
}

/** Say a part of a reason in words of the page: a measure, a way to sum, a unit, or nothing said. */
function reasonPart(part) {
  if (part === "none") return ui("unsaid");
  const group = ["measure", "aggregation", "unit_id", "unit"].find((one) => LABELS[one][part]);
  return group && word(group, part) ? word(group, part) : part;
}

/** Say why two values may not stand side by side. */
function verdictText(one) {
  if (!one) return "";
  const reason = (one.reason || "").split(" and ").filter(Boolean).map(reasonPart).join(" / ");
  return [word("verdict", one.verdict), reason].filter(Boolean).join(": ");
}

function pairIndicators(a, b) {
  if (!(CORPUS.matrix || []).length) return null;
  const find = cellFinder();
  const [i, j] = [a, b].map((id) => DOCUMENTS.get(id).at);
  const verdicts = new Map((CORPUS.verdicts ? unpacked(CORPUS.verdicts) : []).filter((one) => (one.a === i && one.b === j) || (one.a === j && one.b === i)).map((one) => [one.indicator, one]));
  const said = namedIndicators().map((id) => [id, find(a, id), find(b, id)]).filter(([, one, other]) => one[1] || one[2] || other[1] || other[2]);
  const both = ([, one, other]) => Number(Boolean(one[1])) + Number(Boolean(other[1]));
  const rows = said.sort((x, y) => both(y) - both(x)).map(([id, one, other]) => el("tr", {}, el("th", { scope: "row" }, indicatorName(id)),
    indicatorCell(...one), indicatorCell(...other), el("td", {}, verdictText(verdicts.get(id)))));
  const titles = [ui("indicator"), DOCUMENTS.get(a).label, DOCUMENTS.get(b).label, ui("verdict")];
  const top = el("thead", {}, el("tr", {}, ...titles.map((text) => el("th", { scope: "col" }, text))));
  const none = rows.some((row) => row) ? null : el("p", {}, ui("no_common"));
  const note = CORPUS.verdicts ? null : el("p", { class: "note" }, ui("no_verdicts"));
  return card("matrix", "pair_matrix_note", stateLegend(), note, none || scroller(ui("matrix"), false, el("table", { class: "matrix" }, top, el("tbody", {}, ...rows))));
}

/** Make the list of words that set each place apart from all others. */
function wordsCard(a, b) {
  const own = (id) => (CORPUS.keywords || []).filter(({ group }) => group === (DOCUMENTS.get(id).place || id));
  const lists = [a, b].map((id) => el("div", {}, el("h3", {}, DOCUMENTS.get(id).label), el("p", {}, ...own(id).flatMap((one) =>
    [el("span", { class: "tag", lang: "zh", title: ui("term_counts", { n: one.n, rest: one.n_rest }) }, `${one.term} ${one.n}/${one.n_rest}`), " "]))));
  return own(a).length + own(b).length ? card("words", "words_note", el("div", { class: "two even" }, ...lists)) : null;
}

/** Make the list of similar passages of two documents. */
function alignmentCard(a, b) {
  if (!CORPUS.alignment.length) return null;
  const hits = CORPUS.alignment.filter((one) => (one.doc_a === a && one.doc_b === b) || (one.doc_a === b && one.doc_b === a));
  const texts = (one) => (one.doc_a === a ? [one.text_a, one.text_b] : [one.text_b, one.text_a]);
  const names = [DOCUMENTS.get(a).label, DOCUMENTS.get(b).label, ui("theme"), ui("similarity")];
  const rows = hits.map((one) => {
    const shown = [...texts(one).map((text) => el("span", { lang: "zh" }, text)), el("span", { class: "tag" }, theme(one.theme)), el("span", {}, one.cosine.toFixed(2))];
    return el("tr", {}, ...shown.map((node, at) => el("td", { "data-name": names[at], class: at === 3 ? "number" : null }, node)));
  });
  if (!rows.length) return card("alignment", "alignment_note", el("p", {}, ui("no_alignment")));
  const top = el("thead", {}, el("tr", {}, ...names.map((text, at) => el("th", { scope: "col", class: at === 3 ? "number" : null }, text))));
  return card("alignment", "alignment_note", scroller(ui("alignment"), false, el("table", { class: "cards aligned" }, top, el("tbody", {}, ...rows))));
}

function showPair(a, b) {
  // In the order of the page's columns, which is that of the legend.
  const shares = withTheme([a, b].flatMap((id) => (CORPUS.shares || []).filter((one) => one.doc === id)));
  const [one, other] = [a, b].map((id) => DOCUMENTS.get(id));
  return [
    el("h1", {}, `${one.label} · ${other.label}`), pairPicker(a, b),
    a === b ? el("p", { class: "banner" }, ui("same_document")) : null,
    a !== b && shares.length ? card("shares", "shares_note", el("p", {}, distanceText(a, b)), el("p", { class: "note" }, ui("pair_distance_note")), chart("duel", "shares", shares)) : null,
    ...(a === b ? [] : [pairIndicators(a, b), wordsCard(a, b), alignmentCard(a, b)]),
  ];
}
