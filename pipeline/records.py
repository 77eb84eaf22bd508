"""The plain data types that the layers hand to each other, for one document at a time.

Offsets are half-open and count Unicode code points. `start, end` point into the canonical text;
`source_spans` are pairs into the decoded source.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field

Span = tuple[int, int]


def make_id(kind: str, sha256: str, start: int, end: int) -> str:
    """Return a stable, citable id: a letter for the kind and 16 hex digits of a hash.

    Args:
        kind: `section`, `sentence`, `clause` or `quantity`.
        sha256: Hex digest of the source file's bytes.
        start: Start of the span in the canonical text.
        end: End of the span in the canonical text.
    """
    digest = hashlib.sha256(f"{sha256}:{kind}:{start}:{end}".encode()).hexdigest()
    return f"{kind[:2]}{digest[:16]}"


@dataclass(frozen=True, slots=True)
class SourceMap:
    """Where each stretch of the canonical text stands in the decoded source.

    Attributes:
        runs: `(canonical_start, source_start, length)`, sorted by canonical_start, not overlapping.
            Canonical characters in no run (line breaks put in between paragraphs) have no source.
    """

    runs: tuple[tuple[int, int, int], ...]

    def spans(self, start: int, end: int) -> list[list[int]]:
        """Return the source spans of canonical `[start, end)`, in reading order, touching ones merged.

        >>> SourceMap(((0, 10, 5), (5, 30, 5))).spans(3, 7)
        [[13, 15], [30, 32]]
        """
        found: list[list[int]] = []
        first = max(0, bisect_right(self.runs, (start, 1 << 60, 0)) - 1)
        for canonical, source, length in self.runs[first:]:
            if canonical >= end:
                break
            low, high = max(start, canonical), min(end, canonical + length)
            if low >= high:
                continue
            span = [source + low - canonical, source + high - canonical]
            if found and found[-1][1] == span[0]:
                found[-1][1] = span[1]
            else:
                found.append(span)
        return found


@dataclass(frozen=True, slots=True)
class Article:
    """One continuous text with one author and purpose; `name` is `main`, `proposal`, `explanation` ..."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hint:
    """What a file's format says of a stretch of its text, beyond the characters.

    Attributes:
        kind: `heading` (a styled or tagged heading; level 1 to 9, 0 where only bold type or its place in the
            middle sets it off), `bold` (a bold run), `row_span` and `column_span` (a merged table cell; level is
            the number of rows or columns it covers), `header_cell` (a cell of a table's header),
            `doubtful` (two extractors disagree on this page). In an extracted source also what is left out of the
            text: `navigation` (what a web page shows around it), `hidden` (what it does not show),
            `front_matter` (what a file says of itself), `footnote` (a footnote mark).
        start: Start of the stretch.
        end: End of the stretch.
        level: As the kind says, else 0.
    """

    kind: str
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of the source that is no text: source `[start, end)` and why it was left out.

    `reason` is one of `front_matter`, `markup`, `page_number`, `running_head`, `contents`, `navigation`, `hidden`,
    `editor`, `continuation`, `footnote_mark`.
    """

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Repair:
    """A place where print broke the text, and what was read on there.

    Attributes:
        kind: `join` (a piece goes on with another one), `split` (a paragraph was two pieces glued together).
        left: Source offset where the piece before the join ends.
        right: Source offset where the piece after the join starts.
        quote: The last and first characters of the two, parted by `|`: `力争通|过五年`.
        score: Score of the join in bits; the higher, the surer.
        runner_up: Source offset of the next best piece, or None where there is none.
        runner_up_quote: As `quote`, of the runner-up; empty without one.
        margin: Score minus the runner-up's, in bits; None without one.
        applied: False where the evidence was weak and the text was left as it stands.
        source: `model`, or `override` (the YAML file beside the document).
    """

    kind: str
    left: int
    right: int
    quote: str
    score: float
    runner_up: int | None
    runner_up_quote: str
    margin: float | None
    applied: bool
    source: str = "model"


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as read: the decoded source, the canonical text and the way back.

    Attributes:
        source: Text right after decoding or extraction, unchanged.
        text: Canonical text: source characters in reading order without furniture, one paragraph a
            line, lines of a paragraph rejoined, displaced pieces put back.
        source_map: Runs from text to source.
        articles: In the order of `text`, covering it (but for line breaks between them).
        furniture: What of the source is in no run, with the reason, sorted.
        encoding: `utf-8`, `gb18030`, ... ; `pdf`, `docx` for formats with their own text.
        warnings: One plain English sentence each.
        hints: What the format says of stretches of `text` (canonical offsets), sorted.
        repairs: Where print was broken, sorted by `left`.
        script: `simplified` or `traditional`.
    """

    source: str
    text: str
    source_map: SourceMap
    articles: tuple[Article, ...]
    furniture: tuple[Furniture, ...] = ()
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()
    hints: tuple[Hint, ...] = ()
    repairs: tuple[Repair, ...] = ()
    script: str = "simplified"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    Attributes:
        start: Start of the heading.
        heading_end: End of the heading; `text[start:heading_end]` is the heading as printed.
        end: End of the whole section.
        level: 0 for a document title, 1 for the highest enumerated level, and so on.
        enumerator: `第三章`, `一、`, `（一）`, `11.`; empty for a heading without one.
        parent: Index of the enclosing section in the document's list, or None.
        path: Enumerators without punctuation from the top, `四/11`.
        article: Name of the article.
        kind: `heading`, `caption` or `table_header`.
    """

    start: int
    heading_end: int
    end: int
    level: int
    enumerator: str
    parent: int | None
    path: str
    article: str
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `section` is the index of the innermost section, or None."""

    start: int
    end: int
    section: int | None


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause; `sentence` and `section` are indices into the document's lists.

    `kind` is `clause` or `table_row`.
    """

    start: int
    end: int
    sentence: int
    section: int | None
    kind: str = "clause"


@dataclass(frozen=True, slots=True)
class Structure:
    """The sections, sentences and clauses of one canonical text, each sorted by start."""

    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    clauses: tuple[Clause, ...]

    def heading_path(self, text: str, section: int | None) -> list[str]:
        """Return the headings that enclose a section, outermost first, its own last."""
        found: list[str] = []
        while section is not None:
            one = self.sections[section]
            found.append(text[one.start : one.heading_end].strip())
            section = one.parent
        return found[::-1]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a field of a quantity was read: canonical `[start, end)`."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number or bound of the text, read by the rules of the guidelines, section 3.

    Attributes:
        start: Start of the quote in the canonical text.
        end: End of the quote.
        clause: Index of the clause.
        indicator: The thing measured, as written, or None.
        indicator_id: Id in the indicator codebook, or None.
        value_min: Lower bound in `unit` (multipliers such as 万 and 亿 multiplied out), or None.
        value_max: Upper bound, or None; exact values have both equal.
        comparator: eq, ge, le, gt, lt, approx, range.
        unit: As written without multiplier; `times`, `rank`, `%`; or None.
        unit_id: Normalised unit (`CNY`, `kg`, `km`, `ha`, `persons` ...), or None where unknown.
        value_min_si: value_min in the base unit of `unit_id`.
        value_max_si: value_max in the base unit of `unit_id`.
        measure: level, increase, decrease, growth_rate, share, multiple, count, coverage, rank, duration,
            configuration, benchmark.
        aggregation: annual_average, cumulative, end_of_period, single_year or None.
        denominator: What a ratio is per (`每千人`, `万元GDP`), or None.
        baseline_value: Value that the change starts from, or None.
        baseline_year: Year of that value, or None.
        deadline: Year by which, or None.
        deadline_source: stated, section, plan_period or None.
        status: commitment, achieved, projection or context.
        force: binding, expected, planned, striving or None.
        actor: Who undertakes it, where the text names one, or None.
        evidence: Where each field was read.
        rule: Name of the rule that read it.
    """

    start: int
    end: int
    clause: int
    indicator: str | None
    value_min: float | None
    value_max: float | None
    comparator: str
    unit: str | None
    measure: str
    status: str
    rule: str
    indicator_id: str | None = None
    unit_id: str | None = None
    value_min_si: float | None = None
    value_max_si: float | None = None
    aggregation: str | None = None
    denominator: str | None = None
    baseline_value: float | None = None
    baseline_year: int | None = None
    deadline: int | None = None
    deadline_source: str | None = None
    force: str | None = None
    actor: str | None = None
    evidence: tuple[Evidence, ...] = field(default=())
