"""The manifest of a stage: the digest of each file that it made, written when all of them are in place.

A stage takes its manifest away before it touches a table, so a table without one is of a run that did not end, and
one that is not what the manifest says was changed, or cut off, by something else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from pathlib import Path

from pipeline.files import parts_of, sync, write_json
from pipeline.workflow import STEPS

FOLDER = "manifest"
Digest = Callable[[Path], str]
_MAKER = {name: step.name for step in STEPS.values() for name in step.makes}


def _path(folder: Path, stage: str) -> Path:
    return folder / FOLDER / f"{stage}.json"


def _digests(folder: Path, names: Collection[str], digest: Digest) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): digest(path) for name in names for path in parts_of(folder, name)}


def unseal(folder: Path, stage: str) -> None:
    """Take a stage's manifest away: its tables are about to change."""
    path = _path(folder, stage)
    if path.is_file():
        path.unlink()
        sync(path.parent)


def seal(folder: Path, stage: str, digest: Digest) -> None:
    """Write a stage's manifest: all its tables are in place.

    Args:
        folder: Where the tables are.
        stage: Name of the stage.
        digest: Returns the SHA-256 of a file.
    """
    write_json(_path(folder, stage), _digests(folder, STEPS[stage].makes, digest))


def check_sealed(folder: Path, names: Collection[str], digest: Digest) -> None:
    """Check that tables are what the stages that make them ended with.

    Args:
        folder: Where the tables are.
        names: Tables that are to be read; those that no stage makes or that are not there are passed over.
        digest: Returns the SHA-256 of a file.

    Raises:
        ValueError: Naming the first file that is not, and the stage to run again.
    """
    for name in sorted(_MAKER.keys() & set(names)):
        stage, found = _MAKER[name], _digests(folder, [name], digest)
        try:
            told = json.loads(_path(folder, stage).read_text(encoding="utf-8"))
        except FileNotFoundError:
            told = {}
        parts = {path for path in told if found and path.startswith(f"{name}.parquet/")}  # one may be gone
        for path in sorted(found.keys() | parts):
            if told.get(path) != found.get(path):
                msg = f"{folder / path} is not what stage {stage} ended with (cut off or changed); run {stage} again"
                raise ValueError(msg)
