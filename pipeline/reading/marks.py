"""Marks inside the text that are no text: Markdown, HTML remains, continuation marks of newspapers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.reading.front_matter import FRONT_MATTER
from pipeline.reading.hints import Extraction, left_out
from pipeline.records import Furniture, Hint

CONTINUATION = re.compile(
    r"[（(]\s*紧?(?:上接|下转|紧接)[^（）()\n]{1,16}[）)]"
    r"|^[ \t\u3000]*(?:上接|下转|紧接)\s*第?\s*\w{1,4}\s*版[ \t\u3000]*$",
    re.M,
)
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff\ue5e5]+")
_HEADING = re.compile(
    r"^[ ]{0,3}(#{1,6})[ \t]+([^\s#].*?)[ \t]*(?:[ \t]#+[ \t]*)?\r?$|^([^\s=|>#].*)\n=+[ \t]*\r?$", re.M
)
_BOLD = re.compile(r"(?<![*\\])\*\*(?![*\s])([^*\n]+)(?<![\s\\])\*\*(?!\*)")
_HEADING_MARK = re.compile(r"^#{1,6}\s", re.M)
_HEAD = 20_000
_MAX_HEADING = 40
_AROUND = " \t\u3000*#>"
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
      | ^=+[ \t]*$                              # the rule below a heading
      | (?<=[ \t])\#+[ \t]*$
      | \*{2,3} | \\(?=[*_\#>\[\]\-.~]) | ^-->$
    """,
    re.X | re.S | re.M,
)  # fmt: skip


def is_markdown(source: str, name: str) -> bool:
    """Tell whether the source is Markdown: by front matter, by at least two headings, or by its name."""
    return (
        name.lower().endswith((".md", ".markdown"))
        or FRONT_MATTER.match(source[:_HEAD]) is not None
        or len(_HEADING_MARK.findall(source[:_HEAD])) > 1
    )


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a source.

    Attributes:
        furniture: What is left out of the text for them, sorted and not overlapping.
        continuations: Starts of those that begin another article.
        hints: What Markdown says of stretches of the source: headings and bold runs; offsets into the source.
    """

    furniture: list[Furniture]
    continuations: set[int]
    hints: tuple[Hint, ...] = ()


def find_marks(found: Extraction, name: str) -> Marks:
    """Find the marks of a source, and what the hints of its format leave out.

    Args:
        found: The text as extracted.
        name: The file's name; its suffix may say that it holds Markdown.
    """
    source = found.source
    continuations = list(CONTINUATION.finditer(source)) if "上接" in source or "下转" in source else []
    marks = [Furniture(*one.span(), "continuation") for one in continuations] + left_out(found.hints)
    marks += [Furniture(*one.span(), "invisible") for one in _INVISIBLE.finditer(source)]
    hints: tuple[Hint, ...] = ()
    if found.format == "text" and is_markdown(source, name):
        front = FRONT_MATTER.match(source)
        body = front.end() if front else 0
        marks += [Furniture(*front.span(), "front_matter")] if front else []
        each = (one for one in _MARKDOWN.finditer(source, body) if one.end() > one.start())
        marks += [Furniture(*one.span(), _reason(one.group())) for one in each]
        hints = _hints(source, body)
    return Marks(disjoint(marks), _new_articles(continuations), hints)


def _hints(source: str, body: int) -> tuple[Hint, ...]:
    """Return headings with their levels and bold runs; a short line all in bold type is a heading of level 0."""
    found: list[Hint] = []
    for one in _HEADING.finditer(source, body):
        group = 2 if one[1] else 3
        found.append(Hint("heading", one.start(group), one.end(group), len(one[1]) if one[1] else 1))
    tagged = {one.end for one in found}
    for one in _BOLD.finditer(source, body):
        start, end = source.rfind("\n", 0, one.start()) + 1, source.find("\n", one.end())
        line = source[start : end if end >= 0 else len(source)].rstrip()
        alone = (
            len(line) <= _MAX_HEADING and line.strip(_AROUND) == one[1].strip() and one[1][-1:] not in "。；，：！？"
        )
        if start + len(line) not in tagged:
            found.append(Hint("heading" if alone else "bold", one.start(1), one.end(1)))
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.kind)))


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
