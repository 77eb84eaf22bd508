"""Character n-grams as sparse TF-IDF rows, with numpy only.

An n-gram of up to three characters is one integer: 21 bits a code point, the first character highest. A
vocabulary is a sorted array of such keys, so that a whole corpus is looked up with one `searchsorted`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_BITS = 21
_LONGEST = 3


def normalise(text: str) -> str:
    """Return the text with compatibility forms folded (`５Ｇ` is `5g`), in lower case, without white space."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def gram_keys(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the keys of all n-grams of 1 to 3 characters and the row of each.

    Args:
        texts: Any texts; they are normalised.

    Returns:
        Keys (int64) and rows (int64), of the same length. N-grams never cross two texts.

    >>> [hex(int(key)) for key in gram_keys(["ab"])[0]]
    ['0x61', '0x62', '0xc200062']
    """
    plain = [normalise(text) for text in texts]
    lengths = np.fromiter((len(text) for text in plain), np.int64, len(plain))
    points = np.frombuffer("".join(plain).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    owner = np.repeat(np.arange(len(plain), dtype=np.int64), lengths)
    keys, rows, key = [points], [owner], points
    for n in range(2, _LONGEST + 1):
        key = (key[:-1] << _BITS) | points[n - 1 :]
        inside = owner[: len(key)] == owner[n - 1 :]
        keys.append(key[inside])
        rows.append(owner[: len(key)][inside])
    return np.concatenate(keys), np.concatenate(rows)


def _counts(keys: np.ndarray, rows: np.ndarray, grams: np.ndarray, n_rows: int) -> csr_array:
    """Count the known n-grams of each row."""
    from scipy.sparse import csr_array

    columns = np.searchsorted(grams, keys)
    columns[columns == len(grams)] = 0
    known = grams[columns] == keys
    cells = (np.ones(int(known.sum()), np.float32), (rows[known], columns[known]))
    counts = csr_array(cells, shape=(n_rows, len(grams)))
    counts.sum_duplicates()
    return counts


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The n-grams of a model and their weights.

    Attributes:
        grams: Keys, sorted, int64.
        idf: Inverse document frequency of each, float32.
    """

    grams: np.ndarray
    idf: np.ndarray

    @classmethod
    def fit(cls, texts: Sequence[str], min_df: int, size: int) -> Vocabulary:
        """Choose the n-grams that stand in the most texts.

        Args:
            texts: The training texts.
            min_df: Least number of texts that hold an n-gram.
            size: At most so many n-grams; ties are settled by the key.

        Raises:
            ValueError: If no n-gram stands in `min_df` texts.
        """
        keys, rows = gram_keys(texts)
        order = np.lexsort((rows, keys))
        keys, rows = keys[order], rows[order]
        first = np.ones(len(keys), bool)
        first[1:] = (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1])
        grams, found = np.unique(keys[first], return_counts=True)
        kept = np.flatnonzero(found >= min_df)
        if not len(kept):
            msg = f"no character n-gram stands in {min_df} of {len(texts)} texts; lower min_df or give more texts"
            raise ValueError(msg)
        kept = np.sort(kept[np.lexsort((grams[kept], -found[kept]))][:size])
        idf = np.log((1 + len(texts)) / (1 + found[kept])) + 1
        return cls(grams[kept], idf.astype(np.float32))

    def transform(self, texts: Sequence[str]) -> csr_array:
        """Return TF-IDF rows with sublinear counts.

        Shape:
            (len(texts), len(self.grams)), float32; rows of unit length, or zero where nothing is known.
        """
        keys, rows = gram_keys(texts)
        matrix = _counts(keys, rows, self.grams, len(texts))
        matrix.data = (1 + np.log(matrix.data)) * self.idf[matrix.indices]
        lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1))).ravel()
        matrix.data /= np.repeat(np.where(lengths > 0, lengths, 1), np.diff(matrix.indptr)).astype(np.float32)
        return matrix
