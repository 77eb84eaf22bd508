"""Paragraphs and tables of a DOCX file, as they are read from its XML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pipeline.reading.docx.passage import Passage


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its number and text; `heading` is its level, 0 for none."""

    passage: Passage
    heading: int = 0
    title: bool = False


PAGE = Line(Passage("\f"))


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell in columns `[column, column + span)`; `covered` where the one above goes on over it."""

    blocks: tuple[Block, ...]
    column: int
    span: int
    covered: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A table row, `width` columns wide."""

    cells: tuple[Cell, ...]
    width: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table."""

    rows: tuple[Row, ...]


Block: TypeAlias = Line | Table
