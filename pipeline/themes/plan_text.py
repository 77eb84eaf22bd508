"""How the plan encoder sees a text: folded forms, and one sign for every number."""

from __future__ import annotations

import re

from pipeline.themes.ngrams import normalise

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


def plain(text: str) -> str:
    """Return a text in normal form with each number as `0`: clauses that differ in a figure are one to the encoder.

    >>> plain("增长 ６.５％，达到1,200 亿元")
    '增长0%,达到0亿元'
    """
    return _NUMBER.sub("0", normalise(text))
