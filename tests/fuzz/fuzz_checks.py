"""What must hold of everything that was read, whatever the bytes."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from pipeline.folding import fold
from pipeline.reading import ReadingError, guessed_metadata, read
from pipeline.reading.worker import from_message, to_message
from pipeline.records import Article, Hint, Reading, Structure
from pipeline.structure import parse
from pipeline.structure.indicator_rows import read_tables
from pipeline.structure.numbering import check_contents, check_numbering

MOST_SECONDS = 10.0
"""A hundred times what the largest input of a harness should take."""


@contextmanager
def in_time() -> Iterator[None]:
    """Hold what is done inside to the time that it may take of the processor: a busy machine is no fault."""
    began = time.process_time()
    yield
    spent = time.process_time() - began
    assert spent < MOST_SECONDS, f"took {spent:.1f} s"


def check_line(error: ReadingError) -> None:
    """An error is one line that says something."""
    assert len(str(error).splitlines()) == 1
    assert str(error).strip()


def check_read(data: bytes, name: str) -> Reading | None:
    """Read a file twice, and check the reading and the structure of its text; None where it is refused in one line."""
    try:
        with in_time():
            reading = read(data, name)
    except ReadingError as error:
        check_line(error)
        return None
    if zlib.crc32(data) % 8 == 0:
        assert read(data, name) == reading
    check_reading(reading)
    guessed_metadata(name, reading)
    with in_time():
        folded = fold(reading.text, reading.script)
        assert len(folded) == len(reading.text)
        check_structure(folded, reading.articles, reading.hints, reading.contents)
    return reading


def check_reading(reading: Reading) -> None:
    """The reading loses nothing, is in order, and can be handed on."""
    reading.source.encode()
    for start, source, length in reading.source_map.runs:
        assert reading.text[start : start + length] == reading.source[source : source + length]
    runs = [(source, source + length) for _, source, length in reading.source_map.runs]
    check_cover(reading.source, runs + [(one.start, one.end) for one in reading.furniture])
    check_cover(reading.text, [(start, start + length) for start, _, length in reading.source_map.runs])
    assert "".join(reading.text.split())
    ends = [0, *(one.end for one in reading.furniture)]
    assert all(before <= one.start < one.end for before, one in zip(ends, reading.furniture, strict=False))
    for one in reading.hints:
        assert 0 <= one.start < one.end <= len(reading.text)
    assert list(reading.hints) == sorted(reading.hints, key=lambda one: (one.start, one.end, one.kind))
    edges = [edge for one in reading.articles for edge in (one.start, one.end)]
    assert edges == sorted(edges)
    assert edges[0] == 0
    assert edges[-1] == len(reading.text)
    assert all(len(one.splitlines()) == 1 for one in reading.warnings)
    assert from_message(to_message(reading)) == reading


def check_structure(
    text: str, articles: Sequence[Article], hints: Sequence[Hint] = (), contents: Sequence[str] = ()
) -> Structure:
    """Sentences and headings cover the text, clauses their sentence; sections nest; tables lie in the text."""
    structure = parse(text, articles, hints=hints)
    spans = [(one.start, one.end) for one in structure.sentences]
    check_cover(text, spans + [(one.start, one.heading_end) for one in structure.sections])
    _check_clauses(structure)
    _check_sections(structure)
    last = 0
    for table in read_tables(text, structure, hints):
        assert last <= table.start < table.end <= len(text)
        last = table.end
        for row in table.rows:
            assert table.start <= row.start <= row.end <= table.end
            for value in row.values:
                # A merged cell gives its value to each row that it covers.
                assert table.start <= value.start <= value.end <= table.end
    check_numbering(structure.sections)
    headings = [(at, text[one.start : one.heading_end]) for at, one in enumerate(structure.sections)]
    check_contents(headings, contents)
    return structure


def check_cover(text: str, spans: Iterable[tuple[int, int]]) -> None:
    """Each character with ink is in one span, once."""
    last = 0
    for start, end in sorted(spans):
        assert last <= start < end
        assert not text[last:start].strip()
        last = end
    assert last <= len(text)
    assert not text[last:].strip()


def _check_clauses(structure: Structure) -> None:
    at = 0
    for number, sentence in enumerate(structure.sentences):
        start = sentence.start
        while at < len(structure.clauses) and structure.clauses[at].sentence == number:
            assert structure.clauses[at].start == start
            assert structure.clauses[at].section == sentence.section
            start = structure.clauses[at].end
            at += 1
        assert start == sentence.end
    assert at == len(structure.clauses)


def _check_sections(structure: Structure) -> None:
    for at, one in enumerate(structure.sections):
        assert one.start < one.heading_end <= one.end
        if one.parent is not None:
            parent = structure.sections[one.parent]
            assert one.parent < at
            assert parent.start < one.start
            assert one.end <= parent.end
            assert parent.level < one.level
