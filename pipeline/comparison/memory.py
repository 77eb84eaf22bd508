"""What a comparison made before and need not make again: numbers under the digests of the documents they are of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
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


def remembered(
    memory: Memory, name: str, keys: Sequence[str], make: Callable[[Sequence[int]], Arrays]
) -> dict[str, npt.NDArray[Any]]:
    """Return arrays with one row a key; only rows of keys that are not remembered are made.

    Args:
        memory: Holds the rows of before.
        name: Under which they are kept.
        keys: Distinct; each a digest of all that its rows depend on.
        make: From positions among the keys to their rows of each array, whatever the other keys are.
    """
    old = memory.recall(name)
    place = {key: at for at, key in enumerate(old["keys"].tolist())} if old else {}
    new = [at for at, key in enumerate(keys) if key not in place]
    if old and not new and len(place) == len(keys):
        same = np.array([place[key] for key in keys], dtype=np.int64)
        return {column: rows[same] for column, rows in old.items() if column != "keys"}
    made = make(new)
    known = [at for at, key in enumerate(keys) if key in place]
    before = np.array([place[keys[at]] for at in known], dtype=np.int64)
    found = {column: np.empty((len(keys), *rows.shape[1:]), rows.dtype) for column, rows in made.items()}
    for column, rows in made.items():
        found[column][new] = rows
        if known:
            found[column][known] = old[column][before]
    memory.keep(name, {"keys": np.array(keys, dtype="U64"), **found})
    return found


def content_digest(*parts: str | npt.NDArray[Any]) -> str:
    """Return a digest of texts and arrays: of other ones it is another."""
    found = hashlib.sha256()
    for one in parts:
        content = one.encode() if isinstance(one, str) else np.ascontiguousarray(one).tobytes()
        shape = "text" if isinstance(one, str) else f"{one.dtype}{one.shape}"
        found.update(f"{shape}:{len(content)}:".encode() + content)
    return found.hexdigest()
