"""Bytes to documents: formats, encodings, furniture, reading order, articles."""

from pipeline.reading.errors import ReadingError
from pipeline.reading.metadata import guess_metadata, guessed_metadata, opening
from pipeline.reading.overrides import ORDER_SUFFIX
from pipeline.reading.reader import read

__all__ = ["ORDER_SUFFIX", "ReadingError", "guess_metadata", "guessed_metadata", "opening", "read"]
