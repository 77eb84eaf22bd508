"""Ship the student as the theme reader: `python models/train_reader.py --work DIR --out MODEL`.

On the places kept back, the share of the words' log odds and the temperature with the least cross-entropy are chosen.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml
from plan_corpus import LABELS, ROOT, places_held, readings, wanted_odds
from theme_scores import score
from train_themes import train as train_words

from pipeline.themes.codebook import CODES
from pipeline.themes.plan_reader import KIND
from pipeline.themes.weights import write_model


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
    held = places_held(frame)
    learnt, kept = frame[~held].reset_index(drop=True), frame[held].reset_index(drop=True)
    words, _ = train_words(learnt, None, "", params["themes"])
    p = np.log(words.probabilities(*(kept[one].tolist() for one in ("text", "doc_id", "context")), None))
    wanted = wanted_odds(kept, kept, params["reader"]["second"])
    known = wanted.any(axis=1)
    own, p, wanted = np.load(given.work / "kept.npy")[held][known], p[known], wanted[known]
    told("words alone", p, wanted)
    told("student alone", own, wanted)
    share, temperature = choose(own, p, wanted)
    told(f"share {share}, temperature {temperature}", ((1 - share) * own + share * p) / temperature, wanted)
    ship(given.work, (share, temperature), params, given.out)


if __name__ == "__main__":
    main()
