"""`planlens quantities`: the numbers of lines of text."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import say

if TYPE_CHECKING:
    from pipeline.commitments.candidates import Candidate

_STDIN = Path("-")


def quantities(
    files: Annotated[list[Path] | None, typer.Argument(help="Text files, `-` for standard input.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also bare numbers, dates, ages and all else that plans do not undertake.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list a line of text.")] = False,
) -> None:
    """Print the quantities of each line of text: place, words, bounds and unit.

    Example: planlens quantities plan.txt --json
    """
    from pipeline.commitments.candidates import candidates
    from pipeline.commitments.expressions import all_candidates
    from pipeline.folding import fold

    listed: list[tuple[str, ...]] = []
    for place, line in _lines(files or [_STDIN]):
        folded = fold(line)
        found = all_candidates(folded) if everything else list(candidates(folded))
        if as_json:
            print(json.dumps([_record(line, one) for one in found], ensure_ascii=False))
        else:
            listed += [_row(place, line, one) for one in found]
    for row in _aligned(listed):
        say(row)


def _lines(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Yield place and text of each line.

    Raises:
        FileNotFoundError: If a file is not there.
        ValueError: If a line is not UTF-8.
    """
    files = list(files)
    for path in files:
        name = "standard input" if path == _STDIN else str(path)
        with sys.stdin.buffer if path == _STDIN else path.open("rb") as source:
            for number, raw in enumerate(source, start=1):
                try:
                    text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError as error:
                    msg = f"{name}: line {number} is not UTF-8; `planlens analyze` tells other encodings by itself"
                    raise ValueError(msg) from error
                yield f"{number}" if len(files) == 1 else f"{path.name}:{number}", text.rstrip("\r\n")


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _record(line: str, one: Candidate) -> dict[str, object]:
    return {
        "start": one.start, "end": one.end, "quote": line[one.start : one.end],
        "value_min": _number(one.value_min), "value_max": _number(one.value_max),
        "comparator": one.comparator, "unit": one.unit,
    }  # fmt: skip


def _row(place: str, line: str, one: Candidate) -> tuple[str, ...]:
    told = _record(line, one)
    values = ("" if told[name] is None else f"{told[name]:,}" for name in ("value_min", "value_max"))
    words = ("" if told[name] is None else str(told[name]) for name in ("comparator", "unit"))
    return (f"{place}:{one.start}-{one.end}", line[one.start : one.end], *values, *words)


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell + " " * (wide - _width(cell)) for cell, wide in zip(row, widths, strict=True)).rstrip()
