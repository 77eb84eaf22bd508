"""What a stage that looks at all documents needs of each part of the tables: made once, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipeline.execution.fragments import Cache
from pipeline.execution.keys import digest_of, step_version
from pipeline.execution.parallel import over
from pipeline.execution.sources import Parts
from pipeline.params import Params
from pipeline.workflow import Step

Work = Callable[[int, Mapping[str, pa.Table], Params, str, str], tuple[int, Mapping[str, bytes]]]
"""From a part, its tables, the parameters, the `step_version` and what is told of the whole to the part's fragments."""


@dataclass(frozen=True, slots=True)
class Digest:
    """How a part is made smaller.

    Attributes:
        step: The tables read and the code that it depends on.
        without: Columns that are not read.
        kinds: Fragments of a part.
        work: Makes them; a function of a module, so that workers can import it.
    """

    step: Step
    without: Mapping[str, tuple[str, ...]]
    kinds: tuple[str, ...]
    work: Work


class PartMemory:
    """The fragments of all parts of a folder; what the cache lost is made again.

    Args:
        digest: How a part is made smaller.
        folder: Where the tables are.
        params: Parameters of all stages.
        cache: What is remembered.
        told: What of the whole corpus the fragments depend on.

    Raises:
        FileNotFoundError: If a table is not there.
        ValueError: If the tables are not of one run, or the section `parallel` is at fault.
    """

    def __init__(self, digest: Digest, folder: Path, params: Params, cache: Cache, told: str = "") -> None:
        self._digest, self._params, self._cache, self._told = digest, params, cache, told
        self._source = Parts(digest.step, folder, cache)
        self._version = step_version(digest.step, params)
        keys = (self._source.digest(at) for at in range(self._source.n_parts))
        self._keys = [digest_of(self._version, one, told) for one in keys]
        self._fill()

    def __len__(self) -> int:
        """Return the number of parts."""
        return len(self._keys)

    def content(self, at: int, kind: str) -> bytes:
        """Return a fragment of a part."""
        found = self._cache.get(digest_of(self._keys[at], kind))
        return found or self._keep(*self._digest.work(*self._given(at)))[kind]

    def _fill(self) -> None:
        kinds = self._digest.kinds
        missing = [
            at for at, key in enumerate(self._keys) if not all(self._cache.has(digest_of(key, one)) for one in kinds)
        ]
        given = (self._given(at) for at in missing)
        for at, contents in over(self._digest.work, given, len(missing), self._params.parallel):
            self._keep(at, contents)

    def _given(self, at: int) -> tuple[int, Mapping[str, pa.Table], Params, str, str]:
        return at, self._source.read(at, self._digest.without), self._params, self._version, self._told

    def _keep(self, at: int, contents: Mapping[str, bytes]) -> Mapping[str, bytes]:
        for kind, content in contents.items():
            self._cache.put(digest_of(self._keys[at], kind), content)
        return contents
