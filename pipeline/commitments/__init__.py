"""Numeric commitments: numerals, units, quantities, indicators, status, deadline, force.

Reading order: `numerals`, `ranges`, `units`, `patterns`, `candidates` (one scan of the text; `amounts` of plain numbers),
`exclusions` (what is no quantity), `expressions` (all numbers of any text; `sums` of several, `words` that are none),
`measures`, `aggregations`, `standing` (status) with `report_year`, `zones`, `periods`, `deadlines` and `force`, `actors`,
`indicators`, `chains` (what has no verb of its own), `pairs` (分别), `baselines`, `rows` (tables), `reader` (all);
beside it `absent` (goals without a number).
"""

from pipeline.commitments.absent import AbsentTarget, absent_targets
from pipeline.commitments.facts import DocumentFacts
from pipeline.commitments.indicators import codebook
from pipeline.commitments.reader import read_quantities
from pipeline.commitments.report_year import report_year

__all__ = ["AbsentTarget", "DocumentFacts", "absent_targets", "codebook", "read_quantities", "report_year"]
