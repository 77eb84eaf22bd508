"""The articles of a file by name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.reading.lines import Paragraph

_EXPLANATION = re.compile(r"建议稿|纲要草案|的说明$|起草(?:过程|情况)", re.M)
_REPORT = re.compile(r"政府工作报告|各位代表")


def article_names(articles: Sequence[Sequence[Paragraph]]) -> list[str]:
    """Name articles by their genre; a single one is `main`, a second one of a genre gets a number."""
    if len(articles) == 1:
        return ["main"]
    genres = [_genre("\n".join(one.text for one in paragraphs)) for paragraphs in articles]
    earlier = [genres[:i].count(genre) for i, genre in enumerate(genres)]
    return [genre if not n else f"{genre}{n + 1}" for genre, n in zip(genres, earlier, strict=True)]


def _genre(text: str) -> str:
    """Tell the genre of one of several articles; an explanation speaks of the plan's draft (建议稿)."""
    if _EXPLANATION.search(text):
        return "explanation"
    return "work_report" if _REPORT.search(text) else "proposal"
