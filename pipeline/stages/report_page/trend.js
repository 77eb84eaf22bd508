// How a place's shares and indicators went over the years.

/** Return the places that have documents of one kind in two years or more, each with its rows. */
function trendPlaces() {
  const places = new Map();
  for (const row of unpacked(CORPUS.trends || { keys: [], rows: [] })) {
    const key = `${row.place}\n${row.type}`;
    if (!places.has(key)) places.set(key, { place: row.place, type: row.type, rows: [] });
    places.get(key).rows.push(row);
  }
  return [...places.values()];
}

/** Return what a place's documents of a kind set for an indicator, by the year that it is for; in the usual unit. */
function indicatorYears({ place, type }, indicator) {
  const own = (CORPUS.indicators || []).filter((one) => one.indicator === indicator && one.usual && one.deadline !== undefined);
  return own.flatMap((one) => {
    const from = DOCUMENTS.get(one.doc);
    const value = one.min === undefined ? one.max : one.max === undefined ? one.min : (one.min + one.max) / 2;
    if (!from || from.place !== place || from.type !== type || value === undefined) return [];
    const unit = [word("measure", one.measure), word("unit", one.unit)].filter(Boolean).join(", ");
    return [{ label: from.label, year: one.deadline, value, low: one.min, high: one.max, unit }];
  });
}

/** Return the series that a place has: themes, then indicators set for two years or more. */
function trendSeries(chosen) {
  const themes = THEMES.filter((id) => chosen.rows.some((row) => row.theme === id && row.share > 0));
  const indicators = (CORPUS.matrix || []).filter((id) => new Set(indicatorYears(chosen, id).map((one) => one.year)).size > 1);
  return { themes, indicators };
}

/** Make the chart of one series. */
function trendChart(chosen, series) {
  const [kind, id] = series.split("/");
  if (kind === "indicator") return chart("trend_indicator", "trend", sorted(indicatorYears(chosen, id), (one) => one.year));
  const rows = chosen.rows.filter((row) => row.theme === id);
  return chart("trend", "trend", withTheme(sorted(rows, (row) => row.year)).map(({ place, type, ...row }) => row));
}

/** Make the card; none where no place has two years. */
function trendCard() {
  const places = trendPlaces();
  if (!places.length) return null;
  const place = el("select", {}, ...places.map((one, at) => el("option", { value: at }, `${one.place}, ${word("type", one.type)}`)));
  const series = el("select", {});
  const box = el("div", {});
  const group = (key, kind, ids, name) => (ids.length
    ? el("optgroup", { label: ui(key) }, ...ids.map((id) => el("option", { value: `${kind}/${id}` }, name(id)))) : null);
  const draw = () => box.replaceChildren(trendChart(places[place.value], series.value));
  const fill = () => {
    const before = series.value;
    const { themes, indicators } = trendSeries(places[place.value]);
    series.replaceChildren(...[group("theme", "theme", themes, theme), group("indicator", "indicator", indicators, indicatorName)].filter(Boolean));
    if ([...series.options].some((one) => one.value === before)) series.value = before;
    draw();
  };
  place.addEventListener("change", fill);
  series.addEventListener("change", draw);
  fill();
  const pickers = [["place", place], ["trend_series", series]].map(([key, select]) => el("label", {}, ui(key), select));
  return card("trend", "trend_note", el("div", { class: "filters" }, ...pickers), box);
}
