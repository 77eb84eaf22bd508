"""Bytes to documents: formats, encodings, furniture, reading order, articles."""

from pipeline.reading.errors import ReadingError
from pipeline.reading.metadata import guess_metadata, opening
from pipeline.reading.reader import read

__all__ = ["ReadingError", "guess_metadata", "opening", "read"]
