"""Compare the documents of a folder: what is told of the clauses of a part is remembered, as are pairs of documents."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, overload

import numpy as np
import pandas as pd
import pyarrow as pa

from pipeline.comparison.condensed import FRAMES, Condensed, condense
from pipeline.comparison.reuse import Hashes
from pipeline.execution.fragments import Cache, pack, unpack
from pipeline.execution.keys import digest_of, step_version
from pipeline.execution.parallel import over
from pipeline.execution.sources import Parts
from pipeline.execution.work import check_version
from pipeline.files import frame_of, n_rows
from pipeline.params import Params
from pipeline.stages.compare import compare_condensed
from pipeline.workflow import COMPARISON, LARGE, STEPS, load_compared

_READ = ("sections", "clauses", "themes", "quantities")
_KINDS = ("frames", "shingles")


def compare_folder(folder: Path, params: Params, cache: Cache) -> dict[str, pd.DataFrame]:
    """Compare the documents of a folder.

    Args:
        folder: Where the tables are.
        params: Parameters of all stages.
        cache: What is remembered; it changes no row.

    Returns:
        The tables of the stage compare.

    Raises:
        FileNotFoundError: If a table is not there.
        ValueError: If the tables are not of one run, or the section `parallel` is at fault.
    """
    version = step_version(STEPS["compare"], params)
    clauses = _Parts(folder, params, cache, version).condensed()
    memory = _Remembered(cache, digest_of(version, folder.name))
    made = compare_condensed(load_compared(folder), clauses, params.compare, memory)
    cache.close()
    return {name: getattr(made, name) for name in COMPARISON}


class _Parts:
    """The parts of a folder's clauses, condensed; what the cache lost is made again."""

    def __init__(self, folder: Path, params: Params, cache: Cache, version: str) -> None:
        self._source = Parts(replace(STEPS["compare"], reads=_READ), folder, cache)
        self._params, self._cache, self._version = params, cache, version
        n_clauses = n_rows(folder, "clauses")
        self._n_all = 1 << n_clauses.bit_length() >> 1
        parts = range(self._source.n_parts)
        self._keys = [digest_of(version, self._source.digest(at), str(self._n_all)) for at in parts]

    def condensed(self) -> Condensed:
        """Return all parts together."""
        missing = [
            at for at, key in enumerate(self._keys) if not all(self._cache.has(digest_of(key, one)) for one in _KINDS)
        ]
        given = (self._given(at) for at in missing)
        for at, contents in over(condense_part, given, len(missing), self._params.parallel):
            self._keep(at, contents)
        parts = [unpack(self.content(at, "frames"), FRAMES) for at in range(len(self._keys))]
        whole = {name: frame_of(pa.concat_tables([one[name] for one in parts])) for name in FRAMES}
        return Condensed(**whole, shingles=_Shingles(self, [one["wordings"].num_rows for one in parts]))

    def content(self, at: int, kind: str) -> bytes:
        """Return a fragment of a part."""
        found = self._cache.get(digest_of(self._keys[at], kind))
        return found or self._keep(*condense_part(*self._given(at)))[kind]

    def _given(self, at: int) -> tuple[int, Mapping[str, pa.Table], Params, str, int]:
        return at, self._source.read(at, LARGE), self._params, self._version, self._n_all

    def _keep(self, at: int, contents: Mapping[str, bytes]) -> Mapping[str, bytes]:
        for kind, content in contents.items():
            self._cache.put(digest_of(self._keys[at], kind), content)
        return contents


def condense_part(
    at: int, tables: Mapping[str, pa.Table], params: Params, version: str, n_all: int
) -> tuple[int, dict[str, bytes]]:
    """Condense the clauses of a part.

    Args:
        at: The part.
        tables: Its rows of sections, clauses, themes and quantities.
        params: Parameters of all stages.
        version: `step_version` where the work was given out.
        n_all: See `keywords.drawn`.

    Returns:
        The part, and its fragments by kind.

    Raises:
        ValueError: If a table is at fault, or this worker has another version.
    """
    check_version(STEPS["compare"], params, version)
    made = condense({name: frame_of(one) for name, one in tables.items()}, params.compare.seed, n_all)
    frames = [pa.Table.from_pandas(getattr(made, name), preserve_index=False) for name in FRAMES]
    shingles = pa.array(made.shingles, pa.list_(pa.uint64()))
    return at, {"frames": pack([_plain(one) for one in frames]), "shingles": pack([pa.table({"shingles": shingles})])}


def _plain(table: pa.Table) -> pa.Table:
    """Return a table whose text columns are of one type, also where they are empty."""
    schema = pa.schema(
        [(one.name, pa.int64() if pa.types.is_integer(one.type) else pa.string()) for one in table.schema]
    )
    return table.cast(schema).replace_schema_metadata(None)


class _Shingles(Sequence[Hashes]):
    """The shingles of all documents; those of one part are in memory at a time."""

    def __init__(self, parts: _Parts, sizes: list[int]) -> None:
        self._parts = parts
        self._starts = [0, *np.cumsum(sizes).tolist()]
        self._last: tuple[int, Any] = (-1, None)

    def __len__(self) -> int:
        return int(self._starts[-1])

    @overload
    def __getitem__(self, at: int) -> Hashes: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Hashes]: ...
    def __getitem__(self, at: int | slice) -> Hashes | Sequence[Hashes]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        part = bisect_right(self._starts, at) - 1
        if self._last[0] != part:
            content = unpack(self._parts.content(part, "shingles"), ["shingles"])
            self._last = (part, content["shingles"]["shingles"].combine_chunks())
        lists, row = self._last[1], at - self._starts[part]
        low, high = (int(lists.offsets[one].as_py()) for one in (row, row + 1))
        own: Hashes = lists.flatten()[low:high].to_numpy()
        return own

    def __iter__(self) -> Iterator[Hashes]:
        return (self[at] for at in range(len(self)))


class _Remembered:
    """The arrays of a comparison, in the cache (`comparison.memory.Memory`)."""

    def __init__(self, cache: Cache, key: str) -> None:
        self._cache, self._key = cache, key

    def recall(self, name: str) -> Mapping[str, np.ndarray]:
        content = self._cache.get(digest_of(self._key, name))
        return dict(np.load(io.BytesIO(content), allow_pickle=False)) if content else {}

    def keep(self, name: str, arrays: Mapping[str, np.ndarray]) -> None:
        content = io.BytesIO()
        np.savez(content, **arrays)  # type: ignore[arg-type]
        self._cache.put(digest_of(self._key, name), content.getvalue())
