"""Canonical texts with hints of any kind in any place, parsed to their structure."""

from __future__ import annotations

from typing import NamedTuple

from fuzz_checks import check_structure, in_time
from fuzz_draw import Draw
from fuzz_words import ENUMERATORS, FURNITURE, PROSE, TABLES, TITLES, piece, table
from reading_checks import story

from pipeline.records import Article, Hint, Structure

_KINDS = ("heading", "heading", "heading", "bold", "title", "row_span", "column_span", "header_cell", "doubtful")


class Given(NamedTuple):
    """What is parsed."""

    text: str
    articles: tuple[Article, ...]
    hints: tuple[Hint, ...]
    contents: tuple[str, ...]


def given(draw: Draw) -> Given:
    """Return a text of lines as reading leaves them, with articles, hints and a table of contents."""
    contents = tuple(draw.choice((*FURNITURE, *TITLES)) for _ in range(draw.below(4)))
    seed, n_hints, n_articles = draw.rest(), 0, 0
    if seed:
        n_hints, n_articles = seed[0] % 24, seed[-1] % 4
    body, more = Draw(seed[: len(seed) * 2 // 3]), Draw(seed[len(seed) * 2 // 3 :])
    lines: list[str] = []
    while body.left > 2:
        lines += _line(body).split("\n")
    text = "\n".join(lines)[:40_000]
    edges = sorted({more.below(len(text) + 1) for _ in range(n_articles)})
    articles = tuple(
        Article(f"part{n}", low, high) for n, (low, high) in enumerate(zip(edges, edges[1:], strict=False))
    )
    hints = [_hint(text, more) for _ in range(n_hints if text else 0)]
    return Given(text, articles, tuple(sorted(hints, key=lambda one: (one.start, one.end, one.kind))), contents)


def _line(draw: Draw) -> str:
    kind = draw.below(10)
    if kind < 2:
        return draw.choice(ENUMERATORS) + draw.choice(TITLES)
    if kind == 2:
        return draw.choice(ENUMERATORS) + draw.choice(TITLES) + "。" + story(draw.below(5), draw.below(256))
    if kind == 3:
        return table(draw)
    if kind == 4:
        return draw.choice(TABLES)
    if kind == 5:
        return "".join(draw.choice(PROSE) for _ in range(draw.below(12)))
    if kind == 6:
        return "，".join(story(1, draw.below(256)) for _ in range(draw.below(9)))
    if kind == 7:
        return "\n".join(draw.choice(TABLES[6:]) for _ in range(draw.below(40)))
    return piece(draw)


def _hint(text: str, draw: Draw) -> Hint:
    """Return a hint, mostly over a whole line."""
    start = draw.below(len(text))
    end = min(len(text), start + draw.below(40) + 1)
    if not draw.one_in(4):
        start = text.rfind("\n", 0, start) + 1
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
    start = min(start, len(text) - 1)
    return Hint(draw.choice(_KINDS), start, max(start + 1, end), draw.below(12))


def check_given(one: Given) -> Structure:
    """Parse a text and check its structure."""
    with in_time():
        return check_structure(one.text, one.articles, one.hints, one.contents)
