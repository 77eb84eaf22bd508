"""Embed the clauses."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from pipeline.folding import fold_by_document
from pipeline.params import Embed
from pipeline.tables import EMBEDDINGS
from pipeline.themes.encoder import load_encoder

_DECIMALS = 4
_encoder = lru_cache(maxsize=1)(load_encoder)  # documents come one by one


def embed(clauses: pd.DataFrame, params: Embed) -> pd.DataFrame:
    """Give each clause the vector of its folded text.

    Args:
        clauses: The clauses table.
        params: The parameters of the stage.

    Returns:
        The embeddings table, in the order of `clauses`; vectors are float32 of unit length, or zero for a
        text in which the encoder knows nothing.

    Raises:
        FileNotFoundError: If the shipped encoder is absent.
        ValueError: If a hub model comes without a revision.
        OSError: If the encoder cannot be loaded.
    """
    if clauses.empty:
        return EMBEDDINGS.frame([])
    texts = fold_by_document(clauses["text"].tolist(), clauses["doc_id"].tolist())
    # Rounded: what the processor's order of additions changes lies below.
    vectors = _encoder(params).encode(texts).round(_DECIMALS)
    return EMBEDDINGS.check(pd.DataFrame({"clause_id": clauses["clause_id"].to_numpy(), "vector": list(vectors)}))
