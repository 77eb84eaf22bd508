"""What the pipeline found in one document, laid out for scoring against the source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline.evaluation.gold import FIELDS, GoldDocument
from pipeline.records import Span

_TOLERANCE = 2
"""Characters by which a predicted start may miss a candidate position (a quote mark, a space)."""


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A predicted quantity: its spans in the source, its quote and its fields, None where empty."""

    spans: tuple[Span, ...]
    quote: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FoundClause:
    """One span of a predicted clause, with the clause's theme and sentence."""

    start: int
    end: int
    theme: str | None
    sentence: str


class Found:
    """The predictions of one document.

    Attributes:
        doc_id: Of the document.
        quantities: Those that start or go on in the part that was read for the gold.
    """

    def __init__(
        self,
        doc_id: str,
        gold: GoldDocument,
        clauses: Sequence[FoundClause],
        starts: Sequence[int],
        quantities: Sequence[FoundQuantity],
    ) -> None:
        self.doc_id = doc_id
        self.quantities = [
            one for one in quantities if any(gold.scored_from <= start < gold.scored_to for start, _ in one.spans)
        ]
        self._clauses = sorted(clauses, key=lambda one: (one.start, one.end))
        self._clause_starts = [one.start for one in self._clauses]
        self._starts = sorted(starts)

    def clause_at(self, offset: int) -> FoundClause | None:
        """Return the clause that covers a character of the source."""
        at = bisect_right(self._clause_starts, offset) - 1
        return self._clauses[at] if at >= 0 and offset < self._clauses[at].end else None

    def cluster_at(self, offset: int) -> str:
        """Return the id of the sentence that covers a character, or one for the character alone."""
        clause = self.clause_at(offset)
        return clause.sentence if clause else f"{self.doc_id}:{offset}"

    def starts_at(self, offset: int) -> bool:
        """Say whether a clause or heading starts at a candidate position of the source."""
        at = bisect_left(self._starts, offset - _TOLERANCE)
        return at < len(self._starts) and self._starts[at] <= offset + _TOLERANCE


def find_document(gold: GoldDocument, documents: pd.DataFrame) -> str | None:
    """Return the doc_id of the document that gold is of: the same file, else the same name."""
    for column, value in (("sha256", gold.sha256), ("doc_id", gold.name)):
        same = documents.loc[documents[column] == value, "doc_id"]
        if len(same):
            return str(same.iloc[0])
    return None


def found_in(
    doc_id: str,
    gold: GoldDocument,
    sections: pd.DataFrame,
    clauses: pd.DataFrame,
    themes: pd.DataFrame,
    quantities: pd.DataFrame,
) -> Found:
    """Take the predictions of one document out of the tables."""
    theme_of = dict(zip(themes["clause_id"], themes["theme"], strict=True))
    rows = clauses[clauses["doc_id"] == doc_id]
    spans = [_spans(one) for one in rows["source_spans"]]
    ids = zip(rows["clause_id"], rows["sentence_id"], strict=True)
    parts = [
        FoundClause(start, end, theme_of.get(clause_id), sentence_id)
        for (clause_id, sentence_id), each in zip(ids, spans, strict=True)
        for start, end in each
    ]
    spans += [_spans(one) for one in sections.loc[sections["doc_id"] == doc_id, "source_spans"]]
    starts = [min(each)[0] for each in spans if each]
    found = quantities[quantities["doc_id"] == doc_id].to_dict("records")
    return Found(doc_id, gold, parts, starts, [_quantity(one) for one in found])


def _quantity(row: Mapping[Any, Any]) -> FoundQuantity:
    fields = {key: None if pd.isna(row[key]) else row[key] for key in FIELDS}
    return FoundQuantity(_spans(row["source_spans"]), str(row["quote"]), fields)


def _spans(value: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((int(start), int(end)) for start, end in value)
