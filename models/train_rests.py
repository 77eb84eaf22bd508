"""Train the model that tells the rest of a broken paragraph from a beginning: `python models/train_rests.py`.

Reads the work reports, but those of the places that `held_out` (train_join_model.py) draws for development and for the
benchmark of reading order: the paragraphs begin, and what is left of each after a cut inside a sentence does not.
Writes pipeline/reading/rests.npy, the same bytes each run, and tells how well it does on the places for development.
"""

from __future__ import annotations

import argparse
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from train_join_model import clean, held_out

from pipeline.reading.decoding import decode
from pipeline.reading.rests import SCALE, SIZE, rest_bits, rest_buckets
from pipeline.reading.signs import ENUMERATED, ends_sentence

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "pipeline" / "reading" / "rests.npy"
LEAST, LEFT, SEED = 20, 12, 1
# Between two characters of a sentence, not at its marks.
CUT = re.compile(r"[^\s。！？；：…“（《‘](?=[^\s。！？；：…，、”’）》％])")


def stretches(corpus: Path, split: str) -> Iterator[tuple[str, bool]]:
    """Yield the beginnings of paragraphs, and rests of them (True), of the reports of a split."""
    draw = np.random.default_rng(SEED)
    with tarfile.open(corpus / "work_reports.tar.xz") as archive:
        found = {
            one.name: archive.extractfile(one).read()
            for one in archive
            if one.name.endswith(".md") and held_out(Path(one.name).parent.name) == split
        }
    for name in sorted(found):
        for line in clean(decode(found[name])[0]).split("\n"):
            if len(line) < LEAST or ENUMERATED.match(line) or not ends_sentence(line):
                continue
            yield line, False
            cuts = [one.end() for one in CUT.finditer(line) if len(line) - one.end() > LEFT]
            if cuts:
                yield line[int(draw.choice(cuts)) :], True


def matrix(texts: list[str]) -> csr_matrix:
    """Return the features of texts as a sparse matrix."""
    buckets = rest_buckets(texts)
    edges = np.arange(len(buckets) + 1) * buckets.shape[1]
    return csr_matrix((np.ones(buckets.size, np.float32), buckets.ravel(), edges), (len(buckets), SIZE))


def train(texts: list[str], rests: list[bool]) -> NDArray[np.int8]:
    """Return the table of weights, the intercept last."""
    model = LogisticRegression(C=0.3, solver="liblinear", max_iter=60, random_state=0)
    model.fit(matrix(texts), rests)
    bits = np.append(model.coef_[0], model.intercept_) / np.log(2)
    return np.clip(np.rint(bits * SCALE), -127, 127).astype(np.int8)


def main() -> None:
    """Train, write and validate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    given = parser.parse_args()
    texts, rests = zip(*stretches(given.corpus, ""), strict=True)
    np.save(TARGET, train(list(texts), list(rests)))
    checked, right = zip(*stretches(given.corpus, "dev"), strict=True)
    bits = rest_bits(checked)
    told = f"area under the curve {roc_auc_score(right, bits):.4f}, right {((bits > 0) == np.array(right)).mean():.1%}"
    print(f"{len(texts):,} stretches; on {len(checked):,} of other places: {told}")


if __name__ == "__main__":
    main()
