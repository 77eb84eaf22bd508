"""Invented indicator tables with known rows, printed the ways that plans print them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.records import Hint

STEMS = (
    "云杉覆盖",
    "桥梁完好",
    "渡口通达",
    "湿地保护",
    "仓储周转",
    "古井修缮",
    "夜校入学",
    "风车并网",
    "茶园改造",
    "书屋开放",
)
TAILS = ("率", "面积", "规模", "数量", "强度", "比重", "水平指数", "能力")
UNITS = ("%", "万元", "亿吨", "个", "万人次", "平方公里", "张", "微克/立方米")
GROUPS = ("经济发展", "创新驱动", "绿色低碳", "民生福祉")
STATES = ("完成省下达目标", "达到国家要求", "与经济增长同步")


@dataclass(frozen=True)
class Row:
    """A row as it is meant."""

    group: str
    indicator: str
    unit: str
    base: str
    target: str
    change: str
    attribute: str
    parent: str | None = None


def rows_of(seed: int, n: int = 14) -> list[Row]:
    """Return rows of an invented table; now and then two of them are parts of one indicator."""
    chance = random.Random(seed)  # noqa: S311
    names = [f"{stem}{tail}" for stem in STEMS for tail in TAILS]
    chance.shuffle(names)
    rows: list[Row] = []
    for at in range(n):
        group = GROUPS[at * len(GROUPS) // n]
        unit, attribute = chance.choice(UNITS), chance.choice(("约束性", "预期性"))
        if chance.random() < 0.15 and at:
            parent = f"每千人拥有{names[at]}"
            for part in ("甲", "乙"):
                rows.append(Row(group, f"{part}类{names[at]}", unit, *_values(chance), attribute, parent))
        else:
            rows.append(Row(group, names[at], unit, *_values(chance), attribute))
    return rows


def _values(chance: random.Random) -> tuple[str, str, str]:
    base, target = round(chance.uniform(1, 900), chance.choice((0, 1, 2))), round(chance.uniform(1, 900), 1)
    printed = chance.choice((f"{target}", f"≥{target}", f"{target}左右", f"<{target}", chance.choice(STATES)))
    change = chance.choice(("—", "—", f"[{target}]", f"{chance.randint(2, 9)}.5左右"))
    return chance.choice((f"{base}", f"{base}", "—")), printed, change


HEADER = ("类别", "序号", "指标", "单位", "2025年", "2030年目标", "年均/累计", "属性")


def numbered(rows: list[Row]) -> Iterator[tuple[str, Row, bool]]:
    """Yield serial number (empty for a further part), row, and whether it is the first of its group."""
    number, parent, group = 0, None, ""
    for row in rows:
        further = row.parent is not None and row.parent == parent
        number += not further
        yield ("" if further else str(number)), row, row.group != group
        parent, group = row.parent, row.group


def flattened(rows: list[Row], seed: int = 0, unit_inside: bool = False) -> str:
    """Return the table with one cell a line, long names broken, labels of groups before their first row."""
    chance = random.Random(seed)  # noqa: S311
    header = [one for one in HEADER if not (unit_inside and one == "单位")]
    lines = ["表1 云泽市主要指标"]
    for one in header:
        lines += ["2030年", "目标"] if one == "2030年目标" and chance.random() < 0.5 else [one]
    for serial, row, first in numbered(rows):
        if first:
            lines += [row.group, f"（{sum(one.group == row.group for one in rows)}项）"]
        lines += [serial] if serial else []
        lines += [row.parent] if row.parent and serial else []
        name = row.indicator + (f"（{row.unit}）" if unit_inside else "")
        cut = len(name) * 2 // 3
        broken = not row.parent and chance.random() < 0.3
        lines += [name[:cut], name[cut:]] if broken else [name]
        lines += [] if unit_inside else [row.unit]
        lines += [row.base]
        lines += [row.target[:4], row.target[4:]] if row.target == "完成省下达目标" else [row.target]
        lines += [row.change, row.attribute]
    return "\n".join([*lines, "注：[ ]内为五年累计数。", "第二章 重点任务", "推进渡口建设，完善路网。"])


def spaced(rows: list[Row], pages: int = 2) -> str:
    """Return the table as PDF text prints it: a row a line, cells parted by a blank, the header on each page."""
    header = " ".join(HEADER)
    lines = ["云泽市主要指标"]
    listed = list(numbered(rows))
    for at, (serial, row, first) in enumerate(listed):
        if at % -(-len(listed) // pages) == 0:
            lines.append(header)
        name = [row.parent, row.indicator] if row.parent and serial else [row.indicator]
        cells = [serial, *name, row.unit, row.base, row.target, row.change, row.attribute]
        if first:
            lines.append(row.group)
        lines.append(" ".join(one for one in cells if one))
    return "\n".join([*lines, "", "推进渡口建设。"])


def barred(rows: list[Row]) -> tuple[str, tuple[Hint, ...]]:
    """Return the table as HTML and DOCX are extracted: bars, merged cells once, with hints what they cover."""
    text, hints = "表1 云泽市主要指标\n", []
    for line in (
        "类别 | 序号 | 指标 |  | 单位 | 指标数值 |  |  | 属性",
        " |  |  |  |  | 2025年 | 2030年 | 年均/累计 | ",
    ):
        text += line + "\n"
    at = text.index("指标数值")
    hints.append(Hint("column_span", at, at + 4, 3))
    listed = list(numbered(rows))
    for place, (serial, row, first) in enumerate(listed):
        following = [one for one, *_ in listed[place + 1 : place + 2]]
        parts = 2 if row.parent and serial and following == [""] else 1
        cells = [row.group if first else "", serial, row.parent or row.indicator if serial else "",
                 row.indicator if row.parent else "", row.unit, row.base, row.target, row.change,
                 row.attribute if serial else ""]  # fmt: skip
        for column, cell in enumerate(cells):
            covers = sum(one.group == row.group for one in rows) if column == 0 else parts
            if cell and covers > 1 and column in (0, 1, 2, 8):
                start = len(text) + len(" | ".join(cells[:column])) + (3 if column else 0)
                hints.append(Hint("row_span", start, start + len(cell), covers))
        text += " | ".join(cells) + "\n"
    return text + "推进渡口建设，完善路网。", tuple(sorted(hints, key=lambda one: one.start))


def marked_down(rows: list[Row]) -> str:
    """Return the table in Markdown, the parts of an indicator below a row without values."""
    lines = [
        "| 序号 | 指标 | 单位 | 2025年 | 2030年目标 | 年均/累计 | 属性 |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    group = ""
    for serial, row, first in numbered(rows):
        if first and group != row.group:
            lines.append(f"|  | {row.group} |  |  |  |  |  |")
            group = row.group
        if row.parent and serial:
            lines.append(f"| {serial} | {row.parent} |  |  |  |  |  |")
        number = "" if row.parent else serial
        lines.append(
            f"| {number} | {row.indicator} | {row.unit} | {row.base} | {row.target} | {row.change} | {row.attribute} |"
        )
    return "表1 云泽市主要指标\n" + "\n".join(lines) + "\n推进渡口建设，完善路网。"
