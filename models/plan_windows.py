"""Windows of documents, read by the networks of `plan_net` from the tokens of `plan_corpus`."""

from __future__ import annotations

import numpy as np
import torch
from plan_corpus import CLS, PAD, SEP, Plans
from plan_net import N_HEADINGS, Encoder, ThemeReader
from torch.nn import functional

_LONGEST = (16, 64)
"""Tokens of the texts that are read side by side. Few kinds: on an H200 a step of distillation takes 115 ms so, with
five kinds 189 ms, though these pad less."""
_TOGETHER = (160, 256)
"""Tokens of the stretches of several clauses that are read side by side."""


def windows(bounds: np.ndarray, length: int, rng: np.random.Generator | None, used: np.ndarray | None) -> np.ndarray:
    """Return windows of documents: rows of clauses, -1 beyond a document's ends.

    Args:
        bounds: First clause of each document, and the end.
        length: Clauses of a window.
        rng: Draws where each document is cut first; None cuts at its begin.
        used: Which clauses are annotated: windows without any are left out. None keeps all.

    Shape:
        (windows, length).
    """
    found = []
    for low, high in zip(bounds, bounds[1:], strict=False):
        first = int(rng.integers(0, length)) if rng is not None else 0
        rows = np.arange(low - first, high, length)[:, None] + np.arange(length)
        rows[(rows < low) | (rows >= high)] = -1
        found.append(rows[(rows >= 0).any(axis=1)])
    rows = np.concatenate(found)
    return rows if used is None else rows[((rows >= 0) & used[np.maximum(rows, 0)]).any(axis=1)]


def encode(encoder: Encoder, plans: Plans, texts: torch.Tensor) -> torch.Tensor:
    """Return the mean token vectors of numbered texts, (n, hidden); a text is read once, with others of its length."""
    if not len(texts):
        return encoder.words.weight.new_zeros(0, encoder.words.weight.shape[1])
    kinds, back = torch.unique(texts, return_inverse=True)
    lengths, order = torch.sort(plans.lengths[kinds].clamp(max=_LONGEST[-1] - 1) + 1)
    kinds = kinds[order]
    bounds = [0, *torch.searchsorted(lengths, torch.tensor(_LONGEST, device=texts.device), right=True).tolist()]
    vectors = [
        _encode(encoder, plans, kinds[low:high], lengths[low:high])
        for low, high in zip(bounds, bounds[1:], strict=False)
        if high > low
    ]
    places = torch.empty_like(order)
    places[order] = torch.arange(len(order), device=order.device)
    return torch.cat(vectors)[places][back]


def encode_together(encoder: Encoder, plans: Plans, rows: torch.Tensor, together: int) -> torch.Tensor:
    """Return the mean token vectors of clauses that are read as stretches of text: a token sees the clauses around.

    A clause beyond the longest stretch has the vector 0, as has a row of -1.

    Args:
        encoder: Pre-trained on such stretches.
        plans: The clauses.
        rows: Windows of clauses, -1 beyond a document's ends; (windows, length).
        together: Clauses of a stretch; divides the length.

    Shape:
        (windows, length, hidden).
    """
    parts = rows.view(-1, together)
    texts = plans.clauses[parts.clamp(min=0)]
    lengths = torch.where(parts >= 0, plans.lengths[texts].clamp(max=_LONGEST[-1]) + 1, 0)
    total, order = torch.sort((lengths.sum(1) + 1).clamp(max=_TOGETHER[-1]))
    bounds = [0, *torch.searchsorted(total, torch.tensor(_TOGETHER, device=rows.device), right=True).tolist()]
    vectors = [
        _encode_stretches(encoder, plans, texts[order[low:high]], lengths[order[low:high]])
        for low, high in zip(bounds, bounds[1:], strict=False)
        if high > low
    ]
    places = torch.empty_like(order)
    places[order] = torch.arange(len(order), device=order.device)
    return torch.cat(vectors)[places].view(*rows.shape, -1)


def _encode_stretches(encoder: Encoder, plans: Plans, texts: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """Return the vectors of stretches of clauses, each closed by [SEP]; (stretches, clauses, hidden)."""
    ends = lengths.cumsum(1) + 1  # [CLS] stands first
    total = ends[:, -1:].clamp(max=_TOGETHER[-1])
    at = torch.arange(-(-int(total.max()) // 8) * 8, device=texts.device).expand(len(texts), -1).contiguous()
    owner = torch.searchsorted(ends, at, right=True).clamp(max=texts.shape[1] - 1)
    offset = at - (ends - lengths).gather(1, owner)
    source = (plans.begins[texts.gather(1, owner)] + offset).clamp(0, len(plans.tokens) - 1)
    ids = torch.where(offset == lengths.gather(1, owner) - 1, SEP, plans.tokens[source].long())
    inside = at < total
    hidden = encoder(torch.where(inside, torch.where(at == 0, CLS, ids), PAD), inside[:, None, None, :])
    of = functional.one_hot(owner, texts.shape[1]) * (inside & (at > 0)).unsqueeze(2)
    sums = torch.einsum("stc,sth->sch", of.to(hidden.dtype), hidden)
    return sums / of.sum(1).clamp(min=1).unsqueeze(2).to(hidden.dtype)


def _encode(encoder: Encoder, plans: Plans, texts: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    # A width of whole eights, which the fused attention of GPUs asks of a mask.
    at = torch.arange(-(-int(lengths.max()) // 8) * 8, device=texts.device)[None]
    source = (plans.begins[texts][:, None] + at - 1).clamp(0, len(plans.tokens) - 1)
    inside = at < lengths[:, None]
    ids = torch.where(at == 0, CLS, plans.tokens[source].long())
    hidden = encoder(torch.where(inside, ids, PAD), inside[:, None, None, :])
    weights = inside.unsqueeze(2).to(hidden.dtype)
    return (hidden * weights).sum(1) / weights.sum(1)


def read(
    encoder: Encoder, reader: ThemeReader, plans: Plans, rows: torch.Tensor, together: int = 0
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return log odds with and without the surroundings, (windows, length, themes), and where there are clauses.

    With `together`, so many clauses are read as one stretch; else each by itself.
    """
    inside = rows >= 0
    at = rows.clamp(min=0)
    paths = plans.paths[at]
    there = (paths >= 0) & inside.unsqueeze(2)
    with torch.autocast(rows.device.type, torch.bfloat16):
        texts = paths[there] if together else torch.cat([plans.clauses[at][inside], paths[there]])
        vectors = encode(encoder, plans, texts)
        shape, n = (*rows.shape, vectors.shape[1]), len(vectors) - int(there.sum())
        if together:
            clauses = encode_together(encoder, plans, rows, together).to(vectors.dtype)
        else:
            clauses = torch.zeros(shape, dtype=vectors.dtype, device=rows.device)
            clauses[inside] = vectors[:n]
        headings = torch.zeros(*rows.shape, N_HEADINGS, shape[2], dtype=vectors.dtype, device=rows.device)
        headings[there] = vectors[n:]
        both, alone = reader(clauses, headings, inside.to(vectors.dtype))
    return both.float(), alone.float(), inside


@torch.inference_mode()
def predict(encoder: Encoder, reader: ThemeReader, plans: Plans, bounds: np.ndarray, together: int = 0) -> torch.Tensor:
    """Return the log probabilities of the clauses up to the last bound; (clauses, themes), float16."""
    encoder.eval(), reader.eval()
    device = plans.clauses.device
    found = torch.zeros(int(bounds[-1]), reader.out.out_features, dtype=torch.float16, device=device)
    for rows in torch.from_numpy(windows(bounds, 192, None, None)).to(device).split(48):
        both, _, inside = read(encoder, reader, plans, rows, together)
        found[rows[inside]] = functional.log_softmax(both, -1)[inside].half()
    encoder.train(), reader.train()
    return found
