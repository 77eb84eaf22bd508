"""The error that reading raises."""

from __future__ import annotations


class ReadingError(ValueError):
    """A file that cannot be read; the message says what is wrong and the mend, without the file's name."""
