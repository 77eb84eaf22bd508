"""The network of `pipeline/structure/clause_net.py` in torch: its training, in two steps, and its export.

First it learns, on work reports without labels, whether a comma or a stop stands between two stretches; then, from the
labelled commas, whether the second stretch joins the first.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from pipeline.structure.clause_net import LEFT, LONGEST, Windows

CHANNELS, HIDDEN, INNER, LENGTHS = 32, 48, 64, 8
ALPHABET = 3200
DROPOUT, SEED = 0.3, 14
BEFORE, AFTER = (2, 2e-3, 512), (6, 1.5e-3, 128)
"""Epochs, learning rate and batch of the two steps."""


class ClauseNet(nn.Module):
    """Two convolutions over the characters around a comma.

    Args:
        n_signs: Size of the alphabet.
    """

    def __init__(self, n_signs: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(n_signs + 2, CHANNELS, padding_idx=0)
        self.side = nn.Embedding(2, CHANNELS)
        self.sizes = nn.Embedding(2 * (LONGEST + 1), LENGTHS)
        self.first = nn.Conv1d(CHANNELS, HIDDEN, 3, padding=1)
        self.second = nn.Conv1d(HIDDEN, HIDDEN, 3, padding=1)
        self.inner = nn.Linear(5 * HIDDEN + 2 * LENGTHS + 2, INNER)
        self.outer = nn.Linear(INNER, 1)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, places: torch.Tensor, sizes: torch.Tensor, edges: torch.Tensor) -> torch.Tensor:
        """Return log odds; shape (n,)."""
        inside = (places > 0).float().unsqueeze(1)
        lengths = torch.tensor([LEFT, places.shape[1] - LEFT])
        side = torch.repeat_interleave(self.side.weight, lengths, dim=0)
        values = self.dropout(self.embedding(places) + side).transpose(1, 2) * inside
        hidden = torch.relu(self.first(values)) * inside
        hidden = (torch.relu(self.second(hidden)) + hidden) * inside
        left, right = hidden[:, :, :LEFT], hidden[:, :, LEFT:]
        known = self.sizes(sizes + torch.tensor([0, LONGEST + 1])).flatten(1)
        joined = [left.amax(2), right.amax(2), left[:, :, -1], right[:, :, 0], left[:, :, -2], known, edges]
        inner = self.dropout(torch.relu(self.inner(torch.cat(joined, 1))))
        return self.outer(inner).squeeze(1)


def alphabet_of(codes: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the code points that are frequent enough to have a place of their own."""
    counts = np.bincount(np.minimum(codes.ravel(), 0xFFFF), minlength=1 << 16)
    counts[0] = 0
    return np.argsort(-counts, kind="stable")[:ALPHABET].astype(np.int64)


def tensors(seen: Windows, alphabet: NDArray[np.int64]) -> tuple[torch.Tensor, ...]:
    """Return what the network takes."""
    places = np.ones(1 << 16, np.int64)
    places[0] = 0
    places[alphabet] = np.arange(2, len(alphabet) + 2)
    found = places[np.minimum(seen.codes, 0xFFFF)]
    return torch.from_numpy(found), torch.from_numpy(seen.sizes), torch.from_numpy(seen.edges)


def fit(net: ClauseNet, given: Sequence[torch.Tensor], labels: torch.Tensor, step: tuple[int, float, int]) -> None:
    """Train in place; the same numbers each time on one thread."""
    epochs, rate, batch = step
    n_batches = -(-len(labels) // batch)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=epochs * n_batches)
    net.train()
    for _ in range(epochs):
        order = torch.randperm(len(labels))
        for at in range(0, len(labels), batch):
            chosen = order[at : at + batch]
            loss = nn.functional.binary_cross_entropy_with_logits(net(*(one[chosen] for one in given)), labels[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    net.eval()


def scores(net: ClauseNet, given: Sequence[torch.Tensor]) -> NDArray[np.float64]:
    """Return the log odds of all windows."""
    with torch.no_grad():
        parts = [net(*(one[at : at + 4096] for one in given)) for at in range(0, len(given[0]), 4096)]
    return torch.cat(parts).numpy().astype(np.float64)


def weights_of(net: ClauseNet, alphabet: NDArray[np.int64]) -> dict[str, NDArray[np.float16]]:
    """Return what `clause_net.safetensors` holds."""
    names = {"first": net.first, "second": net.second, "inner": net.inner, "outer": net.outer}
    found = {name: layer.weight.detach().numpy() for name, layer in names.items()}
    found |= {f"{name}_bias": layer.bias.detach().numpy() for name, layer in names.items()}
    for name in ("embedding", "side", "sizes"):
        found[name] = getattr(net, name).weight.detach().numpy()
    return {name: one.astype(np.float16) for name, one in found.items()} | {"alphabet": alphabet.astype(np.int32)}
