"""Pre-train a plan encoder: `python models/pretrain_encoder.py --work DIR --size student`.

Masked-language modelling from scratch on DIR/corpus.npz (`python models/plan_corpus.py`). A GPU is used where there is
one: the shipped student saw 350 million tokens in 95 seconds on an H200. On two CPU cores the same takes days, so give
fewer steps in a params file of your own. It goes on from its last checkpoint in DIR.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import torch
import yaml
from plan_corpus import CLS, MASK, ROOT, SEP, Plans
from plan_net import Encoder
from torch import nn

DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
# cuDNN's attention makes a plan for each new shape; batches of clauses have a new one at each step (ten times slower).
torch.backends.cuda.enable_cudnn_sdp(False)


def stream(plans: Plans) -> torch.Tensor:
    """Return the tokens of all clauses in reading order, [SEP] after each; int16."""
    lengths = plans.lengths[plans.clauses] + 1
    first = torch.cumsum(lengths, 0) - lengths
    owner = torch.repeat_interleave(torch.arange(len(lengths), device=DEVICE), lengths)
    at = torch.arange(int(lengths.sum()), device=DEVICE) - first[owner]
    source = (plans.begins[plans.clauses][owner] + at).clamp(max=len(plans.tokens) - 1)
    ends = at == lengths[owner] - 1
    return torch.where(ends, torch.tensor(SEP, dtype=torch.int16, device=DEVICE), plans.tokens[source])


def batch(text: torch.Tensor, n: int, length: int) -> torch.Tensor:
    """Draw stretches of the text, [CLS] first; (n, length)."""
    begins = torch.randint(0, len(text) - length, (n, 1), device=DEVICE)
    ids = text[begins + torch.arange(length - 1, device=DEVICE)].long()
    return torch.cat([torch.full((n, 1), CLS, device=DEVICE), ids], 1)


def loss_of(model: Encoder, ids: torch.Tensor, share: float, vocabulary: int) -> torch.Tensor:
    """Return the loss at the masked places: 80 % [MASK], 10 % another token, 10 % left."""
    chosen = (torch.rand(ids.shape, device=DEVICE) < share) & (ids > MASK)
    how = torch.rand(ids.shape, device=DEVICE)
    given = torch.where(chosen & (how < 0.8), MASK, ids)
    random = torch.randint(MASK + 1, vocabulary, ids.shape, device=DEVICE)
    given = torch.where(chosen & (how > 0.9), random, given)
    with torch.autocast(DEVICE, torch.bfloat16):
        odds = model.guesses(model(given)[chosen])
    return nn.functional.cross_entropy(odds.float(), ids[chosen])


def rate(step: int, steps: int, most: float) -> float:
    """Return the learning rate: a warm-up of 5 %, then linear down to nothing."""
    warm = max(1, steps // 20)
    return most * min((step + 1) / warm, (steps - step) / max(1, steps - warm))


def pretrain(text: torch.Tensor, sizes: dict[str, Any], name: str, kept: Path) -> Encoder:
    """Train from the last checkpoint on."""
    given = sizes[name]
    torch.manual_seed(sizes["seed"])
    model = Encoder(sizes["vocabulary"], given, given["length"]).to(DEVICE)
    adam = {"betas": (0.9, 0.98), "fused": DEVICE == "cuda"}
    optimizer = torch.optim.AdamW(model.parameters(), lr=given["rate"], weight_decay=0.01, **adam)
    if DEVICE == "cuda":
        for layer in model.layers:  # compiled once: all have the same shapes
            layer.compile(dynamic=False)
    begin = 0
    if kept.exists():
        state = torch.load(kept, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        begin = state["step"]
    clock, total = time.monotonic(), torch.zeros((), device=DEVICE)
    for step in range(begin, given["steps"]):
        # What a step draws depends on the seed and its number alone, so a resumed run goes the same way.
        torch.manual_seed(sizes["seed"] * 1_000_003 + step)
        optimizer.param_groups[0]["lr"] = rate(step, given["steps"], given["rate"])
        ids = batch(text, sizes["batch"] // given["length"], given["length"])
        loss = loss_of(model, ids, sizes["masked"], sizes["vocabulary"])
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        total += loss.detach()
        if (step + 1) % sizes["report"] == 0:
            told = f"{name}, step {step + 1}: loss {float(total) / sizes['report']:.3f}"
            print(f"{told}, {time.monotonic() - clock:.0f} s", flush=True)
            total.zero_()
            state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step + 1}
            torch.save(state, kept.with_suffix(".new"))
            kept.with_suffix(".new").replace(kept)
    return model


def main() -> None:
    """Train and write DIR/SIZE.pt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--params", type=Path, default=ROOT / "models" / "params.yaml")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--size", choices=("student", "teacher"), required=True)
    given = parser.parse_args()
    sizes = yaml.safe_load(given.params.read_text(encoding="utf-8"))["pretraining"]
    text = stream(Plans.load(given.work / "corpus.npz", DEVICE))
    model = pretrain(text, sizes, given.size, given.work / f"{given.size}-checkpoint.pt")
    torch.save(model.state_dict(), given.work / f"{given.size}.pt")


if __name__ == "__main__":
    main()
