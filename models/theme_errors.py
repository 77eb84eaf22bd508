"""Count how the theme reader errs on the test places: `python models/theme_errors.py [MODEL]` writes its errors.json.

The twelve test places of data/labels, whose texts no training saw; each clause counts half for each of its two
readers, so that what readers differ in is no certain error. Comparisons correct theme shares by these counts, of
clauses and of characters; sections of a place tell how far errors differ from place to place.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from corpus_clauses import Corpus, load_gold

from pipeline.comparison.correction import FILE, Errors
from pipeline.files import write_text
from pipeline.themes import load_classifier
from pipeline.themes.weights import model_folder

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write the counts by section, predicted and read theme."""
    name = sys.argv[1] if len(sys.argv) > 1 else "themes-plan"
    model = load_classifier(name)
    corpus = Corpus(ROOT.parent / "shared" / "corpus")
    sections, places, predicted, read, lengths = [], [], [], [], []
    for reader in ("a", "b"):
        frame = load_gold([ROOT / "data" / "labels" / f"themes-test-{reader}.json"], corpus)
        p = model.probabilities(*(frame[one].tolist() for one in ("text", "doc_id", "context")), None)
        known = frame["theme"].ne("").to_numpy()
        sections += (frame["doc_id"] + "\n" + frame["context"])[known].tolist()
        places += frame.loc[known, "place"].tolist()
        predicted += [model.codes[one] for one in p[known].argmax(axis=1)]
        read += frame.loc[known, "theme"].tolist()
        lengths += frame.loc[known, "text"].str.len().tolist()
    found = Errors.counted(sections, predicted, read, model.codes, lengths, places)
    halved = replace(found, counts=found.counts / 2, characters=found.characters / 2)
    write_text(model_folder(name) / FILE, halved.to_json("places"))
    right = float(found.counts.sum(axis=0).trace() / found.counts.sum())
    print(f"{len(set(places))} places, {found.counts.sum() / 2:.0f} clauses, right {right:.3f}")


if __name__ == "__main__":
    main()
