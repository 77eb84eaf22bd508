"""The plain data types that the layers hand to each other, for one document at a time.

Offsets are half-open and count Unicode code points. `start, end` point into the canonical text;
`source_spans` are pairs into the decoded source.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import NamedTuple

Span = tuple[int, int]


def make_id(kind: str, sha256: str, start: int, end: int) -> str:
    """Return a stable, citable id: a letter for the kind and 16 hex digits of a hash.

    Args:
        kind: `section`, `sentence`, `clause`, `quantity`, `table` or `row`.
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
        kind: `heading` (a styled or tagged heading; level 1 to 9, 0 where only bold type or its place in the middle
            sets it off), `title` (the document's title by its style), `bold` (a bold run), `row_span` and
            `column_span` (a merged table cell; level is the number of rows or columns it covers), `header_cell` (a
            cell of a table's header), `doubtful` (two extractors disagree on this page). In an extracted source also
            what is left out of the text: `navigation` (what a web page shows around it), `hidden` (what it does not
            show), `front_matter` (what a file says of itself), `contents`, `note` (a footnote or endnote),
            `footnote_mark`, `running_head` (header or footer), `ruby` (the reading of a word).
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

    `reason` is one of `front_matter`, `markup`, `page_number`, `running_head`, `contents` (one entry each),
    `navigation`, `hidden`, `editor`, `continuation`, `footnote_mark`, `note`, `ruby`, `invisible` (control characters,
    blanks of no width).
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
        contents: Entries of the table of contents as printed, where there is one.
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
    contents: tuple[str, ...] = ()


class Section(NamedTuple):
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


class Sentence(NamedTuple):
    """A sentence; `section` is the index of the innermost section, or None."""

    start: int
    end: int
    section: int | None


class Clause(NamedTuple):
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
class CellValue:
    """A cell of a table that gives a value: `≥70`, `25—27`, `与经济增长同步`.

    Attributes:
        start: Start of the figure with its sign and approximators; of the cell where it holds no figure.
        end: End of it.
        text: The whole cell as printed, white space of broken lines taken out.
        role: `base` (where the plan starts), `target`, `change` (growth or sum over the years), `other`.
        year: Year that the column or the cell names, or None.
        value_min: Lower bound as printed, 万 and 亿 inside the cell multiplied out; None where it has none.
        value_max: Upper bound; exact values have both equal.
        comparator: eq, ge, le, gt, lt, approx, range; None where the cell holds no figure.
        unit: Unit inside the cell, without multiplier, or None.
        aggregation: `annual_average`, `cumulative` or None.
    """

    start: int
    end: int
    text: str
    role: str
    year: int | None = None
    value_min: float | None = None
    value_max: float | None = None
    comparator: str | None = None
    unit: str | None = None
    aggregation: str | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table as read.

    Attributes:
        start: Start of its first cell.
        end: End of its last cell.
        cells: What is printed in each column, from left to right; a merged cell stands in each row it covers.
        group: Label over several rows (`经济发展`), or None.
        parent: Indicator that this row is a part of (`其中：`, a merged cell), or None.
        indicator: Name of the indicator, without its unit, or None.
        indicator_span: Where the name stands, or None.
        unit: Unit from its column, from the brackets behind the name or from above the table; or None.
        values: Cells that give values, from left to right.
        attribute: `约束性` or `预期性` as printed, or None.
    """

    start: int
    end: int
    cells: tuple[str, ...]
    group: str | None = None
    parent: str | None = None
    indicator: str | None = None
    indicator_span: Span | None = None
    unit: str | None = None
    values: tuple[CellValue, ...] = ()
    attribute: str | None = None

    @property
    def force(self) -> str | None:
        """`binding` for 约束性, `expected` for 预期性, else None."""
        return {"约": "binding", "約": "binding", "预": "expected", "預": "expected"}.get((self.attribute or "")[:1])

    def value(self, role: str) -> CellValue | None:
        """Return the value of a role; of several bases the latest, else the first."""
        found = [one for one in self.values if one.role == role]
        return None if not found else found[-1] if role == "base" else found[0]


@dataclass(frozen=True, slots=True)
class TableFound:
    """A table of the text.

    Attributes:
        start: Start of its caption, header or first row.
        end: End of its last row.
        section: Index of the section that is its caption, header or, without these, holds it; or None.
        caption: As printed, or None.
        header: Label of each column, from left to right; empty without a header.
        kind: `indicator` (a column of names and one of values) or `other`.
        rows: In the order of the text.
        note: The note under it (`注：…`), or None.
    """

    start: int
    end: int
    section: int | None
    caption: str | None
    header: tuple[str, ...]
    kind: str
    rows: tuple[TableRow, ...]
    note: str | None = None


class Evidence(NamedTuple):
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
