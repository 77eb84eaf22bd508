"""Numeric commitments: numerals, units, quantities, indicators, status, deadline, force.

Reading order: `numerals`, `units`, `patterns`, `candidates` (one scan of the text), `exclusions` (what is no quantity),
`measures`, `standing` (status, deadline, force), `indicators`, `pairs` (分别, baselines), `rows` (tables), `reader` (all).
"""

from pipeline.commitments.facts import DocumentFacts
from pipeline.commitments.indicators import codebook
from pipeline.commitments.reader import read_quantities

__all__ = ["DocumentFacts", "codebook", "read_quantities"]
