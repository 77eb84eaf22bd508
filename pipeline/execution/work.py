"""What a worker does: one stage on a few documents."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from pipeline.execution.fragments import pack
from pipeline.execution.keys import step_version
from pipeline.execution.memory import peak_memory
from pipeline.params import Params
from pipeline.reading.isolation import Reader
from pipeline.reading.limits import Limits
from pipeline.stages.ingest import ingest
from pipeline.tables import DROPPED, TABLES, Table
from pipeline.workflow import STEPS, Step, one_by_one


@dataclass(frozen=True, slots=True)
class Worked:
    """What a worker made.

    Attributes:
        fragments: Each document's fragment.
        peak_mb: The most memory that the worker held since it started.
    """

    fragments: list[tuple[str, bytes]]
    peak_mb: float


_OWN = threading.local()
"""The reader of each thread: starting one takes longer than reading a document."""


def table_of(name: str) -> Table:
    """Return the table of a name; each stage's list of dropped documents has a name of its own."""
    return DROPPED if name.startswith("dropped") else TABLES[name]


def work(
    name: str,
    doc_ids: Sequence[str],
    given: Mapping[str, pa.Table] | Sequence[Mapping[str, Any]],
    params: Params,
    version: str,
    n_readers: int,
) -> Worked:
    """Run a stage on documents.

    Args:
        name: The stage.
        doc_ids: Documents, sorted.
        given: Rows of the tables that the stage reads; for ingest rows of the corpus, with the files' content.
        params: Parameters of all stages.
        version: `step_version` where the work was given out.
        n_readers: Child processes that parse files side by side.

    Returns:
        The fragments of the documents.

    Raises:
        ValueError: If this worker has another version of the code, the libraries or the models.
    """
    from threadpoolctl import threadpool_limits

    step = STEPS[name]
    require_version(step, params, version)
    # One thread: how a sum is shared out between threads changes its last bits; processes make up for it.
    with threadpool_limits(1):
        made = _run(step, given, params, n_readers)
    parts = {one: _by_document(step, one, frame, doc_ids) for one, frame in made.items()}
    fragments = [(doc_id, pack([parts[one][doc_id] for one in step.makes])) for doc_id in doc_ids]
    return Worked(fragments, peak_memory())


def require_version(step: Step, params: Params, version: str) -> None:
    """Check that this worker is as the machine that gives the work out.

    Raises:
        ValueError: If it has another version of the code, the libraries or the models.
    """
    if step_version(step, params) != version:
        msg = (
            f"{step.name}: a worker has another PlanLens, other libraries or models than this machine; install the same"
        )
        raise ValueError(msg)


def _run(
    step: Step, given: Mapping[str, pa.Table] | Sequence[Mapping[str, Any]], params: Params, n_readers: int
) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        read = ingest(pd.DataFrame(given, dtype=object), params.ingest, _reader(params, n_readers).read_all)
        return {"documents": read.documents, "repairs": read.repairs, "dropped_ingest": read.dropped}
    frames = {one: TABLES[one].pandas(table) for one, table in given.items()}
    if step.unit == "documents":
        return step.run(frames, params)
    made = one_by_one(step, frames, params)
    owners = frames["clauses"]["doc_id"].to_numpy()
    return {one: frame.assign(doc_id=owners) for one, frame in made.items()}


def _by_document(step: Step, name: str, frame: pd.DataFrame, doc_ids: Sequence[str]) -> dict[str, pa.Table]:
    """Divide the rows of a table."""
    table = table_of(name)
    rows = table.arrow(table.check(frame[table.columns]))
    return split(rows, frame["doc_id"].to_numpy(dtype=object), doc_ids)


def split(rows: pa.Table, owners: np.ndarray, doc_ids: Sequence[str]) -> dict[str, pa.Table]:
    """Divide rows by the document of each; their order stays."""
    places: dict[str, np.ndarray] = pd.Series(range(len(owners))).groupby(owners).indices  # type: ignore[assignment]
    nowhere = np.array([], dtype=np.int64)
    return {doc_id: rows.take(places.get(doc_id, nowhere)) for doc_id in doc_ids}


def _reader(params: Params, n_readers: int) -> Reader:
    wanted = (Limits.of(params.ingest), n_readers)
    if getattr(_OWN, "wanted", None) != wanted:
        close()
        _OWN.wanted, _OWN.reader = wanted, Reader(*wanted)
        atexit.register(_OWN.reader.close)
    found: Reader = _OWN.reader
    return found


def close() -> None:
    """End this thread's reader."""
    if getattr(_OWN, "wanted", None):
        atexit.unregister(_OWN.reader.close)
        _OWN.reader.close()
        _OWN.wanted = None
