"""Train the model that scores joins: `python models/train_join_model.py`.

Counts character n-grams up to order 5 in the work reports and the national plans, with absolute discounting and
back-off; keeps those that change a probability most often (count times bits), and writes them hashed to join-lm/.
Plans of cities are the test set: neither they nor the reports of their places are read, nor those of the places that
`held_out` draws for development and for the benchmark.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.reading.decoding import decode
from pipeline.reading.ngrams import FOLDER, ORDER, SLOTS, STEP, encode, hash_grams, normalise, place_of
from pipeline.themes.weights import write_model

TEST_PLACES = frozenset({"上海市", "北京市", "广州市", "杭州市", "合肥市", "菏泽市"})
BREAK = ord("\n")
LOAD = 0.8
_FRONT = re.compile(r"\A\s*---\n.*?\n---\n", re.S)


def held_out(place: str) -> str:
    """Return `test` or `dev` for the places drawn by their hash (a sixteenth each), else an empty text."""
    if place in TEST_PLACES:
        return "test"
    drawn = hashlib.sha256(place.encode()).digest()[0] % 16
    return {0: "test", 1: "dev"}.get(drawn, "")


def training_texts(corpus: Path) -> Iterator[str]:
    """Yield the texts to train on, sorted by name."""
    for path in sorted((corpus / "national").glob("*.md")):
        yield decode(path.read_bytes())[0]
    with tarfile.open(corpus / "work_reports.tar.xz") as archive:
        found = {one.name: archive.extractfile(one).read() for one in archive if one.name.endswith(".md")}
    for name in sorted(found):
        if not held_out(Path(name).parent.name):
            yield decode(found[name])[0]


def clean(text: str) -> str:
    """Return the paragraphs of a text as the model reads them, one a line."""
    text = _FRONT.sub("", text.replace("\r\n", "\n"), count=1)
    lines = (normalise(line.strip(" \t\u3000#*>")) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


@dataclass(slots=True)
class Grams:
    """The n-grams of one order that occur at least twice.

    Attributes:
        hashes: Sorted.
        at: Where one of each stands in the text.
        counts: How often each occurs.
        bits: log2 of the probability of its last character after the others.
        backed: The same as the lower order alone would have it.
        kept: Which are kept.
        weight: log2 of the back-off weight of each as a context.
    """

    hashes: np.ndarray
    at: np.ndarray
    counts: np.ndarray
    bits: np.ndarray
    backed: np.ndarray
    kept: np.ndarray
    weight: np.ndarray


def hashes_at(codes: np.ndarray, order: int, at: np.ndarray | None = None) -> np.ndarray:
    """Return the hashes of the n-grams at all places of the text, or at those given."""
    if at is None:
        return hash_grams([codes[i : len(codes) - order + 1 + i] for i in range(order)])
    return hash_grams([codes[at + i] for i in range(order)])


def count(codes: np.ndarray, order: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return hash, a place and count of each n-gram that holds no paragraph break but at its ends."""
    inner = np.concatenate([[0], np.cumsum(codes == BREAK)])
    places = np.arange(len(codes) - order + 1)
    places = places[inner[places + order - 1] == inner[places + 1]] if order > 2 else places
    hashes = hashes_at(codes, order)[places]
    by_hash = np.argsort(hashes)
    hashes = hashes[by_hash]
    first = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
    counts = np.diff(np.concatenate([first, [len(hashes)]]))
    return hashes[first], places[by_hash[first]], counts


def estimate(codes: np.ndarray) -> tuple[np.ndarray, dict[int, Grams]]:
    """Return log2 of the probability of each single character, and the n-grams of the other orders."""
    singles = np.bincount(np.minimum(codes, 0xFFFF), minlength=1 << 16).astype(float)
    single = np.log2((singles + 0.1) / (singles + 0.1).sum())
    orders: dict[int, Grams] = {}
    for order in range(2, ORDER + 1):
        hashes, at, counts = count(codes, order)
        contexts, owner = np.unique(hashes_at(codes, order - 1, at), return_inverse=True)
        once, twice = (counts == 1).sum(), (counts == 2).sum()
        discount = once / (once + 2 * twice)
        total = np.bincount(owner, counts)
        spared = np.log2(discount * np.bincount(owner) / total)
        often = counts > 1
        hashes, at, counts, owner = hashes[often], at[often], counts[often], owner[often]
        lower = backed_off(codes, orders, single, order, at)
        backed = spared[owner] + lower
        bits = np.log2((counts - discount) / total[owner] + 2.0**backed)
        empty = np.zeros(len(hashes))
        orders[order] = Grams(hashes, at, counts, bits, backed, empty.astype(bool), empty)
        print(f"order {order}: {len(contexts):,} contexts, {len(hashes):,} n-grams seen twice or more", flush=True)
    return single, orders


def find(sorted_hashes: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return which hashes are there, and where."""
    where = np.minimum(np.searchsorted(sorted_hashes, wanted), len(sorted_hashes) - 1)
    return sorted_hashes[where] == wanted, where


def backed_off(
    codes: np.ndarray, orders: dict[int, Grams], single: np.ndarray, order: int, at: np.ndarray
) -> np.ndarray:
    """Return log2 of the probability of the last characters after all but the first of those before them."""
    if order == 2:
        return single[np.minimum(codes[at + 1], 0xFFFF)]
    lower = orders[order - 1]
    known, where = find(lower.hashes, hashes_at(codes, order - 1, at + 1))
    # What occurs twice has parts that occur twice, but for a break at its first place.
    return np.where(known, lower.bits[where], -16.0)


def prune(codes: np.ndarray, orders: dict[int, Grams], size: int) -> None:
    """Keep the n-grams that matter most, and the contexts of those kept."""
    gains = {n: one.counts * np.abs(one.bits - one.backed) for n, one in orders.items()}
    least = np.sort(np.concatenate(list(gains.values())))[-size] if size < sum(map(len, gains.values())) else 0.0
    for order in range(ORDER, 1, -1):
        one = orders[order]
        one.kept |= gains[order] >= least
        if order > 2:
            known, where = find(orders[order - 1].hashes, hashes_at(codes, order - 1, one.at[one.kept]))
            orders[order - 1].kept[where[known]] = True


def renew_weights(codes: np.ndarray, orders: dict[int, Grams], single: np.ndarray) -> np.ndarray:
    """Set the back-off weights so that the probabilities after each context add up to one with what is kept.

    Returns:
        The weights of single characters as contexts.
    """
    one = orders[2]
    pairs = np.minimum(codes[one.at[one.kept] + np.array([[0], [1]])], 0xFFFF)
    first = weights_left(pairs[0], one.bits[one.kept], single[pairs[1]], len(single))
    for order in range(3, ORDER + 1):
        one, lower = orders[order], orders[order - 1]
        at = one.at[one.kept]
        known, where = find(lower.hashes, hashes_at(codes, order - 1, at))
        backed = backed_off(codes, orders, single, order, at)
        lower.weight = weights_left(where[known], one.bits[one.kept][known], backed[known], len(lower.hashes))
    return first


def weights_left(owner: np.ndarray, bits: np.ndarray, backed: np.ndarray, n_contexts: int) -> np.ndarray:
    """Return log2 of what is left to the lower order after each context, 0 where nothing is kept."""
    taken = np.bincount(owner, 2.0**bits, n_contexts)
    covered = np.bincount(owner, 2.0**backed, n_contexts)
    weight = np.log2(np.maximum(1 - taken, 1e-3) / np.maximum(1 - covered, 1e-3))
    return np.where(taken > 0, np.minimum(weight, 0), 0)


def quantised(bits: np.ndarray) -> np.ndarray:
    """Return minus the bits in steps, 0 to 255."""
    return np.clip(np.rint(-bits * STEP), 0, 255).astype(np.uint8)


def tables(orders: dict[int, Grams]) -> dict[str, np.ndarray]:
    """Return the tensors: the n-grams kept, in buckets; a full bucket loses its rarest."""
    found = {}
    for order, one in orders.items():
        kept = np.flatnonzero(one.kept)
        n_buckets = int(len(kept) / SLOTS / LOAD) + 1
        buckets, marks = place_of(one.hashes[kept], n_buckets)
        sequence = np.lexsort((one.hashes[kept], -one.counts[kept], buckets))
        buckets, marks, kept = buckets[sequence], marks[sequence], kept[sequence]
        rank = np.arange(len(kept)) - np.searchsorted(buckets, buckets)
        fits = rank < SLOTS
        place = (buckets[fits], rank[fits])
        shape = (n_buckets, SLOTS)
        found[f"marks{order}"] = np.zeros(shape, np.uint16)
        found[f"marks{order}"][place] = marks[fits]
        for name, values in (("values", one.bits), ("weights", one.weight)):
            if name == "values" or order < ORDER:
                found[f"{name}{order}"] = np.zeros(shape, np.uint8)
                found[f"{name}{order}"][place] = quantised(values[kept[fits]])
        print(f"order {order}: {fits.sum():,} of {len(one.hashes):,} n-grams kept")
    return found


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parents[2] / "shared" / "corpus")
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--size", type=int, default=3_500_000, help="n-grams kept, of all orders together")
    given = parser.parse_args()
    codes = encode("\n" + "\n".join(clean(text) for text in training_texts(given.corpus)) + "\n")
    print(f"{len(codes):,} characters")
    single, orders = estimate(codes)
    prune(codes, orders, given.size)
    first = renew_weights(codes, orders, single)
    config = {"kind": "join-lm", "name": "join-lm-1", "order": ORDER, "characters": len(codes), "size": given.size}
    write_model(given.out, config, {"single": quantised(single), "single_weights": quantised(first), **tables(orders)})


if __name__ == "__main__":
    main()
