"""Train the shipped encoder on the unlabelled work reports: `python models/train_encoder.py --out DIR`."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterator
from pathlib import Path

# One thread: the order of additions, and so every bit, is fixed.
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

import yaml
from corpus_clauses import Corpus, place_of

from pipeline.reading.decoding import decode
from pipeline.themes.ngram_encoder import NgramEncoder


def stretches(text: str, shortest: int, longest: int) -> Iterator[str]:
    """Yield runs of whole sentences of at least `shortest` characters, cut at `longest`."""
    kept = ""
    for sentence in re.split(r"(?<=[。！？；\n])", text):
        kept += "".join(sentence.split())
        if len(kept) >= shortest:
            yield kept[:longest]
            kept = ""


def main() -> None:
    """Train and write the encoder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../../shared/corpus"))
    parser.add_argument("--params", type=Path, default=Path("params.yaml"))
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    everything = yaml.safe_load(given.params.read_text(encoding="utf-8"))
    params, held_out = everything["encoder"], set(everything["held_out"])
    texts = [
        stretch
        for file, content in Corpus(given.corpus).reports()
        if place_of(file) not in held_out
        for stretch in stretches(decode(content)[0], params["shortest"], params["longest"])
    ][:: params["every"]]
    keys = ("name", "dimension", "min_df", "size", "seed")
    NgramEncoder.fit(texts, **{key: params[key] for key in keys}).save(given.out)
    print(f"{given.out}: trained on {len(texts)} stretches, {sum(map(len, texts))} characters")


if __name__ == "__main__":
    main()
