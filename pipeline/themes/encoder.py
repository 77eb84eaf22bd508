"""Encoders: texts to vectors of unit length."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from pipeline.params import Embed


class Encoder(Protocol):
    """Anything that turns texts into vectors.

    Attributes:
        name: Names the encoder and its version in artifacts.
        dimension: Length of a vector.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def dimension(self) -> int: ...  # noqa: D102

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Encode texts, each by itself: a text's vector does not depend on its batch.

        Shape:
            (len(texts), dimension), float32; rows of unit length, or zero for a text with nothing known.
        """
        ...


def load_encoder(params: Embed) -> Encoder:
    """Load the encoder that the parameters name.

    `ngram` is the shipped one. A folder whose config.json says `"kind": "ngram-encoder"` is one of that
    kind; any other folder, and any other name, is a transformer.

    Raises:
        FileNotFoundError: If the shipped model's folder is absent.
        ValueError: If a hub model comes without a revision.
        OSError: If a hub model or a folder cannot be loaded.
    """
    from pipeline.themes.ngram_encoder import NgramEncoder, is_ngram_encoder
    from pipeline.themes.weights import model_folder

    if params.encoder == "ngram":
        return NgramEncoder.load(model_folder("encoder-ngram"))
    if is_ngram_encoder(Path(params.encoder)):
        return NgramEncoder.load(Path(params.encoder))
    from pipeline.themes.transformer_encoder import TransformerEncoder

    return TransformerEncoder(params.encoder, params.revision, batch_size=params.batch_size)


def unit_length(vectors: np.ndarray) -> np.ndarray:
    """Return the rows as float32 scaled to length 1; zero rows stay zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
