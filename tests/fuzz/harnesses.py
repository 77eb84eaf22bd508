"""The harnesses: each makes an input of bytes and checks what the reader does with it.

A harness is a plain function of bytes, so that `bench/fuzz.py` hands it what a coverage-guided fuzzer finds, and
`test_fuzz.py` what hypothesis draws. `build` alone makes the input, for keeping it as a case.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fuzz_archives import archive_file, check_archive
from fuzz_checks import check_read
from fuzz_docx import docx_file
from fuzz_draw import Draw
from fuzz_pdf import pdf_file
from fuzz_structure import check_given, given
from fuzz_text import markup_file, text_file


@dataclass(frozen=True)
class Harness:
    """A way into the reader.

    Attributes:
        build: Makes the arguments of `check` of choices.
        check: Raises what breaks.
        modules: What it is to reach, by their names.
        deep: Functions that only inputs reach that pass all earlier checks.
        share: Share of the functions of the modules that the run of the tests reaches at least.
    """

    build: Callable[[Draw], tuple[Any, ...]]
    check: Callable[..., Any]
    modules: tuple[str, ...]
    deep: frozenset[str]
    share: float = 0.9

    def __call__(self, data: bytes) -> object:
        """Make an input of bytes and check it."""
        return self.check(*self.build(Draw(data)))


def _deep(module: str, *functions: str) -> set[str]:
    return {f"{module}:{one}" for one in functions}


HARNESSES = {
    "text": Harness(
        text_file,
        check_read,
        (
            *(f"reading.{one}" for one in ("decoding", "evidence", "mixed", "lines", "furniture", "marks", "pages")),
            *(f"reading.{one}" for one in ("contents", "navigation", "notes", "footnotes", "wrapping", "titles")),
            *(f"reading.{one}" for one in ("canonical", "layout", "cohesion", "ordering", "columns")),
        ),
        frozenset(
            _deep("reading.pages", "_are_pages", "a_page_apart", "_breaks", "_least_repeats")
            | _deep("reading.contents", "split_entries", "_before_prose", "_top")
            | _deep("reading.mixed", "decode_lines", "_decode_line")
            | _deep("reading.titles", "Titles.go_on")
            | _deep("reading.wrapping", "_join_notes", "_bridges_gap", "_chapter_goes_on", "_splits_figure")
            | _deep("reading.canonical", "_pieces", "_is_split_word")
        ),
    ),
    "markup": Harness(
        markup_file,
        check_read,
        ("reading.html.*", "reading.marks", "reading.front_matter", "reading.hints"),
        frozenset(
            _deep("reading.marks", "_hints")
            | _deep("reading.html.tables", "Table.rows", "_cell_line")
            | _deep("reading.html.tree", "_Builder._end_inline", "_Builder._to_row", "_Builder._end_item")
        ),
    ),
    "docx": Harness(
        docx_file,
        check_read,
        ("reading.docx.*", "reading.hints"),
        frozenset(
            _deep("reading.docx.numerals", "numeral", "_counted")
            | _deep("reading.docx.numbering", "_count", "_restarts", "_level_of_style")
            | _deep("reading.docx.tables", "_row_lines", "_depths", "_placed", "_line")
            | _deep("reading.docx.fields", "_shown", "Fields.step")
            | _deep("reading.docx.extraction", "_Parts.notes", "_Parts.heads", "_whole_contents")
            | _deep("reading.docx.package", "_recovered")
        ),
    ),
    "pdf": Harness(
        pdf_file,
        check_read,
        ("reading.pdf.*",),
        frozenset(
            _deep("reading.pdf.columns", "_best_river")
            | _deep("reading.pdf.tables", "_table_rows", "_cell_text", "_grid")
            | _deep("reading.pdf.doubt", "disagreement", "_place", "_quality")
            | _deep("reading.pdf.paragraphs", "_goes_on", "_is_title")
            | _deep("reading.pdf.edges", "_furniture")
        ),
    ),
    "structure": Harness(
        lambda draw: (given(draw),),
        check_given,
        ("structure.*",),
        frozenset(
            _deep("structure.levels", "_rank_over", "_styled_ranks", "_nesting")
            | _deep("structure.flattened", "read_flat", "read_headless", "_cheapest", "_aligned")
            | _deep("structure.barred", "_carry_down", "header_rows")
            | _deep("structure.clauses", "features")
            | _deep("structure.row_cells", "RowReader._begin_parts", "RowReader._values")
            | _deep("structure.numbering", "_fault")
            | _deep("structure.figures", "_bounds", "_number")
        ),
    ),
    "archives": Harness(
        archive_file,
        check_archive,
        ("corpus.archives", "corpus.names"),
        frozenset(
            _deep("corpus.archives", "_tar_members", "_zip_content", "_inflate", "_sort_in", "_check_apart")
            | _deep("corpus.names", "parts_of", "_is_utf8", "tar_name")
        ),
    ),
}
