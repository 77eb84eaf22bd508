"""The shipped encoder: character n-grams, reduced to a dense vector by a singular value decomposition."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.themes.encoder import unit_length
from pipeline.themes.ngrams import Vocabulary
from pipeline.themes.weights import read_model, write_model

_KIND = "ngram-encoder"
_CHUNK = 8192


def is_ngram_encoder(folder: Path) -> bool:
    """Say whether a folder holds an encoder of this kind."""
    path = folder / "config.json"
    return path.is_file() and json.loads(path.read_text(encoding="utf-8")).get("kind") == _KIND


@dataclass(frozen=True, slots=True)
class NgramEncoder:
    """TF-IDF of character 1-3-grams, projected (latent semantic analysis; Deerwester et al., 1990).

    Attributes:
        name: Name and version.
        vocabulary: The n-grams and their weights.
        projection: float32, (n-grams, dimension).
    """

    name: str
    vocabulary: Vocabulary
    projection: np.ndarray

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.projection.shape[1])

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Encode texts; see `Encoder.encode`."""
        found = np.zeros((len(texts), self.dimension), np.float32)
        for first in range(0, len(texts), _CHUNK):
            part = texts[first : first + _CHUNK]
            found[first : first + len(part)] = self.vocabulary.transform(part) @ self.projection
        return unit_length(found)

    @classmethod
    def fit(cls, texts: Sequence[str], name: str, dimension: int, min_df: int, size: int, seed: int) -> NgramEncoder:
        """Train on unlabelled texts.

        Args:
            texts: Stretches of about 100 characters: what stands together in one is taken as related.
            name: Name and version of the result.
            dimension: Length of a vector.
            min_df: Least number of texts that hold an n-gram.
            size: At most so many n-grams.
            seed: Of the randomised decomposition.
        """
        from sklearn.decomposition import TruncatedSVD

        vocabulary = Vocabulary.fit(texts, min_df, size)
        svd = TruncatedSVD(dimension, n_iter=3, random_state=seed).fit(vocabulary.transform(texts))
        # Divided by the singular values, the first, most general dimensions do not outweigh the rest.
        projection = svd.components_.T / svd.singular_values_
        return cls(name, vocabulary, projection.astype(np.float32))

    def save(self, folder: Path) -> None:
        """Write the model: the projection as 8-bit integers with one scale for each n-gram."""
        scale = np.abs(self.projection).max(axis=1, keepdims=True) / 127
        scale = np.where(scale > 0, scale, 1).astype(np.float32)
        tensors = {
            "grams": self.vocabulary.grams,
            "idf": self.vocabulary.idf,
            "scale": scale,
            "projection": np.rint(self.projection / scale).astype(np.int8),
        }
        write_model(folder, {"kind": _KIND, "name": self.name, "dimension": self.dimension}, tensors)

    @classmethod
    def load(cls, folder: Path) -> NgramEncoder:
        """Read a model.

        Raises:
            FileNotFoundError: If its weights are absent.
            ValueError: If the folder holds a model of another kind.
        """
        config, tensors = read_model(folder, _KIND)
        projection = tensors["projection"].astype(np.float32) * tensors["scale"]
        return cls(config["name"], Vocabulary(tensors["grams"], tensors["idf"]), projection)
