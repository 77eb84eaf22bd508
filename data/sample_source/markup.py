"""The markup of the sample's sources: one clause a line, quantities in double braces.

! key: value        what corpus.csv says; `! article: name` starts an article
H1 heading          a heading on its own line, with its level; H0 is the title
R2 heading          a heading that opens the paragraph of the clauses below it
X line              furniture
C clause @theme     a clause with its theme, and a second one after a slash
T a | b, t a | b    header and rows of a table; a row is a clause
{{quote|ind=...}}   a quantity; BREAK tokens stand where print breaks the paragraph
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

BREAK = "⟦BREAK⟧"
_QUANTITY = re.compile(r"\{\{(.*?)\}\}", re.S)
_THEME = re.compile(r"\s*@([a-z]+)(?:/([a-z]+))?\s*$")
_FIELDS = {"ind": "indicator", "min": "value_min", "max": "value_max", "cmp": "comparator", "unit": "unit",
           "measure": "measure", "status": "status", "deadline": "deadline", "force": "force"}  # fmt: skip


@dataclass(frozen=True)
class Quantity:
    """A marked quantity: offsets in the unit's text, and its fields."""

    start: int
    end: int
    fields: dict[str, object]
    optional: bool


@dataclass(frozen=True)
class Unit:
    """A line: kind is heading, run_in, clause, header, row or furniture; `text` may hold BREAK tokens."""

    kind: str
    text: str
    level: int = 0
    themes: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()


@dataclass
class Source:
    """One annotated document: what is known of it, and its articles as lists of paragraphs of units."""

    known: dict[str, str]
    articles: list[list[list[Unit]]] = field(default_factory=list)

    def units(self) -> Iterator[Unit]:
        """Yield all units in reading order."""
        for article in self.articles:
            for paragraph in article:
                yield from paragraph


def parse(path: Path) -> Source:
    """Read one source.

    Raises:
        ValueError: Naming the file and the line at fault.
    """
    source = Source({})
    paragraph: list[Unit] = []
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], start=1):
        try:
            if line.startswith("! "):
                key, _, value = line[2:].partition(":")
                if key.strip() == "article":
                    source.articles.append([])
                else:
                    source.known[key.strip()] = value.strip()
                continue
            if not source.articles:
                source.articles.append([])
            unit = _unit(line) if line.strip() else None
        except (ValueError, KeyError) as error:
            msg = f"{path}, line {number}: {error!r}"
            raise ValueError(msg) from error
        alone = unit is None or unit.kind in ("heading", "furniture", "header", "row", "run_in")
        if alone and paragraph:
            source.articles[-1].append(paragraph)
            paragraph = []
        if unit is not None and unit.kind in ("heading", "furniture", "header", "row"):
            source.articles[-1].append([unit])
        elif unit is not None:
            paragraph.append(unit)
    source.articles = [article for article in source.articles if article]
    return source


def _unit(line: str) -> Unit:
    mark, _, rest = line.partition(" ")
    if mark == "X":
        return Unit("furniture", rest.strip())
    if re.fullmatch(r"[HR]\d", mark):
        return Unit("heading" if mark[0] == "H" else "run_in", rest.strip(), int(mark[1]))
    if mark == "T":
        return Unit("header", rest.strip())
    kind = {"C": "clause", "t": "row"}[mark]
    theme = _THEME.search(rest)
    if theme is None:
        msg = "no theme"
        raise ValueError(msg)
    text, quantities = _read_quantities(rest[: theme.start()].strip())
    return Unit(kind, text, 0, tuple(one for one in theme.groups() if one), tuple(quantities))


def _read_quantities(marked: str) -> tuple[str, list[Quantity]]:
    """Return the text without marks, and the quantities in it."""
    text, last = "", 0
    found = []
    for one in _QUANTITY.finditer(marked):
        text += marked[last : one.start()]
        quote, *pairs = one[1].split("|")
        fields: dict[str, object] = dict.fromkeys(_FIELDS.values())
        optional = False
        for pair in pairs:
            key, _, value = pair.partition("=")
            if key == "opt":
                optional = value == "1"
            else:
                fields[_FIELDS[key]] = float(value) if key in ("min", "max") else value
        found.append(Quantity(len(text), len(text) + len(quote), fields, optional))
        text += quote
        last = one.end()
    return text + marked[last:], found
