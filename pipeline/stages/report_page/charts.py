"""The charts, as Vega-Lite specifications without data: the page names the data once for all."""

from __future__ import annotations

from typing import Any

Spec = dict[str, Any]

MAX_SERIES = 6
"""Up to so many documents, each has its own colour; beyond that the chart shows their distribution."""
MAX_MATRIX = 60
MAX_NAMED = 30
"""Up to so many documents, the map names each; beyond that names would lie on each other."""
# Okabe and Ito 2008: told apart with colour-vision deficiency.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
FONT = "'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', 'Segoe UI', Arial, sans-serif"
_PERCENT = ".0%"
_PROFILED = ("share", "low", "high", "fixed", "fixed_low", "fixed_high", "mean")
_SIZES = {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"}
_CONFIG = {
    "font": FONT,
    "view": {"stroke": None},
    "axis": {**_SIZES, "labelLimit": 200, "gridColor": "#e6e8eb", "domainColor": "#c3c8ce",
             "tickColor": "#c3c8ce", "labelColor": "#30363d", "titleColor": "#57606a"},
    "legend": {**_SIZES, "titleLimit": 400, "labelLimit": 300, "symbolOpacity": 1},
}  # fmt: skip


def _titles(language: str) -> dict[str, str]:
    english = {
        "share": "Share of clauses", "theme": "Theme", "document": "Document", "low": "Low", "high": "High",
        "n": "Clauses", "jsd": "Jensen-Shannon divergence (bits)", "reuse": "Shared wording", "a": "Document",
        "b": "Compared with", "mean": "Mean of the others", "cluster": "Cluster", "effective": "Effective themes",
        "fixed": "Share, corrected for the model's errors",
        "fixed_low": "Low, corrected", "fixed_high": "High, corrected",
        "year": "Year", "value": "Value", "unit": "Unit",
    }  # fmt: skip
    chinese = {
        "share": "小句占比", "theme": "主题", "document": "文件", "low": "下限", "high": "上限",
        "n": "小句数", "jsd": "JS 散度（比特）", "reuse": "相同表述占比", "a": "文件",
        "b": "对照文件", "mean": "其他文件均值", "cluster": "类别", "effective": "有效主题数",
        "fixed": "校正模型误差后的占比",
        "fixed_low": "校正后下限", "fixed_high": "校正后上限",
        "year": "年份", "value": "数值", "unit": "单位",
    }  # fmt: skip
    return chinese if language == "zh" else english


def _finish(chart: Any) -> Spec:  # noqa: ANN401
    autosize = {"type": "fit-x", "contains": "padding"}
    spec: Spec = chart.properties(width="container", autosize=autosize).to_dict()
    spec["config"] = _CONFIG
    return spec


def _shares(n_documents: int, words: dict[str, str]) -> Spec:
    """Return points with intervals for few documents, box plots over the documents for many."""
    import altair as alt

    base = alt.Chart(alt.NamedData("shares"))
    theme = alt.Y("theme_label:N", sort=None, title=None)
    share = alt.X("share:Q", title=words["share"], axis=alt.Axis(format=_PERCENT))
    if n_documents > MAX_SERIES:
        box = base.mark_boxplot(extent="min-max", size=11, color=COLOURS[0], opacity=0.75)
        return _finish(box.encode(theme, share).properties(height={"step": 24}))
    legend = alt.Legend(orient="top", columns=3)
    colour = alt.Color("label:N", title=None, sort=None, scale=alt.Scale(range=COLOURS), legend=legend)
    offset = alt.YOffset("label:N", sort=None)
    tooltip = [
        alt.Tooltip("label:N", title=words["document"]),
        alt.Tooltip("theme_label:N", title=words["theme"]),
    ]
    tooltip += [alt.Tooltip(f"{name}:Q", title=words[name], format=".1%") for name in ("share", "low", "high", "fixed")]
    tooltip.append(alt.Tooltip("n:Q", title=words["n"]))
    rule = base.mark_rule(strokeWidth=2, opacity=0.45).encode(theme, offset, alt.X("low:Q"), alt.X2("high:Q"), colour)
    point = base.mark_point(filled=True, size=42, opacity=1).encode(theme, offset, share, colour, tooltip=tooltip)
    return _finish((rule + point).properties(height={"step": max(8, 34 // max(n_documents, 1))}))


def _profile(words: dict[str, str]) -> Spec:
    """Return one document's bars with intervals, its corrected shares, and a tick for the mean of the corpus."""
    import altair as alt

    base = alt.Chart(alt.NamedData("profile"))
    theme = alt.Y("theme_label:N", sort=None, title=None)
    share = alt.X("share:Q", title=words["share"], axis=alt.Axis(format=_PERCENT))
    tooltip = [alt.Tooltip("theme_label:N", title=words["theme"])]
    tooltip += [alt.Tooltip(f"{name}:Q", title=words[name], format=".1%") for name in _PROFILED]
    tooltip.append(alt.Tooltip("n:Q", title=words["n"]))
    bar = base.mark_bar(color="#9ec5e8", height=12).encode(theme, share, tooltip=tooltip)
    rule = base.mark_rule(color="#30363d").encode(theme, alt.X("low:Q"), alt.X2("high:Q"))
    tick = base.mark_tick(color=COLOURS[1], thickness=2.5, height=14).encode(theme, alt.X("mean:Q"))
    diamond = base.mark_point(shape="diamond", filled=True, color="#30363d", opacity=1, size=36)
    corrected = diamond.encode(theme, alt.X("fixed:Q"), tooltip=tooltip)
    return _finish((bar + rule + corrected + tick).properties(height={"step": 20}))


def _grid(
    name: str,
    x: tuple[str, str],
    y: tuple[str, str],
    value: tuple[str, str],
    percent: bool,
    words: dict[str, str],
) -> Spec:
    """Return a heat map; `x`, `y` and `value` are pairs of field and title."""
    import altair as alt

    shown = ".1%" if percent else ".3f"
    # Documents against documents need one order on both axes, that of the page; themes come in the order of the rows.
    square = name != "shares"
    order = [alt.EncodingSortField(f"at_{one}", op="min") if square else None for one in (x[0], y[0])]
    colour = alt.Color(f"{value[0]}:Q", title=value[1], scale=alt.Scale(scheme="blues"))
    colour = colour.legend(orient="top", format=_PERCENT if percent else ".2f", gradientLength=160)
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in (y, x)]
    bounds = [] if name == "reuse" else [(one, words[one]) for one in ("low", "high")]
    tooltip += [alt.Tooltip(f"{field}:Q", title=title, format=shown) for field, title in (value, *bounds)]
    axis = alt.Axis(labelAngle=-55, orient="bottom", labelOverlap=False)
    chart = alt.Chart(alt.NamedData(name)).mark_rect().encode(
        alt.X(f"{x[0]}:N", title=None, sort=order[0], axis=axis),
        alt.Y(f"{y[0]}:N", title=None, sort=order[1], axis=alt.Axis(labelOverlap=False)),
        colour, tooltip=tooltip,
    )  # fmt: skip
    return _finish(chart.properties(height={"step": 22}))


def _distance(words: dict[str, str]) -> Spec:
    """Return each document's divergence from the mean of the others, with its interval."""
    import altair as alt

    base = alt.Chart(alt.NamedData("distance"))
    who = alt.Y("a:N", sort=None, title=None)
    tooltip = [
        alt.Tooltip("a:N", title=words["document"]),
        alt.Tooltip("corrected:Q", title=words["jsd"], format=".3f"),
    ]
    tooltip += [alt.Tooltip(f"{name}:Q", title=words[name], format=".3f") for name in ("low", "high")]
    rule = base.mark_rule(strokeWidth=2, opacity=0.5, color=COLOURS[0]).encode(who, alt.X("low:Q"), alt.X2("high:Q"))
    point = base.mark_point(filled=True, size=50, opacity=1, color=COLOURS[0])
    shown = point.encode(who, alt.X("corrected:Q", title=words["jsd"]), tooltip=tooltip)
    return _finish((rule + shown).properties(height={"step": 22}))


def _map(n_documents: int, words: dict[str, str]) -> Spec:
    """Return the map of plans; clusters differ by shape as well as by colour."""
    import altair as alt

    base = alt.Chart(alt.NamedData("map"))
    hidden = alt.Axis(labels=False, ticks=False, title=None, grid=False, domain=False)
    # As many pixels a unit across as up, so that distances show as they are; the page gives `reach`.
    half = "1.3 * (max(reach.across * height / width, reach.up) || 1)"
    sides = {"x": f"{half} * width / height", "y": half}
    frame = {one: f"[reach.{one} - {far}, reach.{one} + {far}]" for one, far in sides.items()}
    bounds = {one: alt.Scale(domain={"expr": expression}, nice=False) for one, expression in frame.items()}
    x, y = alt.X("x:Q", axis=hidden, scale=bounds["x"]), alt.Y("y:Q", axis=hidden, scale=bounds["y"])
    legend = alt.Legend(orient="top", title=words["cluster"])
    colour = alt.Color("cluster:N", scale=alt.Scale(range=[*COLOURS, "#57606a", "#000000"]), legend=legend)
    tooltip = [alt.Tooltip("label:N", title=words["document"]), alt.Tooltip("cluster:N", title=words["cluster"])]
    tooltip += [alt.Tooltip(f"{name}:Q", title=words[name], format=".1f") for name in ("effective", "low", "high")]
    point = base.mark_point(filled=True, size=70, opacity=0.9)
    shown = point.encode(x, y, colour, alt.Shape("cluster:N", legend=legend), tooltip=tooltip)
    if n_documents <= MAX_NAMED:
        shown += base.mark_text(dy=-10, fontSize=12, color="#30363d").encode(x, y, alt.Text("label:N"))
    return _finish(shown.properties(height=520))


def _trend(name: str, words: dict[str, str], *, corrected: bool) -> Spec:
    """Return one series by year with its intervals; where shares are corrected, these as diamonds beside it."""
    import altair as alt

    base = alt.Chart(alt.NamedData("trend"))
    # Years as numbers: a year without a document leaves a gap.
    scale = alt.Scale(zero=False, nice=False, padding=30)
    year = alt.X("year:Q", title=words["year"], scale=scale, axis=alt.Axis(format="d", tickMinStep=1, grid=False))
    shown = ".1%" if corrected else ",.4~f"
    value = alt.Y(f"{name}:Q", title=words[name], axis=alt.Axis(format=_PERCENT) if corrected else alt.Axis())
    fields = ("share", "low", "high", "fixed", "fixed_low", "fixed_high") if corrected else ("value", "low", "high")
    tooltip = [alt.Tooltip("year:O", title=words["year"])]
    tooltip += [alt.Tooltip(f"{one}:Q", title=words[one], format=shown) for one in fields]
    tooltip.append(alt.Tooltip("n:Q", title=words["n"]) if corrected else alt.Tooltip("unit:N", title=words["unit"]))
    line = base.mark_line(color=COLOURS[0], strokeWidth=1.5, opacity=0.6).encode(year, value)
    rule = base.mark_rule(color=COLOURS[0], strokeWidth=2, opacity=0.6)
    rule = rule.encode(year, alt.Y("low:Q"), alt.Y2("high:Q"))
    point = base.mark_point(filled=True, size=50, opacity=1, color=COLOURS[0]).encode(year, value, tooltip=tooltip)
    layers = line + rule + point
    if not corrected:
        # The legend says the unit: the axis alone would show bare numbers.
        legend = alt.Legend(orient="top", labelLimit=400)
        layers = layers.encode(alt.Color("unit:N", title=words["unit"], scale=alt.Scale(range=COLOURS), legend=legend))
    if corrected:
        beside = base.mark_rule(color="#30363d", xOffset=8).encode(year, alt.Y("fixed_low:Q"), alt.Y2("fixed_high:Q"))
        diamond = base.mark_point(shape="diamond", filled=True, color="#30363d", opacity=1, size=40, xOffset=8)
        layers += beside + diamond.encode(year, alt.Y("fixed:Q"), tooltip=tooltip)
    return _finish(layers.properties(height=260))


def specifications(n_documents: int, language: str) -> dict[str, Spec]:
    """Return the charts by name; each names the data that the page gives it.

    Args:
        n_documents: Documents of the corpus; decides between single series and distributions.
        language: `en` or `zh`.
    """
    words = _titles(language)
    document, other = ("a", words["a"]), ("b", words["b"])
    charts = {"shares": _shares(n_documents, words), "profile": _profile(words), "distance": _distance(words)}
    charts |= {"map": _map(n_documents, words), "duel": _shares(2, words)}
    charts["trend"] = _trend("share", words, corrected=True)
    charts["trend_indicator"] = _trend("value", words, corrected=False)
    theme, label = ("theme_label", words["theme"]), ("label", words["document"])
    charts["heat"] = _grid("shares", theme, label, ("share", words["share"]), percent=True, words=words)
    if n_documents <= MAX_MATRIX:
        charts["pairs"] = _grid("pairs", other, document, ("jsd", words["jsd"]), percent=False, words=words)
        charts["reuse"] = _grid("reuse", other, document, ("containment", words["reuse"]), percent=True, words=words)
    return charts
