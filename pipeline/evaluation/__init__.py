"""Scores of clauses, themes and quantities against gold data."""

from pipeline.evaluation.gold import GoldDocument, GoldQuantity, GoldUnit, parse_gold

__all__ = ["GoldDocument", "GoldQuantity", "GoldUnit", "parse_gold"]
