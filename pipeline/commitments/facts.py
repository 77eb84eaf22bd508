"""What is known of a document before its quantities are read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What status and deadline depend on.

    Attributes:
        doc_type: proposal, outline, work_report, other, or None.
        period_start: First year of the plan period, or None.
        period_end: Last year of it.
        published_year: Year of issue; for a work report the year whose tasks it sets.
        level: nation, province, city, county, or None.
    """

    doc_type: str | None = None
    period_start: int | None = None
    period_end: int | None = None
    published_year: int | None = None
    level: str | None = None

    @property
    def is_report(self) -> bool:
        """Whether the document looks back on one year and sets the tasks of the next."""
        return self.doc_type == "work_report"
