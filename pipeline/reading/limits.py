"""What a file may cost, so that no file can harm the run."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.params import Ingest
from pipeline.reading.errors import ReadingError

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one file.

    Attributes:
        timeout_s: Seconds that reading it may take.
        memory_mb: Memory that reading it may take.
        max_mb: Size of the file.
        inflated_mb: What it may inflate to (the parts of a DOCX, the streams of a PDF).
        archive_mb: What all documents of an archive may inflate to together.
        depth: Archives within archives.
    """

    timeout_s: int = 60
    memory_mb: int = 2000
    max_mb: int = 100
    inflated_mb: int = 200
    archive_mb: int = 1000
    depth: int = 3

    @classmethod
    def of(cls, params: Ingest) -> Limits:
        """Take the limits from the parameters."""
        return cls(
            params.timeout_s, params.memory_mb, params.max_mb, params.inflated_mb, params.archive_mb, params.depth
        )

    @property
    def max_bytes(self) -> int:
        """Greatest size of a file in bytes."""
        return self.max_mb * _MB

    @property
    def max_inflated(self) -> int:
        """Most bytes that a file may inflate to."""
        return self.inflated_mb * _MB

    @property
    def max_archive(self) -> int:
        """Most bytes that the documents of an archive may inflate to."""
        return self.archive_mb * _MB

    def check_size(self, n_bytes: int) -> None:
        """Refuse a file that is too large.

        Raises:
            ReadingError: If it is.
        """
        if n_bytes > self.max_bytes:
            msg = f"the file has {n_bytes / _MB:,.0f} MB, more than {self.max_mb}; split it or raise ingest.max_mb"
            raise ReadingError(msg)


LIMITS = Limits()
"""The limits where none are given."""
