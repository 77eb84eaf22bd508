"""Train the network that points at what a quantity measures: `python models/train_indicators.py`.

First it learns from the rules of `pipeline/commitments/indicators.py` on work reports without labels, then from the
quantities of ../shared/gold/train and data/gold/quantities/dev and from the names in data/labels/indicators-*.json;
nothing of the test places is read. Reports a cross-validation by place, and writes indicator_net.safetensors.
"""

from __future__ import annotations

import copy
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

import numpy as np
import torch
import yaml
from corpus_clauses import Corpus, place_of
from numpy.typing import NDArray
from safetensors.numpy import save
from sklearn.model_selection import GroupKFold
from torch import nn

from pipeline.commitments.candidates import candidates
from pipeline.commitments.indicator_net import (
    AFTER,
    BEFORE,
    DILATIONS,
    QUOTE,
    WIDTH,
    decode,
    numbered,
    positions,
    windows,
)
from pipeline.commitments.indicators import indicator_of
from pipeline.reading import read
from pipeline.structure import parse

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
TARGET = ROOT / "pipeline" / "commitments" / "indicator_net.safetensors"
ALPHABET, EMBEDDING, CHANNELS, DROPOUT, SEED = 3200, 40, 40, 0.15, 14
DOCUMENTS, FOLDS = 420, 5
BEFOREHAND, AFTERWARDS = (3, 2e-3, 256), (14, 1.5e-3, 64)
"""Epochs, learning rate and batch of the two steps."""
NONE = WIDTH


class Rows(NamedTuple):
    """Windows, first and last place of the indicator (NONE where none is named, -1 where it stands elsewhere)."""

    seen: NDArray[np.uint32]
    wanted: NDArray[np.int64]
    names: list[list[str | None]]
    places: list[str]


class Pointer(nn.Module):
    """The network of `pipeline/commitments/indicator_net.py`."""

    def __init__(self, n_signs: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(n_signs + 2, EMBEDDING, padding_idx=0)
        self.part, self.position = nn.Embedding(3, EMBEDDING), nn.Embedding(64, EMBEDDING)
        self.first = nn.Linear(EMBEDDING, CHANNELS)
        self.layers = nn.ModuleList(nn.Conv1d(CHANNELS, CHANNELS, 3, padding=one, dilation=one) for one in DILATIONS)
        self.asked, self.mix = nn.Linear(CHANNELS, CHANNELS), nn.Linear(2 * CHANNELS, CHANNELS)
        self.out, self.none = nn.Linear(CHANNELS, 2), nn.Linear(CHANNELS, 1)
        self.dropout = nn.Dropout(DROPOUT)
        self.register_buffer("parts", torch.tensor([0] * BEFORE + [1] * QUOTE + [2] * AFTER), persistent=False)
        self.register_buffer("steps", torch.from_numpy(positions()), persistent=False)

    def forward(self, seen: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the scores of the places, and of none, as start and as end; both (n, WIDTH + 1)."""
        inside = (seen > 0).float().unsqueeze(2)
        given = self.dropout(self.embedding(seen) + self.part(self.parts) + self.position(self.steps))
        hidden = torch.relu(self.first(given)) * inside
        for layer in self.layers:
            more = torch.relu(layer(hidden.transpose(1, 2)).transpose(1, 2))
            hidden = (hidden + self.dropout(more)) * inside
        asked = self.asked(hidden[:, BEFORE : BEFORE + QUOTE].amax(1))
        hidden = torch.relu(self.mix(torch.cat([hidden, hidden * asked.unsqueeze(1)], 2)))
        closed = (seen == 0) | (self.parts == 1)
        scores = self.out(self.dropout(hidden)).masked_fill(closed.unsqueeze(2), -1e4)
        none = self.none(asked)
        return torch.cat([scores[:, :, 0], none], 1), torch.cat([scores[:, :, 1], none], 1)


def place_in_window(at: int, start: int, end: int) -> int:
    """Return where a character of the text stands in the window of the quantity [start, end)."""
    return BEFORE - (start - at) if at < start else BEFORE + QUOTE + (at - end)


def wanted_span(text: str, start: int, end: int, names: list[str | None]) -> tuple[int, int]:
    """Return the nearest place at which an accepted name stands."""
    if None in names:
        return NONE, NONE
    found = []
    for name in filter(None, names):
        before = text.rfind(name, max(0, start - BEFORE), start)
        after = text.find(name, end, end + AFTER)
        if before >= 0:
            found.append((start - before - len(name), before, before + len(name) - 1))
        if after >= 0:
            found.append((after - end, after, after + len(name) - 1))
    if not found:
        return -1, -1
    _, first, last = min(found)
    return place_in_window(first, start, end), place_in_window(last, start, end)


def labelled(corpus: Corpus, left_out: set[str]) -> Rows:
    """Return the quantities with a name that readers gave."""
    parts: list[tuple[str, int, int, list[str | None]]] = []
    gold = sorted((SHARED / "gold" / "train").glob("*.json"))
    for path in [*gold, *sorted((ROOT / "data" / "gold" / "quantities" / "dev").glob("*.json"))]:
        given = json.loads(path.read_text("utf-8"))
        kept = [one for one in given["quantities"] if not one["optional"]]
        parts += [(given["file"], one["start"], one["end"], one["accept"]["indicator"]) for one in kept]
    for path in sorted((ROOT / "data" / "labels").glob("indicators-*.json")):
        for document in json.loads(path.read_text("utf-8"))["documents"]:
            parts += [(document["file"], start, end, [name]) for start, end, name in document["labels"]]
    parts = [one for one in parts if place_of(one[0]) not in left_out]
    reports = dict(corpus.reports())
    texts = {
        file: (reports[file] if file in reports else corpus.content(file)).decode("utf-8")
        for file in {one[0] for one in parts}
    }
    seen = [windows(texts[file], np.array([[start, end]])) for file, start, end, _ in parts]
    wanted = [wanted_span(texts[file], *rest) for file, *rest in parts]
    return Rows(np.concatenate(seen), np.array(wanted), [one[3] for one in parts], [place_of(one[0]) for one in parts])


def by_rules(corpus: Corpus, left_out: set[str]) -> Iterator[tuple[NDArray[np.uint32], NDArray[np.int64]]]:
    """Yield the quantities of reports without labels, and where the rules find their names."""
    reports = [one for one in corpus.reports() if place_of(one[0]) not in left_out]
    drawn = np.random.default_rng(SEED).choice(len(reports), DOCUMENTS, replace=False)
    for number in sorted(drawn.tolist()):
        file, content = reports[number]
        reading = read(content, file)
        text, structure = reading.text, parse(reading.text, reading.articles)
        starts = np.array([one.start for one in structure.clauses])
        spans, wanted = [], []
        for one in candidates(text):
            at = int(np.searchsorted(starts, one.start, "right")) - 1
            if at < 0 or one.end > structure.clauses[at].end:
                continue
            clause = structure.clauses[at]
            sentence = structure.sentences[clause.sentence]
            named = indicator_of(text, clause.start, clause.end, one, sentence.start)
            pointed = (NONE, NONE)
            if named is not None:
                pointed = tuple(place_in_window(where, one.start, one.end) for where in (named[0], named[1] - 1))
                if not 0 <= pointed[0] <= pointed[1] < WIDTH or (pointed[0] < BEFORE) != (pointed[1] < BEFORE):
                    continue
            spans.append((one.start, one.end))
            wanted.append(pointed)
        if spans:
            yield windows(text, np.array(spans)), np.array(wanted, np.int64)


def fit(net: Pointer, seen: torch.Tensor, wanted: torch.Tensor, step: tuple[int, float, int]) -> None:
    """Train in place; the same numbers each time on one thread."""
    epochs, rate, batch = step
    known = wanted[:, 0] >= 0
    seen, wanted = seen[known], wanted[known]
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01)
    n_steps = epochs * -(-len(seen) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=n_steps, pct_start=0.15)
    net.train()
    for _ in range(epochs):
        for chosen in torch.randperm(len(seen)).split(batch):
            starts, ends = net(seen[chosen])
            loss = nn.functional.cross_entropy(starts, wanted[chosen, 0])
            loss = loss + nn.functional.cross_entropy(ends, wanted[chosen, 1])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    net.eval()


def pointed(net: Pointer, seen: torch.Tensor) -> NDArray[np.int64]:
    """Return the first and last place of each window."""
    with torch.inference_mode():
        return np.concatenate([decode(*(one.numpy() for one in net(part))) for part in seen.split(512)])


def accuracy(rows: Rows, found: NDArray[np.int64], chosen: NDArray[np.int64]) -> float:
    """Return the share of windows whose words are an accepted name (digits count as alike)."""
    right = 0
    for row in chosen.tolist():
        first, last = found[row]
        name = None if first < 0 else "".join(map(chr, rows.seen[row][first : last + 1]))
        right += name in [one if one is None else re.sub("[0-9０-９]", "0", one) for one in rows.names[row]]
    return right / len(chosen)


def weights_of(net: Pointer, alphabet: NDArray[np.int64]) -> dict[str, NDArray[np.generic]]:
    """Return what `indicator_net.safetensors` holds."""
    named = {"first": net.first, "asked": net.asked, "mix": net.mix, "out": net.out, "none": net.none}
    named |= {f"layer{number}": layer for number, layer in enumerate(net.layers)}
    found = {name: layer.weight for name, layer in named.items()}
    found |= {f"{name}_bias": layer.bias for name, layer in named.items()}
    found |= {name: getattr(net, name).weight for name in ("embedding", "part", "position")}
    return {name: one.detach().numpy().astype(np.float16) for name, one in found.items()} | {
        "alphabet": alphabet.astype(np.int32)
    }


def main() -> None:
    """Train, validate and write."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    params = yaml.safe_load((ROOT / "models" / "params.yaml").read_text(encoding="utf-8"))
    left_out, corpus = {*params["held_out"], *params["test_places"]}, Corpus(SHARED / "corpus")
    rows = labelled(corpus, left_out)
    parts = list(by_rules(corpus, left_out))
    weak, told = (np.concatenate([part[which] for part in parts]) for which in (0, 1))
    counts = np.bincount(np.minimum(weak.ravel(), 0xFFFF), minlength=1 << 16)
    counts[0] = 0
    alphabet = np.argsort(-counts, kind="stable")[:ALPHABET].astype(np.int64)
    places = numbered(alphabet)
    print(f"{len(weak)} quantities by rules, {len(rows.seen)} by readers", flush=True)
    begun = Pointer(len(alphabet))
    fit(begun, torch.from_numpy(places[np.minimum(weak, 0xFFFF)]), torch.from_numpy(told), BEFOREHAND)
    seen, wanted = torch.from_numpy(places[np.minimum(rows.seen, 0xFFFF)]), torch.from_numpy(rows.wanted)
    every, found = np.arange(len(seen)), np.full((len(seen), 2), -1)
    print(f"as the rules: {accuracy(rows, pointed(begun, seen), every):.3f}", flush=True)
    for learnt, checked in GroupKFold(FOLDS, shuffle=True, random_state=0).split(every, groups=rows.places):
        net = copy.deepcopy(begun)
        fit(net, seen[learnt], wanted[learnt], AFTERWARDS)
        found[checked] = pointed(net, seen[checked])
    print(f"{FOLDS}-fold cross-validation by place: {accuracy(rows, found, every):.3f}", flush=True)
    net = copy.deepcopy(begun)
    fit(net, seen, wanted, AFTERWARDS)
    TARGET.write_bytes(save(weights_of(net, alphabet)))


if __name__ == "__main__":
    main()
