"""What the page holds for the corpus: documents and labels; the comparison is of `comparison_payload`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

import pipeline
from pipeline.commitments import codebook
from pipeline.comparison.dating import dated
from pipeline.stages.report_page.comparison_payload import comparison_payload
from pipeline.stages.report_page.rows import Row, naming, rows
from pipeline.tables import TABLES

FULL_CHARS = 2_500_000
"""A corpus with more characters shows only sentences with a quantity; the page stays below some 45 MB."""
MAX_QUANTITIES = 80_000
"""A corpus with more quantities leaves them to the tables: some 400 bytes each."""

_DOCUMENT = naming(
    "doc_id=id label place doc_type=type level period_start=start period_end=end title issuer published"
    " source_url=url file sha256 encoding n_chars warnings n_sections n_clauses n_commitments"
)
_THEME = ("theme", "p", "second", "p_second", "margin", "source")


def complete(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return all tables the page needs, empty ones for those not given; clauses carry their theme.

    Raises:
        ValueError: If there is no documents table.
    """
    if "documents" not in tables:
        msg = f"report: needs a table `documents`, got: {', '.join(sorted(tables)) or 'none'}"
        raise ValueError(msg)
    found = {name: table.frame([]) for name, table in TABLES.items()}
    found |= {name: frame for name, frame in tables.items() if frame is not None}
    found["documents"] = found["documents"].sort_values("doc_id", ignore_index=True)
    themes = found["themes"].set_index("clause_id")
    read = {one: found["clauses"]["clause_id"].map(themes[one]) for one in _THEME}
    found["clauses"] = found["clauses"].assign(**read)
    return found


def detail_of(tables: Mapping[str, pd.DataFrame]) -> str:
    """Return how much of each document fits: `full`, `commitments` or `overview`."""
    if len(tables["quantities"]) > MAX_QUANTITIES:
        return "overview"
    return "full" if tables["documents"]["n_chars"].sum() <= FULL_CHARS else "commitments"


def doc_labels(documents: pd.DataFrame) -> pd.Series:
    """Return the shortest label that tells documents apart: place, place and year, or the id.

    The year is that of a work report, and of others the last of their period.
    """
    place = documents["place"].fillna(documents["doc_id"])
    own = dated(documents)["year"].set_axis(documents.index).astype("Int64")
    year = own.where(documents["doc_type"].eq("work_report"), documents["period_end"]).astype("string").fillna("")
    with_year = (place + " " + year).str.strip()
    for label in (place, with_year):
        if not label.duplicated().any():
            return label
    return with_year.where(~with_year.duplicated(keep=False), documents["doc_id"])


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows of documents by themselves: of several sets of documents the parts stand one after the other.

    Attributes:
        counts: `doc_id, n_sections, n_clauses, n_commitments`, in the order of the documents.
        blocks: The JSON of each document.
        models: Theme models that read them.
        indicators: Indicators that occur in them.
    """

    counts: pd.DataFrame
    blocks: Sequence[str]
    models: Collection[str]
    indicators: Collection[str]


def models(tables: Mapping[str, pd.DataFrame]) -> set[str]:
    """Return the models that read the themes of some documents."""
    return set(tables["themes"]["model"])


def indicators(tables: Mapping[str, pd.DataFrame]) -> set[str]:
    """Return the indicators of the quantities of some documents."""
    return set(tables["quantities"]["indicator_id"].dropna())


def counts(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Count the sections, clauses and commitments of each document."""
    commitments = tables["quantities"][tables["quantities"]["status"].eq("commitment")]
    counted = {"n_sections": tables["sections"], "n_clauses": tables["clauses"], "n_commitments": commitments}
    doc_ids = tables["documents"]["doc_id"]
    found = {name: doc_ids.map(frame["doc_id"].value_counts()).fillna(0).astype(int) for name, frame in counted.items()}
    return pd.DataFrame({"doc_id": doc_ids, **found})


def _indicator_names(found: Collection[str]) -> dict[str, dict[str, str]]:
    """Return the English and Chinese label of each indicator that occurs; its id as words where it has none."""
    known = codebook()
    return {
        one: {"en": known[one].en, "zh": known[one].zh} if one in known else {"en": one.replace("_", " ").capitalize()}
        for one in sorted(found)
    }


def corpus_payload(tables: Mapping[str, pd.DataFrame], own: Shown, title: str, detail: str) -> Row:
    """Return what the page shows of the corpus as a whole.

    Args:
        tables: `documents`, `dropped`, and the comparison tables where there are any.
        own: What is shown of the documents by themselves.
        title: Title of the page.
        detail: From `detail_of`.
    """
    documents = tables["documents"]
    labels = doc_labels(documents)
    label = {str(doc): str(one) for doc, one in zip(documents["doc_id"], labels, strict=True)}
    return {
        "title": title,
        "version": pipeline.__version__,
        "models": sorted(own.models),
        "detail": detail,
        "documents": rows(documents.assign(label=labels, **dict(own.counts.drop(columns="doc_id"))), _DOCUMENT),
        "dropped": rows(tables["dropped"], naming("doc_id=id stage reason")),
        "indicator_names": _indicator_names(own.indicators),
        **comparison_payload(tables, label),
    }
