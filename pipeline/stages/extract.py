"""Read the quantities and commitments of documents."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import pandas as pd

from pipeline.commitments import AbsentTarget, DocumentFacts, absent_targets, read_quantities, report_year
from pipeline.commitments.zones import zones
from pipeline.params import Extract
from pipeline.records import Quantity, SourceMap, make_id
from pipeline.stages.segment import folded_text, structure_of
from pipeline.stages.segment_tables import hints_of, is_doubtful, source_map_of
from pipeline.tables import ABSENT_TARGETS, COMMITMENTS, QUANTITIES

Rows = list[dict[str, object]]
_FIELDS = tuple(one.name for one in fields(Quantity) if one.name not in ("clause", "evidence"))


@dataclass(frozen=True, slots=True)
class Extracted:
    """What extract makes.

    Attributes:
        quantities: By tables.QUANTITIES, in the order of the text, documents by doc_id.
        commitments: The quantities with status `commitment`.
        absent_targets: Goals whose number is withheld, by tables.ABSENT_TARGETS.
    """

    quantities: pd.DataFrame
    commitments: pd.DataFrame
    absent_targets: pd.DataFrame


def extract(
    documents: pd.DataFrame,
    sections: pd.DataFrame,
    sentences: pd.DataFrame,
    clauses: pd.DataFrame,
    themes: pd.DataFrame | None,
    params: Extract,
) -> Extracted:
    """Read every quantity of each document, in its folded text.

    Args:
        documents: The documents table.
        sections: The sections table.
        sentences: The sentences table.
        clauses: The clauses table.
        themes: The themes table, for the column `theme`; None leaves it empty.
        params: Whether quantities with status `context` are kept.

    Returns:
        Quantities, commitments and absent targets: `quote` as printed; `indicator`, `unit` and `actor` in the
        folded reading, so that documents in full-width figures or traditional script can be compared with others.
    """
    theme_of = {} if themes is None else dict(zip(themes["clause_id"], themes["theme"], strict=True))
    parts = [dict(list(one.groupby("doc_id"))) for one in (sections, sentences, clauses)]
    empty = (sections.iloc[:0], sentences.iloc[:0], clauses.iloc[:0])
    rows: Rows = []
    absent: Rows = []
    for document in documents.sort_values("doc_id").to_dict("records"):
        own = [part.get(document["doc_id"], none) for part, none in zip(parts, empty, strict=True)]
        structure = structure_of(own[0], own[1], own[2])
        folded, facts = folded_text(document), facts_of(document)
        states = zones(folded, structure, facts)
        found = read_quantities(folded, structure, facts, hints_of(document), states)
        ids = list(
            zip(
                own[2]["clause_id"].tolist(),
                own[2]["section_id"].astype(object).where(own[2]["section_id"].notna(), None).tolist(),
                strict=True,
            )
        )
        rows += _rows(document, found, ids, theme_of)
        absent += _absent_rows(document, list(absent_targets(folded, structure, facts, found, states)), ids)
    quantities = QUANTITIES.frame(rows)
    if not params.keep_context:
        quantities = quantities[quantities["status"] != "context"].reset_index(drop=True)
    commitments = quantities[quantities["status"] == "commitment"].reset_index(drop=True)
    return Extracted(quantities, COMMITMENTS.check(commitments), ABSENT_TARGETS.frame(absent))


def facts_of(document: Mapping[Hashable, Any]) -> DocumentFacts:
    """Return what status and deadline depend on, from a row of the documents table."""

    def number(value: Any) -> int | None:  # noqa: ANN401
        return None if pd.isna(value) else int(value)

    doc_type = document["doc_type"] if isinstance(document["doc_type"], str) else None
    published = document["published"] if isinstance(document["published"], str) else ""
    facts = DocumentFacts(
        doc_type,
        number(document["period_start"]),
        number(document["period_end"]),
        int(published[:4]) if published[:4].isdigit() else None,
        document["level"] if isinstance(document.get("level"), str) else None,
    )
    if not facts.is_report:
        return facts
    title = document["title"] if isinstance(document.get("title"), str) else None
    return replace(facts, published_year=report_year(published, title, document["text"], str(document["file"])))


def _rows(
    document: Mapping[Hashable, Any],
    found: list[Quantity],
    ids: list[tuple[str, str | None]],
    theme_of: Mapping[str, str],
) -> Rows:
    text, source_map, hints = document["text"], source_map_of(document), hints_of(document)
    return [
        _row(document, one, text, source_map)
        | {
            "clause_id": ids[one.clause][0],
            "section_id": ids[one.clause][1],
            "theme": theme_of.get(ids[one.clause][0]),
            "doubtful": is_doubtful(hints, one.start, one.end),
        }
        for one in found
    ]


def _absent_rows(
    document: Mapping[Hashable, Any], found: list[AbsentTarget], ids: list[tuple[str, str | None]]
) -> Rows:
    text, source_map = document["text"], source_map_of(document)
    return [
        {
            "doc_id": document["doc_id"],
            "clause_id": ids[one.clause][0],
            "start": one.start,
            "end": one.end,
            "source_spans": source_map.spans(one.start, one.end),
            "quote": text[one.start : one.end],
            "indicator": one.indicator,
            "indicator_id": one.indicator_id,
            "reason": one.reason,
        }
        for one in found
    ]


def _row(document: Mapping[Hashable, Any], one: Quantity, text: str, source_map: SourceMap) -> dict[str, object]:
    return {name: getattr(one, name) for name in _FIELDS} | {
        "evidence": [{"field": told.field, "start": told.start, "end": told.end} for told in one.evidence],
        "quantity_id": make_id("quantity", document["sha256"], one.start, one.end),
        "doc_id": document["doc_id"],
        "source_spans": source_map.spans(one.start, one.end),
        "quote": text[one.start : one.end],
    }
