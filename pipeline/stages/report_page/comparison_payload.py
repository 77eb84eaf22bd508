"""What the page holds of the comparison of documents."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.stages.report_page.rows import Row, naming, packed, rounded, rows

MAX_ALIGNMENT_ROWS = 3000
MAX_TREND_ROWS = 60_000
"""A corpus with more shares of places by year leaves them to the tables: some 60 bytes each."""
MAX_KEYWORDS = 12
"""Of each place."""

_INDICATOR = naming(
    "doc_id=doc indicator_id=indicator value_min=min value_max=max comparator unit measure aggregation"
    " deadline status force quantity_id=quantity usual_unit=usual n_statements chosen_by"
)
_SHARES = ("share", "share_chars", "low", "high", "share_corrected", "low_corrected", "high_corrected")
_UNSAID = ("quantified", "not_mentioned")
"""States that the page sees from the statements themselves: one is there, or none."""


def _shares(shares: pd.DataFrame, label: Mapping[str, str]) -> Row:
    found = shares.assign(label=shares["doc_id"].map(label), **{one: rounded(shares[one]) for one in _SHARES})
    names = naming(
        "doc_id=doc label theme n_clauses=n share share_chars low high share_corrected=fixed"
        " low_corrected=fixed_low high_corrected=fixed_high"
    )
    return {"shares": rows(found, names)}


def _trends(attention: pd.DataFrame, _: Mapping[str, str]) -> Row:
    """Return shares by year of places that have documents of a kind in two years or more."""
    own = attention[attention["by"].eq("place") & attention["year"].notna() & attention["doc_type"].ne("all")]
    own = own[own.groupby(["name", "doc_type"])["year"].transform("nunique") > 1]
    if not 0 < len(own) <= MAX_TREND_ROWS:
        return {}
    found = own.assign(**{one: rounded(own[one]) for one in _SHARES})
    names = naming(
        "name=place doc_type=type year theme n_clauses=n share low high share_corrected=fixed low_corrected=fixed_low"
        " high_corrected=fixed_high"
    )
    return {"trends": packed(found, names)}


def _divergence(pairs: pd.DataFrame, label: Mapping[str, str]) -> Row:
    sizes = {name: rounded(pairs[name]) for name in ("jsd", "jsd_corrected", "low", "high", "p_value")}
    ends = {"a": pairs["doc_a"].map(label), "b": pairs["doc_b"].map(label)}
    names = naming("doc_a doc_b kind a b jsd jsd_corrected=corrected low high p_value=p")
    return {"divergence": rows(pairs.assign(**sizes, **ends), names)}


def _reuse(reuse: pd.DataFrame, label: Mapping[str, str]) -> Row:
    ends = {"a": reuse["doc_a"].map(label), "b": reuse["doc_b"].map(label)}
    found = reuse.assign(containment=rounded(reuse["containment"]), **ends)
    return {"reuse": rows(found, naming("doc_a doc_b a b containment"))}


def _map(places: pd.DataFrame, label: Mapping[str, str]) -> Row:
    sizes = {name: rounded(places[name]) for name in ("x", "y", "effective_themes_corrected", "low", "high")}
    found = places.assign(label=places["doc_id"].map(label), cluster=places["cluster"] + 1, **sizes)
    return {"map": rows(found, naming("doc_id=doc label x y cluster effective_themes_corrected=effective low high"))}


def _keywords(keywords: pd.DataFrame, _: Mapping[str, str]) -> Row:
    best = keywords[keywords["rank"] < MAX_KEYWORDS]
    return {"keywords": rows(best.assign(z=rounded(best["z"], 1)), naming("group term n n_rest z"))}


def _states(states: pd.DataFrame, _: Mapping[str, str]) -> Row:
    told = states[~states["state"].isin(_UNSAID)]
    return {"states": rows(told, naming("doc_id=doc indicator_id=indicator state clause_id=clause"))}


def _verdicts(verdicts: pd.DataFrame, label: Mapping[str, str]) -> Row:
    """Return verdicts with documents as their positions: there may be tens of thousands."""
    at = {doc_id: position for position, doc_id in enumerate(label)}
    found = verdicts.assign(doc_a=verdicts["doc_a"].map(at), doc_b=verdicts["doc_b"].map(at))
    return {"verdicts": packed(found, naming("indicator_id=indicator doc_a=a doc_b=b verdict reason"))}


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


_TABLES = {
    "theme_shares": _shares, "theme_attention": _trends,
    "divergence": _divergence, "reuse": _reuse, "plan_map": _map, "keywords": _keywords,
    "indicator_states": _states, "comparability": _verdicts,
}  # fmt: skip


SHOWN = (*_TABLES, "alignment", "indicators", "indicator_matrix")
"""Tables that the page shows; the others are for readers of tables."""


def shown_states(states: pa.Table) -> pa.Table:
    """Return the rows of `indicator_states` that the page shows: few of very many."""
    kept = states.filter(pc.invert(pc.is_in(states["state"], pa.array(_UNSAID))))
    return kept if len(kept) else states.slice(0, 1)  # a table without rows would count as absent


def comparison_payload(tables: Mapping[str, pd.DataFrame], label: Mapping[str, str]) -> Row:
    """Return the rows of the comparison tables that are given; of one that is absent or empty, nothing.

    Args:
        tables: As `complete` returns them.
        label: Document to what the page calls it, in the documents' order.
    """
    found: Row = {"alignment": _alignment(tables)}
    for name, make in _TABLES.items():
        if (frame := tables.get(name)) is not None and len(frame):
            found |= make(frame, label)
    if (indicators := tables.get("indicators")) is not None and len(indicators):
        fixed = {"doc_id", "place", "period_start", "period_end"}
        shown = [one for one in tables.get("indicator_matrix", pd.DataFrame()).columns if one not in fixed]
        found["matrix"] = shown
        found["indicators"] = rows(indicators[indicators["indicator_id"].isin(shown)], _INDICATOR)
    return found
