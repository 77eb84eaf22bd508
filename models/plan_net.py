"""The networks of the plan encoder and the theme reader, in torch, for their training; they are saved as safetensors.

A clause and a heading are read by the same small transformer (post-norm, as BERT), mean-pooled to one vector. The
theme of a clause is read from its vector, its headings' and, by dilated convolutions over the clauses of the document
in reading order, from what stands around it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn
from torch.nn import functional

N_HEADINGS = 3
DILATIONS = (1, 2, 4)
EPSILON = 1e-12
_PARTS = {
    "attention.output.dense": "seen",
    "attention.output.LayerNorm": "after_seen",
    "intermediate.dense": "inner",
    "output.dense": "outer",
    "output.LayerNorm": "after_outer",
}
"""Of a layer: the name that transformers' BertModel gives it, and ours."""


class Layer(nn.Module):
    """One layer of the transformer.

    Args:
        hidden: Length of a token's vector.
        heads: Of the attention.
        dropout: Share of values dropped in training.
    """

    def __init__(self, hidden: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.share = heads, dropout
        self.joined, self.seen = nn.Linear(hidden, 3 * hidden), nn.Linear(hidden, hidden)
        self.after_seen = nn.LayerNorm(hidden, eps=EPSILON)
        self.inner, self.outer = nn.Linear(hidden, 4 * hidden), nn.Linear(4 * hidden, hidden)
        self.after_outer = nn.LayerNorm(hidden, eps=EPSILON)

    def forward(self, hidden: torch.Tensor, mask: torch.Tensor | None) -> torch.Tensor:
        """Return the next vectors of the tokens; (n, length, hidden)."""
        n, length, _ = hidden.shape
        dropout = self.share if self.training else 0.0
        query, key, value = self.joined(hidden).view(n, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=dropout)
        seen = self.seen(seen.transpose(1, 2).reshape(n, length, -1))
        hidden = self.after_seen(hidden + dropped(seen, dropout))
        outer = self.outer(functional.gelu(self.inner(hidden)))
        return self.after_outer(hidden + dropped(outer, dropout))


def dropped(values: torch.Tensor, share: float) -> torch.Tensor:
    """Drop a share of the values."""
    return functional.dropout(values, share) if share else values


class Encoder(nn.Module):
    """Token ids to token vectors, and to log odds of masked tokens.

    Args:
        vocabulary: Kinds of tokens.
        size: `layers`, `hidden`, `heads`.
        length: Tokens of a text at most.
        dropout: Share of values dropped in training.
    """

    def __init__(self, vocabulary: int, size: Mapping[str, int], length: int = 128, dropout: float = 0.0) -> None:
        super().__init__()
        hidden = size["hidden"]
        self.share = dropout
        self.words, self.places = nn.Embedding(vocabulary, hidden), nn.Embedding(length, hidden)
        self.norm = nn.LayerNorm(hidden, eps=EPSILON)
        self.layers = nn.ModuleList(Layer(hidden, size["heads"], dropout) for _ in range(size["layers"]))
        self.guess, self.guess_norm = nn.Linear(hidden, hidden), nn.LayerNorm(hidden, eps=EPSILON)
        self.bias = nn.Parameter(torch.zeros(vocabulary))
        self.apply(_begin)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """Return the token vectors.

        Args:
            ids: (n, length).
            mask: True at tokens that are read; (n, 1, 1, length). None for all.

        Shape:
            (n, length, hidden).
        """
        hidden = self.norm(self.words(ids) + self.places.weight[: ids.shape[1]])
        hidden = dropped(hidden, self.share if self.training else 0.0)
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return hidden

    def guesses(self, hidden: torch.Tensor) -> torch.Tensor:
        """Return the log odds of the tokens at masked places; (n, vocabulary)."""
        hidden = self.guess_norm(functional.gelu(self.guess(hidden)))
        return functional.linear(hidden, self.words.weight, self.bias)

    def exported(self) -> dict[str, torch.Tensor]:
        """Return the weights by the names of transformers' BertModel."""
        found = {
            "embeddings.word_embeddings.weight": self.words.weight,
            "embeddings.position_embeddings.weight": self.places.weight,
            "embeddings.token_type_embeddings.weight": torch.zeros(1, self.norm.weight.shape[0]),
            "embeddings.LayerNorm.weight": self.norm.weight,
            "embeddings.LayerNorm.bias": self.norm.bias,
        }
        for number, layer in enumerate(self.layers):
            at = f"encoder.layer.{number}."
            for part in ("weight", "bias"):
                of_three = getattr(layer.joined, part).chunk(3)
                for name, one in zip(("query", "key", "value"), of_three, strict=True):
                    found[f"{at}attention.self.{name}.{part}"] = one
                found |= {f"{at}{name}.{part}": getattr(getattr(layer, ours), part) for name, ours in _PARTS.items()}
        return found

    @torch.no_grad()
    def take(self, weights: Mapping[str, torch.Tensor]) -> None:
        """Take the weights that `exported` gave."""
        for name, one in self.exported().items():
            if ".self." not in name and "token_type" not in name:
                one.copy_(weights[name])
        for number, layer in enumerate(self.layers):
            at = f"encoder.layer.{number}.attention.self."
            for part in ("weight", "bias"):
                of_three = [weights[f"{at}{name}.{part}"] for name in ("query", "key", "value")]
                getattr(layer.joined, part).copy_(torch.cat(of_three))


def _begin(module: Any) -> None:  # noqa: ANN401
    """Draw the first weights as BERT does."""
    if isinstance(module, (nn.Linear, nn.Embedding)):
        nn.init.normal_(module.weight, std=0.02)
    if isinstance(module, nn.Linear):
        nn.init.zeros_(module.bias)


class ThemeReader(nn.Module):
    """From the vectors of a document's clauses and headings to log odds of the themes.

    Args:
        hidden: Length of a vector.
        n_themes: Number of themes.
        width: Channels of the convolutions.
        dropout: Share of values dropped in training.
    """

    def __init__(self, hidden: int, n_themes: int, width: int, dropout: float) -> None:
        super().__init__()
        self.clause = nn.Linear(hidden, width)
        self.headings = nn.ModuleList(nn.Linear(hidden, width, bias=False) for _ in range(N_HEADINGS))
        self.before = nn.LayerNorm(width)
        self.layers = nn.ModuleList(
            nn.Conv1d(width, width, 3, padding=dilation, dilation=dilation) for dilation in DILATIONS
        )
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in DILATIONS)
        self.out = nn.Linear(2 * width, n_themes)
        self.alone = nn.Linear(hidden, n_themes)
        self.dropout = nn.Dropout(dropout)

    def forward(
        self, clauses: torch.Tensor, headings: torch.Tensor, inside: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return log odds with and without the surroundings.

        Args:
            clauses: (documents, length, hidden).
            headings: Innermost first, zero where there is none; (documents, length, N_HEADINGS, hidden).
            inside: 1 where there is a clause; (documents, length).
        """
        given = self.clause(clauses)
        for depth, layer in enumerate(self.headings):
            given = given + layer(headings[:, :, depth])
        given = self.dropout(functional.gelu(self.before(given)))
        mask = inside.unsqueeze(2)
        around = given * mask
        for layer, norm in zip(self.layers, self.norms, strict=True):
            more = functional.gelu(norm(layer(around.transpose(1, 2)).transpose(1, 2)))
            around = (around + self.dropout(more)) * mask
        return self.out(torch.cat([given, around], 2)), self.alone(clauses)
