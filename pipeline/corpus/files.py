"""A file that was given: one document, or an archive of many."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.corpus.archives import PACKED, is_archive, unpack
from pipeline.reading import ReadingError
from pipeline.reading.limits import Limits


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file holds.

    Attributes:
        documents: Path and bytes; a document of an archive stands under the archive's path (`plans.zip/山东/菏泽.txt`).
        faults: Path and one line, for what could not be opened.
    """

    documents: list[tuple[Path, bytes]]
    faults: list[tuple[Path, str]]


def open_file(path: Path, limits: Limits) -> Opened:
    """Load a file, and unpack it where it is an archive.

    Args:
        path: A file that is there.
        limits: What is larger is a fault, and not loaded.
    """
    n_bytes = path.stat().st_size
    packed = path.suffix.lower() in PACKED
    try:
        if not packed or n_bytes > limits.max_archive:
            limits.check_size(n_bytes)
        content = path.read_bytes()
        if not is_archive(content):
            return Opened([(path, content)], [])
        found = unpack(path.name, content, limits)
    except ReadingError as error:
        return Opened([], [(path, str(error))])
    documents = [(path / inside, inner) for inside, inner in found.documents]
    if not documents and not found.faults:
        return Opened([], [(path, "the archive holds no document; give one with documents")])
    return Opened(documents, [(path / inside, line) for inside, line in found.faults])
