"""Tables in parts: a large table is a folder `NAME.parquet/00000.parquet, ...`, a small one the file `NAME.parquet`.

The bounds of the parts lie behind documents that the digest of their id picks, so one more document changes one part
(content-defined chunking with two thresholds; Eshghi and Tang, 2005, A Framework for Analyzing and Improving
Content-Based Chunking Algorithms). Parts are never changed
in place: a new folder is made of links to those that stay, and takes the old one's place.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from pipeline.files import sync

SMALL = 64
"""Up to so many documents stand in one part."""
_MEAN, _LONG, _MOST = 32, 48, 128
_MEAN_WHEN_LONG = 8


def divide(doc_ids: Sequence[str]) -> list[list[str]]:
    """Divide documents into parts.

    Args:
        doc_ids: Sorted.

    Returns:
        The documents of each part, in order; one part, which may be empty, for up to SMALL documents.
    """
    if len(doc_ids) <= SMALL:
        return [list(doc_ids)]
    parts: list[list[str]] = [[]]
    for doc_id in doc_ids:
        parts[-1].append(doc_id)
        picked = hashlib.sha256(doc_id.encode("utf-8", "surrogatepass")).digest()[0]
        # A long part ends sooner, at a bound that is still a document's own: a count would move all bounds behind it.
        mean = _MEAN if len(parts[-1]) < _LONG else _MEAN_WHEN_LONG
        if picked % mean == 0 or len(parts[-1]) == _MOST:
            parts.append([])
    return parts if parts[-1] else parts[:-1]


class NewTable:
    """A table that is being put together beside the old one.

    Args:
        folder: Where the tables are.
        name: The table.
        n_parts: Its parts.
    """

    def __init__(self, folder: Path, name: str, n_parts: int) -> None:
        self._target, self._n_parts = folder / f"{name}.parquet", n_parts
        self._new = folder / f".{name}.parquet.new"
        _remove(self._new)
        self._new.mkdir(parents=True)

    def path(self, at: int) -> Path:
        """Return where the part is to be written."""
        return self._new / f"{at:05d}.parquet"

    def take(self, at: int, old: Path) -> None:
        """Take a part from the table as it is; a link keeps its time of change, so nobody need read it again."""
        try:
            os.link(old, self.path(at))
        except OSError:
            shutil.copy2(old, self.path(at))

    def place(self) -> None:
        """Put the table where it belongs, and its bytes on the disk."""
        for one in self._new.iterdir():
            sync(one)
        sync(self._new)
        if self._n_parts == 1 and not self._target.is_dir():
            self.path(0).replace(self._target)
        else:
            old = self._target.with_name(f".{self._target.name}.old")
            _remove(old)
            if self._target.exists():
                self._target.rename(old)
            (self.path(0) if self._n_parts == 1 else self._new).rename(self._target)
            _remove(old)
        _remove(self._new)
        sync(self._target.parent)

    def discard(self) -> None:
        """Leave the old table as it is."""
        _remove(self._new)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
