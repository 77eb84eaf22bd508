"""The theme classifier: a linear model of the words, and a linear model of what stands around."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.themes.context import N_BLOCKS, Surroundings, context_features
from pipeline.themes.ngrams import Vocabulary
from pipeline.themes.weights import read_model, write_model

_KIND = "theme-classifier"
_CHUNK = 20_000


def softmax(scores: np.ndarray) -> np.ndarray:
    """Return the rows as probabilities.

    Shape:
        As given; rows sum to 1.
    """
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


@dataclass(frozen=True, slots=True)
class Linear:
    """Multinomial logistic regression.

    Attributes:
        weights: float32, (features, themes).
        bias: float32, (themes,).
    """

    weights: np.ndarray
    bias: np.ndarray

    def probabilities(self, features: Any) -> np.ndarray:  # noqa: ANN401 - a numpy or scipy matrix
        """Return probabilities for a dense or sparse matrix of features.

        Shape:
            (rows, themes); rows sum to 1.
        """
        return softmax(np.asarray(features @ self.weights) + self.bias)


@dataclass(frozen=True, slots=True)
class ThemeClassifier:
    """A trained classifier.

    Attributes:
        name: Name and version, for the column `model`.
        codes: The themes, in the order of the outputs.
        vocabulary: The n-grams of the first level.
        words: First level, on n-grams.
        vectors: First level, on the embeddings; None for a model that uses none.
        encoder: Name of the encoder whose embeddings `vectors` reads; empty where it is None.
        around: Second level.
    """

    name: str
    codes: tuple[str, ...]
    vocabulary: Vocabulary
    words: Linear
    vectors: Linear | None
    encoder: str
    around: Linear

    def probabilities(
        self,
        texts: Sequence[str],
        doc_ids: Sequence[str],
        contexts: Sequence[str],
        vectors: np.ndarray | None,
    ) -> np.ndarray:
        """Return the probability of each theme for each clause.

        Args:
            texts: Clauses in reading order, documents one after the other.
            doc_ids: The document of each.
            contexts: The heading path of each, joined by ` > `.
            vectors: The embedding of each, (clauses, dimension); needed where the model has `vectors`.

        Shape:
            (clauses, themes), in the order of `codes`; rows sum to 1.

        Raises:
            ValueError: If the vectors are absent or of another dimension than the model was trained on.
        """
        self._check(vectors)
        parts = [np.zeros((0, len(self.codes)))]
        for low, high in _chunks(doc_ids):
            around = Surroundings.of(doc_ids[low:high], contexts[low:high])
            part = None if vectors is None else vectors[low:high]
            features = self.features(self.first_level(texts[low:high]), around, part)
            parts.append(self.around.probabilities(features))
        return np.vstack(parts)

    def first_level(self, texts: Sequence[str]) -> np.ndarray:
        """Return the probabilities that the words of each text alone give."""
        return self.words.probabilities(self.vocabulary.transform(texts))

    def features(self, p: np.ndarray, around: Surroundings, vectors: np.ndarray | None) -> np.ndarray:
        """Return what the second level sees.

        Shape:
            (clauses, N_BLOCKS * themes), and as many columns more as themes where the model has `vectors`.
        """
        found = context_features(p, self.first_level(around.headings), around)
        if self.vectors is None or vectors is None:
            return found
        return np.hstack([found, self.vectors.probabilities(vectors).astype(np.float32)])

    def _check(self, vectors: np.ndarray | None) -> None:
        if self.vectors is None:
            return
        wanted, got = len(self.vectors.weights), None if vectors is None else vectors.shape[1]
        if wanted != got:
            msg = f"model {self.name} wants embeddings of {self.encoder} with {wanted} dimensions, got {got}"
            raise ValueError(msg)

    def save(self, folder: Path) -> None:
        """Write the model; weights as 16-bit floats."""
        tensors = {"grams": self.vocabulary.grams, "idf": self.vocabulary.idf}
        for part, linear in (("words", self.words), ("vectors", self.vectors), ("around", self.around)):
            if linear is not None:
                tensors |= {f"{part}.weights": linear.weights.astype(np.float16), f"{part}.bias": linear.bias}
        config = {"kind": _KIND, "name": self.name, "codes": list(self.codes), "encoder": self.encoder}
        write_model(folder, config, tensors)

    @classmethod
    def load(cls, folder: Path) -> ThemeClassifier:
        """Read a model.

        Raises:
            FileNotFoundError: If its weights are absent.
            ValueError: If the folder holds a model of another kind, or the weights do not fit together.
        """
        config, tensors = read_model(folder, _KIND)
        parts = {
            part: Linear(tensors[f"{part}.weights"].astype(np.float32), tensors[f"{part}.bias"])
            for part in ("words", "vectors", "around")
            if f"{part}.weights" in tensors
        }
        codes, vectors = tuple(config["codes"]), parts.get("vectors")
        wanted, got = (N_BLOCKS + (vectors is not None)) * len(codes), len(parts["around"].weights)
        if wanted != got:
            msg = f"{folder}: wanted {wanted} context weights for {len(codes)} themes, got {got}"
            raise ValueError(msg)
        vocabulary = Vocabulary(tensors["grams"], tensors["idf"])
        return cls(config["name"], codes, vocabulary, parts["words"], vectors, config["encoder"], parts["around"])


def _chunks(doc_ids: Sequence[str]) -> list[tuple[int, int]]:
    """Return ranges of whole documents with about `_CHUNK` clauses each, so that memory stays bounded."""
    bounds = [0]
    for at in range(1, len(doc_ids)):
        if at - bounds[-1] >= _CHUNK and doc_ids[at] != doc_ids[at - 1]:
            bounds.append(at)
    return [*zip(bounds, [*bounds[1:], len(doc_ids)], strict=True)] if len(doc_ids) else []
