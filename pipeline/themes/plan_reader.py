"""The theme reader: a clause's theme from its own vector, its headings' and what stands around it.

Dilated convolutions over the clauses of a document in reading order see 14 clauses ahead and back. The log odds are
averaged with those of the linear classifier of words, whose errors are others, and divided by a temperature that
makes the probabilities true (Guo et al., 2017).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline.themes.classifier import ThemeClassifier, softmax
from pipeline.themes.context import Surroundings
from pipeline.themes.plan_encoder import PlanEncoder
from pipeline.themes.weights import model_folder, read_model, read_tensors

if TYPE_CHECKING:
    import torch

KIND = "theme-reader"
_DILATIONS = (1, 2, 4)
_LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class ThemeReader:
    """A trained reader.

    Attributes:
        name: Name and version, for the column `model`.
        codes: The themes, in the order of the outputs.
        encoder: Reads clauses and headings.
        weights: Of the layers after the encoder, float32.
        words: The linear classifier that it is averaged with.
        share: Weight of the words' log odds, 0 to 1.
        temperature: Divides the log odds.
    """

    name: str
    codes: tuple[str, ...]
    encoder: PlanEncoder
    weights: Mapping[str, torch.Tensor]
    words: ThemeClassifier
    share: float
    temperature: float

    @property
    def vectors(self) -> None:
        """None: it reads no embeddings made by others."""
        return

    @classmethod
    def load(cls, folder: Path) -> ThemeReader:
        """Read a model.

        Raises:
            FileNotFoundError: If a file of it is absent.
            ValueError: If the folder holds a model of another kind, or its themes are not those of its words.
        """
        import torch

        config, tensors = read_model(folder, KIND)
        # Layers after the encoder that were trained again take the place of those of the model.
        tensors |= read_tensors(folder / config["reader"]) if "reader" in config else {}
        given = {name: torch.from_numpy(one.astype(np.float32)) for name, one in tensors.items()}
        parts = [
            {name.removeprefix(f"{part}."): one for name, one in given.items() if name.startswith(f"{part}.")}
            for part in ("encoder", "reader")
        ]
        words = ThemeClassifier.load(model_folder(config["words"]))
        if words.codes != tuple(config["codes"]):
            msg = f"{folder}: its themes are not those of {config['words']}"
            raise ValueError(msg)
        encoder = PlanEncoder.of(folder, config, parts[0])
        codes, share = tuple(config["codes"]), float(config["share"])
        return cls(config["name"], codes, encoder, parts[1], words, share, float(config["temperature"]))

    def probabilities(
        self,
        texts: Sequence[str],
        doc_ids: Sequence[str],
        contexts: Sequence[str],
        vectors: np.ndarray | None,
    ) -> np.ndarray:
        """Return the probability of each theme for each clause; see `ThemeClassifier.probabilities`."""
        import torch

        known = np.log(np.maximum(self.words.probabilities(texts, doc_ids, contexts, vectors), _LEAST))
        around = Surroundings.of(doc_ids, contexts)
        own = np.zeros_like(known)
        n_threads = torch.get_num_threads()
        # A document by itself, on one thread: sums are added in one order, whatever stands beside it and wherever.
        torch.set_num_threads(1)
        try:
            for rows in _documents(around.documents):
                own[rows] = self._read([texts[row] for row in rows], around, rows)
        finally:
            torch.set_num_threads(n_threads)
        own = np.log(np.maximum(softmax(own), _LEAST))
        return softmax(((1 - self.share) * own + self.share * known) / self.temperature)

    def _read(self, texts: list[str], around: Surroundings, rows: np.ndarray) -> np.ndarray:
        """Return the log odds of the clauses of one document."""
        paths = around.paths[rows]
        used = np.unique(paths[paths >= 0])
        headings = self.encoder.encode([around.headings[one] for one in used])
        numbers = np.where(paths >= 0, np.searchsorted(used, paths), -1)
        return self._odds(self.encoder.encode(texts), headings, numbers)

    def _odds(self, clauses: np.ndarray, headings: np.ndarray, paths: np.ndarray) -> np.ndarray:
        """Return the log odds from the vectors of clauses and headings."""
        import torch
        from torch.nn import functional

        weights = self.weights
        with torch.inference_mode():
            given = self._linear("clause", torch.from_numpy(clauses))
            for depth in range(paths.shape[1]):
                rows = np.flatnonzero(paths[:, depth] >= 0)
                if len(rows):
                    seen = torch.from_numpy(headings[paths[rows, depth]])
                    given[rows] += functional.linear(seen, weights[f"headings.{depth}.weight"])
            given = functional.gelu(self._normed("before", given))
            around = given
            for number, dilation in enumerate(_DILATIONS):
                name = f"layers.{number}"
                more = functional.conv1d(
                    around.T[None], weights[f"{name}.weight"], weights[f"{name}.bias"],
                    padding=dilation, dilation=dilation,
                )[0].T  # fmt: skip
                around = around + functional.gelu(self._normed(f"norms.{number}", more))
            return np.asarray(self._linear("out", torch.cat([given, around], 1)))

    def _linear(self, name: str, values: torch.Tensor) -> torch.Tensor:
        from torch.nn import functional

        return functional.linear(values, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def _normed(self, name: str, values: torch.Tensor) -> torch.Tensor:
        from torch.nn import functional

        weight, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return functional.layer_norm(values, (values.shape[-1],), weight, bias)


def _documents(numbers: np.ndarray) -> list[np.ndarray]:
    """Return the rows of each document."""
    if not len(numbers):
        return []
    order = np.argsort(numbers, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(numbers[order])) + 1)
