"""What a comparison made before and need not make again: numbers under the digests of the documents they are of."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Arrays = Mapping[str, npt.NDArray[Any]]


class Memory(Protocol):
    """Holds arrays by name; may have lost them at any time."""

    def recall(self, name: str) -> Arrays:
        """Return the arrays kept under a name; none where there are none."""
        ...

    def keep(self, name: str, arrays: Arrays) -> None:
        """Keep arrays in the place of those before."""
        ...


class NoMemory:
    """Remembers nothing."""

    def recall(self, name: str) -> Arrays:  # noqa: ARG002
        """See `Memory`."""
        return {}

    def keep(self, name: str, arrays: Arrays) -> None:
        """See `Memory`."""


def content_digest(*parts: str | npt.NDArray[Any]) -> str:
    """Return a digest of texts and arrays: of other ones it is another."""
    found = hashlib.sha256()
    for one in parts:
        content = one.encode() if isinstance(one, str) else np.ascontiguousarray(one).tobytes()
        shape = "text" if isinstance(one, str) else f"{one.dtype}{one.shape}"
        found.update(f"{shape}:{len(content)}:".encode() + content)
    return found.hexdigest()
