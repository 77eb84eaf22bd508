"""The plan encoder: a small transformer, pre-trained on the texts of plans, read without padding.

A BERT (Devlin et al., 2019) whose token vectors are averaged. Texts with the same number of tokens are read together,
so no padding is computed and a text's vector does not depend on what stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.themes.plan_text import plain

if TYPE_CHECKING:
    import torch

_CLS = 2
_EPSILON = 1e-12
_TOKENS = 8192
"""Tokens of a batch."""


@dataclass(frozen=True, slots=True)
class PlanEncoder:
    """Encodes texts for the theme reader.

    Attributes:
        tokenizer: A tokenizers.Tokenizer.
        weights: By the names that transformers' BertModel gives them, float32.
        n_layers: Layers.
        n_heads: Attention heads.
        longest: Tokens read of a text, the first of them [CLS].
    """

    tokenizer: Any
    weights: Mapping[str, torch.Tensor]
    n_layers: int
    n_heads: int
    longest: int

    @classmethod
    def of(cls, folder: Path, config: Mapping[str, Any], weights: Mapping[str, torch.Tensor]) -> PlanEncoder:
        """Build the encoder from its folder's tokenizer.json and the weights.

        Raises:
            FileNotFoundError: If the tokenizer is absent.
        """
        from tokenizers import Tokenizer

        path = folder / "tokenizer.json"
        if not path.is_file():
            msg = f"{path} is missing; restore it from the repository"
            raise FileNotFoundError(msg)
        return cls(Tokenizer.from_file(str(path)), weights, config["layers"], config["heads"], config["longest"])

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.weights["embeddings.word_embeddings.weight"].shape[1])

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return the mean of the token vectors of each text; the same text is read once.

        Shape:
            (len(texts), dimension), float32.
        """
        import torch

        numbers: dict[str, int] = {}
        places = np.fromiter((numbers.setdefault(plain(text), len(numbers)) for text in texts), np.int64, len(texts))
        found = np.zeros((len(numbers), self.dimension), np.float32)
        with torch.inference_mode():
            for rows, ids in self._batches(list(numbers)):
                found[rows] = self._forward(torch.from_numpy(ids)).mean(1).numpy()
        return found[places]

    def _batches(self, texts: list[str]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield rows and ids, (n, tokens), of texts with the same number of tokens."""
        encoded = self.tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        ids = [[_CLS, *one.ids[: self.longest - 1]] for one in encoded]
        lengths = np.fromiter(map(len, ids), np.int64, len(ids))
        for length in np.unique(lengths):
            rows, size = np.flatnonzero(lengths == length), max(1, _TOKENS // int(length))
            for at in range(0, len(rows), size):
                part = rows[at : at + size]
                yield part, np.array([ids[row] for row in part], np.int64)

    def _forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Return the token vectors; (n, tokens, dimension)."""
        words, places = (self.weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position"))
        hidden = words[ids] + places[: ids.shape[1]] + self.weights["embeddings.token_type_embeddings.weight"][0]
        hidden = self._normed("embeddings.LayerNorm", hidden)
        for number in range(self.n_layers):
            hidden = self._layer(f"encoder.layer.{number}.", hidden)
        return hidden

    def _layer(self, name: str, hidden: torch.Tensor) -> torch.Tensor:
        from torch.nn import functional

        n, length, width = hidden.shape
        shape = (n, length, self.n_heads, width // self.n_heads)
        parts = [self._dense(f"{name}attention.self.{one}", hidden) for one in ("query", "key", "value")]
        query, key, value = (one.view(shape).transpose(1, 2) for one in parts)
        seen = functional.scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(n, length, width)
        seen = self._dense(f"{name}attention.output.dense", seen)
        hidden = self._normed(f"{name}attention.output.LayerNorm", hidden + seen)
        inner = functional.gelu(self._dense(f"{name}intermediate.dense", hidden))
        return self._normed(f"{name}output.LayerNorm", hidden + self._dense(f"{name}output.dense", inner))

    def _dense(self, name: str, values: torch.Tensor) -> torch.Tensor:
        from torch.nn import functional

        return functional.linear(values, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def _normed(self, name: str, values: torch.Tensor) -> torch.Tensor:
        from torch.nn import functional

        weight, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return functional.layer_norm(values, (values.shape[-1],), weight, bias, _EPSILON)
