"""The corpus as the plan encoder sees it: `python models/plan_corpus.py --work DIR` writes DIR/corpus.npz.

A tokenizer (byte-pair merges of at most four characters) is learnt first, DIR/tokenizer.json. Each different clause
and heading is kept once; documents are rows of clause numbers in reading order, the annotated ones first; with them
go pairs of clauses that mean much the same (`plan_pairs`). Nothing of a held-out or test place is read.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import torch
import yaml
from corpus_clauses import Corpus, clauses_of, load_gold, place_of
from plan_pairs import pairs_of_years
from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers

from pipeline.themes.codebook import CODES
from pipeline.themes.context import N_HEADINGS, SEPARATOR
from pipeline.themes.plan_text import plain

ROOT = Path(__file__).parents[1]
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
PAD, UNK, CLS, SEP, MASK = range(5)
LABELS = ("SHARED/gold/train/*.json", str(ROOT / "data/labels/themes-[0-9]a.json"))
AGAIN = (str(ROOT / "data/labels/themes-[1-3]b.json"),)
_LONGEST = 127
"""Tokens kept of a text."""


class Plans(NamedTuple):
    """All clauses in reading order.

    Attributes:
        tokens: Of the different clauses, then the different headings, one after the other; int16.
        begins: Where each text begins in them.
        lengths: Its tokens.
        clauses: Text number of each clause.
        paths: Text numbers of its headings, innermost first, -1 for none; (clauses, 3).
        bounds: First clause of each document, and the number of clauses.
        wanted: Odds of the themes of the first clauses, those of annotated documents, 0 where not annotated.
        held: Which of those are of places kept back.
        n_documents: Number of annotated documents.
        pairs: Text numbers of clauses that mean much the same; (n, 2).
    """

    tokens: torch.Tensor
    begins: torch.Tensor
    lengths: torch.Tensor
    clauses: torch.Tensor
    paths: torch.Tensor
    bounds: np.ndarray
    wanted: torch.Tensor
    held: torch.Tensor
    n_documents: int
    pairs: torch.Tensor

    @classmethod
    def load(cls, path: Path, device: str) -> Plans:
        """Read what `main` wrote."""
        with np.load(path) as given:
            found = {name: given[name] for name in given.files}
        lengths = found["lengths"].astype(np.int64)
        begins = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        arrays = (found["tokens"].astype(np.int16), begins, lengths, found["clauses"].astype(np.int64))
        on = [torch.from_numpy(one).to(device) for one in (*arrays, found["paths"].astype(np.int64))]
        labels = [torch.from_numpy(found[name]).to(device) for name in ("wanted", "held")]
        pairs = torch.from_numpy(found["pairs"].astype(np.int64)).to(device)
        return cls(*on, found["bounds"].astype(np.int64), *labels, int(found["n_documents"]), pairs)

    @property
    def annotated(self) -> np.ndarray:
        """Bounds of the annotated documents."""
        return self.bounds[: self.n_documents + 1]

    @property
    def others(self) -> np.ndarray:
        """Bounds of the documents that nobody annotated."""
        return self.bounds[self.n_documents :]


class Texts:
    """Different texts, numbered as they come."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Return the number of a text as the encoder sees it."""
        return self.numbers.setdefault(plain(text), len(self.numbers))

    def encoded(self, tokenizer: Tokenizer) -> tuple[np.ndarray, np.ndarray]:
        """Return all tokens, uint16, and the number of tokens of each text, uint8."""
        texts, parts, lengths = list(self.numbers), [], []
        for at in range(0, len(texts), 50_000):
            for one in tokenizer.encode_batch_fast(texts[at : at + 50_000], add_special_tokens=False):
                parts.append(np.array(one.ids[:_LONGEST], np.uint16))
                lengths.append(len(parts[-1]))
        return np.concatenate(parts), np.array(lengths, np.uint8)


def documents(shared: Path, left_out: set[str], known: set[str]) -> Iterator[pd.DataFrame]:
    """Yield the clauses of all documents that are of no place left out and not known already."""
    corpus = Corpus(shared)
    plans = [
        (str(path.relative_to(shared)), path.read_bytes())
        for folder in ("national", "plans")
        for path in sorted((shared / folder).iterdir())
        if path.suffix in (".md", ".txt")
    ]
    for file, content in [*plans, *corpus.reports()]:
        if place_of(file) not in left_out and file not in known:
            frame = clauses_of(file, content, [])
            if len(frame):
                yield frame


def train_tokenizer(lines: Sequence[str], size: int, longest: int) -> Tokenizer:
    """Learn the merges; digits and punctuation stand alone."""
    tokenizer = Tokenizer(models.BPE(unk_token=SPECIAL[UNK]))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\u4e00-\u9fff]+|[a-z]+|[^\u4e00-\u9fffa-z]"), "isolated")
    trainer = trainers.BpeTrainer(
        vocab_size=size, special_tokens=list(SPECIAL), limit_alphabet=4500, max_token_length=longest,
        show_progress=False,
    )  # fmt: skip
    tokenizer.train_from_iterator(lines, trainer)
    return tokenizer


def readings(shared: Path, patterns: Sequence[str], left_out: set[str]) -> pd.DataFrame:
    """Return the clauses of the documents that files of labels annotate, without the places left out.

    Args:
        shared: Folder beside the repository.
        patterns: Of the files; `SHARED` stands for that folder.
        left_out: Places that are not read.
    """
    found = [Path(one.replace("SHARED", str(shared))) for one in patterns]
    paths = [path for one in found for path in sorted(one.parent.glob(one.name))]
    frame = load_gold(paths, Corpus(shared / "corpus"))
    frame = frame.assign(row=frame.groupby("doc_id").cumcount())
    return frame[~frame["place"].isin(left_out)].reset_index(drop=True)


def wanted_odds(frame: pd.DataFrame, again: pd.DataFrame, second: float) -> np.ndarray:
    """Return the wanted odds of the themes; halved where a second reader differs.

    Args:
        frame: First readings.
        again: Second readings of some of the documents.
        second: Weight of a clause's second theme.

    Shape:
        (clauses, themes), float32; 0 where not annotated.
    """
    wanted = _odds(frame, second)
    other = frame[["doc_id", "row"]].merge(again, how="left", on=["doc_id", "row"]).fillna("")
    twice = other["theme"].ne("") & frame["theme"].ne("") & other["theme"].ne(frame["theme"])
    wanted[twice] = (wanted[twice] + _odds(other[twice], 0)) / 2
    return wanted


def _odds(frame: pd.DataFrame, second: float) -> np.ndarray:
    wanted = np.zeros((len(frame), len(CODES)), np.float32)
    at = {code: number for number, code in enumerate(CODES)}
    for row, (theme, other) in enumerate(zip(frame["theme"], frame["second"], strict=True)):
        if theme:
            wanted[row, at[theme]] = 1.0
            if second and other in at and other != theme:
                wanted[row, at[theme]], wanted[row, at[other]] = 1 - second, second
    return wanted


def numbered(frames: Iterator[pd.DataFrame]) -> tuple[Texts, Texts, dict[str, np.ndarray], list[str]]:
    """Return the different clauses and headings, by them `clauses`, `paths` and `bounds`, and the documents."""
    clauses, headings, rows, paths, bounds, files = Texts(), Texts(), [], [], [0], []
    for frame in frames:
        for text, context in zip(frame["text"], frame["context"], strict=True):
            rows.append(clauses.number(text))
            path = context.split(SEPARATOR)[: -N_HEADINGS - 1 : -1] if context else []
            paths.append([headings.number(one) for one in path] + [-1] * (N_HEADINGS - len(path)))
        bounds.append(len(rows))
        files.append(frame["doc_id"].iloc[0])
    found = {"clauses": np.array(rows, np.int32), "paths": np.array(paths, np.int32), "bounds": np.array(bounds)}
    found["paths"][found["paths"] >= 0] += len(clauses.numbers)
    return clauses, headings, found, files


def main() -> None:
    """Write DIR/tokenizer.json and DIR/corpus.npz."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--params", type=Path, default=ROOT / "models" / "params.yaml")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--labels", nargs="*", default=LABELS, help="patterns of files of first readings")
    parser.add_argument("--again", nargs="*", default=AGAIN, help="and of second ones")
    given = parser.parse_args()
    params: dict[str, Any] = yaml.safe_load(given.params.read_text(encoding="utf-8"))
    left_out = {*params["held_out"], *params["test_places"]}
    given.work.mkdir(parents=True, exist_ok=True)
    frame, again = (readings(given.shared, one, left_out) for one in (given.labels, given.again))
    wanted = wanted_odds(frame, again, params["reader"]["second"])
    first = [one for _, one in frame.groupby("doc_id", sort=False)]
    others = documents(given.shared / "corpus", left_out, set(frame["doc_id"]))
    clauses, headings, found, files = numbered(frame for frames in (first, others) for frame in frames)
    kept = given.work / "tokenizer.json"
    if not kept.exists():
        sizes = params["pretraining"]
        train_tokenizer(list(clauses.numbers), sizes["vocabulary"], sizes["longest_token"]).save(str(kept))
    tokenizer = Tokenizer.from_file(str(kept))
    parts = [one.encoded(tokenizer) for one in (clauses, headings)]
    found |= {name: np.concatenate([one[at] for one in parts]) for at, name in enumerate(("tokens", "lengths"))}
    held = frame["place"].isin(params["reader"]["kept"]).to_numpy()
    found |= {"wanted": wanted, "held": held, "n_documents": np.array(len(first))}
    found["pairs"] = pairs_of_years(found, files)
    np.savez(given.work / "corpus.npz", **found)
    told = f"{len(found['clauses']):,} clauses ({len(clauses.numbers):,} different), {len(found['tokens']):,} tokens"
    print(told, flush=True)


if __name__ == "__main__":
    main()
