"""Compare embeddings of clauses on places that none of them was trained on: `python bench/embeddings.py out/reports`.

The argument is a folder of tables of the work reports (`planlens stage ingest ...` to `extract`). Four tasks, always
with the nearest by cosine: the theme of the ten nearest labelled clauses of other places (both readers agree); the
share of the five nearest clauses of other places that state the same indicator; the same heading's theme among them;
and how often a clause adapted from last year's report finds that first (the pairs are by alignment of characters,
which favours n-grams). Then speed on one core, and the plan encoder against sentence-transformers with its weights.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.dataset as ds
import torch
from scipy import sparse

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "models"))

from corpus_clauses import Corpus  # noqa: E402
from themes import test_places  # noqa: E402

from pipeline.comparison.wording import LEAST, SHORTEST, alike, wording  # noqa: E402
from pipeline.themes import load_classifier  # noqa: E402
from pipeline.themes.encoder import unit_length  # noqa: E402
from pipeline.themes.ngram_encoder import NgramEncoder  # noqa: E402
from pipeline.themes.plan_text import plain  # noqa: E402

PLACES = ("厦门市", "大连市", "天津市", "武汉市", "营口市", "赤峰市", "江苏省", "湖南省", "贵州省", "内蒙古自治区")
YEARS = ("2018", "2019")
Matrix = np.ndarray | sparse.csr_matrix
Encode = Callable[[Sequence[str]], Matrix]


class Bert:
    """The plan encoder as transformers and sentence-transformers run it, in float32 with padding."""

    def __init__(self) -> None:
        from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

        inner = load_classifier("themes-plan").encoder
        words = inner.weights["embeddings.word_embeddings.weight"]
        places = inner.weights["embeddings.position_embeddings.weight"]
        config = BertConfig(
            vocab_size=len(words), hidden_size=words.shape[1], num_hidden_layers=len(inner.dense),
            num_attention_heads=inner.n_heads, intermediate_size=4 * words.shape[1],
            max_position_embeddings=len(places), type_vocab_size=1, pad_token_id=0,
        )  # fmt: skip
        self.model = BertModel(config, add_pooling_layer=False).eval()
        self.model.load_state_dict(dict(inner.weights))
        from tokenizers.processors import TemplateProcessing

        tokenizer = type(inner.tokenizer).from_str(inner.tokenizer.to_str())
        tokenizer.post_processor = TemplateProcessing(single="[CLS] $A", special_tokens=[("[CLS]", 2)])
        names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]"}
        self.tokenizer = PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=inner.longest, **names)
        self.longest = inner.longest

    def sentence_transformer(self) -> Encode:
        """Return how sentence-transformers encodes, as its page shows it."""
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.models import Pooling, Transformer

        with tempfile.TemporaryDirectory() as folder:
            self.model.save_pretrained(folder)
            self.tokenizer.save_pretrained(folder)
            read = Transformer(folder, max_seq_length=self.longest)
            return SentenceTransformer(modules=[read, Pooling(read.get_word_embedding_dimension(), "mean")]).encode

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return the mean token vectors, in batches of like length."""
        order = np.argsort([len(one) for one in texts], kind="stable")
        found = np.zeros((len(texts), self.model.config.hidden_size), np.float32)
        with torch.inference_mode():
            for part in np.array_split(order, -(-len(order) // 32)):
                given = self.tokenizer(
                    [plain(texts[one]) for one in part], padding=True, truncation=True, return_tensors="pt"
                )
                hidden = self.model(given["input_ids"], given["attention_mask"]).last_hidden_state
                weights = given["attention_mask"].unsqueeze(2)
                found[part] = ((hidden * weights).sum(1) / weights.sum(1)).numpy()
        return found


def encoders() -> dict[str, Encode]:
    """Return the ways to embed."""
    ngrams = NgramEncoder.load(ROOT / "models" / "encoder-ngram")
    plan = load_classifier("themes-plan").encoder
    words = plan.weights["embeddings.word_embeddings.weight"].numpy()

    def static(texts: Sequence[str]) -> np.ndarray:
        found = plan.tokenizer.encode_batch_fast([plain(one) for one in texts], add_special_tokens=False)
        return np.stack([words[one.ids or [1]].mean(0) for one in found])

    return {
        "TF-IDF of 1-3-grams": ngrams.vocabulary.transform,
        "TF-IDF, SVD to 256 (encoder-ngram)": ngrams.encode,
        "static: mean of the token weights": static,
        "plan encoder, 8 bits (themes-plan)": plan.encode,
        "plan encoder, float32": Bert().encode,
    }


def nearest(vectors: Matrix, groups: np.ndarray, n: int) -> np.ndarray:
    """Return the `n` most alike rows of other groups, best first; (rows, n)."""
    if not sparse.issparse(vectors):
        vectors = unit_length(np.asarray(vectors))
    found = []
    for at in range(0, len(groups), 512):
        part = vectors[at : at + 512] @ vectors.T
        part = part.toarray() if sparse.issparse(part) else part
        part[groups[at : at + 512, None] == groups[None]] = -2
        best = np.argpartition(-part, n, axis=1)[:, :n]
        found.append(np.take_along_axis(best, np.argsort(-np.take_along_axis(part, best, 1), axis=1), 1))
    return np.concatenate(found)


def voted(themes: np.ndarray, near: np.ndarray) -> float:
    """Return the share of clauses whose theme most of the ten nearest have."""
    kinds, numbers = np.unique(themes, return_inverse=True)
    counts = np.stack([(numbers[near] == one).sum(1) for one in range(len(kinds))], 1)
    return float((counts.argmax(1) == numbers).mean())


def load(tables: Path) -> pd.DataFrame:
    """Return the clauses of the test places' reports with place, year, indicator and the theme of their heading."""
    documents = ds.dataset(tables / "documents.parquet").to_table(columns=["doc_id", "place", "published"]).to_pandas()
    documents = documents[documents["place"].isin(PLACES)]
    documents = documents[documents["published"].astype(str).str[:4].isin(YEARS)]
    wanted = ds.field("doc_id").isin(documents["doc_id"].tolist())
    clauses, quantities = (
        ds.dataset(tables / f"{name}.parquet").to_table(columns=columns, filter=wanted).to_pandas()
        for name, columns in (
            ("clauses", ["clause_id", "doc_id", "text", "context"]),
            ("quantities", ["doc_id", "clause_id", "indicator_id"]),
        )
    )
    stated = quantities.dropna(subset=["indicator_id"]).groupby("clause_id")["indicator_id"].first()
    clauses["indicator"] = clauses["clause_id"].map(stated).fillna("")
    clauses = clauses.merge(documents, on="doc_id")
    heads = clauses["context"].str.split(" > ").str[-1].fillna("")
    linear = load_classifier("themes-linear")
    kinds = sorted(set(heads))
    p = linear.first_level(kinds)
    sure = {kind: linear.codes[row.argmax()] if row.max() > 0.5 and kind else "" for kind, row in zip(kinds, p)}  # noqa: B905
    return clauses.assign(heading=heads.map(sure), year=clauses["published"].astype(str).str[:4])


def paraphrases(clauses: pd.DataFrame) -> list[tuple[pd.DataFrame, list[tuple[int, int]]]]:
    """Return for each place its clauses, and pairs of rows, this year's adapted from last year's."""
    found = []
    for _, own in clauses.groupby("place"):
        own = own.assign(wording=[wording(one) for one in own["text"]])
        own = own[own["wording"].str.len() >= SHORTEST].sort_values("year", ascending=False, kind="stable")
        own = own.drop_duplicates("wording", ignore_index=True)
        n = int((own["year"] == YEARS[1]).sum())
        pairs = alike(own["wording"].tolist(), n)
        frame = pd.DataFrame({"query": pairs.one, "other": pairs.other, "similarity": pairs.similarity})
        frame = frame[(frame["other"] >= n) & frame["similarity"].between(LEAST, 0.95)]
        best = frame.sort_values("similarity", ascending=False).drop_duplicates("query")
        found.append((own, list(zip(best["query"].astype(int), best["other"].astype(int), strict=True))))
    return found


def first_found(encode: Encode, given: list[tuple[pd.DataFrame, list[tuple[int, int]]]]) -> float:
    """Return the share of pairs in which last year's clause is the most alike of last year's report."""
    hits = []
    for own, pairs in given:
        near = nearest(encode(own["text"].tolist()), own["year"].to_numpy(), 1)[:, 0]
        hits += [near[query] == other for query, other in pairs]
    return float(np.mean(hits))


def against_sentence_transformers(texts: list[str]) -> None:
    """Print both speeds on one core, and how alike the vectors are."""
    try:
        encode = Bert().sentence_transformer()
    except ImportError:
        print("sentence-transformers is not installed: pip install sentence-transformers")
        return
    plan = load_classifier("themes-plan").encoder
    began = time.process_time()
    theirs = unit_length(np.asarray(encode([plain(one) for one in texts], show_progress_bar=False)))
    middle = time.process_time()
    ours = unit_length(plan.encode(texts))
    seconds = time.process_time() - middle
    cosine = (theirs * ours).sum(1)
    rates = [len(texts) / one for one in (middle - began, seconds)]
    told = f"sentence-transformers {rates[0]:,.0f} clauses/s, plan encoder {rates[1]:,.0f}"
    print(f"{told}: {(middle - began) / seconds:.1f} times; cosine mean {cosine.mean():.5f}, least {cosine.min():.4f}")


def scores(encode: Encode, labelled: pd.DataFrame, tasks: list[tuple[pd.DataFrame, str]]) -> tuple[float, list[float]]:
    """Return how often the ten nearest have the theme, and for each task the share of the five nearest of one kind."""
    near = nearest(encode(labelled["text"].tolist()), labelled["place"].to_numpy(), 10)
    shares = []
    for frame, column in tasks:
        kinds = frame[column].to_numpy()
        five = nearest(encode(frame["text"].tolist()), frame["place"].to_numpy(), 5)
        shares.append(float((kinds[five] == kinds[:, None]).mean()))
    return voted(labelled["theme"].to_numpy(), near), shares


def main() -> None:
    """Print a line for each way to embed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", type=Path)
    given = parser.parse_args()
    torch.set_num_threads(1)
    labelled, _ = test_places(Corpus(ROOT.parent / "shared" / "corpus"))
    labelled = labelled[labelled["theme"].ne("")].reset_index(drop=True)
    clauses = load(given.tables)
    different = clauses.drop_duplicates(["place", "text"])
    stated = different[different["indicator"].ne("")].reset_index(drop=True)
    headed = different[different["heading"].ne("")].iloc[::4].reset_index(drop=True)
    pairs = paraphrases(clauses)
    print(
        f"{len(PLACES)} places, {', '.join(YEARS)}; {len(labelled)} labelled clauses, {len(stated)} with an indicator,"
    )
    print(f"{len(headed)} under a telling heading, {sum(len(one) for _, one in pairs)} pairs of consecutive years")
    speed = [str(one) for one in clauses["text"].drop_duplicates().iloc[:4000]]
    for name, encode in encoders().items():
        theme, shares = scores(encode, labelled, [(stated, "indicator"), (headed, "heading")])
        found = first_found(encode, pairs)
        began = time.process_time()
        encode(speed)
        rate = len(speed) / (time.process_time() - began)
        told = f"theme {theme:.3f}  indicator {shares[0]:.3f}  heading {shares[1]:.3f}  last year's {found:.3f}"
        print(f"  {name:36} {told}  {rate:,.0f} clauses/s")
    against_sentence_transformers(speed)


if __name__ == "__main__":
    main()
