"""What the page holds for one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pipeline.stages.report_page.rows import Row, naming, packed, rounded, rows

_QUANTITY = naming(
    "quantity_id=id start end quote indicator indicator_id value_min=min value_max=max comparator unit"
    " measure aggregation denominator deadline deadline_source status force actor theme rule"
    " source_spans=source evidence section sentence clause doubtful"
)
_CLAUSE = naming("clause_id=id start end theme sentence p second p_second margin source label_start label_end")
_LABEL = ("label_start", "label_end")
_SECTION = naming("parent heading kind n_clauses theme")


def _positions(ids: pd.Series) -> dict[str, int]:
    return {str(one): at for at, one in enumerate(ids)}


def _sections(sections: pd.DataFrame, clauses: pd.DataFrame) -> list[Row]:
    """Return sections with their parent's position, their own clauses and the commonest theme."""
    votes = clauses.groupby(["section_id", "theme"]).size().rename("n").reset_index()
    votes = votes.sort_values(["section_id", "n", "theme"], ascending=[True, False, True])
    commonest = votes.drop_duplicates("section_id").set_index("section_id")["theme"]
    counts = clauses["section_id"].value_counts()
    return rows(
        sections.assign(
            parent=sections["parent_id"].map(_positions(sections["section_id"])).astype("Int64"),
            n_clauses=sections["section_id"].map(counts).fillna(0).astype(int),
            theme=sections["section_id"].map(commonest),
        ),
        _SECTION,
    )


def _holding(sentences: pd.DataFrame, frame: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return, for each row of the frame, the position of the sentence that holds its start."""
    starts = sentences["start"].to_numpy(dtype=np.int64)
    found = np.searchsorted(starts, frame["start"].to_numpy(dtype=np.int64), side="right") - 1
    return np.maximum(found, 0)


def _triples(evidence: Iterable[Mapping[str, Any]]) -> list[list[Any]]:
    """Return evidence as `[field, start, end]`."""
    return [[one["field"], one["start"], one["end"]] for one in evidence]


def _clauses(clauses: pd.DataFrame, sentence: npt.NDArray[np.int64]) -> Row:
    """Return clauses with what the model thinks; a label goes to the first stretch of the source, as in `label`."""
    first = [spans[0] if spans is not None and len(spans) else (None, None) for spans in clauses["source_spans"]]
    places = {name: pd.array([one[at] for one in first], dtype="Int64") for at, name in enumerate(_LABEL)}
    reals = {name: rounded(clauses[name], 3) for name in ("p", "p_second", "margin")}
    return packed(clauses.assign(sentence=sentence, **places, **reals), _CLAUSE)


def _document(text: str, frames: Mapping[str, pd.DataFrame], full: bool) -> Row:
    sections, sentences = frames["sections"], frames["sentences"]
    clauses, quantities = frames["clauses"], frames["quantities"]
    outline = _sections(sections, clauses)
    section_at = _positions(sections["section_id"])
    if not full:
        clauses = clauses[clauses["clause_id"].isin(quantities["clause_id"]) | clauses["cited"]]
    holding, of_clauses = _holding(sentences, quantities), _holding(sentences, clauses)
    partly = not full and not sentences.empty
    kept = np.unique(np.concatenate([holding, of_clauses])) if partly else np.arange(len(sentences))
    shown = sentences.iloc[kept]
    shown = shown.assign(
        section=shown["section_id"].map(section_at).astype("Int64"),
        text=[text[start:end] for start, end in zip(shown["start"], shown["end"], strict=True)],
    )
    quantities = quantities.assign(
        sentence=np.searchsorted(kept, holding),
        section=quantities["section_id"].map(section_at).astype("Int64"),
        clause=quantities["clause_id"].map(_positions(clauses["clause_id"])).astype("Int64"),
        doubtful=quantities["doubtful"].eq(True).map({True: True, False: None}),
        evidence=quantities["evidence"].map(_triples),
    )
    return {
        "sections": outline,
        "sentences": rows(shown, naming("start section text")),
        "quantities": packed(quantities, _QUANTITY),
        "clauses": _clauses(clauses, np.searchsorted(kept, of_clauses)),
    }


def document_payloads(tables: Mapping[str, pd.DataFrame], detail: str) -> Iterator[tuple[str, Row]]:
    """Yield each document's id and what the page shows of it.

    Args:
        tables: documents, sections, sentences, clauses (with what the table themes says of them), quantities and,
            where there are any, indicator_states.
        detail: `full`: all text; `commitments`: sentences and clauses with a quantity (not of status
            `context`) or that show an indicator's state; `overview`: sections only.
    """
    quantities = tables["quantities"]
    if detail == "commitments":
        quantities = quantities[quantities["status"].ne("context")]
    elif detail == "overview":
        quantities = quantities.iloc[:0]
    parts: dict[str, Any] = {}
    for name in ("sections", "sentences", "clauses"):
        parts[name] = tables[name].sort_values(["doc_id", "start"])
    cited = tables["indicator_states"]["clause_id"] if "indicator_states" in tables and detail != "overview" else ()
    parts["clauses"] = parts["clauses"].assign(cited=parts["clauses"]["clause_id"].isin(list(cited)))
    parts["quantities"] = quantities.sort_values(["doc_id", "start", "end"])
    groups = {name: dict(iter(frame.groupby("doc_id"))) for name, frame in parts.items()}
    for doc_id, text in zip(tables["documents"]["doc_id"], tables["documents"]["text"], strict=True):
        frames = {name: groups[name].get(doc_id, frame.iloc[:0]) for name, frame in parts.items()}
        yield str(doc_id), _document(text, frames, detail == "full")
