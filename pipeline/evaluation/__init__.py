"""Scores against gold data: quantities, clause boundaries, themes."""

from pipeline.evaluation.gold import GoldDocument, parse_gold
from pipeline.evaluation.scores import Tally

__all__ = ["GoldDocument", "Tally", "parse_gold"]
