"""Clauses a second of the plan encoder on a GPU: `python bench/gpu.py --work DIR`; `plan_corpus` wrote DIR/corpus.npz.

Every different clause is encoded once, 16-bit, in batches of like length. Beside the rate stands the one that memory
would allow if every operation of a layer read what it needs and wrote what it makes once (34 values of a token for each
hidden one, two bytes each), by the bandwidth that a copy of 4 GB reaches in the same run. The vectors of the first
clauses go to DIR/vectors.npy, to be compared with those of a processor.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "models"))

from plan_corpus import Plans  # noqa: E402
from plan_net import Encoder  # noqa: E402
from plan_windows import encode  # noqa: E402

_VALUES = 34
"""Values of a token that a layer's operations read and write, for each hidden one: the projections to query, key and
value 1 + 3, attention 3 + 1, its projection 1 + 1, sum and norm 2 + 1, the inner layer 1 + 4, GELU 4 + 4, the outer
layer 4 + 1, sum and norm 2 + 1."""
_BATCH, _COMPARED = 16_384, 2_000


def shipped(device: str) -> Encoder:
    """Return the encoder of themes-plan, 16-bit."""
    weights = load_file(ROOT / "models" / "themes-plan" / "model.safetensors")
    given = {name.removeprefix("encoder."): one for name, one in weights.items() if name.startswith("encoder.")}
    words = given["embeddings.word_embeddings.weight"]
    layers = 1 + max(int(name.split(".")[2]) for name in given if name.startswith("encoder.layer."))
    size = {"layers": layers, "hidden": words.shape[1], "heads": words.shape[1] // 64}
    encoder = Encoder(len(words), size, len(given["embeddings.position_embeddings.weight"]))
    encoder.take(given)
    return encoder.to(device, torch.bfloat16).eval()


def seconds(do: Callable[[], object]) -> float:
    """Return how long something takes on the GPU."""
    torch.cuda.synchronize()
    begin = time.perf_counter()
    do()
    torch.cuda.synchronize()
    return time.perf_counter() - begin


def bandwidth() -> float:
    """Return bytes a second of a copy, read and written, the median of nine."""
    one = torch.empty(1 << 32, dtype=torch.uint8, device="cuda")
    other = torch.empty_like(one)
    return 2 * one.numel() / float(np.median([seconds(lambda: other.copy_(one)) for _ in range(9)]))


@torch.inference_mode()
def main() -> None:
    """Print the rates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    given = parser.parse_args()
    plans, encoder = Plans.load(given.work / "corpus.npz", "cuda"), shipped("cuda")
    texts = torch.unique(plans.clauses)
    np.save(given.work / "vectors.npy", encode(encoder, plans, texts[:_COMPARED]).float().cpu().numpy())
    texts = texts[torch.argsort(plans.lengths[texts], stable=True)]
    parts = texts.split(_BATCH)
    for part in parts[:: -(-len(parts) // 8)]:  # warm before the clock runs
        encode(encoder, plans, part)
    took = min(seconds(lambda: [encode(encoder, plans, part) for part in parts]) for _ in range(3))
    n_tokens = int(plans.lengths[texts].clamp(max=63).sum()) + len(texts)
    moved = _VALUES * 2 * encoder.norm.weight.shape[0] * len(encoder.layers) * n_tokens
    limit = bandwidth()
    print(f"{torch.cuda.get_device_name()}: {len(texts):,} different clauses, {n_tokens:,} tokens, in {took:.2f} s")
    print(f"{len(texts) / took:,.0f} clauses a second; {moved / took / 1e12:.2f} of {limit / 1e12:.2f} TB a second")
    print(f"{moved / took / limit:.0%} of the memory-bandwidth limit")


if __name__ == "__main__":
    main()
