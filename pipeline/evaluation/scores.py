"""Counts and scores of one or several documents.

A quantity counts as read where both bounds, comparator and unit agree, as full where measure, status and
deadline do too. Of clause boundaries the joins are scored: the candidate places at which nothing starts
(splitting everywhere is right at most places and joins nothing).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

VALUE = ("value_min", "value_max")
READ = (*VALUE, "comparator", "unit")
FULL = (*READ, "measure", "status", "deadline")
LEVELS = ("found", "value", "read", "full")


@dataclass(slots=True)
class Tally:
    """What was counted.

    Attributes:
        quantities: Counts by name: gold, predicted, found, value, read, full, and of commitments.
        fields: Right values by field, of the quantities found.
        joins: True positive, false positive and false negative joins.
        themes: Gold theme, predicted theme and further accepted themes of each unit.
    """

    quantities: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    joins: Counter[str] = field(default_factory=Counter)
    themes: list[tuple[str, str | None, tuple[str, ...]]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Add the counts of another tally to this one."""
        self.quantities.update(other.quantities)
        self.fields.update(other.fields)
        self.joins.update(other.joins)
        self.themes += other.themes

    def metrics(self) -> dict[str, float | int]:
        """Return all scores, 0 to 1, and the numbers of cases they rest on."""
        count = self.quantities
        found: dict[str, float | int] = {"n_gold": count["gold"], "n_predicted": count["predicted"]}
        for level, name in zip(LEVELS, ("span", "value", "read", "full"), strict=True):
            found[f"{name}_precision"] = ratio(count[level], count["predicted"])
            found[f"{name}_recall"] = ratio(count[level], count["gold"])
            found[f"{name}_f1"] = f1(count[level], count["predicted"], count["gold"])
        found["commitment_full_f1"] = f1(
            count["full_commitment"], count["predicted_commitment"], count["gold_commitment"]
        )
        found |= {f"{name}_accuracy": ratio(right, count["found"]) for name, right in sorted(self.fields.items())}
        joined = self.joins
        found["join_precision"] = ratio(joined["tp"], joined["tp"] + joined["fp"])
        found["join_recall"] = ratio(joined["tp"], joined["tp"] + joined["fn"])
        found["join_f1"] = f1(joined["tp"], joined["tp"] + joined["fp"], joined["tp"] + joined["fn"])
        return found | theme_scores(self.themes)


def f1(right: int, predicted: int, gold: int) -> float:
    """Return the harmonic mean of precision and recall, rounded to four digits."""
    return ratio(2 * right, predicted + gold)


def ratio(part: int, whole: int) -> float:
    """Return part of whole, rounded to four digits; 0 of nothing."""
    return round(part / whole, 4) if whole else 0.0


def theme_scores(rows: Sequence[tuple[str, str | None, tuple[str, ...]]]) -> dict[str, float | int]:
    """Return accuracy, macro-F1 over the gold themes, and the accuracy that accepts secondary themes."""
    scores = [_theme_f1(rows, theme) for theme in sorted({gold for gold, _, _ in rows})]
    return {
        "n_themes": len(rows),
        "theme_macro_f1": round(sum(scores) / len(scores), 4) if scores else 0.0,
        "theme_accuracy": ratio(_count(gold == got for gold, got, _ in rows), len(rows)),
        "theme_lenient_accuracy": ratio(_count(gold == got or got in more for gold, got, more in rows), len(rows)),
    }


def _theme_f1(rows: Sequence[tuple[str, str | None, tuple[str, ...]]], theme: str) -> float:
    right = _count(gold == got == theme for gold, got, _ in rows)
    both = _count(got == theme for _, got, _ in rows) + _count(gold == theme for gold, _, _ in rows)
    return 2 * right / both if both else 0.0


def _count(flags: Iterable[bool]) -> int:
    return sum(map(int, flags))
