"""What is read: a file's bytes with its name."""

from __future__ import annotations

from typing import NamedTuple


class File(NamedTuple):
    """A file to read: its bytes, its name, and the bytes of the order file beside it, empty without one."""

    data: bytes
    name: str
    order: bytes = b""
