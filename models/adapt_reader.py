"""Train the layers after the shipped encoder again: `python models/adapt_reader.py --out models/themes-plan`.

The encoder's vectors stay as they are, so this takes minutes on two cores. Several runs begin with the reader in
`model.safetensors` and learn all labels; their weights are averaged (Wortsman et al., 2022). Share of the words and
temperature are chosen on clauses of the places in `kept` that two readers gave the same theme and whose labels the
encoder's training had not seen, by runs that learn nothing of these places. Writes `reader.safetensors`, and both
figures into `config.json`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import torch
import yaml
from plan_corpus import AGAIN, LABELS, ROOT, readings, wanted_odds
from plan_net import ThemeReader
from plan_windows import windows
from safetensors.numpy import save_file
from torch import nn
from torch.nn.functional import log_softmax
from train_reader import choose, told
from train_themes import train as train_words

from pipeline.files import write_text
from pipeline.themes import load_classifier
from pipeline.themes.codebook import CODES
from pipeline.themes.context import Surroundings
from pipeline.themes.plan_reader import KIND
from pipeline.themes.plan_reader import ThemeReader as Shipped
from pipeline.themes.weights import read_model

_FILE = "reader.safetensors"
_WINDOW, _BATCH, _WARM = 48, 24, 0.05
"""Clauses of a window, windows of a batch, and the share of the steps in which the learning rate rises."""


class Vectors(NamedTuple):
    """Documents as the layers after the encoder see them.

    Attributes:
        clauses: (clauses, hidden).
        headings: (headings + 1, hidden); the last is zero.
        paths: Headings of each clause, -1 for none; (clauses, 3).
        bounds: First clause of each document, and the number of clauses.
        wanted: Odds of the themes, 0 where not annotated; (clauses, themes).
    """

    clauses: torch.Tensor
    headings: torch.Tensor
    paths: torch.Tensor
    bounds: np.ndarray
    wanted: torch.Tensor

    @classmethod
    def of(cls, shipped: Shipped, frame: pd.DataFrame, wanted: np.ndarray) -> Vectors:
        """Encode all clauses and headings."""
        around = Surroundings.of(frame["doc_id"].tolist(), frame["context"].tolist())
        headings = shipped.encoder.encode(around.headings)
        headings = np.vstack([headings, np.zeros_like(headings[:1])])
        bounds = np.flatnonzero(np.diff(around.documents, prepend=-1, append=-1))
        arrays = (shipped.encoder.encode(frame["text"].tolist()), headings, around.paths.astype(np.int64))
        return cls(*map(torch.from_numpy, arrays), bounds, torch.from_numpy(wanted))

    def read(self, net: ThemeReader, rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return log odds of windows of clauses with and without the surroundings."""
        at = rows.clamp(min=0)
        return net(self.clauses[at], self.headings[self.paths[at]], (rows >= 0).float())


def fit(
    vectors: Vectors, used: np.ndarray, first: dict[str, torch.Tensor], given: dict[str, Any], seed: int
) -> nn.Module:
    """Teach the labels of the clauses in `used` to a reader that begins with the weights `first`."""
    torch.manual_seed(seed)
    rng, marked = np.random.default_rng(seed), torch.from_numpy(used)
    net = begun(vectors, first, given["student"]["width"], given["adapted"]["dropout"])
    optimizer = torch.optim.AdamW(net.parameters(), weight_decay=0.01)
    per = -(-len(windows(vectors.bounds, _WINDOW, None, used)) // _BATCH) + 1
    step, steps = 0, given["adapted"]["epochs"] * per
    for _ in range(given["adapted"]["epochs"]):
        drawn = windows(vectors.bounds, _WINDOW, rng, used)
        for part in np.array_split(rng.permutation(len(drawn)), -(-len(drawn) // _BATCH)):
            rows = torch.from_numpy(drawn[part])
            share = min(1.0, step / steps)
            optimizer.param_groups[0]["lr"] = given["adapted"]["rate"] * min(1.0, share / _WARM) * (1 - share)
            optimizer.zero_grad()
            _loss(vectors, net, rows, marked, given["teacher"]["smoothing"]).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            step += 1
    return net


def begun(vectors: Vectors, weights: dict[str, torch.Tensor], width: int, dropout: float) -> ThemeReader:
    """Return a reader with these weights; what reads a clause alone serves training only, so it is new."""
    net = ThemeReader(vectors.clauses.shape[1], len(CODES), width, dropout)
    net.load_state_dict({**net.state_dict(), **weights})
    return net


def _loss(vectors: Vectors, net: ThemeReader, rows: torch.Tensor, used: torch.Tensor, smooth: float) -> torch.Tensor:
    at = rows.clamp(min=0)
    wanted = vectors.wanted[at] * (1 - smooth) + smooth / len(CODES)
    both, alone = vectors.read(net, rows)
    losses = -(wanted * (log_softmax(both, -1) + 0.5 * log_softmax(alone, -1))).sum(-1)
    return losses[used[at] & (rows >= 0)].mean()


def averaged(
    vectors: Vectors, used: np.ndarray, first: dict[str, torch.Tensor], given: dict[str, Any]
) -> dict[str, Any]:
    """Return the mean weights of several runs."""
    runs = [fit(vectors, used, first, given, seed).state_dict() for seed in range(given["adapted"]["runs"])]
    return {name: sum(one[name] for one in runs) / len(runs) for name in runs[0] if not name.startswith("alone")}


@torch.inference_mode()
def predict(vectors: Vectors, weights: dict[str, torch.Tensor], width: int) -> np.ndarray:
    """Return the log probabilities of all clauses."""
    net = begun(vectors, weights, width, 0.0).eval()
    parts = [
        vectors.read(net, torch.arange(low, high)[None])[0][0]
        for low, high in zip(vectors.bounds, vectors.bounds[1:], strict=False)
    ]
    return log_softmax(torch.cat(parts), -1).numpy()


def chosen(
    frame: pd.DataFrame, agreed: np.ndarray, vectors: Vectors, own: np.ndarray, params: dict[str, Any]
) -> tuple[float, float]:
    """Return share and temperature by the agreed clauses of the places kept, whose words are learnt without them."""
    kept = frame["place"].isin(params["reader"]["adapted"]["kept"]).to_numpy()
    words, _ = train_words(frame[~kept].reset_index(drop=True), None, "", params["themes"])
    given = frame[kept]
    p = np.log(words.probabilities(*(given[one].tolist() for one in ("text", "doc_id", "context")), None))
    p, own, wanted = p[agreed[kept]], own[agreed & kept], vectors.wanted.numpy()[agreed & kept]
    share, temperature = choose(own, p, wanted)
    told("words alone", p, wanted)
    told("reader alone", own, wanted)
    told(f"share {share}, temperature {temperature}", ((1 - share) * own + share * p) / temperature, wanted)
    return share, temperature


def twice_alike(frame: pd.DataFrame, again: pd.DataFrame) -> np.ndarray:
    """Tell which clauses a second reader gave the same theme."""
    keys = ["doc_id", "row"]
    other = frame[keys].merge(again[[*keys, "theme"]], how="left", on=keys)["theme"]
    return (other.fillna("") == frame["theme"]).to_numpy()


def main() -> None:
    """Choose on the places kept, train on all, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--params", type=Path, default=ROOT / "models" / "params.yaml")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model that is adapted")
    options = parser.parse_args()
    params = yaml.safe_load(options.params.read_text(encoding="utf-8"))
    given, left_out = params["reader"], {*params["held_out"], *params["test_places"]}
    torch.set_num_threads(1)  # one order of additions
    frame = readings(options.shared, LABELS, left_out)
    again = readings(options.shared, AGAIN, left_out)
    shipped = load_classifier(str(options.out))
    vectors = Vectors.of(shipped, frame, wanted_odds(frame, again, given["second"]))
    known = (vectors.wanted.sum(1) > 0).numpy()
    twice = [str(ROOT / "data" / "labels" / one) for one in given["adapted"]["again"]]
    agreed = known & twice_alike(frame, readings(options.shared, twice, left_out))
    first = {
        name.removeprefix("reader."): torch.from_numpy(one.astype(np.float32))
        for name, one in read_model(options.out, KIND)[1].items()
        if name.startswith("reader.")
    }
    kept = frame["place"].isin(given["adapted"]["kept"]).to_numpy()
    own = predict(vectors, averaged(vectors, known & ~kept, first, given), given["student"]["width"])
    share, temperature = chosen(frame, agreed, vectors, own, params)
    weights = averaged(vectors, known, first, given)
    save_file({f"reader.{name}": one.numpy().astype(np.float16) for name, one in weights.items()}, options.out / _FILE)
    path = options.out / "config.json"
    config = json.loads(path.read_text(encoding="utf-8")) | {
        "name": given["adapted"]["name"],
        "reader": _FILE,
        "share": share,
        "temperature": temperature,
    }
    write_text(path, json.dumps(config, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
