"""Marks inside the text that are no text: Markdown, HTML remains, continuation marks of newspapers."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.records import Furniture, Hint

CONTINUATION = re.compile(
    r"[（(]\s*紧?(?:上接|下转|紧接)[^（）()\n]{1,16}[）)]"
    r"|^[ \t\u3000]*(?:上接|下转|紧接)\s*第?\s*\w{1,4}\s*版[ \t\u3000]*$",
    re.M,
)
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff\ue5e5]+")
# Kinds of hints over stretches that the format itself tells from the text.
FURNITURE_HINTS = frozenset({"contents", "navigation", "note", "running_head", "footnote_mark", "ruby"})
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n.*?\n-{3,}[ \t]*(?=\r?\n|\Z)", re.S)
_HEADING = re.compile(r"^#{1,6}\s", re.M)
_MARKDOWN = re.compile(
    r"""<!--.*?-->                              # comments
      | <details>(?:(?!</details>).)*?目\s*录.*?</details>   # a folded table of contents
      | </?[a-zA-Z][^<>\n]{0,200}>              # tags
      | !\[[^\]\n]*\]\([^)\n]*\)                # images
      | \[\^[^\]\s]{1,8}\]:?                    # footnote marks
      | (?<=\])\([^)\s]*\) | \[(?=[^\]\n]*\]\()  | (?<=.)\](?=\([^)\s]*\))   # links: the text stays
      | ^[ \t]*(?:>[ \t]?)+(?:[-*+][ \t]+)?     # quotes
      | ^[ \t]*\#{1,6}(?=\s) | ^[ \t]*[-*+][ \t]+(?=\S)
      | ^[ \t]*(?:\|[ \t]*)?:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*(?:\|[ \t]*)?$   # rules, table heads
      | ^[ \t]*\*(?:[ \t]*\*){2,}[ \t]*$
      | \*{2,3} | \\(?=[*_\#>\[\]\-.~]) | ^-->$
    """,
    re.X | re.S | re.M,
)  # fmt: skip


def is_markdown(source: str, name: str) -> bool:
    """Tell whether the source is Markdown: by front matter, by at least two headings, or by its name."""
    return (
        name.lower().endswith((".md", ".markdown"))
        or _FRONT_MATTER.match(source) is not None
        or len(_HEADING.findall(source[:20_000])) > 1
    )


def find_marks(source: str, name: str, hints: tuple[Hint, ...] = ()) -> tuple[list[Furniture], set[int]]:
    """Find the marks of a source.

    Args:
        source: Decoded source.
        name: The file's name.
        hints: Of the format; some say themselves that a stretch is no text.

    Returns:
        Marks, sorted and not overlapping, and the starts of those that begin another article.
    """
    continuations = list(CONTINUATION.finditer(source)) if "上接" in source or "下转" in source else []
    marks = [Furniture(*one.span(), "continuation") for one in continuations]
    marks += [Furniture(*one.span(), "invisible") for one in _INVISIBLE.finditer(source)]
    marks += [Furniture(one.start, one.end, one.kind) for one in hints if one.kind in FURNITURE_HINTS]
    if is_markdown(source, name):
        front = _FRONT_MATTER.match(source)
        body = front.end() if front else 0
        marks += [Furniture(*front.span(), "front_matter")] if front else []
        found = (one for one in _MARKDOWN.finditer(source, body) if one.end() > one.start())
        marks += [Furniture(*one.span(), _reason(one.group())) for one in found]
    return disjoint(marks), _new_articles(continuations)


def _reason(mark: str) -> str:
    return "footnote_mark" if mark.startswith("[^") else "contents" if mark.startswith("<details>") else "markup"


def _new_articles(continuations: list[re.Match[str]]) -> set[int]:
    """Return the starts of marks that name a page which an article before already went on from.

    An article goes on from a page once, so the second （上接第1版） belongs to another article. A mark that
    another one (下转) sends to is the same article's.
    """
    seen: set[str] = set()
    found: set[int] = set()
    sent = False
    for one in continuations:
        if "下转" in one.group():
            sent = True
            continue
        page = re.sub(r"\W|[上接第版]", "", one.group())
        if page in seen and not sent:
            found.add(one.start())
        seen.add(page)
        sent = False
    return found


def disjoint(marks: list[Furniture]) -> list[Furniture]:
    """Sort marks; where two overlap, the first one takes in the other."""
    found: list[Furniture] = []
    for one in sorted(marks, key=lambda one: (one.start, one.end)):
        if found and one.start < found[-1].end:
            found[-1] = replace(found[-1], end=max(one.end, found[-1].end))
        else:
            found.append(one)
    return found
