"""The cache: what a stage made of one document, under the digest of all that it depends on.

A fragment is one file: the SHA-256 of what follows, then the tables as Arrow streams, one after the other, in the
order in which the step makes them. A fragment that does not hold its digest (a crash, a bad disk) counts as absent.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.execution.keys import file_digest
from pipeline.files import atomic, sweep

_DIGEST = hashlib.sha256().digest_size
_DAY_S = 86_400
_OPTIONS = pa.ipc.IpcWriteOptions(compression="zstd")


def pack(tables: Sequence[pa.Table]) -> bytes:
    """Return tables as the content of a fragment."""
    out = io.BytesIO()
    for one in tables:
        with pa.ipc.new_stream(out, one.schema, options=_OPTIONS) as stream:
            stream.write_table(one)
    return out.getvalue()


def unpack(content: bytes, names: Sequence[str]) -> dict[str, pa.Table]:
    """Return the tables of a fragment by name."""
    source = pa.BufferReader(content)
    return {name: pa.ipc.open_stream(source).read_all() for name in names}


class Cache:
    """Fragments and records in a folder, which can be deleted at any time: it changes no byte of any output.

    Args:
        folder: Made when something is put there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder, self._partial = folder, folder / "partial"
        sweep(self._partial, _DAY_S)
        self._known: dict[str, str] = {}
        self._learnt: dict[str, str] = {}

    def _path(self, kind: str, key: str) -> Path:
        return self._folder / kind / key[:2] / key[2:]

    def has(self, key: str) -> bool:
        """Tell whether there is a fragment, whole or not."""
        return self._path("fragments", key).is_file()

    def get(self, key: str) -> bytes | None:
        """Return a fragment's content, or None where it is absent or broken."""
        try:
            found = self._path("fragments", key).read_bytes()
        except FileNotFoundError:
            return None
        content = found[_DIGEST:]
        return content if hashlib.sha256(content).digest() == found[:_DIGEST] else None

    def put(self, key: str, content: bytes) -> None:
        """Keep a fragment."""
        with atomic(self._path("fragments", key), self._partial) as temporary:
            temporary.write_bytes(hashlib.sha256(content).digest() + content)

    def record(self, key: str) -> dict[str, Any] | None:
        """Return what was noted under a key, or None."""
        try:
            found = json.loads(self._path("records", key).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def note(self, key: str, record: Mapping[str, Any]) -> None:
        """Note something under a key."""
        with atomic(self._path("records", key), self._partial) as temporary:
            temporary.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")

    def digest(self, path: Path) -> str:
        """Return the SHA-256 of a file, read again only when its inode, size or time of change is another."""
        if not self._known:
            self._known = self.record("digests") or {"": ""}
        state = path.stat()
        key = f"{state.st_dev}.{state.st_ino}.{state.st_size}.{state.st_mtime_ns}"
        found = self._learnt.get(key) or self._known.get(key) or file_digest(path)
        self._learnt[key] = found
        return found

    def close(self) -> None:
        """Keep the digests of the files that were asked for, beside those of other runs."""
        if not self._learnt.keys() <= self._known.keys():
            self.note("digests", {**(self.record("digests") or {}), **self._learnt})
