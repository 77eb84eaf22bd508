"""`planlens codebook indicators`: the catalogue of indicators, for reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.cli.console import emit, say

if TYPE_CHECKING:
    from pipeline.commitments.indicators import Indicator

COMMAND = "planlens codebook indicators --format markdown > docs/indicators.md"


def print_catalogue(form: str) -> None:
    """Print every indicator of the catalogue.

    Args:
        form: table, csv, jsonl, markdown (the whole page) or latex.
    """
    import pandas as pd

    from pipeline.commitments.indicators import codebook

    entries = list(codebook().values())
    if form == "markdown":
        say("\n".join(_page(entries)))
        return
    columns = [
        "indicator",
        "中文",
        "English",
        "aliases",
        "unit",
        "better",
        "sum",
        "theme",
        "outlines",
        "measures",
        "definition",
    ]
    emit(pd.DataFrame(map(_row, entries), columns=columns), form, f"{len(entries)} indicators")


def _row(one: Indicator) -> tuple[str, ...]:
    outlines = ", ".join(f"{number}th" for number in one.national)
    measures = ", ".join(sorted(one.measures)) or "any"
    names = "、".join(name for name in one.aliases if name != one.zh)
    told = (one.id, one.zh, one.en, names, one.unit, one.direction, "✓" if one.adds_up else "")
    return (*told, one.theme, outlines, measures, one.definition)


def _page(entries: list[Indicator]) -> Iterator[str]:
    """Yield the lines of the page on the catalogue."""
    yield f"""\
# Indicators · 指标目录

{len(entries)} indicators that plans and work reports set targets for. This page is written by
`{COMMAND}` from `data/codebook/indicators.yaml`; change that file, not this page.

`indicator_id` of a quantity is the first entry, in the order of the file, whose pattern is found in the words, whose
measures hold the measure of the quantity, and whose unit its unit can be. A bare name (总量, 增速) goes back to the
indicator that the sentence named before. *better*: what counts as better; *sum*: amounts of places add up to that of
all of them, so a city's is a part of its province's; *outlines*: the national outlines (14th, 15th) that set it."""
    for theme in sorted({one.theme for one in entries}):
        own = [one for one in entries if one.theme == theme]
        yield f"\n## `{theme}`\n"
        yield "| indicator | 中文 | English | also | unit | better | sum | outlines | definition |"
        yield "| --- " * 9 + "|"
        for one in own:
            code, zh, en, names, unit, better, adds_up, _, outlines, _, definition = _row(one)
            yield f"| `{code}` | {zh} | {en} | {names} | {unit} | {better} | {adds_up} | {outlines} | {definition} |"
