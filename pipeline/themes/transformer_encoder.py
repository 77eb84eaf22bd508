"""Encoders from a model hub or a folder: BERT-like models with mean or CLS pooling."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.themes.encoder import unit_length

_LONGEST = 512


class TransformerEncoder:
    """A transformer whose token vectors are pooled into one; code of the model's repository is never run.

    Attributes:
        name: The folder's or the hub's name, with the revision for a hub model.
        pooling: `mean` or `cls`, as the model's own `1_Pooling/config.json` says; `mean` without one.
    """

    def __init__(self, name_or_path: str, revision: str = "", batch_size: int = 64, pooling: str = "") -> None:
        """Load the model.

        Args:
            name_or_path: A folder, or a hub name such as `BAAI/bge-small-zh-v1.5`.
            revision: Commit of a hub model; required for one, so that a result can be repeated.
            batch_size: Texts encoded at once.
            pooling: `mean` or `cls`, over what the model's folder says.

        Raises:
            ValueError: If a hub model comes without a revision, or the pooling is unknown.
            OSError: If the model is not there, or the hub cannot be reached.
        """
        local = Path(name_or_path).is_dir()
        if not local and not revision:
            msg = f"encoder {name_or_path!r} is a hub model: set `embed.revision` to the commit that you mean"
            raise ValueError(msg)
        if pooling not in {"", "mean", "cls"}:
            msg = f"unknown pooling {pooling!r}: use mean or cls"
            raise ValueError(msg)
        self.name = name_or_path if local else f"{name_or_path}@{revision}"
        self.batch_size = batch_size
        self._tokenizer, self._model = _load(name_or_path, None if local else revision)
        self.pooling = pooling or _stated_pooling(name_or_path, None if local else revision)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.config.hidden_size)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Encode texts, longest first so that batches hold little padding; see `Encoder.encode`."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        order = sorted(range(len(texts)), key=lambda at: (-len(texts[at]), at))
        for first in range(0, len(order), self.batch_size):
            batch = order[first : first + self.batch_size]
            vectors[batch] = self._pool([texts[at] for at in batch])
        vectors[[not text.strip() for text in texts]] = 0
        return unit_length(vectors)

    def _pool(self, texts: list[str]) -> np.ndarray:
        import torch

        longest = min(_LONGEST, self._model.config.max_position_embeddings)
        tokens = self._tokenizer(texts, padding=True, truncation=True, max_length=longest, return_tensors="pt")
        with torch.inference_mode():
            hidden = self._model(**tokens).last_hidden_state
        if self.pooling == "cls":
            return np.asarray(hidden[:, 0])
        mask = tokens["attention_mask"].unsqueeze(-1)
        return np.asarray((hidden * mask).sum(1) / mask.sum(1).clamp(min=1))


def _load(name: str, revision: str | None) -> tuple[Any, Any]:
    from transformers import AutoModel, AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(name, revision=revision, trust_remote_code=False)
        model = AutoModel.from_pretrained(name, revision=revision, trust_remote_code=False)
    except Exception as error:
        # The hub raises many kinds (OSError, ValueError, HTTP errors), each with a page of advice.
        msg = f"cannot load encoder {name!r} (revision {revision}): no such folder, or the hub is out of reach"
        raise OSError(msg) from error
    return tokenizer, model.eval()


def _stated_pooling(name: str, revision: str | None) -> str:
    """Return the pooling that a sentence-transformers model states."""
    from transformers.utils.hub import cached_file

    path = cached_file(name, "1_Pooling/config.json", revision=revision, _raise_exceptions_for_missing_entries=False)
    stated = json.loads(Path(path).read_text(encoding="utf-8")) if path else {}
    return "cls" if stated.get("pooling_mode_cls_token") else "mean"
