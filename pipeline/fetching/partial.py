"""What was got of a file so far: its bytes, and which version of the file they are of."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO


class Partial:
    """The beginning of a file, kept beside its place until the whole is there.

    Attributes:
        path: Its bytes.
    """

    def __init__(self, place: Path, *, checked: bool) -> None:
        """Look for what an earlier try got.

        Args:
            place: Where the file will be.
            checked: Whether the whole will be checked by its sha256, so that a mixture would be found out.
        """
        self.path = place.with_name(f".{place.name}.got")
        self._told = place.with_name(f".{place.name}.version")
        self._checked = checked

    def so_far(self) -> tuple[int, str]:
        """Return how many bytes to go on from, and their version; of an unknown version none, unless checked."""
        version = self._told.read_text(encoding="utf-8") if self._told.exists() else ""
        usable = self.path.exists() and (version or self._checked)
        return (self.path.stat().st_size, version) if usable else (0, "")

    def opened(self, start: int, version: str) -> BinaryIO:
        """Open the file to append, or to begin anew where `start` is 0.

        Args:
            start: Bytes that stay.
            version: What the server calls the version that it sends; empty if it does not say.
        """
        if not start:
            self.forget()
            self._told.write_text(version, encoding="utf-8")
        return self.path.open("ab")

    def forget(self) -> None:
        """Remove what was got."""
        self.path.unlink(missing_ok=True)
        self._told.unlink(missing_ok=True)
