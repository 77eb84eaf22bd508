"""One stage by document on disk: what is remembered is taken, what is new is worked out, the parts are put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.execution.fragments import Cache, unpack
from pipeline.execution.keys import digest_of, step_version
from pipeline.execution.manifest import seal, unseal
from pipeline.execution.parallel import check, n_jobs_of, over
from pipeline.execution.parts import NewTable
from pipeline.execution.sources import Files, Parts, Source
from pipeline.execution.work import close, table_of, work
from pipeline.files import parts_of, write_table
from pipeline.params import Params
from pipeline.reading.limits import Limits
from pipeline.tables import DROPPED
from pipeline.workflow import STEPS, Step

PIECE = 8
"""Documents that a worker takes at once: some tenths of a second of work."""

_TOLD = 5

Watch = Callable[[int, int], None]
"""Told how many of the documents that must be worked on are done."""


@dataclass(slots=True)
class Done:
    """What a stage did.

    Attributes:
        n_documents: Documents given to it.
        n_computed: Those among them that were worked on; the others were remembered.
        n_parts: Parts of its tables.
        n_parts_made: Those among them that were written.
        rows: Rows of each table.
        dropped: Rows of tables.DROPPED.
        worker_mb: The most memory that a worker held; 0 where none worked.
    """

    n_documents: int = 0
    n_computed: int = 0
    n_parts: int = 0
    n_parts_made: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    dropped: list[dict[str, Any]] = field(default_factory=list)
    worker_mb: float = 0.0


@dataclass(slots=True)
class _Part:
    """A part of the output: `record` says what it is, once known; `keys` names the fragments that make it."""

    name: str
    record: dict[str, Any] | None
    keys: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def run_stage(
    name: str, folder: Path, params: Params, cache: Cache, corpus: Path | None = None, watch: Watch | None = None
) -> Done:
    """Run a stage whose unit is a document.

    Args:
        name: One of workflow.STEPS.
        folder: Where the tables are read and written.
        params: Parameters of all stages.
        cache: What is remembered.
        corpus: Read by ingest.
        watch: Told of the progress.

    Returns:
        What was done. The tables are those that the step makes of all documents at once, byte for byte the same
        whatever was remembered and wherever the work was done.

    Raises:
        FileNotFoundError: If the corpus or a table is not there.
        ValueError: If the corpus, a table or the section `parallel` is at fault, or no document could be read.
        OSError: If the cluster does not answer, or a file cannot be written.
    """
    check(params.parallel)
    step = STEPS[name]
    source: Source = Files(corpus, Limits.of(params.ingest), cache) if corpus else Parts(step, folder, cache)
    try:
        return _Run(step, folder, params, cache, source).run(watch)
    finally:
        cache.close()
        close()


class _Run:
    """One run of a stage."""

    def __init__(self, step: Step, folder: Path, params: Params, cache: Cache, source: Source) -> None:
        self._step, self._folder, self._params = step, folder, params
        self._cache, self._source = cache, source
        self._version = step_version(step, params)
        self._tables = [one for one in step.makes if not one.startswith("dropped")]
        self._listed = {name: parts_of(folder, name) for name in self._tables}
        self._old = {name: {cache.digest(path): path for path in paths} for name, paths in self._listed.items()}

    def run(self, watch: Watch | None) -> Done:
        parts = [self._plan(at) for at in range(self._source.n_parts)]
        worker_mb = self._compute(parts, watch)
        n_computed = sum(len(one.missing) for one in parts)
        done = Done(n_parts=len(parts), n_computed=n_computed, worker_mb=worker_mb)
        new = {name: NewTable(self._folder, name, len(parts)) for name in self._tables}
        try:
            for at, part in enumerate(parts):
                self._make_or_take(at, part, new, done)
            self._place(new, done)
        finally:
            for one in new.values():
                one.discard()
        return done

    def _make_or_take(self, at: int, part: _Part, new: dict[str, NewTable], done: Done) -> None:
        if part.record is None:
            self._make(at, part, new)
            done.n_parts_made += 1
        else:
            for name in self._tables:
                new[name].take(at, self._kept(name, part.record["files"][name], at))
        self._count(part, done)

    def _kept(self, name: str, digest: str, at: int) -> Path:
        """Return the old part of a digest: the one in the same place if it is that, as many empty parts are alike."""
        old = self._listed[name]
        same = old[at] if at < len(old) else None
        return same if same and self._cache.digest(same) == digest else self._old[name][digest]

    def _plan(self, at: int) -> _Part:
        """Find out whether a part is there as it should be, and if not, which documents must be worked on."""
        name = digest_of(self._version, self._source.digest(at))
        record = self._cache.record(name)
        if record and all(record["files"][one] in self._old[one] for one in self._tables):
            return _Part(name, record)
        keys = {doc_id: digest_of(self._version, one) for doc_id, one in self._source.keys(at).items()}
        missing = [doc_id for doc_id, key in keys.items() if self._cache.get(key) is None]
        return _Part(name, None, keys, missing)

    def _compute(self, parts: list[_Part], watch: Watch | None) -> float:
        pieces = [
            (at, part.missing[low : low + PIECE])
            for at, part in enumerate(parts)
            for low in range(0, len(part.missing), PIECE)
        ]
        n_readers = n_jobs_of(self._params.parallel) if len(pieces) == 1 else 1

        def given() -> Iterator[tuple[Any, ...]]:
            for at, doc_ids in pieces:
                of_these = self._source.given(at, doc_ids)
                yield self._step.name, doc_ids, of_these, self._params, self._version, n_readers

        keys = {doc_id: key for part in parts for doc_id, key in part.keys.items()}
        n_done, n_all, peak = 0, sum(len(doc_ids) for _, doc_ids in pieces), 0.0
        for found in over(work, given(), len(pieces), self._params.parallel):
            for doc_id, content in found.fragments:
                self._cache.put(keys[doc_id], content)
            n_done += len(found.fragments)
            peak = max(peak, found.peak_mb)
            if watch:
                watch(n_done, n_all)
        return peak

    def _make(self, at: int, part: _Part, new: dict[str, NewTable]) -> None:
        """Put a part together from its fragments."""
        found: dict[str, list[pa.Table]] = {name: [] for name in self._step.makes}
        for key in part.keys.values():
            if (content := self._cache.get(key)) is None:
                msg = f"the cache lost {key} while {self._step.name} ran; run it again"
                raise OSError(msg)
            for name, table in unpack(content, self._step.makes).items():
                found[name].append(table)
        whole = {name: pa.concat_tables([table_of(name).schema.empty_table(), *own]) for name, own in found.items()}
        for name in self._tables:
            # One row group a part: who reads the table part by part holds one in memory.
            pq.write_table(whole[name].combine_chunks(), new[name].path(at), compression="zstd")
        part.record = {
            "files": {name: self._cache.digest(new[name].path(at)) for name in self._tables},
            "rows": {name: whole[name].num_rows for name in self._tables},
            "n_documents": len(part.keys),
            "dropped": [row for name, one in whole.items() if name.startswith("dropped") for row in one.to_pylist()],
        }
        self._cache.note(part.name, part.record)

    def _count(self, part: _Part, done: Done) -> None:
        record = part.record or {}
        done.n_documents += record["n_documents"]
        done.dropped += record["dropped"]
        for name in self._tables:
            done.rows[name] = done.rows.get(name, 0) + record["rows"][name]

    def _place(self, new: dict[str, NewTable], done: Done) -> None:
        own = DROPPED.frame(done.dropped)
        before = self._source.dropped
        dropped = own if before is None else pd.concat([before, own], ignore_index=True)
        done.dropped = dropped.to_dict("records")  # type: ignore[assignment]
        if self._step.name == "ingest" and not done.rows["documents"]:
            few = "; ".join(str(row["reason"]) for row in done.dropped[:_TOLD])
            more = f"; and {len(done.dropped) - _TOLD} more" if len(done.dropped) > _TOLD else ""
            msg = f"none of the documents could be read: {few}{more}"
            raise ValueError(msg)
        unseal(self._folder, self._step.name)
        for one in new.values():
            one.place()
        for name in self._step.makes:
            if name.startswith("dropped"):
                write_table(dropped, self._folder, name)
        seal(self._folder, self._step.name, self._cache.digest)
