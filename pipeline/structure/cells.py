"""Cells of tables: cut from rows with bars or tabs, or from lines that print broke."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.structure.figures import DASH, read_figure

ATTRIBUTE = re.compile("约束性?|约束型|预期性?|约束指标|预期指标|約束性|預期性")
"""A cell that says whether the target binds."""

UNIT = re.compile(
    r"[%％‰℃]|个?百分点|[十百千万亿]*(?:元|美元|吨|亩|顷|公顷|公里|千米|米|升|克|斤|公斤|千克|立方米|平方米|平方公里|千瓦时?|兆瓦|人|人次|户|家|个"
    r"|张|件|套|间|处|所|辆|架|座|台|项|册|份|岁|年|天|小时|分钟|次|倍|度|头|只|株|标箱|车公里|吨标准煤|吨标煤|吨公里|元/人|TEU|毫克|微克|条"
    r"|名|位|单|例|种|艘|床|km|亿次|比值?)"
    r"(?:\s*[（(][^（）()]{1,6}[）)])?(?:\s*[/／·]\s*[\u4e00-\u9fffA-Za-z/／]{1,10})?"
)
_IN_NAME = re.compile(
    r"\s*[（(【\[]\s*((?:[%％‰℃]|[\u4e00-\u9fffA-Za-z0-9·%％‰/／]{1,14}))\s*[）)】\]]\s*(?=[*∗＊※①-⑳]*$)"
)
_MARKS = re.compile(r"[*∗＊※①-⑳\s]+$")
_BREAK = re.compile(r"\s*\n\s*")
_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])|\s{2,}|\s*[\r\t]\s*")
_WIDE = re.compile(r"[ \u00a0]{2,}|\t|[ \u00a0]?\u3000+")
_GLUED = re.compile(r"(?:约束性|预期性)(?=\S)")
_SERIAL = re.compile(r"[0-9]{1,3}[.．、](?=[^0-9\s].)")
_WORD, _STRETCH = re.compile(r"\S+"), re.compile(r"\S+(?:[ \u00a0]\S+)*")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: canonical `[start, end)` without the white space around it, and what it says.

    Attributes:
        start: Start; equal to `end` in an empty cell.
        end: End.
        text: As printed, breaks and white space between Chinese characters taken out.
        rows: Number of rows that it covers.
        columns: Number of columns that it covers.
    """

    start: int
    end: int
    text: str
    rows: int = 1
    columns: int = 1

    @property
    def is_dash(self) -> bool:
        """Whether it says that there is no value."""
        return DASH.fullmatch(self.text) is not None

    @property
    def is_attribute(self) -> bool:
        """Whether it is 约束性 or 预期性."""
        return ATTRIBUTE.fullmatch(self.text) is not None

    @property
    def is_figure(self) -> bool:
        """Whether it gives a figure."""
        return read_figure(self.text) is not None


def printed(text: str) -> str:
    r"""Return a stretch as one line: breaks and the white space between Chinese characters taken out.

    >>> printed("占地区生\n产总值 比重(%)")
    '占地区生产总值比重(%)'
    """
    return _GAP.sub(_single, _BREAK.sub("", text)).strip()


def _single(gap: re.Match[str]) -> str:
    around = gap.string[gap.start() - 1] + gap.string[gap.end() : gap.end() + 1]
    return " " if around.isascii() else ""


def cut_bars(text: str, start: int, end: int, outer: bool) -> list[Cell]:
    """Return the cells of a row with bars or tabs, the empty ones too.

    Args:
        text: Canonical text.
        start: Start of the row.
        end: End of the row.
        outer: Whether the rows of this table open and close with a bar.
    """
    row = text[start:end]
    bar = "|" if "|" in row else "\t"
    cells: list[Cell] = []
    at = start
    for part in row.split(bar):
        low = at + len(part) - len(part.lstrip())
        high = low + len(part.strip())
        cells.append(Cell(min(low, at + len(part)), max(high, min(low, at + len(part))), printed(part)))
        at += len(part) + 1
    if outer and len(cells) > 2:
        return cells[1:-1]
    return cells


def has_outer_bars(rows: Sequence[str]) -> bool:
    """Tell whether most rows of a table open and close with a bar, as Markdown prints them."""
    closed = sum(one.startswith("|") and one.endswith("|") for one in rows)
    return closed * 2 > len(rows)


def cut_words(lines: Sequence[tuple[int, str]]) -> list[Cell]:
    """Return the pieces of lines that stand for cells: lines, cut at their white space.

    Where most lines are parted by several blanks, single blanks are inside cells.

    Args:
        lines: Start and text of each line.
    """
    wide = sum(_WIDE.search(line) is not None for _, line in lines) * 2 > len(lines)
    pattern = _STRETCH if wide else _WORD
    pieces: list[Cell] = []
    for start, line in lines:
        for found in pattern.finditer(line):
            low, word = found.start(), found.group()
            cuts = [found.start() + glued.end() for glued in _GLUED.finditer(word)]
            if serial := _SERIAL.match(word):
                cuts.insert(0, found.start() + serial.end())
            for cut in [*cuts, found.end()]:
                pieces.append(Cell(start + low, start + cut, line[low:cut].strip()))
                low = cut
    return pieces


def join_pieces(pieces: Sequence[Cell]) -> Cell:
    """Return the cell that one or more pieces make together, without white space between them."""
    return Cell(pieces[0].start, pieces[-1].end, "".join(one.text for one in pieces))


def name_and_unit(name: str) -> tuple[str, str | None]:
    """Part the name of an indicator from the unit in brackets behind it and from footnote marks.

    >>> name_and_unit("森林覆盖率（%）"), name_and_unit("细颗粒物（PM2.5）浓度"), name_and_unit("彩化率*")
    (('森林覆盖率', '%'), ('细颗粒物（PM2.5）浓度', None), ('彩化率', None))
    """
    plain = _MARKS.sub("", name)
    found = _IN_NAME.search(plain)
    if found and found.start() and UNIT.fullmatch(found[1]):
        return _MARKS.sub("", plain[: found.start()]), found[1]
    return plain, None
