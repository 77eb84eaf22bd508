"""The stages by document, one after the other, and the bytes that they made."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.execution import Cache, Done, run_stage
from pipeline.params import Parallel, Params

STAGES = ("ingest", "segment", "embed", "classify", "extract")
ALONE = Params(parallel=Parallel(n_jobs=1))


def run_line(corpus: Path, out: Path, cache: Path, params: Params = ALONE) -> dict[str, Done]:
    """Run ingest to extract."""
    return {name: run_stage(name, out, params, Cache(cache), corpus if name == "ingest" else None) for name in STAGES}


def hashes(out: Path) -> dict[str, str]:
    """Return the digest of each parquet file, by its path within the folder."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*.parquet"))
        if path.is_file()
    }
