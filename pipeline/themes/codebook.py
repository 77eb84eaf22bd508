"""The codebook: the themes that a clause can have."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme.

    Attributes:
        code: The code in the tables, `overall`.
        label: English label.
        label_zh: Chinese label.
        description: What belongs there, one sentence.
    """

    code: str
    label: str
    label_zh: str
    description: str


def _read() -> tuple[Theme, ...]:
    rows = yaml.safe_load((files("pipeline.themes") / "codebook.yaml").read_text(encoding="utf-8"))
    return tuple(Theme(**row) for row in rows)


THEMES: tuple[Theme, ...] = _read()
"""The themes in the order of the guidelines, which is also the order of the classifier's outputs."""

CODES: tuple[str, ...] = tuple(theme.code for theme in THEMES)
