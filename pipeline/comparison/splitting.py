"""Whole sentences in the place of clauses."""

from __future__ import annotations

import pandas as pd

from pipeline.tables import CLAUSES


def sentences_as_clauses(documents: pd.DataFrame, sentences: pd.DataFrame, clauses: pd.DataFrame) -> pd.DataFrame:
    """Return the sentences as rows of the clauses table, so that whatever reads clauses reads them.

    Args:
        documents: The documents table, for the text.
        sentences: The sentences table.
        clauses: The clauses table; a sentence has the headings and the kind of its first clause.

    Returns:
        The clauses table with one row a sentence that holds a clause, in the order of the text.
    """
    first = clauses.sort_values(["doc_id", "start"]).drop_duplicates("sentence_id")
    rows = sentences.merge(first[["sentence_id", "context", "kind"]], on="sentence_id").sort_values(["doc_id", "start"])
    texts = documents.set_index("doc_id")["text"]
    spans = zip(rows["doc_id"], rows["start"], rows["end"], strict=True)
    text = [texts[doc_id][start:end] for doc_id, start, end in spans]
    rows = rows.assign(clause_id=rows["sentence_id"], text=text)[CLAUSES.columns]
    return CLAUSES.check(rows.astype({"text": "str"}).reset_index(drop=True))
