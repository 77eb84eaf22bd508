"""The sweep through a text: sections, and the sentences and clauses that stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.records import Article, Clause, Section, Sentence, Structure
from pipeline.structure.clauses import join_stretches
from pipeline.structure.grids import Grid, find_grids
from pipeline.structure.headings import Heading, find_headings
from pipeline.structure.levels import Mark, infer_levels
from pipeline.structure.outline import KINDS, Line, bare, split_lines
from pipeline.structure.sentences import scan


@dataclass(frozen=True, slots=True)
class _Node:
    """A section to be: heading, level, and where a table ends it."""

    start: int
    heading_end: int
    level: int
    enumerator: str
    kind: str = "heading"
    until: int | None = None


@dataclass(frozen=True, slots=True)
class _Body:
    """A paragraph outside headings, or a row of a table."""

    start: int
    end: int
    row: bool = False


def parse(text: str, articles: Sequence[Article], join: bool = True) -> Structure:
    """Read the structure of a canonical text.

    Args:
        text: Canonical text, one paragraph or table row a line.
        articles: In the order of the text. What stands before or between them counts to the nearest one
            above; without any, the whole text is the article `main`.
        join: Join stretches without a predicate of their own; False ends a clause at every comma.

    Returns:
        Sections, sentences and clauses. Every character that is no white space is in one sentence or
        one heading; the clauses of a sentence cover it without gap.
    """
    sweep = _Sweep(text, join)
    for article in _covering(text, articles):
        sweep.read(article)
    return Structure(tuple(sweep.sections), tuple(sweep.sentences), tuple(sweep.clauses))


def _covering(text: str, articles: Sequence[Article]) -> list[Article]:
    ordered = sorted(articles, key=lambda one: one.start) or [Article("main", 0, len(text))]
    starts = [0, *(one.start for one in ordered[1:]), len(text)]
    return [Article(one.name, starts[at], starts[at + 1]) for at, one in enumerate(ordered)]


class _Sweep:
    """Collects the structure of one text, article by article."""

    def __init__(self, text: str, join: bool) -> None:
        self.text, self.join = text, join
        self.sections: list[Section] = []
        self.sentences: list[Sentence] = []
        self.clauses: list[Clause] = []

    def read(self, article: Article) -> None:
        """Read one article."""
        lines = split_lines(self.text, article.start, article.end)
        stack: list[int] = []
        untils: dict[int, int] = {}
        last = article.start
        for item in _items(lines):
            while stack and untils.get(stack[-1], item.start + 1) <= item.start:
                self._close(stack.pop(), last)
            section = stack[-1] if stack else None
            if isinstance(item, _Body):
                self._add_body(item, section)
                last = item.end
                continue
            while stack and self.sections[stack[-1]].level >= item.level:
                self._close(stack.pop(), last)
            stack.append(self._open(item, stack[-1] if stack else None, article.name))
            if item.until is not None:
                untils[stack[-1]] = item.until
            last = item.heading_end
        while stack:
            self._close(stack.pop(), last)

    def _open(self, node: _Node, parent: int | None, article: str) -> int:
        above = "" if parent is None else self.sections[parent].path
        path = "/".join(part for part in (above, bare(node.enumerator)) if part)
        self.sections.append(
            Section(node.start, node.heading_end, node.heading_end, node.level, node.enumerator,
                    parent, path, article, node.kind)
        )  # fmt: skip
        return len(self.sections) - 1

    def _close(self, section: int, end: int) -> None:
        self.sections[section] = replace(self.sections[section], end=end)

    def _add_body(self, body: _Body, section: int | None) -> None:
        if body.row:
            self.clauses.append(Clause(body.start, body.end, len(self.sentences), section, "table_row"))
            self.sentences.append(Sentence(body.start, body.end, section))
            return
        for bounds in scan(self.text, body.start, body.end):
            number = len(self.sentences)
            self.sentences.append(Sentence(bounds[0], bounds[-1], section))
            if self.join and len(bounds) > 2:
                bounds = join_stretches(self.text, bounds)
            for start, end in zip(bounds, bounds[1:], strict=False):
                self.clauses.append(Clause(start, end, number, section))


def _items(lines: list[Line]) -> list[_Node | _Body]:
    """Return the headings and bodies of an article in order, with levels."""
    grids = find_grids(lines)
    headings = find_headings(lines, grids)
    levels = _levels(lines, headings)
    items: list[_Node | _Body] = []
    at = level = 0
    while at < len(lines):
        line = lines[at]
        if at in headings:
            heading, level = headings[at], levels[at]
            kind = "caption" if heading.kind == "caption" else "heading"
            # What follows the caption of a figure is not about it.
            until = heading.end if kind == "caption" and "图" in line.enumerator else None
            enumerator = line.enumerator if heading.kind in KINDS else ""
            items.append(_Node(line.start, heading.end, level, enumerator, kind, until))
            at += heading.lines
            if heading.end < lines[at - 1].end:
                items.append(_Body(heading.end, lines[at - 1].end))
        elif at in grids:
            items += _table(lines, grids[at], level + 1)
            at = grids[at].end
        else:
            items.append(_Body(line.start, line.end))
            at += 1
    return items


def _levels(lines: list[Line], headings: dict[int, Heading]) -> dict[int, int]:
    """Return the level of each heading by the index of its first line."""
    found = sorted(headings)
    if not found:
        return {}
    marks: list[Mark] = []
    for at, after in zip(found, [*found[1:], len(lines)], strict=True):
        one, last = headings[at], lines[at + headings[at].lines - 1]
        box = lines[at].enumerator.startswith("专")
        bare_heading = at + one.lines == after and one.end == last.end
        marks.append(Mark(one.kind, lines[at].ordinal if one.kind in KINDS else 0, bare_heading, box))
    return dict(zip(found, infer_levels(marks), strict=True))


def _table(lines: list[Line], grid: Grid, level: int) -> list[_Node | _Body]:
    """Return caption, header row and rows of a table; the sections they open end with it."""
    until = lines[grid.end - 1].end
    items: list[_Node | _Body] = []
    if grid.caption is not None:
        line = lines[grid.caption]
        items.append(_Node(line.start, line.end, level, line.enumerator, "caption", until))
        level += 1
    if grid.header is not None:
        first, last = lines[grid.header[0]], lines[grid.header[1] - 1]
        items.append(_Node(first.start, last.end, level, "", "table_header", until))
    items += [_Body(lines[low].start, lines[high - 1].end, row=True) for low, high in grid.rows]
    return items
