"""The paragraph on methods, filled from the tables and from what they depend on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pipeline.publishing.citations import corpus_digest

_KINDS = {"proposal": "plan proposals", "outline": "plan outlines", "work_report": "government work reports",
          "other": "other documents"}  # fmt: skip


def paragraph(tables: Mapping[str, pd.DataFrame], told: Mapping[str, Any]) -> str:
    """Return the text on methods.

    Args:
        tables: The results.
        told: Their certificate.
    """
    documents, commitments, params = tables["documents"], tables["commitments"], told["params"]
    kinds = documents["doc_type"].fillna("other").value_counts()
    counts = ", ".join(f"{n:,} {_KINDS.get(str(kind), str(kind))}" for kind, n in kinds.items())
    models = ", ".join(f"{name} (sha256 {digest[:12]})" for name, digest in sorted(told["models"].items()) if digest)
    joined = "joined" if params["segment"]["join_clauses"] else "kept apart"
    settings = params["compare"]
    sentences = [
        f"We read {len(documents):,} documents ({counts}) of {documents['place'].nunique():,} places, "
        f"{int(documents['n_chars'].sum()):,} characters, with PlanLens {told['planlens']}; {told['dropped']} more "
        "were left out, each with its reason in the table `dropped`.",
        _repairs(tables),
        f"They were split into {len(tables['sections']):,} sections, {len(tables['sentences']):,} sentences and "
        f"{len(tables['clauses']):,} clauses (the clauses of a list {joined} by a trained judge of commas).",
        f"Each clause got one of {tables['themes']['theme'].nunique()} themes by the model "
        f"{', '.join(sorted(tables['themes']['model'].unique()))}.",
        f"By rules, {len(tables['quantities']):,} quantities were read, of which {len(commitments):,} are commitments, "
        f"{_share(commitments['indicator_id'])} of them resolved to an indicator of the catalogue and "
        f"{_share(commitments['deadline'])} with a year by which.",
        f"Intervals are the {settings['confidence']:.0%} percentile intervals of {settings['bootstrap']} bootstrap "
        f"samples of sections (seed {settings['seed']}). Models: {models}.",
        f"The corpus has the sha256 {corpus_digest(documents)} (of its files' sorted sha256), the certificate of the "
        f"results {told['sha256']}.",
    ]
    return " ".join(filter(None, sentences))


def _repairs(tables: Mapping[str, pd.DataFrame]) -> str:
    repairs = tables.get("repairs")
    n = 0 if repairs is None else int(repairs["applied"].sum())
    return f"In {n:,} places a sentence broken by a column or page was put together." if n else ""


def _share(column: pd.Series) -> str:
    return f"{column.notna().mean():.0%}" if len(column) else "none"
