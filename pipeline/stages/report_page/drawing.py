"""What draws the charts: one for all large corpora, and slow to make, as Vega and Altair are loaded for it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from pipeline.stages.report_page.assets import runtime
from pipeline.stages.report_page.charts import MAX_MATRIX, Spec, specifications

LIBRARIES = ("altair", "vl-convert-python")
"""Libraries that it is made with."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What draws the charts.

    Attributes:
        runtime: The script.
        charts: Language to the charts by name.
    """

    runtime: str
    charts: dict[str, dict[str, Spec]]

    @classmethod
    def of(cls, n_documents: int) -> Drawing:
        """Make what draws the charts of a corpus."""
        return cls(runtime(), {language: specifications(n_documents, language) for language in ("en", "zh")})

    @classmethod
    def from_json(cls, text: str) -> Drawing:
        """Return what `to_json` wrote."""
        return cls(**json.loads(text))

    def to_json(self) -> str:
        """Return it as one line."""
        return json.dumps(asdict(self), ensure_ascii=False)


def kind_of(n_documents: int) -> int:
    """Return a number that is the same for corpora whose charts are the same."""
    return min(n_documents, MAX_MATRIX + 1)
