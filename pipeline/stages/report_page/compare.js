// The comparison of documents.
const MANY_SERIES = 6;

function distanceCard() {
  const all = (CORPUS.divergence || []).filter((one) => one.kind === "mean");
  if (!all.length) return null;
  const rows = sorted(all, (one) => one.corrected ?? one.jsd, true).slice(0, 40);
  const cut = all.length > rows.length ? el("p", { class: "note" }, ui("distance_cut")) : null;
  return card("distance", "distance_note", chart("distance", "distance", rows), cut);
}

/** Add the documents' positions, by which both sides of a square are ordered. */
const placed = (rows) => rows.map((one) => ({ ...one, at_a: DOCUMENTS.get(one.doc_a).at, at_b: DOCUMENTS.get(one.doc_b).at }));

function pairsCard() {
  const pairs = (CORPUS.divergence || []).filter((one) => one.kind === "pair");
  if (pairs.length < 3 || !CORPUS.charts.en.pairs) return null;
  const both = pairs.flatMap((one) => [one, { ...one, a: one.b, b: one.a, doc_a: one.doc_b, doc_b: one.doc_a }]);
  return card("pairs", "pairs_note", chart("pairs", "pairs", placed(both)));
}

function reuseCard() {
  if (!CORPUS.reuse) return null;
  if (CORPUS.charts.en.reuse) return card("reuse", "reuse_note", chart("reuse", "reuse", placed(CORPUS.reuse)));
  const rows = sorted(CORPUS.reuse, (one) => one.containment, true).slice(0, 40).map((one) => el("tr", {},
    el("td", {}, el("a", { href: documentLink(one.doc_a) }, one.a)), el("td", {}, el("a", { href: documentLink(one.doc_b) }, one.b)),
    el("td", { class: "number" }, `${(100 * one.containment).toFixed(1)} %`)));
  return card("reuse", "reuse_note", scroller(ui("reuse"), false, el("table", {}, el("tbody", {}, ...rows))));
}

/** Return the middle of points and how far they reach from it: {x, y, across, up}. */
function reachOf(points) {
  const [x, y] = ["x", "y"].map((key) => points.map((one) => one[key])).map((all) => [Math.min(...all), Math.max(...all)]);
  return { x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2, across: (x[1] - x[0]) / 2, up: (y[1] - y[0]) / 2 };
}

/** Make the map of plans. */
function mapCard() {
  if ((CORPUS.map || []).length < 3) return null;
  const params = [{ name: "reach", value: reachOf(CORPUS.map) }];
  const fitted = (width) => ({ params, height: Math.round(Math.min(520, Math.max(320, width / 2))) });
  return card("map", "map_note", chart("map", "map", CORPUS.map, { fitted }));
}

function showCompare() {
  if (CORPUS.documents.length < 2 || !CORPUS.shares) return [el("h1", {}, ui("compare")), el("p", { class: "lead" }, ui("single"))];
  const rows = withTheme(CORPUS.shares);
  const many = CORPUS.documents.length > MANY_SERIES;
  return [
    el("h1", {}, ui("compare")), pairPicker(),
    card("shares", many ? "shares_note_many" : "shares_note", chart("shares", "shares", rows)),
    trendCard(),
    indicatorMatrix(),
    mapCard(),
    card("heat", "heat_note", chart("heat", "shares", rows, { tall: true })),
    distanceCard(), pairsCard(), reuseCard(),
  ];
}
