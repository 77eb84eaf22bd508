"""Which lines of an article are headings, and how far each heading reaches."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.records import Hint
from pipeline.structure.grids import Grid
from pipeline.structure.outline import STRONG, Line
from pipeline.structure.sentences import first_stop

_STOP = re.compile(r"[。！？!?；;]")
_OPEN_END = re.compile(r"[，,、：:；;]$")
_TITLE_END = re.compile(
    r"(?:规划|计划|纲要|建议|报告|说明|决定|意见|通知|公报|草案|要点|方案|摘要)\s*(?:[（(].{1,20}[）)])?$"
)
_TITLE_PART = re.compile(r"国民经济|社会发展|政府|规划|计划|关于|报告|人民")
_BYLINE = re.compile(
    r"[（(—–―-].*|新华社.*|.*(?:市长|省长|主席|州长|区长|县长|盟长|专员|总理|主任|书记)\s*\S{0,12}"
    r"|.*[〔\[]\d{4}[〕\]].*|.*[年月]\d{1,2}日\S{0,2}|.{0,8}\d{4}年\d{1,2}月|[\d\s.,%—-]+|.*(?:人民政府|办公厅)"
    r"|.*代表大会.*(?:会议|通过|批准).*|.*届$|来源.*|发布.*|索引号.*|目\s*录|.*→.*"
)
_FIGURE = re.compile(r"\d(?:\.\d+)?\s*(?:%|％|[万亿]|元|家|个|公里|亩|吨|人)")
_ISSUER = re.compile(r"[\u4e00-\u9fff]{2,12}(?:人民政府|委员会)(?:办公[厅室])?")
_BACK = re.compile(
    r"(?:有关|相关|主要)?(?:名\s*词|术语)(?:术语)?\s*(?:解\s*释|说\s*明)|附\s*[表图录件]|注\s*释|编制说明|后\s*记"
)
_RUN_IN_END, _RUN_IN_STOP = re.compile(r"[。：:！]"), re.compile(r"[。：:！]$")
_INNER_COLON, _CLOSED = re.compile("[：:]."), re.compile("[。！？!?：:][”’」』）)]*$")
_MODIFIER = re.compile(r"[的和与及]$")
_DASHES = re.compile(r"[—–―－-]{1,4}\s*")
_NOUN_TITLE = re.compile(r"[^，,、。]{1,8}(?:产业|行业|工业|方面|领域|工程|板块|集群|经济|农业|服务业|业)[。：:]?")
_PREDICATE = re.compile(r"[发展壮推进建设实施加快培育做强提升增完善优化转型]{2}")
_MAX_TITLE, _MAX_RUN_IN, _MAX_PLAIN, _MAX_STRONG = 80, 45, 40, 90
_MAX_STRONG_RUN_IN = 60
_MIN_PARAGRAPH, _FULL_LINE, _MAX_BOXED = 25, 22, 80


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found.

    Attributes:
        line: Index of its first line.
        lines: Number of lines it takes; the last one may hold more than the heading.
        end: End of the heading in the canonical text.
        kind: `title`, `plain`, `dashed`, `run_in` (a bold title that opens a paragraph) or a key of outline.KINDS.
        styled: Level that the file's format gives it, 0 where it gives none.
    """

    line: int
    lines: int
    end: int
    kind: str
    styled: int = 0


def find_headings(lines: list[Line], grids: dict[int, Grid], hints: Sequence[Hint] = ()) -> dict[int, Heading]:
    """Return the headings of an article by the index of their first line.

    Args:
        lines: Lines of the article.
        grids: Its tables; their lines are none of the headings found here.
        hints: What the format says of stretches of the text, sorted by start.
    """
    styles, bolds = _styles(lines, hints)
    taken = {at for first, grid in grids.items() for at in range(first, grid.end)}
    found = _titles(lines, taken)
    at = 0
    while at < len(lines):
        if at in found:
            at += found[at].lines
            continue
        heading = None if at in taken else _heading(lines, at, taken) or _styled(lines, at, styles, bolds)
        if heading is not None:
            found[at] = heading
        at += heading.lines if heading else 1
    _drop_list_items(lines, found, taken)
    return {at: replace(one, styled=styles.get(at, 0)) if at in styles else one for at, one in found.items()}


def _styles(lines: list[Line], hints: Sequence[Hint]) -> tuple[dict[int, int], dict[int, int]]:
    """Return the levels of the lines styled as headings, and the ends of bold runs that open a line, by its index."""
    if not hints:
        return {}, {}
    starts = [line.start for line in lines]
    styles: dict[int, int] = {}
    bolds: dict[int, int] = {}
    for one in hints:
        at = bisect_right(starts, one.start) - 1
        if at < 0 or one.start > lines[at].start + 1:
            continue
        if one.kind == "heading" and one.end >= lines[at].end - 1:
            styles[at] = one.level
        elif one.kind == "bold" and one.end < lines[at].end:
            bolds[at] = max(one.end, bolds.get(at, 0))
    return styles, bolds


def _styled(lines: list[Line], at: int, styles: dict[int, int], bolds: dict[int, int]) -> Heading | None:
    """Judge a line that only its style makes a heading, or a paragraph that opens with a bold title."""
    line = lines[at]
    if at in styles:
        short = len(line.text) <= _MAX_TITLE and not _STOP.search(line.text) and not _OPEN_END.search(line.text)
        return Heading(at, 1, line.end, "plain") if short and not _BYLINE.fullmatch(line.text) else None
    if at not in bolds or line.kind:
        return None
    title = line.text[: bolds[at] - line.start]
    stop = _RUN_IN_END.match(line.text, len(title)) if not _RUN_IN_END.search(title) else None
    end = line.start + (stop.end() if stop else len(title))
    closed = stop is not None or _RUN_IN_STOP.search(title) is not None
    if not closed or len(title) > _MAX_RUN_IN or _STOP.search(title[:-1]) or _FIGURE.search(title) or end >= line.end:
        return None
    return Heading(at, 1, end, "run_in")


def _drop_list_items(lines: list[Line], found: dict[int, Heading], taken: set[int]) -> None:
    """Take back sentences of numbered lists: in a run of numbers most lines are headings or none is."""
    open_runs: dict[str, list[int]] = {}
    runs: list[list[int]] = []
    for at, line in enumerate(lines):
        if not line.kind or at in taken:
            continue
        run = open_runs.get(line.kind)
        if run is None or line.ordinal <= lines[run[-1]].ordinal:
            run = open_runs[line.kind] = []
            runs.append(run)
        run.append(at)
    for run in runs:
        headings = [at for at in run if at in found]
        if len(headings) * 2 < len(run):
            for at in headings:
                if _STOP.search(lines[at].text):
                    del found[at]


def _titles(lines: list[Line], taken: set[int]) -> dict[int, Heading]:
    """Find the titles of the document: lines above the first enumerated line or first paragraphs."""
    found: dict[int, Heading] = {}
    paragraphs, begun = 0, None
    for at, line in enumerate(lines):
        if line.kind or at in taken or paragraphs > 3:
            break
        if _STOP.search(line.text) or len(line.text) > _MAX_TITLE or _OPEN_END.search(line.text):
            paragraphs += 1
            begun = None
        elif _TITLE_END.search(line.text):
            first = at if begun is None else begun
            if first and lines[first].text.startswith("关于") and _ISSUER.fullmatch(lines[first - 1].text):
                first -= 1
            found[first] = Heading(first, at - first + 1, line.end, "title")
            begun = None
        elif _BYLINE.fullmatch(line.text) and begun is None:
            continue
        elif _TITLE_PART.search(line.text):
            begun = at if begun is None else begun
            if at - begun > 2:
                begun = None
        else:
            begun = None
    return found


def _heading(lines: list[Line], at: int, taken: set[int]) -> Heading | None:
    line = lines[at]
    if line.kind == "caption":
        return _caption(lines, at)
    if line.kind:
        return _enumerated(lines, at, taken)
    if _DASHES.match(line.text):
        return _dashed(line, at)
    return _plain(lines, at, taken)


def _caption(lines: list[Line], at: int) -> Heading | None:
    line = lines[at]
    if _STOP.search(line.text) or _OPEN_END.search(line.text) or len(line.text) > _MAX_RUN_IN + 15:
        return None
    return Heading(at, 1, line.end, "caption")


def _enumerated(lines: list[Line], at: int, taken: set[int]) -> Heading | None:
    """Judge a line that opens with an enumerator; its first sentence may be a short title."""
    line = lines[at]
    stop = first_stop(line.text)
    title = line.text[:stop]
    strong = line.kind in STRONG
    longest = _MAX_STRONG_RUN_IN if strong else _MAX_RUN_IN
    if title[-1] in "；;，,、" or (not strong and _INNER_COLON.search(title)):
        return None
    if stop < len(line.text):
        short = len(title) <= longest and (strong or not _FIGURE.search(title))
        return Heading(at, 1, line.start + stop, line.kind) if short else None
    if _CLOSED.search(title):
        return Heading(at, 1, line.end, line.kind) if len(title) <= longest and _heads(lines, at) else None
    if len(title) > (_MAX_STRONG if strong else _MAX_RUN_IN):
        return None
    n_lines = _continued(lines, at, taken)
    if line.kind == "boxed" and n_lines == 1:
        return None
    return Heading(at, n_lines, lines[at + n_lines - 1].end, line.kind)


def _heads(lines: list[Line], at: int) -> bool:
    """Tell whether text stands under a line that ends with a stop: not so for one item of a list."""
    return at + 1 < len(lines) and lines[at + 1].kind != lines[at].kind


def _continued(lines: list[Line], at: int, taken: set[int]) -> int:
    """Count the lines of a heading that print broke: the number alone, or more title before more headings."""
    line, after = lines[at], at + 1
    if after >= len(lines) or after in taken or lines[after].kind or _STOP.search(lines[after].text):
        return 1
    longest = _MAX_BOXED if line.kind == "boxed" else _MAX_PLAIN
    if len(lines[after].text) > longest or _OPEN_END.search(lines[after].text):
        return 1
    if line.text == line.enumerator:
        return 1 if line.kind == "appendix" else 2
    if line.kind not in {"part", "chapter"} or after + 1 >= len(lines):
        return 1
    nested = lines[after + 1].kind in STRONG and lines[after + 1].kind != line.kind
    # Print broke a full line: the rest is shorter, and text follows.
    broken = len(line.text) >= _FULL_LINE > len(lines[after].text) and _STOP.search(lines[after + 1].text) is not None
    return 2 if nested or broken else 1


def _dashed(line: Line, at: int) -> Heading | None:
    """Judge a dash title: a bare noun is a heading, a title with a predicate a clause."""
    title = line.text[: first_stop(line.text)]
    name = title[_DASHES.match(title).end() :]  # type: ignore[union-attr]
    bare = _NOUN_TITLE.fullmatch(name) and not _PREDICATE.search(name)
    return Heading(at, 1, line.start + len(title), "dashed") if bare else None


def _plain(lines: list[Line], at: int, taken: set[int]) -> Heading | None:
    """Judge a line without enumerator: short, no stop, text or a further heading under it."""
    line = lines[at]
    if _BACK.fullmatch(line.text) and at + 1 < len(lines):
        return Heading(at, 1, line.end, "appendix")
    if len(line.text) > _MAX_PLAIN or _STOP.search(line.text) or _OPEN_END.search(line.text):
        return None
    if _BYLINE.fullmatch(line.text) or _MODIFIER.search(line.text) or len(line.text) < 2 or at + 1 >= len(lines):
        return None
    if at and _OPEN_END.search(lines[at - 1].text):
        return None
    below = lines[at + 1]
    paragraph = len(below.text) >= _MIN_PARAGRAPH and _STOP.search(below.text) is not None
    return Heading(at, 1, line.end, "plain") if paragraph or below.kind in STRONG else None
