"""A compact character language model: hashed n-grams up to order 5 with back-off.

Each order has a table of buckets of eight slots; a slot holds 16 bits of the n-gram's hash, and 8 bits each for its
log-probability and for the back-off weight of the n-gram as a context. `models/train_join_model.py` makes the tables.
Look-ups are batched and touch the files only where they are read (memory map).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ORDER = 5
SLOTS = 8
STEP = 12
"""Steps of a quantised value in a bit."""
UNKNOWN = 0
"""The code of a place whose character is not known: no n-gram holds it."""
FOLDER = Path(__file__).parents[2] / "models" / "join-lm"

Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint64]
Bits = NDArray[np.float32]

_FIGURE = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")
_SPACE = re.compile(r"[^\S\n]+")
_WIDTH = str.maketrans(",;:?!()%．", "，；：？！（）％.")
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFF)


def normalise(text: str) -> str:
    """Return a text as the model reads it: figures as one `0`, Chinese punctuation, no blanks.

    >>> normalise("增长 6.5%,其中")
    '增长0％，其中'
    """
    return _SPACE.sub("", _FIGURE.sub("0", text)).translate(_WIDTH)


def encode(text: str) -> Codes:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def hash_grams(columns: Sequence[Codes]) -> Hashes:
    """Return the hashes of n-grams given as n arrays, of first, second ... characters."""
    found = np.full(columns[0].shape, np.uint64(len(columns)))
    for column in columns:
        found = (found ^ column.astype(np.uint64)) * _FACTOR
        found ^= found >> _HALF
    return found


def place_of(hashes: Hashes, n_buckets: int) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
    """Return bucket and fingerprint of each hash; fingerprint 0 marks an empty slot, so none has it."""
    buckets = ((hashes >> _HALF) * np.uint64(n_buckets)) >> _HALF
    return buckets.astype(np.int64), np.maximum(hashes & _LOW, np.uint64(1)).astype(np.uint16)


@dataclass(frozen=True, slots=True)
class CharacterModel:
    """The tables of a model.

    Attributes:
        single: Quantised log-probability of each character of the basic plane. Shape: 65536.
        single_weights: Quantised back-off weight of each as a context. Shape: 65536.
        marks: Fingerprints by order. Shape: buckets x 8.
        values: Quantised log-probabilities by order. Shape: as marks.
        weights: Quantised back-off weights by order; none for the highest.
    """

    single: NDArray[np.uint8]
    single_weights: NDArray[np.uint8]
    marks: Mapping[int, NDArray[np.uint16]]
    values: Mapping[int, NDArray[np.uint8]]
    weights: Mapping[int, NDArray[np.uint8]]

    def bits(self, windows: Codes) -> Bits:
        """Return log2 of the probability of the last character of each window after those before it.

        Args:
            windows: Code points. Shape: n x 5; UNKNOWN where a context is shorter.
        """
        total = np.zeros(len(windows), dtype=np.float32)
        waiting = np.arange(len(windows))
        for order in range(ORDER, 1, -1):
            grams = windows[waiting, ORDER - order :]
            slots, found = self._find(grams, order)
            total[waiting[found]] -= self.values[order].ravel()[slots[found]] / np.float32(STEP)
            waiting, grams = waiting[~found], grams[~found]
            if order > 2 and len(waiting):
                slots, known = self._find(grams[:, :-1], order - 1)
                total[waiting[known]] -= self.weights[order - 1].ravel()[slots[known]] / np.float32(STEP)
        before, last = np.minimum(windows[waiting, -2:], 0xFFFF).T
        total[waiting] -= (self.single[last] + self.single_weights[before].astype(np.float32)) / np.float32(STEP)
        return total

    def _find(self, grams: Codes, order: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the slot of each n-gram and whether it is there."""
        marks = self.marks[order]
        buckets, wanted = place_of(hash_grams([grams[:, i] for i in range(order)]), len(marks))
        equal = marks[buckets] == wanted[:, None]
        return buckets * SLOTS + equal.argmax(1), equal.any(1) & (grams != UNKNOWN).all(1)


@cache
def load_model(folder: Path = FOLDER) -> CharacterModel:
    """Return the shipped model, memory-mapped.

    Raises:
        FileNotFoundError: If the model's files are not there.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    path = folder / "model.safetensors"
    content = np.memmap(path, dtype=np.uint8, mode="r")
    size = int(content[:8].view(np.uint64)[0])
    header = json.loads(content[8 : 8 + size].tobytes())
    tensors = {
        name: content[8 + size + one["data_offsets"][0] : 8 + size + one["data_offsets"][1]]
        .view({"U8": np.uint8, "U16": np.uint16}[one["dtype"]])
        .reshape(one["shape"])
        for name, one in header.items()
        if name != "__metadata__"
    }
    orders = range(2, int(config["order"]) + 1)
    return CharacterModel(
        tensors["single"],
        tensors["single_weights"],
        {n: tensors[f"marks{n}"] for n in orders},
        {n: tensors[f"values{n}"] for n in orders},
        {n: tensors[f"weights{n}"] for n in orders if n < ORDER},
    )
