"""The sweep through a text: sections, and the sentences and clauses that stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from pipeline.records import Article, Clause, Hint, Section, Sentence, Structure
from pipeline.structure.clauses import clause_starts
from pipeline.structure.grids import Grid, find_grids
from pipeline.structure.headings import Heading, find_headings
from pipeline.structure.levels import Mark, infer_levels
from pipeline.structure.outline import KINDS, Line, bare, split_lines
from pipeline.structure.punctuation import find_punctuation
from pipeline.structure.sentences import cut


class _Node(NamedTuple):
    """A section to be: heading, level, and where a table or figure ends it."""

    start: int
    heading_end: int
    level: int
    enumerator: str
    kind: str = "heading"
    until: int | None = None


class _Body(NamedTuple):
    """A paragraph outside headings, or a row of a table."""

    start: int
    end: int
    row: bool = False


def parse(text: str, articles: Sequence[Article], join: bool = True, hints: Sequence[Hint] = ()) -> Structure:
    """Read the structure of a canonical text.

    Args:
        text: Canonical text, one paragraph or table row a line.
        articles: In the order of the text. What stands before or between them counts to the nearest one
            above; without any, the whole text is the article `main`.
        join: Join stretches without a predicate of their own; False ends a clause at every comma.
        hints: What the file's format says of stretches of the text, sorted by start.

    Returns:
        Sections, sentences and clauses. Every character that is no white space is in one sentence or
        one heading; the clauses of a sentence cover it without gap.
    """
    sweep = _Sweep()
    for article in _covering(text, articles):
        sweep.read(_items(split_lines(text, article.start, article.end), hints), article)
    sentences, clauses = _cut_bodies(text, sweep.bodies, join)
    return Structure(tuple(sweep.sections), sentences, clauses)


def _covering(text: str, articles: Sequence[Article]) -> list[Article]:
    ordered = sorted(articles, key=lambda one: one.start) or [Article("main", 0, len(text))]
    starts = [0, *(one.start for one in ordered[1:]), len(text)]
    return [Article(one.name, starts[at], starts[at + 1]) for at, one in enumerate(ordered)]


class _Sweep:
    """Collects the sections of one text, article by article, and what stands in them."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self.bodies: list[tuple[_Body, int | None]] = []

    def read(self, items: list[_Node | _Body], article: Article) -> None:
        """Read the headings and bodies of one article."""
        stack: list[int] = []
        untils: dict[int, int] = {}
        last = article.start
        for item in items:
            while stack and untils.get(stack[-1], item.start + 1) <= item.start:
                self._close(stack.pop(), last)
            if isinstance(item, _Body):
                self.bodies.append((item, stack[-1] if stack else None))
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
        self.sections[section] = self.sections[section]._replace(end=end)


def _cut_bodies(
    text: str, bodies: list[tuple[_Body, int | None]], join: bool
) -> tuple[tuple[Sentence, ...], tuple[Clause, ...]]:
    """Cut the paragraphs into sentences and clauses; a row of a table is one of each."""
    punctuation = find_punctuation(text)
    starts = np.array([body.start for body, _ in bodies], np.int64)
    ends = np.array([body.end for body, _ in bodies], np.int64)
    rows = np.array([body.row for body, _ in bodies], bool)
    found = cut(punctuation, starts[~rows], ends[~rows])
    kept = clause_starts(text, punctuation.codes, found) if join else np.ones(len(found.commas), bool)
    sentence_starts = np.concatenate([found.sentence_starts, starts[rows]])
    order = np.argsort(sentence_starts, kind="stable")
    sentence_starts = sentence_starts[order]
    sentence_ends = np.concatenate([found.sentence_ends, ends[rows]])[order]
    body_of = np.searchsorted(starts, sentence_starts, "right") - 1
    sections = [section for _, section in bodies]
    owners = [sections[at] for at in body_of.tolist()]
    sentences = tuple(map(Sentence, sentence_starts.tolist(), sentence_ends.tolist(), owners))
    clause_at = np.sort(np.concatenate([sentence_starts, found.starts[kept]]))
    sentence_of = np.searchsorted(sentence_starts, clause_at, "right") - 1
    # A clause reaches to the next one of its sentence, or to the sentence's end.
    clause_ends = np.minimum(np.append(clause_at[1:], len(text)), sentence_ends[sentence_of])
    kinds = np.where(rows[body_of], "table_row", "clause").tolist()
    of = sentence_of.tolist()
    clauses = tuple(
        map(Clause, clause_at.tolist(), clause_ends.tolist(), of, [owners[at] for at in of], [kinds[at] for at in of])
    )
    return sentences, clauses


def _items(lines: list[Line], hints: Sequence[Hint]) -> list[_Node | _Body]:
    """Return the headings and bodies of an article in order, with levels."""
    grids = find_grids(lines)
    headings = find_headings(lines, grids, hints)
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
        ordinal = lines[at].ordinal if one.kind in KINDS else 0
        marks.append(Mark(one.kind, ordinal, bare_heading, box, one.styled))
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
