"""Score clause boundaries, as joins of comma-delimited stretches, and themes."""

from __future__ import annotations

from collections import Counter

from pipeline.evaluation.gold import GoldDocument
from pipeline.evaluation.predicted import Found
from pipeline.evaluation.tallies import Error, Tally, f1, ratio

NO_CLAUSE = "none"
"""Predicted theme where no clause covers the stretch."""


def score_joins(found: Found, gold: GoldDocument) -> tuple[list[Tally], list[Error]]:
    """Count joins: candidate positions at which no clause or heading starts.

    Splitting everywhere gives a high score on starts and none on joins, so joins are what counts.
    """
    tallies: list[Tally] = []
    errors: list[Error] = []
    for unit in gold.units:
        if unit.starts_unit is None:
            continue
        joined, wanted = not found.starts_at(unit.start), not unit.starts_unit
        counts = Counter(units=1, tp=int(joined and wanted), fp=int(joined > wanted), fn=int(wanted > joined))
        tallies.append((found.cluster_at(unit.start), counts))
        if joined != wanted:
            names = [("start", "join")[one] for one in (wanted, joined)]
            errors.append(Error(found.doc_id, "wrong_boundary", None, *names, unit.start, unit.end))
    return tallies, errors


def join_metrics(counts: Counter[str]) -> dict[str, float | None]:
    """Return precision, recall and F1 of joins."""
    predicted, gold = counts["tp"] + counts["fp"], counts["tp"] + counts["fn"]
    return {
        "n_units": counts["units"],
        "join_f1": f1(counts["tp"], predicted, gold),
        "join_precision": ratio(counts["tp"], predicted),
        "join_recall": ratio(counts["tp"], gold),
    }


def score_themes(found: Found, gold: GoldDocument) -> tuple[list[Tally], list[Error]]:
    """Count themes: a stretch has the theme of the predicted clause that covers its first character."""
    tallies: list[Tally] = []
    errors: list[Error] = []
    for unit in gold.units:
        if unit.kind != "clause" or not unit.agreed or not unit.themes:
            continue
        clause = found.clause_at(unit.start)
        got, wanted = (clause.theme if clause else None) or NO_CLAUSE, unit.themes[0]
        counts = Counter(themes=1, right=int(got == wanted), lenient=int(got in {wanted, *unit.secondary}))
        counts.update({f"gold/{wanted}": 1, f"pred/{got}": 1, f"pair/{wanted}/{got}": 1})
        tallies.append((found.cluster_at(unit.start), counts))
        if got != wanted:
            errors.append(Error(found.doc_id, "wrong_theme", "theme", wanted, got, unit.start, unit.end))
    return tallies, errors


def theme_metrics(counts: Counter[str]) -> dict[str, float | None]:
    """Return macro-F1 over the themes of the gold, accuracy, and accuracy that takes secondary themes too."""
    labels = [name.removeprefix("gold/") for name in counts if name.startswith("gold/")]
    scores = [f1(counts[f"pair/{one}/{one}"], counts[f"pred/{one}"], counts[f"gold/{one}"]) or 0.0 for one in labels]
    return {
        "n_theme_stretches": counts["themes"],
        "theme_macro_f1": ratio(sum(scores), len(scores)),
        "theme_accuracy": ratio(counts["right"], counts["themes"]),
        "theme_lenient_accuracy": ratio(counts["lenient"], counts["themes"]),
    }
