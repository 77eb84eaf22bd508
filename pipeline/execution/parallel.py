"""One way over many pieces of work: joblib, with processes of this machine or a Dask cluster behind it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from typing import Any, TypeVar

from pipeline.params import Parallel

BACKENDS = ("loky", "dask")
_ANSWER_S = 30
R = TypeVar("R")


def n_jobs_of(params: Parallel) -> int:
    """Return the processes side by side on this machine."""
    if params.n_jobs > 0:
        return params.n_jobs
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def check(params: Parallel) -> None:
    """Check the section `parallel`.

    Raises:
        ValueError: If the backend is unknown, a number is negative, or a cluster has no address.
    """
    if params.backend not in BACKENDS:
        msg = f"parallel.backend: {params.backend!r} is unknown; use one of {', '.join(BACKENDS)}"
        raise ValueError(msg)
    if params.n_jobs < 0:
        msg = f"parallel.n_jobs: {params.n_jobs} is negative; give a number of processes, or 0 for one a core"
        raise ValueError(msg)
    if params.backend == "dask" and not params.address:
        msg = "parallel.address is empty; give the Dask scheduler's, e.g. tcp://10.0.0.5:8786 (docs/cluster.md)"
        raise ValueError(msg)


def over(work: Callable[..., R], pieces: Iterable[tuple[Any, ...]], n_pieces: int, params: Parallel) -> Iterator[R]:
    """Do a piece of work for each tuple of arguments; yield the results as they come, in any order.

    Args:
        work: A function of a module that the workers can import.
        pieces: Taken one by one while the work goes on, so they need not be in memory together.
        n_pieces: How many there are; a single one is done in this process.
        params: Where the work is done.

    Raises:
        ValueError: If the section `parallel` is at fault.
        OSError: If the cluster does not answer.
    """
    from joblib import Parallel as Joblib
    from joblib import delayed, parallel_config

    check(params)
    if not n_pieces:
        return
    with _client(params) as client:
        if client is None:
            setting = parallel_config(backend="loky", n_jobs=min(n_jobs_of(params), n_pieces))
        else:
            setting = parallel_config(backend="dask", client=client)
        with setting, _killed():
            yield from Joblib(return_as="generator_unordered", batch_size=1)(delayed(work)(*one) for one in pieces)


@contextmanager
def _killed() -> Iterator[None]:
    """Say what became of a worker that was killed; what the others made is remembered.

    Raises:
        OSError: In place of what the backend raises.
    """
    try:
        yield
    except Exception as error:
        if type(error).__name__ not in {"TerminatedWorkerError", "BrokenProcessPool", "KilledWorker"}:
            raise
        msg = "a worker process was killed, perhaps for want of memory; run it again with fewer `parallel.n_jobs`"
        raise OSError(f"{msg} (what is done is remembered)") from error


def _client(params: Parallel) -> AbstractContextManager[Any]:
    """Return a client of the cluster; None for this machine.

    Raises:
        ValueError: If Dask is not installed.
        OSError: If the cluster does not answer.
    """
    if params.backend != "dask":
        return nullcontext()
    try:
        from distributed import Client
    except ImportError as error:
        msg = "parallel.backend is `dask`, but Dask is not installed; run `pip install 'planlens[dask]'`"
        raise ValueError(msg) from error
    try:
        client: Any = Client
        return closing(client(params.address, timeout=_ANSWER_S, set_as_default=False))
    except (OSError, ValueError) as error:
        msg = f"parallel.address: no Dask scheduler answers at {params.address} ({error}); start one (docs/cluster.md)"
        raise OSError(msg) from error
