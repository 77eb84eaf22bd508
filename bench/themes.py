"""Score the themes on places never seen: `python bench/themes.py [MODEL ...]`.

Two sets: the excerpts of twelve places in data/labels (two readers; where they agree), and the three documents beside
the project. For each model macro-F1, accuracy, calibration error and accuracy at coverage; for the first by theme. The
ceiling is how far the two readers agree; the baseline gives every clause the theme that its heading's words have.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
sys.path.insert(0, str(ROOT / "models"))

from corpus_clauses import Corpus, load_gold  # noqa: E402
from theme_scores import score  # noqa: E402

from pipeline.themes import load_classifier  # noqa: E402
from pipeline.themes.classifier import ThemeClassifier  # noqa: E402

MODELS = ("themes-plan", "themes-linear")
COVERAGES = (1.0, 0.9, 0.8, 0.7)


def test_places(corpus: Corpus) -> tuple[pd.DataFrame, pd.Series]:
    """Return the clauses that both readers gave the same theme, and both readings of all clauses."""
    one, other = (load_gold([ROOT / "data" / "labels" / f"themes-test-{name}.json"], corpus) for name in "ab")
    both = one["theme"].ne("") & other["theme"].ne("")
    agreed = one["theme"].eq(other["theme"]) & both
    told = pd.Series({"n": int(both.sum()), "agree": float(agreed.sum() / both.sum())})
    return one.assign(theme=one["theme"].where(agreed, "")), told


def told(name: str, themes: list[str], p: np.ndarray, codes: tuple[str, ...]) -> str:
    """Return a model's scores in one line."""
    found = score(themes, p, by_theme=False)
    order = np.argsort(-p.max(1), kind="stable")
    right = np.array([codes[one] for one in p.argmax(1)]) == np.array(themes)
    kept = [f"{right[order[: round(len(p) * one)]].mean():.3f} at {one:.0%}" for one in COVERAGES]
    return (
        f"  {name:34} macro-F1 {found['macro_f1']:.3f}  accuracy {found['accuracy']:.3f}  ECE {found['ece']:.3f}  "
        f"accuracy at coverage {', '.join(kept)}"
    )


def by_heading(model: ThemeClassifier, frame: pd.DataFrame) -> np.ndarray:
    """Return the themes that the words of each clause's heading alone have."""
    return model.first_level([one.split(" > ")[-1] for one in frame["context"]])


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("models", nargs="*", default=MODELS)
    given = parser.parse_args()
    corpus = Corpus(SHARED / "corpus")
    test, readers = test_places(corpus)
    held = load_gold(sorted((SHARED / "gold").glob("D*.json")), corpus)
    print(f"readers of the test places: {readers['n']:.0f} clauses, the same theme for {readers['agree']:.3f}")
    for name, frame in (("test places", test), ("three documents", held)):
        known = frame["theme"].ne("").to_numpy()
        themes = frame.loc[known, "theme"].tolist()
        print(f"{name}: {known.sum()} clauses")
        for number, model_name in enumerate(given.models):
            model = load_classifier(model_name)
            began = time.monotonic()
            p = model.probabilities(*(frame[one].tolist() for one in ("text", "doc_id", "context")), None)
            seconds = time.monotonic() - began
            print(told(model.name, themes, p[known], model.codes) + f"  {len(frame) / seconds:,.0f} clauses/s")
            if not number:
                scores = score(themes, p[known])["themes"]
                print("    " + ", ".join(f"{theme} {one['f1']:.2f} ({one['n']})" for theme, one in scores.items()))
        linear = load_classifier("themes-linear")
        print(told("the heading's words alone", themes, by_heading(linear, frame)[known], linear.codes))


if __name__ == "__main__":
    main()
