"""Pre-train the planning-text encoder: `python models/pretrain_encoder.py --work DIR`.

A tokenizer (byte-pair merges of at most four characters) and masked-language modelling, from scratch, on the texts of
the corpus beside the repository without the held-out places. Two CPU cores do 20 million tokens in an hour; a
GPU is used where there is one. It goes on from its last checkpoint in DIR.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml
from corpus_clauses import Corpus, place_of
from tokenizers import Regex, Tokenizer, models, pre_tokenizers, trainers
from torch import nn

from pipeline.reading.decoding import decode
from pipeline.themes.ngrams import normalise

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
PAD, UNK, CLS, SEP, MASK = range(5)


def paragraphs(shared: Path, held_out: set[str]) -> Iterator[str]:
    """Yield the normalised lines of all texts that are of no held-out place."""
    corpus = Corpus(shared)
    plans = [
        (str(path.relative_to(shared)), path.read_bytes())
        for folder in ("national", "plans")
        for path in sorted((shared / folder).iterdir())
        if path.suffix in (".md", ".txt")
    ]
    for file, content in [*plans, *corpus.reports()]:
        if place_of(file) not in held_out:
            for line in decode(content)[0].split("\n"):
                if len(plain := normalise(line)) > 1:
                    yield plain


def train_tokenizer(lines: list[str], size: int, longest: int) -> Tokenizer:
    """Learn the merges; digits and punctuation stand alone."""
    tokenizer = Tokenizer(models.BPE(unk_token=SPECIAL[UNK]))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\u4e00-\u9fff]+|[a-z]+|[^\u4e00-\u9fffa-z]"), "isolated")
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=list(SPECIAL),
        limit_alphabet=4500,
        max_token_length=longest,
        show_progress=False,
    )
    tokenizer.train_from_iterator(lines, trainer)
    return tokenizer


def packed(tokenizer: Tokenizer, lines: list[str], length: int) -> np.ndarray:
    """Return the texts as rows of token ids, [CLS] first, lines parted by [SEP]; shape (n, length), uint16."""
    parts = []
    for at in range(0, len(lines), 20_000):
        for one in tokenizer.encode_batch(lines[at : at + 20_000], add_special_tokens=False):
            parts.append(np.array([*one.ids, SEP], np.uint16))
    stream = np.concatenate(parts)
    rows = stream[: len(stream) // (length - 1) * (length - 1)].reshape(-1, length - 1)
    return np.concatenate([np.full((len(rows), 1), CLS, np.uint16), rows], 1)


def build(vocabulary: int, given: dict[str, Any]) -> Any:  # noqa: ANN401
    """Return a BERT for masked-language modelling of the size that the parameters give."""
    from transformers import BertConfig, BertForMaskedLM

    config = BertConfig(
        vocab_size=vocabulary,
        hidden_size=given["hidden"],
        num_hidden_layers=given["layers"],
        num_attention_heads=given["heads"],
        intermediate_size=given["hidden"] * 4,
        max_position_embeddings=given["length"],
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        type_vocab_size=1,
        pad_token_id=PAD,
    )
    return BertForMaskedLM(config)


def loss_of(model: Any, rows: torch.Tensor, share: float, vocabulary: int) -> torch.Tensor:  # noqa: ANN401
    """Return the loss at the masked places: 80 % [MASK], 10 % another token, 10 % left."""
    chosen = (torch.rand(rows.shape, device=rows.device) < share) & (rows > MASK)
    how = torch.rand(rows.shape, device=rows.device)
    given = torch.where(chosen & (how < 0.8), MASK, rows)
    random = torch.randint(MASK + 1, vocabulary, rows.shape, device=rows.device)
    given = torch.where(chosen & (how > 0.9), random, given)
    hidden = model.bert(given).last_hidden_state[chosen]
    return nn.functional.cross_entropy(model.cls(hidden).float(), rows[chosen])


def rate(step: int, steps: int, most: float) -> float:
    """Return the learning rate: a warm-up of 4 %, then linear down to nothing."""
    warm = max(1, steps // 25)
    return most * min(step / warm, (steps - step) / (steps - warm))


def train(rows: np.ndarray, vocabulary: int, given: dict[str, Any], work: Path) -> Any:  # noqa: ANN401
    """Train from the last checkpoint on and return the model."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(given["seed"])
    model = build(vocabulary, given).to(device)
    optimizer = torch.optim.AdamW(model.parameters(), lr=given["rate"], weight_decay=0.01, betas=(0.9, 0.98))
    kept, begin = work / "checkpoint.pt", 0
    if kept.exists():
        state = torch.load(kept, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        begin = state["step"]
    clock, total = time.monotonic(), 0.0
    for step in range(begin, given["steps"]):
        # The rows and masks of a step depend on the seed and its number alone, so a resumed run goes the same way.
        chooser = np.random.default_rng((given["seed"], step))
        torch.manual_seed(given["seed"] * 1_000_003 + step)
        batch = torch.from_numpy(rows[chooser.integers(0, len(rows), given["batch"])].astype(np.int64)).to(device)
        optimizer.param_groups[0]["lr"] = rate(step, given["steps"], given["rate"])
        with torch.autocast(device, torch.bfloat16):
            loss = loss_of(model, batch, given["masked"], vocabulary)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        total += float(loss.detach())
        if (step + 1) % given["report"] == 0:
            speed = given["report"] * batch.numel() / (time.monotonic() - clock)
            print(f"step {step + 1}: loss {total / given['report']:.3f}, {speed:,.0f} tokens/s", flush=True)
            clock, total = time.monotonic(), 0.0
            state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step + 1}
            torch.save(state, kept.with_suffix(".new"))
            kept.with_suffix(".new").replace(kept)
    return model.to("cpu")


def main() -> None:
    """Train and write DIR/tokenizer.json and DIR/pretrained.safetensors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../../shared/corpus"))
    parser.add_argument("--params", type=Path, default=Path("params.yaml"))
    parser.add_argument("--work", type=Path, required=True)
    given = parser.parse_args()
    everything = yaml.safe_load(given.params.read_text(encoding="utf-8"))
    params, held_out = everything["pretraining"], {*everything["held_out"], *everything["test_places"]}
    given.work.mkdir(parents=True, exist_ok=True)
    lines = list(paragraphs(given.corpus, held_out))
    if (given.work / "tokenizer.json").exists():
        tokenizer = Tokenizer.from_file(str(given.work / "tokenizer.json"))
    else:
        tokenizer = train_tokenizer(lines, params["vocabulary"], params["longest_token"])
        tokenizer.save(str(given.work / "tokenizer.json"))
    rows = packed(tokenizer, lines, params["length"])
    told = f"{sum(map(len, lines)):,} characters, {rows.size:,} tokens, {tokenizer.get_vocab_size()} kinds"
    print(told, flush=True)
    model = train(rows, tokenizer.get_vocab_size(), params, given.work)
    from safetensors.torch import save_file

    save_file({name: one.contiguous() for name, one in model.bert.state_dict().items()},
              given.work / "pretrained.safetensors")  # fmt: skip


if __name__ == "__main__":
    main()
