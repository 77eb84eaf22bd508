"""What the page holds for the corpus: documents, comparison, labels."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

import pipeline
from pipeline.commitments import codebook
from pipeline.stages.report_page.rows import Row, naming, rounded, rows
from pipeline.tables import TABLES

FULL_CHARS = 2_500_000
"""A corpus with more characters shows only sentences with a quantity; the page stays below some 20 MB."""
MAX_QUANTITIES = 80_000
"""A corpus with more quantities leaves them to the tables: some 400 bytes each."""

_DOCUMENT = naming(
    "doc_id=id label place doc_type=type level period_start=start period_end=end title issuer published"
    " source_url=url file sha256 encoding n_chars warnings n_sections n_clauses n_commitments"
)
_INDICATOR = naming(
    "doc_id=doc indicator_id=indicator value_min=min value_max=max comparator unit measure aggregation"
    " deadline status force quantity_id=quantity usual_unit=usual n_statements chosen_by"
)
MAX_ALIGNMENT_ROWS = 3000


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
    themes = found["themes"].set_index("clause_id")["theme"]
    found["clauses"] = found["clauses"].assign(theme=found["clauses"]["clause_id"].map(themes))
    return found


def detail_of(tables: Mapping[str, pd.DataFrame]) -> str:
    """Return how much of each document fits: `full`, `commitments` or `overview`."""
    if len(tables["quantities"]) > MAX_QUANTITIES:
        return "overview"
    return "full" if tables["documents"]["n_chars"].sum() <= FULL_CHARS else "commitments"


def doc_labels(documents: pd.DataFrame) -> pd.Series:
    """Return the shortest label that tells documents apart: place, place and year, or the id."""
    place = documents["place"].fillna(documents["doc_id"])
    year = documents["period_end"].astype("string").fillna("")
    dated = (place + " " + year).str.strip()
    for label in (place, dated):
        if not label.duplicated().any():
            return label
    return dated.where(~dated.duplicated(keep=False), documents["doc_id"])


def _indicator_names(quantities: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the English and Chinese label of each indicator that occurs; its id as words where it has none."""
    known = codebook()
    found = sorted(set(quantities["indicator_id"].dropna()))
    return {
        one: {"en": known[one].en, "zh": known[one].zh} if one in known else {"en": one.replace("_", " ").capitalize()}
        for one in found
    }


def _documents(tables: Mapping[str, pd.DataFrame], labels: pd.Series) -> list[Row]:
    documents, commitments = tables["documents"], tables["quantities"]
    commitments = commitments[commitments["status"].eq("commitment")]
    counted = {"n_sections": tables["sections"], "n_clauses": tables["clauses"], "n_commitments": commitments}
    counts = {
        name: documents["doc_id"].map(frame["doc_id"].value_counts()).fillna(0).astype(int)
        for name, frame in counted.items()
    }
    return rows(documents.assign(label=labels, **counts), _DOCUMENT)


def _comparison(tables: Mapping[str, pd.DataFrame], label: Mapping[str, str]) -> Row:
    """Return the rows of the comparison tables that are given."""
    found: Row = {}
    if (shares := tables.get("theme_shares")) is not None and len(shares):
        sizes = {name: rounded(shares[name]) for name in ("share", "share_chars", "low", "high")}
        names = naming("doc_id=doc label theme n_clauses=n share share_chars low high")
        found["shares"] = rows(shares.assign(label=shares["doc_id"].map(label), **sizes), names)
    if (pairs := tables.get("divergence")) is not None and len(pairs):
        sizes = {name: rounded(pairs[name]) for name in ("jsd", "jsd_corrected", "low", "high")}
        ends = {"a": pairs["doc_a"].map(label), "b": pairs["doc_b"].map(label)}
        names = naming("doc_a doc_b kind a b jsd jsd_corrected=corrected low high")
        found["divergence"] = rows(pairs.assign(**sizes, **ends), names)
    if (reuse := tables.get("reuse")) is not None and len(reuse):
        ends = {"a": reuse["doc_a"].map(label), "b": reuse["doc_b"].map(label)}
        names = naming("doc_a doc_b a b containment")
        found["reuse"] = rows(reuse.assign(containment=rounded(reuse["containment"]), **ends), names)
    if (indicators := tables.get("indicators")) is not None and len(indicators):
        fixed = {"doc_id", "place", "period_start", "period_end"}
        shown = [one for one in tables.get("indicator_matrix", pd.DataFrame()).columns if one not in fixed]
        found["matrix"] = shown
        found["indicators"] = rows(indicators[indicators["indicator_id"].isin(shown)], _INDICATOR)
    return found


def _alignment(tables: Mapping[str, pd.DataFrame]) -> list[Row]:
    alignment = tables.get("alignment")
    if alignment is None or alignment.empty:
        return []
    texts = tables["clauses"].set_index("clause_id")["text"]
    best = alignment.sort_values(["cosine", "clause_a", "clause_b"], ascending=[False, True, True])
    best = best.head(MAX_ALIGNMENT_ROWS)
    best = best.assign(
        text_a=best["clause_a"].map(texts),
        text_b=best["clause_b"].map(texts),
        cosine=rounded(best["cosine"], 3),
    )
    return rows(best, naming("doc_a doc_b theme cosine text_a text_b"))


def corpus_payload(tables: Mapping[str, pd.DataFrame], title: str, detail: str) -> Row:
    """Return what the page shows of the corpus as a whole.

    Args:
        tables: From `complete`, and the comparison tables where there are any.
        title: Title of the page.
        detail: From `detail_of`.
    """
    documents = tables["documents"]
    labels = doc_labels(documents)
    label = dict(zip(documents["doc_id"], labels, strict=True))
    return {
        "title": title,
        "version": pipeline.__version__,
        "models": sorted(tables["themes"]["model"].unique()),
        "detail": detail,
        "documents": _documents(tables, labels),
        "dropped": rows(tables["dropped"], naming("doc_id=id stage reason")),
        "indicator_names": _indicator_names(tables["quantities"]),
        "alignment": _alignment(tables),
        **_comparison(tables, label),
    }
