"""Figures for a paper: each as SVG and PDF with its font inside, with its data and a text for who cannot see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.files import atomic, write_table, write_text
from pipeline.publishing import alternatives
from pipeline.publishing.fonts import MEND, Font, chinese_font
from pipeline.stages.report_page.payload import doc_labels

MAX_DOCUMENTS = 30
"""A figure of single documents with more could not be read."""
LANGUAGES = ("en", "zh")
_BLUE = "#0072B2"
_WORDS = {
    "en": {"share": "Share of clauses", "jsd": "Jensen-Shannon divergence from the others (bits)", "x": "First axis",
           "y": "Second axis", "place": "Document"},
    "zh": {"share": "小句占比", "jsd": "与其他文件的 JS 散度（比特）", "x": "第一轴", "y": "第二轴", "place": "文件"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure before it is drawn.

    Attributes:
        name: Name of its files.
        data: Its rows.
        draw: From the rows and the words of a language to a chart of Altair.
        tell: From the rows and a language to a text that says what the figure shows.
    """

    name: str
    data: pd.DataFrame
    draw: Callable[[pd.DataFrame, Mapping[str, str]], Any]
    tell: Callable[[pd.DataFrame, str], str]


def figures(tables: Mapping[str, pd.DataFrame]) -> list[Figure]:
    """Return the figures that the tables allow; few documents, or no comparison, allow fewer."""
    documents = tables["documents"]
    labels = dict(zip(documents["doc_id"], doc_labels(documents), strict=True))
    found = []
    shares, pairs, places = (tables.get(name, pd.DataFrame()) for name in ("theme_shares", "divergence", "plan_map"))
    if len(shares):
        found.append(Figure("theme_shares", _share_rows(shares, labels), _shares, alternatives.shares))
    mean = pairs[pairs["kind"].eq("mean")] if len(pairs) else pairs
    if 1 < len(mean) <= MAX_DOCUMENTS:
        rows = mean.assign(document=mean["doc_a"].map(labels))[["document", "jsd_corrected", "low", "high"]]
        rows = rows.sort_values(["jsd_corrected", "document"], ascending=[False, True], ignore_index=True)
        found.append(Figure("divergence", rows, _distances, alternatives.distances))
    if len(places) > 2:  # noqa: PLR2004 - two points make no map
        rows = places.assign(document=places["doc_id"].map(labels))[["document", "x", "y", "cluster"]]
        found.append(Figure("plan_map", rows, _map, alternatives.plan_map))
    return found


def _share_rows(shares: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    from pipeline.themes.codebook import load_codebook

    known = {one.code: one for one in load_codebook().themes}
    rows = shares.assign(document=shares["doc_id"].map(labels))
    rows["theme_en"] = [known[one].label if one in known else one for one in rows["theme"]]
    rows["theme_zh"] = [known[one].label_zh if one in known else one for one in rows["theme"]]
    mean = rows["theme"].map(rows.groupby("theme")["share"].mean())
    rows = rows.assign(mean=mean).sort_values(["mean", "theme", "document"], ascending=[False, True, True])
    return rows[["document", "theme", "theme_en", "theme_zh", "share", "low", "high"]].reset_index(drop=True)


def _shares(rows: pd.DataFrame, words: Mapping[str, str]) -> Any:  # noqa: ANN401
    import altair as alt

    theme = alt.Y(f"theme_{words['language']}:N", sort=None, title=None)
    share = alt.X("share:Q", title=words["share"], axis=alt.Axis(format=".0%"))
    base = alt.Chart(rows).properties(width=420, height={"step": 22})
    if len(set(rows["document"])) > 1:
        return base.mark_boxplot(extent="min-max", size=12, color=_BLUE).encode(theme, share)
    rule = base.mark_rule(color=_BLUE, strokeWidth=2, opacity=0.5).encode(theme, alt.X("low:Q"), alt.X2("high:Q"))
    return rule + base.mark_point(filled=True, size=50, color=_BLUE, opacity=1).encode(theme, share)


def _distances(rows: pd.DataFrame, words: Mapping[str, str]) -> Any:  # noqa: ANN401
    import altair as alt

    who = alt.Y("document:N", sort=None, title=None)
    base = alt.Chart(rows).properties(width=420, height={"step": 22})
    rule = base.mark_rule(color=_BLUE, strokeWidth=2, opacity=0.5).encode(who, alt.X("low:Q"), alt.X2("high:Q"))
    point = base.mark_point(filled=True, size=50, color=_BLUE, opacity=1)
    return rule + point.encode(who, alt.X("jsd_corrected:Q", title=words["jsd"]))


def _map(rows: pd.DataFrame, words: Mapping[str, str]) -> Any:  # noqa: ANN401
    import altair as alt

    axes = alt.X("x:Q", title=words["x"]), alt.Y("y:Q", title=words["y"])
    base = alt.Chart(rows).properties(width=420, height=420).encode(*axes)
    shape = alt.Shape("cluster:N", legend=None)
    points = base.mark_point(size=60, filled=True, opacity=0.9, color=_BLUE).encode(shape)
    if len(rows) > MAX_DOCUMENTS:
        return points
    return points + base.mark_text(dy=-10, fontSize=11).encode(alt.Text("document:N"))


def write_figures(found: list[Figure], folder: Path) -> list[str]:
    """Draw figures in both languages.

    Args:
        found: From `figures`.
        folder: Gets `NAME.csv`, and for each language `NAME.LANGUAGE.svg`, `.pdf` and `.txt` (what it shows).

    Returns:
        The names of the files.

    Raises:
        OSError: If no Chinese font is installed, or it lacks a character of a figure; nothing is drawn then.
    """
    font = chinese_font()
    for one in found:
        _check(font, one)
    names = []
    for one in found:
        write_table(one.data, folder, one.name, "csv")
        names.append(f"{one.name}.csv")
        for language in LANGUAGES:
            names += _write(one, language, font, folder)
    return names


def _check(font: Font, figure: Figure) -> None:
    texts = [str(value) for column in figure.data for value in figure.data[column]]
    texts += [word for words in _WORDS.values() for word in words.values()]
    if lacking := font.lacking("".join(texts)):
        msg = f"figure {figure.name}: {font.family} has no picture of {lacking[:20]}, which would show as boxes: {MEND}"
        raise OSError(msg)


def _write(figure: Figure, language: str, font: Font, folder: Path) -> list[str]:
    import vl_convert

    chart = figure.draw(figure.data, {**_WORDS[language], "language": language})
    spec = chart.to_dict() | {"config": {"font": font.family, "background": "white", "view": {"stroke": None}}}
    stem = f"{figure.name}.{language}"
    svg = vl_convert.vegalite_to_svg(spec)
    told = figure.tell(figure.data, language)
    write_text(folder / f"{stem}.svg", _with_inside(svg, font, told, language))
    with atomic(folder / f"{stem}.pdf") as temporary:
        temporary.write_bytes(vl_convert.vegalite_to_pdf(spec))
    write_text(folder / f"{stem}.txt", told + "\n")
    return [f"{stem}.{suffix}" for suffix in ("svg", "pdf", "txt")]


def _with_inside(svg: str, font: Font, told: str, language: str) -> str:
    """Return an SVG with its font and, for screen readers, what it shows."""
    import html

    head, _, rest = svg.partition(">")
    name = html.escape(told, quote=True)
    return f'{head} role="img" lang="{language}" aria-label="{name}"><title>{name}</title>{font.embedded(svg)}{rest}'
