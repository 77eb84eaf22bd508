"""The analysis reading of a text: forms that mean the same become one, and every offset stays."""

from pipeline.folding.fold import SIMPLIFIED, TRADITIONAL, fold, fold_all, fold_by_document, script_of

__all__ = ["SIMPLIFIED", "TRADITIONAL", "fold", "fold_all", "fold_by_document", "script_of"]
