"""Where texts name the indicators of the catalogue, by their names and aliases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

_LEAST = 3
"""Characters of a name; shorter ones are parts of too many other words."""
_END = ""
_BREAK = "\n"


def literal_pattern(words: list[str]) -> re.Pattern[str]:
    """Return a pattern that finds the longest of the words at each place; it branches by character, so it is fast.

    >>> literal_pattern(["森林", "森林覆盖率"]).findall("森林覆盖率和森林")
    ['森林覆盖率', '森林']
    """
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = tree
        for sign in word:
            node = node.setdefault(sign, {})
        node[_END] = {}
    return re.compile(_branches(tree) if words else "(?!)")


def _branches(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    inner = [re.escape(sign) + _branches(below) for sign, below in sorted(node.items()) if sign != _END]
    if not inner:
        return ""
    return f"(?:{'|'.join(inner)}){'?' if _END in node else ''}"


def names_of(names: Mapping[str, tuple[str, ...]]) -> dict[str, frozenset[str]]:
    """Return each name with the indicators that it may mean.

    Args:
        names: Indicator to its names.
    """
    found: dict[str, set[str]] = {}
    for indicator, words in names.items():
        for word in words:
            if len(word) >= _LEAST:
                found.setdefault(word, set()).add(indicator)
    return {word: frozenset(ids) for word, ids in found.items()}


def mentions(clauses: pd.DataFrame, names: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, int, str, str]]:
    """Yield document, row of the clause, its text, and the name, in reading order.

    Args:
        clauses: Rows of the clauses table: `doc_id, start, text`.
        names: From `names_of`.
    """
    pattern = literal_pattern(sorted(names))
    ordered = clauses[["doc_id", "start", "text"]].sort_values(["doc_id", "start"])
    for doc_id, own in ordered.groupby("doc_id", sort=False):
        texts, rows = own["text"].tolist(), own.index.to_numpy()
        starts = np.cumsum([0, *(len(text) + 1 for text in texts)])
        for match in pattern.finditer(_BREAK.join(texts)):
            at = int(np.searchsorted(starts, match.start(), side="right")) - 1
            yield str(doc_id), int(rows[at]), texts[at], match.group()
