"""Numeric commitments: numerals, units, quantities, indicators, status, deadline, force.

Reading order: `numerals`, `ranges`, `units`, `patterns`, `candidates` (one scan of the text; `amounts` of plain numbers),
`exclusions` (what is no quantity), `expressions` (all numbers of any text; `sums` of several, `words` that are none),
`measures`, `standing` (status, deadline, force), `indicators`, `pairs` (分别, baselines), `rows` (tables), `reader` (all).
"""

from pipeline.commitments.facts import DocumentFacts
from pipeline.commitments.indicators import codebook
from pipeline.commitments.reader import read_quantities

__all__ = ["DocumentFacts", "codebook", "read_quantities"]
