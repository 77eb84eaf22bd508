"""Where the documents of a stage come from: the files of a corpus, or the parts of tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.corpus import list_corpus, with_content
from pipeline.corpus.loading import order_beside
from pipeline.execution.fragments import Cache
from pipeline.execution.keys import digest_of
from pipeline.execution.manifest import check_sealed
from pipeline.execution.parts import divide
from pipeline.execution.work import split
from pipeline.files import parts_of, read_table
from pipeline.reading.limits import Limits
from pipeline.stages.ingest import first_with
from pipeline.tables import TABLES
from pipeline.workflow import Step


class Source(Protocol):
    """Documents in parts.

    Attributes:
        n_parts: How many parts.
        dropped: Rows of the table of dropped documents that come before the stage's own.
    """

    @property
    def n_parts(self) -> int: ...  # noqa: D102

    @property
    def dropped(self) -> pd.DataFrame | None: ...  # noqa: D102

    def digest(self, part: int) -> str:
        """Return the digest of all that a part is made of, found without reading it where that is known."""
        ...

    def keys(self, part: int) -> dict[str, str]:
        """Return the digest of what is given of each document of a part, sorted by document."""
        ...

    def given(self, part: int, doc_ids: Sequence[str]) -> Mapping[str, pa.Table] | Sequence[Mapping[str, Any]]:
        """Return what `work` needs of some documents."""
        ...


class Files:
    """The files of a corpus.

    Args:
        folder: The corpus.
        limits: Larger files are dropped.
        cache: Knows the digests of files that it saw before.

    Raises:
        FileNotFoundError: If the folder has no corpus.csv.
        ValueError: If corpus.csv is at fault.
    """

    def __init__(self, folder: Path, limits: Limits, cache: Cache) -> None:
        rows, self.dropped = list_corpus(folder, limits)
        rows = sorted(rows, key=lambda row: row["doc_id"])
        doc_ids = [row["doc_id"] for row in rows]
        digests = [cache.digest(folder / row["file"]) for row in rows]
        same = first_with(doc_ids, digests)
        self._folder = folder
        self._rows = {row["doc_id"]: {**row, "same_as": first} for row, first in zip(rows, same, strict=True)}
        self._keys = {
            row["doc_id"]: digest_of(
                json.dumps(self._rows[row["doc_id"]], ensure_ascii=False, sort_keys=True),
                digest,
                order_beside(folder / row["file"]),
            )
            for row, digest in zip(rows, digests, strict=True)
        }
        self._parts = divide(doc_ids)
        self.n_parts = len(self._parts)

    def digest(self, part: int) -> str:
        """See `Source`."""
        return digest_of(*(self._keys[one] for one in self._parts[part]))

    def keys(self, part: int) -> dict[str, str]:
        """See `Source`."""
        return {one: self._keys[one] for one in self._parts[part]}

    def given(self, part: int, doc_ids: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        """See `Source`."""
        return [with_content(self._folder, self._rows[one]) for one in doc_ids]


class Parts:
    """The parts of the tables that a step reads.

    Args:
        step: Its unit is a document.
        folder: Where the tables are.
        cache: Knows the digests of files that it saw before.

    Raises:
        FileNotFoundError: If a table is not there.
        ValueError: If the tables are not of one run, or one is cut off.
    """

    def __init__(self, step: Step, folder: Path, cache: Cache) -> None:
        self._reads, self._folder, self._cache = step.reads, folder, cache
        self._paths = {name: parts_of(folder, name) for name in step.reads}
        for name, paths in self._paths.items():
            if not paths:
                read_table(folder, name)  # says what is missing
        self.n_parts = len(self._paths[step.reads[0]])
        if any(len(paths) != self.n_parts for paths in self._paths.values()):
            msg = f"{folder}: {', '.join(step.reads)} are not of one run; run the stages before {step.name} again"
            raise ValueError(msg)
        check_sealed(folder, step.reads, cache.digest)
        self.dropped = None
        self._last: tuple[int, dict[str, dict[str, pa.Table]]] = (-1, {})

    def digest(self, part: int) -> str:
        """See `Source`."""
        return digest_of(*(self._cache.digest(self._paths[name][part]) for name in self._reads))

    def read(self, part: int, without: Mapping[str, Sequence[str]]) -> dict[str, pa.Table]:
        """Return the tables of a part, without the columns named."""
        return {name: _read(self._paths[name][part], name, without.get(name, ())) for name in self._reads}

    def keys(self, part: int) -> dict[str, str]:
        """See `Source`."""
        return {doc_id: digest_of(*map(_content, own.values())) for doc_id, own in self._by_document(part).items()}

    def given(self, part: int, doc_ids: Sequence[str]) -> Mapping[str, pa.Table]:
        """See `Source`."""
        found = self._by_document(part)
        return {name: pa.concat_tables([found[one][name] for one in doc_ids]) for name in self._reads}

    def _by_document(self, part: int) -> dict[str, dict[str, pa.Table]]:
        """Return the rows of each document, sorted by document; the last part asked for is at hand."""
        if self._last[0] != part:
            self._last = (-1, {})
            self._last = (part, self._divided(part))
        return self._last[1]

    def _divided(self, part: int) -> dict[str, dict[str, pa.Table]]:
        tables = {name: _read(self._paths[name][part], name) for name in self._reads}
        owners = {name: self._owners(name, tables) for name in self._reads}
        doc_ids = sorted(dict.fromkeys(owners[self._reads[0]]))
        divided = {name: split(tables[name], owners[name], doc_ids) for name in self._reads}
        return {one: {name: divided[name][one] for name in self._reads} for one in doc_ids}

    def _owners(self, name: str, tables: Mapping[str, pa.Table]) -> np.ndarray:
        """Return the document of each row; embeddings and themes have one row for each row of clauses."""
        if "doc_id" in tables[name].column_names:
            return np.asarray(tables[name]["doc_id"].to_numpy(zero_copy_only=False))
        if not tables[name]["clause_id"].equals(tables["clauses"]["clause_id"]):
            msg = f"{self._folder}: {name} and clauses are not of one run; run the stage that makes {name} again"
            raise ValueError(msg)
        return np.asarray(tables["clauses"]["doc_id"].to_numpy(zero_copy_only=False))


def _read(path: Path, name: str, without: Sequence[str] = ()) -> pa.Table:
    """Read one part in one piece of memory, with the columns of the schema.

    Raises:
        ValueError: If it does not hold the schema.
    """
    schema = pa.schema([one for one in TABLES[name].schema if one.name not in without])
    table = pq.ParquetFile(path).read(columns=schema.names)
    try:
        return table.select(schema.names).cast(schema).combine_chunks()
    except (KeyError, pa.ArrowInvalid) as error:
        msg = f"{path}: no table `{name}` of this version ({error}); run the stage that makes it again"
        raise ValueError(msg) from error


def _content(rows: pa.Table) -> bytes:
    """Return rows as bytes that tell any two different ones apart."""
    out = pa.BufferOutputStream()
    with pa.ipc.new_stream(out, rows.schema) as stream:
        stream.write_table(rows.combine_chunks())
    return bytes(out.getvalue())
