"""Write the student as a theme reader: `python models/train_reader.py --work DIR --out MODEL`.

The share of the words' log odds and the temperature are those with the least cross-entropy on the places kept back,
whose labels neither the student nor, for this choice, the words have learnt.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import torch
import yaml
from plan_corpus import LABELS, ROOT, readings, wanted_odds
from theme_scores import score
from train_themes import train as train_words

from pipeline.themes import load_classifier
from pipeline.themes.codebook import CODES
from pipeline.themes.plan_reader import KIND
from pipeline.themes.weights import write_model


def ship(work: Path, chosen: tuple[float, float], params: dict[str, Any], out: Path) -> None:
    """Write the model as the pipeline reads it: weights as 16-bit floats."""
    weights = torch.load(work / "reader.pt", weights_only=True)
    tensors = {
        name: one.numpy().astype(np.float16)
        for name, one in weights.items()
        if not name.startswith("reader.alone") and one.is_floating_point()
    }
    size, given = params["pretraining"]["student"], params["reader"]
    config = {
        "kind": KIND, "name": given["name"], "codes": list(CODES), "layers": size["layers"], "heads": size["heads"],
        "longest": given["longest"], "words": "themes-linear", "share": chosen[0], "temperature": chosen[1],
    }  # fmt: skip
    write_model(out, config, tensors)
    shutil.copy(work / "tokenizer.json", out / "tokenizer.json")


def choose(own: np.ndarray, words: np.ndarray, wanted: np.ndarray) -> tuple[float, float]:
    """Return the share of the words' log odds and the temperature with the least cross-entropy."""
    tried = []
    for share in np.arange(0, 0.75, 0.05):
        for temperature in np.arange(0.5, 1.6, 0.05):
            both = log_softmax(((1 - share) * own + share * words) / temperature)
            tried.append((-float((wanted * both).sum(1).mean()), round(float(share), 2), round(float(temperature), 2)))
    return min(tried)[1:]


def log_softmax(odds: np.ndarray) -> np.ndarray:
    """Return log probabilities."""
    odds = odds - odds.max(1, keepdims=True)
    return odds - np.log(np.exp(odds).sum(1, keepdims=True))


def told(name: str, odds: np.ndarray, wanted: np.ndarray) -> None:
    """Print the scores."""
    found = score([CODES[one] for one in wanted.argmax(1)], np.exp(log_softmax(odds)), by_theme=False)
    print(f"{name}: macro-F1 {found['macro_f1']:.4f} accuracy {found['accuracy']:.4f} ECE {found['ece']:.4f}")


def read(model: Any, frame: pd.DataFrame) -> np.ndarray:  # noqa: ANN401
    """Return the log probabilities of all clauses by a classifier."""
    return np.log(model.probabilities(*(frame[one].tolist() for one in ("text", "doc_id", "context")), None))


def main() -> None:
    """Choose on the places kept back, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--params", type=Path, default=ROOT / "models" / "params.yaml")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    params = yaml.safe_load(given.params.read_text(encoding="utf-8"))
    frame = readings(given.shared, LABELS, {*params["held_out"], *params["test_places"]})
    held = frame["place"].isin(params["reader"]["kept"])
    learnt, kept = frame[~held].reset_index(drop=True), frame[held].reset_index(drop=True)
    wanted = wanted_odds(kept, kept, params["reader"]["second"])
    known = wanted.any(axis=1)
    ship(given.work, (0.0, 1.0), params, given.out)
    own, wanted = read(load_classifier(str(given.out)), kept)[known], wanted[known]
    words = read(train_words(learnt, None, "", params["themes"])[0], kept)[known]
    told("words alone", words, wanted)
    told("student alone", own, wanted)
    share, temperature = choose(own, words, wanted)
    told(f"share {share}, temperature {temperature}", ((1 - share) * own + share * words) / temperature, wanted)
    ship(given.work, (share, temperature), params, given.out)


if __name__ == "__main__":
    main()
