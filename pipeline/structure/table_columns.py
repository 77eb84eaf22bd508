"""What each column of a table holds, by its header and by its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.structure.cells import UNIT, Cell
from pipeline.structure.figures import aggregation_of

VALUES = frozenset({"base", "target", "change", "other"})
"""Kinds of the columns that give values."""

_KINDS = {
    "serial": r"序\s*号|序號|编\s*号|序|No\.?|#",
    "attribute": r"(?:指标)?(?:属\s*性|性\s*质)|屬性|指标类型",
    "unit": r"(?:计量|指标)?单\s*位|單位",
    "group": r"类\s*别|類別|类型|分类|领域|方面|大类|指标类别|一级指标|板块|目标领域|指标分类",
    "indicator": r"(?:主要|具体|核心|二级|三级)?(?:指\s*标|指標|项\s*目|产品|名\s*称|种\s*类|行业|品种)"
    r"(?:名\s*称|内容)?",
}
_KIND = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))
_TERMS = {"十五五": 2030, "十四五": 2025, "十三五": 2020, "十二五": 2015, "十一五": 2010, "十五": 2005}
_YEAR, _TERM = re.compile(r"(?:19|20)\d\d"), re.compile("|".join(_TERMS))
_CHANGE = re.compile("年均|累计|累計|平均|增长|增速|增幅|增加|新增|变化|变动|提高|幅度")
_TARGET, _BASE = (
    re.compile("目标|目標|规划|計劃|计划|预期值|力争|预测"),
    re.compile("现状|基期|基数|基准|基年|完成|实际|实绩|预计|初步|预估"),
)
_RATIO = re.compile("为.*的|比.*(?:增|减)|百分比$")
_TITLE = re.compile("(?:指标|表|纲要|建议|报告|发展)$|[。；，]")
_MAX_LABEL = 24
_VALUE_WORD = re.compile(
    r"(?:19|20)\d\d\s*年?|[“\"]?十[一二三四五]?五[”\"]?|目标值?|规划值?|现状值?|基期值?|完成值?|实际值?|预计值?|数值|指标值|年均|累计"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        label: Header, levels of a broken header joined; empty without one.
        kind: serial, group, indicator, part (of an indicator), unit, attribute, base, target, change, other (a further
            value) or text.
        year: Year that the header names, or None.
        aggregation: `annual_average` or `cumulative` where the header says so.
    """

    label: str
    kind: str
    year: int | None = None
    aggregation: str | None = None


def is_label(text: str) -> bool:
    """Tell whether a cell reads like the header of a column.

    >>> is_label("2030年目标"), is_label("属性"), is_label("森林覆盖率")
    (True, True, False)
    """
    if _KIND.fullmatch(text):
        return True
    return len(text) <= _MAX_LABEL and _VALUE_WORD.match(text) is not None and not _TITLE.search(text)


def name_columns(labels: Sequence[str]) -> list[Column]:
    """Return the columns that header labels name; a label that says nothing is a column `text`.

    >>> [one.kind for one in name_columns(["序号", "指标", "2025年", "2030年目标", "年均［累计］", "属性"])]
    ['serial', 'indicator', 'base', 'target', 'change', 'attribute']
    """
    columns = [_named(re.sub(r"\s+", "", label)) for label in labels]
    targets = [one.year for one in columns if one.kind == "target" and one.year]
    open_years = [one.year for one in columns if one.kind == "dated" and one.year]
    goal = min(targets) if targets else max(open_years, default=0)
    settled = []
    for one in columns:
        if one.kind == "dated":
            settled.append(replace(one, kind="base" if (one.year or 0) < goal else "target"))
        else:
            settled.append(one)
    return settled


def _named(label: str) -> Column:
    years = _YEAR.findall(label)
    term = _TERM.search(label)
    year = int(years[-1]) if years else _TERMS[term.group()] if term else None
    if found := _KIND.fullmatch(re.sub(r"[（(].{1,12}[）)]$", "", label)):
        return Column(label, str(found.lastgroup))
    if len(years) > 1 and _RATIO.search(label):
        return Column(label, "other")
    if _CHANGE.search(label) and (len(years) != 1 or aggregation_of(label)):
        return Column(label, "change", year if not years else int(years[-1]), aggregation_of(label))
    if _BASE.search(label):
        return Column(label, "base", year)
    if _TARGET.search(label):
        return Column(label, "target", year)
    return Column(label, "dated" if year else "text", year)


def settle(columns: Sequence[Column], body: Sequence[Sequence[Cell]]) -> list[Column]:
    """Return the columns with those that their header leaves open named by their cells.

    Args:
        columns: By header; `text` where it says nothing.
        body: Rows of cells, each as long as `columns`.
    """
    found = list(columns)
    filled = [[row[at] for row in body if row[at].text] for at in range(len(found))]
    for at, one in enumerate(found):
        if one.kind == "group" and _most(filled[at], lambda cell: cell.is_attribute):
            found[at] = replace(one, kind="attribute")
        if one.kind == "text":
            found[at] = replace(one, kind=_kind_of(filled[at]))
    if not any(one.kind == "indicator" for one in found):
        name = next(
            (at for at, one in enumerate(found) if one.kind in {"text", "group"} and _is_named(filled[at])), None
        )
        if name is not None:
            found[name] = replace(found[name], kind="indicator")
    _name_parts(found)
    return found


def _name_parts(columns: list[Column]) -> None:
    """Mark the column right of the indicators without a label of its own: there the parts of an indicator stand."""
    for at, one in enumerate(columns[1:], 1):
        if columns[at - 1].kind == "indicator" and one.kind == "text" and one.label in ("", columns[at - 1].label):
            columns[at] = replace(one, kind="part")


def _kind_of(cells: Sequence[Cell]) -> str:
    if _most(cells, lambda cell: cell.is_attribute):
        return "attribute"
    if len(cells) > 1 and [cell.text.rstrip(".．、") for cell in cells] == [str(at) for at in range(1, len(cells) + 1)]:
        return "serial"
    if _most(cells, lambda cell: cell.is_figure or cell.is_dash) and any(cell.is_figure for cell in cells):
        return "other"
    return "unit" if _most(cells, lambda cell: UNIT.fullmatch(cell.text) is not None) else "text"


def _most(cells: Sequence[Cell], holds: Callable[[Cell], bool]) -> bool:
    return bool(cells) and sum(map(holds, cells)) * 3 > len(cells) * 2


def _is_named(cells: Sequence[Cell]) -> bool:
    return _most(cells, lambda cell: re.search(r"[\u4e00-\u9fff]{2}", cell.text) is not None and len(cell.text) <= 40)
