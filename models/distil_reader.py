"""Teach the student what larger readers know: `python models/distil_reader.py --work DIR`.

Teachers are taught themes on windows of annotated documents (only annotated clauses count, the others are context).
Their mean log probabilities on all documents, annotated or not, teach the student (Hinton et al., 2015), together with
the labels themselves; at the same time clauses that mean much the same draw near each other (a contrastive
loss on `plan_pairs`, and on clauses read twice with other values dropped). Nobody learns the labels of the places kept.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml
from plan_corpus import ROOT, Plans
from plan_net import Encoder, ThemeReader
from plan_windows import encode, predict, read, windows
from pretrain_encoder import DEVICE, rate
from theme_scores import score
from torch import nn
from torch.nn.functional import cross_entropy, log_softmax, normalize

from pipeline.themes.codebook import CODES


def begin(name: str, params: dict[str, Any], work: Path, seed: int) -> tuple[Encoder, ThemeReader]:
    """Return a pre-trained encoder with dropout, and a new reader."""
    torch.manual_seed(seed)
    sizes, given = params["pretraining"], params["reader"][name]
    encoder = Encoder(sizes["vocabulary"], sizes[name], sizes[name]["length"], given["dropout"])
    encoder.load_state_dict(torch.load(work / f"{name}.pt", map_location="cpu", weights_only=True))
    reader = ThemeReader(sizes[name]["hidden"], len(CODES), given["width"], 2 * given["dropout"])
    return encoder.to(DEVICE), reader.to(DEVICE)


class Steps:
    """Steps of an optimizer, the learning rates rising, then falling to nothing."""

    def __init__(self, encoder: Encoder, reader: ThemeReader, given: dict[str, Any], steps: int) -> None:
        self.rates, self.steps, self.step = (given["encoder_rate"], given["reader_rate"]), steps, 0
        self.weights = [[*encoder.parameters()], [*reader.parameters()]]
        groups = [{"params": one} for one in self.weights]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=DEVICE == "cuda")

    def down(self, loss: torch.Tensor) -> None:
        """Go one step down the loss."""
        for group, most in zip(self.optimizer.param_groups, self.rates, strict=True):
            group["lr"] = rate(self.step, self.steps, most)
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([one for part in self.weights for one in part], 1.0)
        self.optimizer.step()
        self.step += 1


def entropy(odds: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Return the cross-entropy of each row."""
    return -(wanted * log_softmax(odds, -1)).sum(-1)


def teach(
    net: tuple[Encoder, ThemeReader], plans: Plans, used: torch.Tensor, given: dict[str, Any], member: int
) -> tuple[Encoder, ThemeReader]:
    """Teach a teacher the labels of the clauses in `used`; its number is its seed."""
    rng, marked, smooth = np.random.default_rng(member), used.cpu().numpy(), given["smoothing"]
    per = -(-len(windows(plans.annotated, given["window"], None, marked)) // given["batch"]) + 1
    steps = Steps(*net, given, given["epochs"] * per)
    for _ in range(given["epochs"]):
        drawn = windows(plans.annotated, given["window"], rng, marked)
        for part in np.array_split(rng.permutation(len(drawn)), -(-len(drawn) // given["batch"])):
            rows = torch.from_numpy(drawn[part]).to(DEVICE)
            both, alone, inside = read(*net, plans, rows, given["together"][member])
            at = rows.clamp(min=0)
            wanted = plans.wanted[at] * (1 - smooth) + smooth / len(CODES)
            losses = entropy(both, wanted) + 0.5 * entropy(alone, wanted)
            steps.down(losses[used[at] & inside].mean())
    return net


def endless(
    bounds: np.ndarray, length: int, size: int, rng: np.random.Generator, used: np.ndarray | None
) -> Iterator[np.ndarray]:
    """Yield batches of windows, all once, then all again, cut elsewhere."""
    while True:
        found = windows(bounds, length, rng, used)
        yield from np.array_split(found[rng.permutation(len(found))], -(-len(found) // size))


def distil(
    net: tuple[Encoder, ThemeReader], plans: Plans, taught: torch.Tensor, used: torch.Tensor, given: dict[str, Any]
) -> tuple[Encoder, ThemeReader]:
    """Teach the student the teachers' probabilities, and half by them, half by the labels where there are labels."""
    rng, steps = np.random.default_rng(given["seed"]), Steps(*net, given, given["steps"])
    others = endless(plans.others, given["window"], given["batch"], rng, None)
    annotated = endless(plans.annotated, given["window"], given["labelled"], rng, used.cpu().numpy())
    for _ in range(given["steps"]):
        rows = torch.from_numpy(np.concatenate([next(others), next(annotated)])).to(DEVICE)
        both, alone, inside = read(*net, plans, rows)
        at = rows.clamp(min=0)
        label = at.clamp(max=len(used) - 1)
        known = (at < len(used)) & used[label] & inside
        wanted = taught[at].float().exp()
        wanted = torch.where(known.unsqueeze(2), (wanted + plans.wanted[label]) / 2, wanted)
        weights = torch.where(known, given["weight"], 1.0) * inside
        losses = entropy(both, wanted) + 0.3 * entropy(alone, wanted)
        apart = contrast(net[0], plans, given["contrast"])
        steps.down((losses * weights).sum() / weights.sum() + given["contrast"]["weight"] * apart)
    return net


def contrast(encoder: Encoder, plans: Plans, given: dict[str, Any]) -> torch.Tensor:
    """Return the loss of telling a clause's partner among those of all pairs drawn (InfoNCE, both ways)."""
    years = plans.pairs[torch.randint(0, len(plans.pairs), (given["years"],), device=DEVICE)]
    same = plans.clauses[torch.randint(0, len(plans.clauses), (given["same"],), device=DEVICE)]
    pairs = torch.cat([years, same[:, None].expand(-1, 2)])
    with torch.autocast(DEVICE, torch.bfloat16):
        one, other = (normalize(encode(encoder, plans, pairs[:, side]).float(), dim=1) for side in (0, 1))
    odds = one @ other.T / given["temperature"]
    # The same text stands more than once among the partners at times: that is no contrast.
    twice = (pairs[:, 1, None] == pairs[None, :, 1]) & ~torch.eye(len(pairs), dtype=torch.bool, device=DEVICE)
    odds = odds.masked_fill(twice, -torch.inf)
    at = torch.arange(len(pairs), device=DEVICE)
    return (cross_entropy(odds, at) + cross_entropy(odds.T, at)) / 2


def told(name: str, odds: torch.Tensor, wanted: torch.Tensor) -> None:
    """Print macro-F1 and accuracy."""
    themes = [CODES[one] for one in wanted.argmax(1).tolist()]
    found = score(themes, odds.float().exp().cpu().numpy(), by_theme=False)
    print(f"{name}: macro-F1 {found['macro_f1']:.4f} accuracy {found['accuracy']:.4f}", flush=True)


def main() -> None:
    """Write DIR/reader.pt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--params", type=Path, default=ROOT / "models" / "params.yaml")
    parser.add_argument("--work", type=Path, required=True)
    given = parser.parse_args()
    params = yaml.safe_load(given.params.read_text(encoding="utf-8"))
    teacher, student = params["reader"]["teacher"], params["reader"]["student"]
    plans = Plans.load(given.work / "corpus.npz", DEVICE)
    known = plans.wanted.sum(1) > 0
    learnt, kept = known & ~plans.held, known & plans.held
    total = torch.zeros(())
    for member, together in enumerate(teacher["together"]):
        net = teach(begin("teacher", params, given.work, member), plans, learnt, teacher, member)
        found = predict(*net, plans, plans.bounds, together)
        told(f"teacher {member}", found[: len(kept)][kept], plans.wanted[kept])
        total = total.to(found.device) + found.float()
    taught = log_softmax(total / len(teacher["together"]), -1).half()
    told("teachers", taught[: len(kept)][kept], plans.wanted[kept])
    encoder, reader = distil(begin("student", params, given.work, student["seed"]), plans, taught, learnt, student)
    told("student", predict(encoder, reader, plans, plans.annotated)[kept], plans.wanted[kept])
    weights = {f"encoder.{name}": one for name, one in encoder.exported().items()}
    weights |= {f"reader.{name}": one for name, one in reader.state_dict().items()}
    torch.save({name: one.detach().cpu().contiguous() for name, one in weights.items()}, given.work / "reader.pt")


if __name__ == "__main__":
    main()
