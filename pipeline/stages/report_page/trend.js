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
    const spread = SPREAD.includes(one.aggregation) ? word("aggregation", one.aggregation) : "";
    return [{ label: from.label, year: one.deadline, value, low: one.min, high: one.max, unit: listed([word("measure", one.measure), spread, one.unit && unitName(one.unit)]) }];
  });
}

/** Return an indicator's series of two years or more: tonnes and jin, or a yearly and a whole sum, make no common line. */
function indicatorSeries(chosen, id) {
  const rows = sorted(indicatorYears(chosen, id), (one) => one.year);
  const units = [...positions(rows, (one) => one.unit)].map(([unit, at]) => ({ unit, rows: at.map((one) => rows[one]) }));
  const long = units.filter((one) => new Set(one.rows.map(({ year }) => year)).size > 1);
  return long.map(({ unit, rows: own }, at) => ({
    value: ["indicator", id, at || ""].filter(Boolean).join("/"), name: unit ? ui("in_unit", { name: indicatorName(id), unit }) : indicatorName(id), chart: "trend_indicator", rows: own,
  }));
}

/** Return the series that a place has: themes, then indicators set for two years or more. */
function trendSeries(chosen) {
  const found = THEMES.filter((id) => chosen.rows.some((row) => row.theme === id && row.share > 0));
  const rows = (id) => withTheme(sorted(chosen.rows.filter((row) => row.theme === id), (row) => row.year)).map(({ place, type, ...row }) => row);
  const themes = found.map((id) => ({ value: `theme/${id}`, name: theme(id), chart: "trend", rows: rows(id) }));
  return { themes, indicators: namedIndicators().flatMap((id) => indicatorSeries(chosen, id)) };
}

/** Make the card; none where no place has two years. */
function trendCard() {
  const places = trendPlaces();
  if (!places.length) return null;
  const place = el("select", {}, ...places.map((one, at) => el("option", { value: at }, listed([one.place, word("type", one.type)]))));
  const series = el("select", {});
  const box = el("div", {});
  let known = [];
  const group = (key, some) => (some.length
    ? el("optgroup", { label: ui(key) }, ...some.map(({ value, name }) => el("option", { value }, name))) : null);
  const draw = () => {
    const one = known.find(({ value }) => value === series.value);
    box.replaceChildren(chart(one.chart, "trend", one.rows));
  };
  const fill = () => {
    const before = series.value;
    const { themes, indicators } = trendSeries(places[place.value]);
    known = [...themes, ...indicators];
    series.replaceChildren(...[group("theme", themes), group("indicator", indicators)].filter(Boolean));
    if (known.some(({ value }) => value === before)) series.value = before;
    draw();
  };
  place.addEventListener("change", fill);
  series.addEventListener("change", draw);
  fill();
  const pickers = [["place", place], ["trend_series", series]].map(([key, select]) => el("label", {}, ui(key), select));
  return card("trend", "trend_note", el("div", { class: "filters" }, ...pickers), box);
}
