"""The header of a flattened table: how many pieces it takes, and what labels they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.structure.cells import Cell
from pipeline.structure.table_columns import VALUES, is_label, name_columns

TABLE_UNIT = re.compile(r"[（(]?\s*(?:计量)?单位\s*[:：]\s*([^\s（）()]{1,12})\s*[）)]?")
"""A line above a table that gives the unit of all its values."""

_FRAGMENT = re.compile(
    r"(?:规划|预期|发展)?目标值?|(?:预计|实际)?完成(?:值|数|情况)?|预计(?:值|数|完成)?|实际(?:值|数)?|现状值?|基期值?|数值?|值"
    r"|累计|增长|增速|增长率|[（(\[［〔].{1,10}[)）\]］〕]|[/／].{1,4}"
)
_DATE_ONLY = re.compile(r"(?:(?:19|20)\d\d\s*年?|[“\"]?十[一二三四五]?五[”\"]?(?:时期|期间)?|.*[/／]|年均)$")
_SPANNING = re.compile("目标|规划|规划目标|完成情况|指标值")
_MAX_HEADER, _MIN_COLUMNS, _MAX_COLUMNS = 24, 3, 14


def header_length(pieces: Sequence[Cell]) -> int:
    """Return how many pieces the header takes, 0 where there is none.

    A header names at least three columns, the indicators and their values among them.
    """
    length = 0
    once: set[str] = set()
    while length < min(len(pieces), _MAX_HEADER) and _heads(pieces, length):
        text = pieces[length].text
        if text in once:
            break
        once |= {text} if is_label(text) else set()
        length += 1
    for labels in readings(pieces[:length]):
        kinds = {one.kind for one in name_columns(labels)}
        if _MIN_COLUMNS <= len(labels) <= _MAX_COLUMNS and "indicator" in kinds and kinds & (VALUES | {"attribute"}):
            return length
    return 0


def _heads(pieces: Sequence[Cell], at: int) -> bool:
    text = pieces[at].text
    return is_label(text) or (at > 0 and _FRAGMENT.fullmatch(text) is not None)


def readings(head: Sequence[Cell]) -> Iterator[list[str]]:
    """Yield the ways to read the pieces of a header: a label over several columns is none of its own."""
    labels: list[str] = []
    for one in head:
        if labels and (_attaches(labels[-1], one.text)):
            labels[-1] += one.text
        else:
            labels.append(one.text)
    if not labels:
        return
    yield labels
    for at, label in enumerate(labels[:-1]):
        if _SPANNING.search(label) and not re.search(r"(?:19|20)\d\d", label):
            below = labels[at + 1 :]
            count = next((n for n, one in enumerate(below) if name_columns([one])[0].kind not in VALUES), len(below))
            if count:
                yield [*labels[:at], *(label + one for one in below[:count]), *below[count:]]


def _attaches(label: str, piece: str) -> bool:
    bracketed = piece[0] in "（([［〔"
    return (
        _FRAGMENT.fullmatch(piece) is not None
        and (bracketed or _DATE_ONLY.match(label) is not None)
        or label.endswith(("/", "／"))
    )


def without_repeats(body: Sequence[Cell], head: Sequence[Cell]) -> tuple[list[Cell], list[tuple[int, int]]]:
    """Take out the header where it is printed again on the next page."""
    words = [one.text for one in head]
    kept: list[Cell] = []
    repeats: list[tuple[int, int]] = []
    at = 0
    while at < len(body):
        if [one.text for one in body[at : at + len(words)]] == words:
            repeats.append((body[at].start, body[at + len(words) - 1].end))
            at += len(words)
        else:
            kept.append(body[at])
            at += 1
    return kept, repeats
