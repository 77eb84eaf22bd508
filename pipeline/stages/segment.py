"""Cut documents into sections, sentences and clauses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.folding import fold
from pipeline.params import Segment
from pipeline.records import Article, Clause, Section, Sentence, Structure, make_id
from pipeline.stages.segment_tables import TableRecords, hints_of, source_map_of
from pipeline.structure import parse
from pipeline.structure.numbering import check_contents, check_numbering
from pipeline.tables import CLAUSES, DROPPED, FOUND_TABLES, OUTLINE_NOTES, SECTIONS, SENTENCES, TABLE_ROWS

SEPARATOR = " > "
"""Between the headings of a clause's context."""

Rows = list[dict[str, object]]


@dataclass(frozen=True, slots=True)
class Segments:
    """What segment makes.

    Attributes:
        sections: By tables.SECTIONS, in the order of the text, documents by doc_id.
        sentences: By tables.SENTENCES.
        clauses: By tables.CLAUSES.
        tables: By tables.FOUND_TABLES: the tables of the text.
        table_rows: By tables.TABLE_ROWS: their rows as read.
        dropped: By tables.DROPPED: documents without a single clause.
    """

    sections: pd.DataFrame
    sentences: pd.DataFrame
    clauses: pd.DataFrame
    tables: pd.DataFrame
    table_rows: pd.DataFrame
    outline_notes: pd.DataFrame
    dropped: pd.DataFrame


def segment(documents: pd.DataFrame, params: Segment) -> Segments:
    """Read the structure of each document.

    Args:
        documents: The documents table.
        params: Whether stretches without a predicate are joined.

    Returns:
        Sections, sentences, clauses, tables with their rows, what is out of order in the headings, and what was
        dropped; headings and clauses as printed,
        though the folded text is parsed. Every character that is no white space is in one sentence or one heading.
    """
    sections: Rows = []
    sentences: Rows = []
    clauses: Rows = []
    tables: Rows = []
    table_rows: Rows = []
    notes: Rows = []
    dropped: Rows = []
    for document in documents.sort_values("doc_id").to_dict("records"):
        structure = parse(folded_text(document), articles_of(document), params.join_clauses, hints_of(document))
        if not structure.clauses:
            reason = f"{document['file']}: the text is nothing but headings; take it out of the corpus"
            dropped.append({"doc_id": document["doc_id"], "stage": "segment", "reason": reason})
            continue
        rows = _Rows(document, structure)
        sections += rows.sections()
        sentences += rows.sentences()
        clauses += rows.clauses()
        own = TableRecords(document, structure, rows.section_ids, rows.clause_ids)
        tables += own.tables()
        table_rows += own.rows()
        notes += rows.notes(document["contents"])
    return Segments(
        SECTIONS.frame(sections),
        SENTENCES.frame(sentences),
        CLAUSES.frame(clauses),
        FOUND_TABLES.frame(tables),
        TABLE_ROWS.frame(table_rows),
        OUTLINE_NOTES.frame(notes),
        DROPPED.frame(dropped),
    )


def folded_text(document: Mapping[Any, Any]) -> str:
    """Return the analysis reading of a row of the documents table; its offsets are those of `text`."""
    return fold(document["text"], document["script"])


def articles_of(document: Mapping[Any, Any]) -> list[Article]:
    """Return the articles of a row of the documents table."""
    return [Article(one["name"], int(one["start"]), int(one["end"])) for one in document["articles"]]


class _Rows:
    """Turns the structure of one document into rows."""

    def __init__(self, document: Mapping[Any, Any], structure: Structure) -> None:
        self._doc_id, self._sha256 = document["doc_id"], document["sha256"]
        self._text: str = document["text"]
        self._map = source_map_of(document)
        self._structure = structure
        self.section_ids = self._ids("section", structure.sections)
        self._sentence_ids = self._ids("sentence", structure.sentences)
        self.clause_ids = self._ids("clause", structure.clauses)
        self._contexts = {
            at: SEPARATOR.join(structure.heading_path(self._text, at)) for at in range(len(structure.sections))
        }

    def _ids(self, kind: str, spans: tuple[Section, ...] | tuple[Sentence, ...] | tuple[Clause, ...]) -> list[str]:
        return [make_id(kind, self._sha256, one.start, one.end) for one in spans]

    def _section_id(self, section: int | None) -> str | None:
        return None if section is None else self.section_ids[section]

    def _printed(self, section: Section) -> str:
        """Return the enumerator as printed; the structure has it folded."""
        line = self._text[section.start : section.heading_end]
        start = section.start + len(line) - len(line.lstrip())
        return self._text[start : start + len(section.enumerator)]

    def sections(self) -> Rows:
        """Return the rows of the sections."""
        return [
            {
                "section_id": section_id,
                "doc_id": self._doc_id,
                "article": one.article,
                "parent_id": self._section_id(one.parent),
                "level": one.level,
                "enumerator": self._printed(one),
                "heading": self._text[one.start : one.heading_end].strip(),
                "start": one.start,
                "heading_end": one.heading_end,
                "end": one.end,
                "source_spans": self._map.spans(one.start, one.heading_end),
                "path": one.path,
                "kind": one.kind,
            }
            for section_id, one in zip(self.section_ids, self._structure.sections, strict=True)
        ]

    def notes(self, contents: Sequence[str]) -> Rows:
        """Return what is out of order in the numbers of the headings, and what the table of contents says otherwise."""
        sections = self._structure.sections
        headings = [
            (at, self._text[one.start : one.heading_end]) for at, one in enumerate(sections) if one.kind == "heading"
        ]
        found = [*check_numbering(sections), *check_contents(headings, contents)]
        return [
            {
                "doc_id": self._doc_id,
                "number": number,
                "kind": one.kind,
                "section_id": self._section_id(one.section),
                "detail": one.detail,
            }
            for number, one in enumerate(found, 1)
        ]

    def sentences(self) -> Rows:
        """Return the rows of the sentences."""
        return [
            {
                "sentence_id": sentence_id,
                "doc_id": self._doc_id,
                "section_id": self._section_id(one.section),
                "start": one.start,
                "end": one.end,
                "source_spans": self._map.spans(one.start, one.end),
            }
            for sentence_id, one in zip(self._sentence_ids, self._structure.sentences, strict=True)
        ]

    def clauses(self) -> Rows:
        """Return the rows of the clauses."""
        return [
            {
                "clause_id": clause_id,
                "doc_id": self._doc_id,
                "sentence_id": self._sentence_ids[one.sentence],
                "section_id": self._section_id(one.section),
                "start": one.start,
                "end": one.end,
                "source_spans": self._map.spans(one.start, one.end),
                "text": self._text[one.start : one.end],
                "context": "" if one.section is None else self._contexts[one.section],
                "kind": one.kind,
            }
            for clause_id, one in zip(self.clause_ids, self._structure.clauses, strict=True)
        ]


def structure_of(sections: pd.DataFrame, sentences: pd.DataFrame, clauses: pd.DataFrame) -> Structure:
    """Return the structure of one document from its rows, as `segment` made them.

    Args:
        sections: Rows of the sections table of one document.
        sentences: Rows of its sentences.
        clauses: Rows of its clauses.

    Returns:
        The structure that `pipeline.structure.parse` gave.
    """
    order = {one: at for at, one in enumerate(sections["section_id"].tolist())}
    places = {one: at for at, one in enumerate(sentences["sentence_id"].tolist())}

    def columns(frame: pd.DataFrame, names: str) -> zip[tuple[Any, ...]]:
        return zip(*(frame[name].tolist() for name in names.split()), strict=True)

    return Structure(
        tuple(
            Section(start, heading_end, end, level, enumerator, order.get(parent), path, article, kind)
            for start, heading_end, end, level, enumerator, parent, path, article, kind in columns(
                sections, "start heading_end end level enumerator parent_id path article kind"
            )
        ),
        tuple(
            Sentence(start, end, order.get(section))
            for start, end, section in columns(sentences, "start end section_id")
        ),
        tuple(
            Clause(start, end, places[sentence], order.get(section), kind)
            for start, end, sentence, section, kind in columns(clauses, "start end sentence_id section_id kind")
        ),
    )
