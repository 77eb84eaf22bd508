"""The plan encoder: a small transformer, pre-trained on the texts of plans, read without padding.

A BERT (Devlin et al., 2019) whose token vectors are averaged. Texts with the same number of tokens are read together,
so no padding is computed and a text's vector does not depend on what stands beside it. The linear layers are computed
in whole numbers of 8 bits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.themes.dense import Dense
from pipeline.themes.plan_text import plain

if TYPE_CHECKING:
    import torch

_CLS = 2
_EPSILON = 1e-12
_TOKENS = 256
"""Tokens of a batch: what the layers make of them stays in the processor's cache."""
_JOINED = tuple(f"attention.self.{name}" for name in ("query", "key", "value"))
_SINGLE = ("attention.output.dense", "intermediate.dense", "output.dense")


@dataclass(frozen=True, slots=True)
class PlanEncoder:
    """Encodes texts for the theme reader.

    Attributes:
        tokenizer: A tokenizers.Tokenizer.
        weights: By the names that transformers' BertModel gives them, float32.
        dense: Of each layer the linear ones, in whole numbers.
        n_heads: Attention heads.
        longest: Tokens read of a text, the first of them [CLS].
    """

    tokenizer: Any
    weights: Mapping[str, torch.Tensor]
    dense: Sequence[Mapping[str, Dense]]
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
        dense = [_dense(weights, f"encoder.layer.{number}.") for number in range(config["layers"])]
        return cls(Tokenizer.from_file(str(path)), weights, dense, config["heads"], config["longest"])

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
        hidden = self._normed("embeddings.LayerNorm", hidden).view(ids.numel(), -1)
        for number, dense in enumerate(self.dense):
            hidden = self._layer(f"encoder.layer.{number}.", dense, hidden, ids.shape)
        return hidden.view(*ids.shape, -1)

    def _layer(self, name: str, dense: Mapping[str, Dense], hidden: torch.Tensor, of: torch.Size) -> torch.Tensor:
        """Return the vectors after a layer; (n * tokens, dimension), where `of` is (n, tokens)."""
        from torch.nn import functional

        width = hidden.shape[1]
        joined = dense["joined"](hidden).view(*of, 3, self.n_heads, width // self.n_heads)
        query, key, value = joined.permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(-1, width)
        seen = dense["attention.output.dense"](seen)
        hidden = self._normed(f"{name}attention.output.LayerNorm", hidden + seen)
        inner = functional.gelu(dense["intermediate.dense"](hidden))
        return self._normed(f"{name}output.LayerNorm", hidden + dense["output.dense"](inner))

    def _normed(self, name: str, values: torch.Tensor) -> torch.Tensor:
        from torch.nn import functional

        weight, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return functional.layer_norm(values, (values.shape[-1],), weight, bias, _EPSILON)


def _dense(weights: Mapping[str, torch.Tensor], layer: str) -> dict[str, Dense]:
    """Return the linear layers of one layer of the encoder; those of query, key and value joined."""
    groups = {"joined": _JOINED} | {name: (name,) for name in _SINGLE}
    return {
        group: Dense.of(*([weights[f"{layer}{name}.{part}"] for name in names] for part in ("weight", "bias")))
        for group, names in groups.items()
    }
