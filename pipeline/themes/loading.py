"""Which kind of classifier a model's folder holds."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from pipeline.themes.classifier import Linear, ThemeClassifier
from pipeline.themes.weights import model_folder


class Classifier(Protocol):
    """Anything that gives clauses the probabilities of themes.

    Attributes:
        name: Name and version.
        codes: The themes, in the order of the outputs.
        vectors: What reads the embeddings; None for a model that uses none.
    """

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def codes(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def vectors(self) -> Linear | None: ...  # noqa: D102

    def probabilities(
        self,
        texts: Sequence[str],
        doc_ids: Sequence[str],
        contexts: Sequence[str],
        vectors: np.ndarray | None,
    ) -> np.ndarray:
        """Return the probability of each theme for each clause; see `ThemeClassifier.probabilities`."""
        ...


def load_classifier(name: str) -> Classifier:
    """Load a shipped classifier by name, or one from a folder.

    Raises:
        FileNotFoundError: If there is no such model.
        ValueError: If the folder holds a model of another kind.
    """
    from pipeline.themes.plan_reader import KIND, ThemeReader

    folder = model_folder(name)
    kind = json.loads((folder / "config.json").read_text(encoding="utf-8")).get("kind")
    return ThemeReader.load(folder) if kind == KIND else ThemeClassifier.load(folder)
