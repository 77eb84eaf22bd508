"""Canonical text to sections, sentences and clauses.

Reading order: `outline` (lines, enumerators), `grids` (tables), `headings` (which lines are headings),
`levels` (how they nest), `sentences`, `clauses` (which commas end a clause), `sections` (the sweep).
"""

from pipeline.structure.sections import parse

__all__ = ["parse"]
