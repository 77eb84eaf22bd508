"""Count how the theme model errs on clauses that a user labelled, so that shares of the own corpus can be corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.comparison.correction import Errors
from pipeline.labelling.standoff import Labels
from pipeline.labelling.training import labelled_clauses

ENOUGH_DOCUMENTS = 8
"""From so many on documents are the clusters; of fewer, sections, whose weights can still be drawn anew."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What came of counting.

    Attributes:
        errors: The counts.
        clusters: What is drawn anew: `documents` (each in its sections, so that they tell how far errors differ from
            document to document) or `sections`.
        n_documents: Documents with a labelled clause.
        n_lost: Labels that stand on no clause.
        right: Share of the labelled clauses whose theme is the label, 0 to 1.
        unseen: Themes that the model gave to no labelled clause: they are taken to be right.
    """

    errors: Errors
    clusters: str
    n_documents: int
    n_lost: int
    right: float
    unseen: tuple[str, ...]


def count_errors(tables: Mapping[str, pd.DataFrame], labels: Labels, codes: Sequence[str]) -> Counted:
    """Count labelled clauses by cluster, by the model's theme and by the label.

    Args:
        tables: `documents`, `clauses` and `themes` of the labelled documents.
        labels: Of a random draw, or all clauses of some documents: clauses chosen because the model was unsure of them
            would make it seem worse than it is.
        codes: All themes, in the order of the counts.

    Raises:
        ValueError: If no labelled document is there, the themes are of another codebook, or all labels stand in one
            section.
    """
    clauses, n_lost = labelled_clauses(tables["documents"], tables["clauses"], labels)
    known = clauses[clauses["theme"] != ""].merge(
        tables["themes"][["clause_id", "theme"]].rename(columns={"theme": "predicted"}), on="clause_id"
    )
    other = sorted(set(known["predicted"]) - set(codes))
    if other:
        msg = f"the model gave themes that the codebook has not: {', '.join(other)}; name its codebook with --codebook"
        raise ValueError(msg)
    n_documents = known["doc_id"].nunique()
    clusters = "documents" if n_documents >= ENOUGH_DOCUMENTS else "sections"
    sections = (known["doc_id"] + "\n" + known["context"]).tolist()
    if len(set(sections)) <= 1:
        msg = f"{len(known)} labelled clauses of one section; label clauses of other sections or documents too"
        raise ValueError(msg)
    lengths = known["text"].str.len().tolist()
    places = known["doc_id"].tolist() if clusters == "documents" else None
    errors = Errors.counted(sections, known["predicted"].tolist(), known["theme"].tolist(), codes, lengths, places)
    right = float((known["predicted"] == known["theme"]).mean())
    unseen = tuple(code for code in codes if code not in set(known["predicted"]))
    return Counted(errors, clusters, n_documents, n_lost, right, unseen)
