"""Bytes to documents: formats, encodings, furniture, reading order, articles."""

from pipeline.reading.errors import ReadingError
from pipeline.reading.metadata import guess_metadata, guessed_metadata, opening
from pipeline.reading.reader import read

__all__ = ["ReadingError", "guess_metadata", "guessed_metadata", "opening", "read"]
