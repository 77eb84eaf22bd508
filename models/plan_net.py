"""The networks of the plan encoder and the theme reader, in torch, for their training; they are saved as safetensors.

A clause and a heading are read by the same small transformer, mean-pooled to one vector. The theme of a clause is read
from its vector, its headings' and, by dilated convolutions over the clauses of the document in reading order, from
what stands around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

N_HEADINGS = 3
DILATIONS = (1, 2, 4)


class ClauseEncoder(nn.Module):
    """Texts to vectors.

    Args:
        bert: A transformers BertModel without pooler.
        tokenizer: A tokenizers.Tokenizer.
        longest: Tokens read of a text.
    """

    def __init__(self, bert: Any, tokenizer: Any, longest: int) -> None:  # noqa: ANN401
        super().__init__()
        self.bert, self.tokenizer, self.longest = bert, tokenizer, longest

    def batch(self, texts: Sequence[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return ids and mask; shapes (n, length)."""
        found = [
            [2, *one.ids[: self.longest - 1]]
            for one in self.tokenizer.encode_batch(list(texts), add_special_tokens=False)
        ]
        length = max(map(len, found))
        ids = torch.zeros((len(found), length), dtype=torch.long)
        for at, one in enumerate(found):
            ids[at, : len(one)] = torch.tensor(one)
        return ids, (ids > 0).long()

    def forward(self, texts: Sequence[str]) -> torch.Tensor:
        """Return the mean over the tokens; shape (n, hidden)."""
        ids, mask = self.batch(texts)
        hidden = self.bert(ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(2).to(hidden.dtype)
        return (hidden * weights).sum(1) / weights.sum(1)


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
        given = self.dropout(nn.functional.gelu(self.before(given)))
        mask = inside.unsqueeze(2)
        around = given * mask
        for layer, norm in zip(self.layers, self.norms, strict=True):
            more = nn.functional.gelu(norm(layer(around.transpose(1, 2)).transpose(1, 2)))
            around = (around + self.dropout(more)) * mask
        return self.out(torch.cat([given, around], 2)), self.alone(clauses)


def load_bert(folder: Path, given: dict[str, Any], vocabulary: int, dropout: float) -> Any:  # noqa: ANN401
    """Return the pre-trained transformer, with dropout."""
    from safetensors.torch import load_file
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=vocabulary, hidden_size=given["hidden"], num_hidden_layers=given["layers"],
        num_attention_heads=given["heads"], intermediate_size=given["hidden"] * 4,
        max_position_embeddings=given["length"], hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout, type_vocab_size=1, pad_token_id=0,
    )  # fmt: skip
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(load_file(folder / "pretrained.safetensors"))
    return model


def numbered(texts: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """Return the different texts, and the number of each given one."""
    numbers: dict[str, int] = {}
    places = np.fromiter((numbers.setdefault(text, len(numbers)) for text in texts), np.int64, len(texts))
    return list(numbers), places
