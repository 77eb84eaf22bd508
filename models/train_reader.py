"""Teach the pre-trained encoder themes, and the reader of a clause's surroundings: `python models/train_reader.py`.

Both are trained end to end on windows of documents in reading order: only annotated clauses count, the others are
context. A sixth of the places is kept back for the weight of the words, the temperature, and a look at each epoch.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import torch
import yaml
from corpus_clauses import Corpus, load_gold
from plan_net import N_HEADINGS, ClauseEncoder, ThemeReader, load_bert, numbered
from theme_scores import score
from tokenizers import Tokenizer
from torch import nn
from train_themes import train as train_words

from pipeline.themes.codebook import CODES
from pipeline.themes.context import Surroundings
from pipeline.themes.plan_reader import KIND
from pipeline.themes.plan_text import plain
from pipeline.themes.weights import write_model

ROOT = Path(__file__).parents[1]


class Task(NamedTuple):
    """Clauses in reading order: texts, headings, documents, and the wanted odds (rows of 0 count not)."""

    clauses: list[str]
    texts: np.ndarray
    headings: list[str]
    paths: np.ndarray
    documents: np.ndarray
    wanted: np.ndarray


def task_of(frame: pd.DataFrame, second: float) -> Task:
    """Build the task from labelled clauses."""
    texts, places = numbered([plain(text) for text in frame["text"]])
    around = Surroundings.of(frame["doc_id"].tolist(), frame["context"].tolist())
    wanted = np.zeros((len(frame), len(CODES)), np.float32)
    at = {code: number for number, code in enumerate(CODES)}
    for row, (theme, other) in enumerate(zip(frame["theme"], frame["second"], strict=True)):
        if theme:
            wanted[row, at[theme]] = 1.0
            if other in at and other != theme:
                wanted[row, at[theme]], wanted[row, at[other]] = 1 - second, second
    return Task(texts, places, [plain(one) for one in around.headings], around.paths, around.documents, wanted)


def windows(task: Task, length: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Return windows of documents that hold annotated clauses, cut at a random place; each clause in one of them."""
    found = []
    for document in np.unique(task.documents):
        rows = np.flatnonzero(task.documents == document)
        first = int(rng.integers(0, length))
        bounds = [0, *range(first, len(rows), length), len(rows)]
        for low, high in zip(bounds, bounds[1:], strict=False):
            if high > low and task.wanted[rows[low:high]].any():
                found.append(rows[low:high])
    return found


def forward(encoder: ClauseEncoder, reader: ThemeReader, task: Task, batch: list[np.ndarray]) -> tuple[Any, Any, Any]:
    """Return log odds with and without surroundings and what is wanted, of the annotated clauses of the windows."""
    length = max(map(len, batch))
    rows = np.concatenate(batch)
    kinds, places = np.unique(task.texts[rows], return_inverse=True)
    paths = task.paths[rows]
    heads, head_places = np.unique(paths[paths >= 0], return_inverse=True)
    vectors = encoder([task.clauses[one] for one in kinds] + [task.headings[one] for one in heads])
    hidden = vectors.shape[1]
    clauses = torch.zeros(len(batch), length, hidden, dtype=vectors.dtype)
    headings = torch.zeros(len(batch), length, N_HEADINGS, hidden, dtype=vectors.dtype)
    inside = torch.zeros(len(batch), length, dtype=vectors.dtype)
    owner = np.repeat(np.arange(len(batch)), [len(one) for one in batch])
    step = np.concatenate([np.arange(len(one)) for one in batch])
    clauses = clauses.index_put((torch.from_numpy(owner), torch.from_numpy(step)), vectors[torch.from_numpy(places)])
    r, d = np.nonzero(paths >= 0)
    headings = headings.index_put(
        (torch.from_numpy(owner[r]), torch.from_numpy(step[r]), torch.from_numpy(d)),
        vectors[torch.from_numpy(len(kinds) + head_places)],
    )
    inside[owner, step] = 1
    both, alone = reader(clauses, headings, inside)
    wanted = torch.from_numpy(task.wanted[rows])
    used = wanted.sum(1) > 0
    return both[owner, step][used], alone[owner, step][used], wanted[used]


def predict(encoder: ClauseEncoder, reader: ThemeReader, task: Task) -> np.ndarray:
    """Return the log odds of all clauses; (n, themes)."""
    encoder.eval(), reader.eval()
    with torch.inference_mode():
        texts = [*task.clauses, *task.headings]
        order = np.argsort([len(one) for one in texts], kind="stable")
        vectors = torch.zeros(len(texts), encoder.bert.config.hidden_size)
        for at in range(0, len(order), 256):
            part = order[at : at + 256]
            vectors[part] = encoder([texts[one] for one in part]).float()
        found = np.zeros((len(task.texts), len(CODES)), np.float32)
        for document in np.unique(task.documents):
            rows = np.flatnonzero(task.documents == document)
            paths = torch.from_numpy(task.paths[rows])
            heads = vectors[(len(task.clauses) + paths).clamp(min=0)] * (paths >= 0).unsqueeze(2)
            clauses = vectors[torch.from_numpy(task.texts[rows])]
            both, _ = reader(clauses[None], heads[None], torch.ones(1, len(rows)))
            found[rows] = both[0].numpy()
    return found


def train(task: Task, folder: Path, params: dict[str, Any], checked: Task | None) -> tuple[ClauseEncoder, ThemeReader]:
    """Train; with `checked`, tell its scores after each epoch."""
    given, sizes = params["reader"], params["pretraining"]
    torch.set_num_threads(os.cpu_count() or 1)
    torch.manual_seed(given["seed"])
    rng = np.random.default_rng(given["seed"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    bert = load_bert(folder, sizes, tokenizer.get_vocab_size(), given["dropout"])
    encoder = ClauseEncoder(bert, tokenizer, given["longest"])
    reader = ThemeReader(sizes["hidden"], len(CODES), given["width"], given["dropout"] * 2)
    groups = [
        {"params": encoder.parameters(), "lr": given["encoder_rate"]},
        {"params": reader.parameters(), "lr": given["reader_rate"]},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    n_steps = given["epochs"] * -(-len(windows(task, given["window"], np.random.default_rng(0))) // given["batch"])
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [one["lr"] for one in groups], total_steps=n_steps + given["epochs"], pct_start=0.1
    )
    for epoch in range(given["epochs"]):
        encoder.train(), reader.train()
        clock, total, drawn = time.monotonic(), [], windows(task, given["window"], rng)
        order = rng.permutation(len(drawn))
        for at in range(0, len(order), given["batch"]):
            with torch.autocast("cpu", torch.bfloat16):
                both, alone, wanted = forward(
                    encoder, reader, task, [drawn[one] for one in order[at : at + given["batch"]]]
                )
            smooth = given["smoothing"]
            wanted = wanted * (1 - smooth) + smooth / wanted.shape[1]
            loss = nn.functional.cross_entropy(both.float(), wanted) + 0.5 * nn.functional.cross_entropy(
                alone.float(), wanted
            )
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*encoder.parameters(), *reader.parameters()], 1.0)
            optimizer.step()
            if schedule.last_epoch < schedule.total_steps - 1:
                schedule.step()
            total.append(float(loss.detach()))
        told = f"epoch {epoch + 1}: loss {np.mean(total):.3f}, {time.monotonic() - clock:.0f} s"
        if checked is not None:
            told += "  " + told_scores(predict(encoder, reader, checked), checked)
        print(told, flush=True)
    return encoder, reader


def told_scores(odds: np.ndarray, task: Task) -> str:
    """Return macro-F1 and accuracy on the annotated clauses."""
    known = task.wanted.any(axis=1)
    themes = [CODES[one] for one in task.wanted[known].argmax(1)]
    p = np.exp(odds[known] - odds[known].max(1, keepdims=True))
    found = score(themes, p / p.sum(1, keepdims=True), by_theme=False)
    return f"macro-F1 {found['macro_f1']:.4f} accuracy {found['accuracy']:.4f} ECE {found['ece']:.4f}"


def labelled(shared: Path, names: list[str], left_out: set[str]) -> pd.DataFrame:
    """Return the clauses of the annotated documents of all places but those left out."""
    paths = [
        path
        for name in names
        for path in sorted(Path(name.replace("SHARED", str(shared))).parent.glob(Path(name).name))
    ]
    frame = load_gold(paths, Corpus(shared / "corpus"))
    return frame[~frame["place"].isin(left_out)].reset_index(drop=True)


def choose(own: np.ndarray, words: np.ndarray, task: Task) -> tuple[float, float]:
    """Return the share of the words' log odds and the temperature with the least cross-entropy."""
    known = task.wanted.any(axis=1)
    own, words, wanted = log_softmax(own[known]), log_softmax(words[known]), task.wanted[known]
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


def ship(
    encoder: ClauseEncoder, reader: ThemeReader, chosen: tuple[float, float], params: dict[str, Any], out: Path
) -> None:
    """Write the model as the pipeline reads it: weights as 16-bit floats."""
    given, sizes = params["reader"], params["pretraining"]
    tensors = {f"encoder.{name}": one for name, one in encoder.bert.state_dict().items()}
    kept = {name: one for name, one in reader.state_dict().items() if not name.startswith("alone")}
    tensors |= {f"reader.{name}": one for name, one in kept.items()}
    tensors = {name: one.numpy().astype(np.float16) for name, one in tensors.items() if one.is_floating_point()}
    config = {
        "kind": KIND, "name": given["name"], "codes": list(CODES), "layers": sizes["layers"], "heads": sizes["heads"],
        "longest": given["longest"], "words": "themes-linear", "share": chosen[0], "temperature": chosen[1],
    }  # fmt: skip
    write_model(out, config, tensors)
    encoder.tokenizer.save(str(out / "tokenizer.json"), pretty=False)


def main() -> None:
    """Train, choose on places kept back, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--params", type=Path, default=ROOT / "models" / "params.yaml")
    parser.add_argument("--work", type=Path, required=True, help="folder of tokenizer.json and pretrained.safetensors")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--hold", type=int, default=0, help="which sixth of the places is kept back")
    labels = ["SHARED/gold/train/*.json", str(ROOT / "data/labels/themes-[0-9]a.json")]
    parser.add_argument("--labels", nargs="*", default=labels)
    given = parser.parse_args()
    params = yaml.safe_load(given.params.read_text(encoding="utf-8"))
    frame = labelled(given.shared, given.labels, {*params["held_out"], *params["test_places"]})
    places = np.array(sorted(frame["place"].unique()))
    np.random.default_rng(6).shuffle(places)
    held = frame["place"].isin(set(places[given.hold :: 6]))
    learnt, kept = frame[~held].reset_index(drop=True), frame[held].reset_index(drop=True)
    told = [
        f"{(one['theme'] != '').sum()} annotated clauses of {one['place'].nunique()} places" for one in (learnt, kept)
    ]
    print(f"learns from {told[0]}, is checked on {told[1]}", flush=True)
    words, _ = train_words(learnt, None, "", params["themes"])
    p = words.probabilities(*(kept[one].tolist() for one in ("text", "doc_id", "context")), None)
    checked = task_of(kept, params["reader"]["second"])
    print("words alone: " + told_scores(np.log(p), checked), flush=True)
    encoder, reader = train(task_of(learnt, params["reader"]["second"]), given.work, params, checked)
    odds = predict(encoder, reader, checked)
    share, temperature = choose(odds, np.log(p), checked)
    both = ((1 - share) * log_softmax(odds) + share * log_softmax(np.log(p))) / temperature
    print(f"share {share}, temperature {temperature}: " + told_scores(both, checked), flush=True)
    ship(encoder, reader, (share, temperature), params, given.out)


if __name__ == "__main__":
    main()
