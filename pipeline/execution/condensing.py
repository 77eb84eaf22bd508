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
from pipeline.execution.part_memory import Digest, PartMemory
from pipeline.execution.work import require_version
from pipeline.files import frame_of, n_rows
from pipeline.params import Params
from pipeline.stages.compare import compare_condensed
from pipeline.workflow import COMPARISON, LARGE, STEPS, load_compared


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
    n_clauses = n_rows(folder, "clauses")
    parts = PartMemory(_CONDENSED, folder, params, cache, told=str(1 << n_clauses.bit_length() >> 1))
    frames = [unpack(parts.content(at, "frames"), FRAMES) for at in range(len(parts))]
    whole = {name: frame_of(pa.concat_tables([one[name] for one in frames])) for name in FRAMES}
    clauses = Condensed(**whole, shingles=_Shingles(parts, [one["wordings"].num_rows for one in frames]))
    memory = _Remembered(cache, digest_of(version, folder.name))
    made = compare_condensed(load_compared(folder), clauses, params.compare, memory)
    cache.close()
    return {name: getattr(made, name) for name in COMPARISON}


def condense_part(
    at: int, tables: Mapping[str, pa.Table], params: Params, version: str, n_all: str
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
    require_version(STEPS["compare"], params, version)
    made = condense({name: frame_of(one) for name, one in tables.items()}, params.compare.seed, int(n_all))
    frames = [pa.Table.from_pandas(getattr(made, name), preserve_index=False) for name in FRAMES]
    shingles = pa.array(made.shingles, pa.list_(pa.uint64()))
    return at, {"frames": pack([_plain(one) for one in frames]), "shingles": pack([pa.table({"shingles": shingles})])}


_CONDENSED = Digest(
    step=replace(STEPS["compare"], reads=("sections", "clauses", "themes", "quantities")),
    without=LARGE,
    kinds=("frames", "shingles"),
    work=condense_part,
)


def _plain(table: pa.Table) -> pa.Table:
    """Return a table whose text columns are of one type, also where they are empty."""
    schema = pa.schema(
        [(one.name, pa.int64() if pa.types.is_integer(one.type) else pa.string()) for one in table.schema]
    )
    return table.cast(schema).replace_schema_metadata(None)


class _Shingles(Sequence[Hashes]):
    """The shingles of all documents; those of one part are in memory at a time."""

    def __init__(self, parts: PartMemory, sizes: list[int]) -> None:
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
