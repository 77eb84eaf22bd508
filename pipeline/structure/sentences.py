"""Sentences and comma-delimited stretches, found in one scan."""

from __future__ import annotations

import re

# Text inside a pair is never split; a pair is short, or its closing mark was lost.
_PAIRS = (
    r"“[^“”\n]{0,300}”", r"‘[^‘’\n]{0,300}’", r"《[^《》\n]{0,100}》", r"「[^「」\n]{0,300}」",
    r"（(?:[^（）\n]|（[^（）\n]{0,100}）){0,300}）", r"\((?:[^()\n]|\([^()\n]{0,100}\)){0,300}\)",
    r"【[^【】\n]{0,100}】", r"\[[^\[\]\n]{0,100}\]", r"〔[^〔〕\n]{0,100}〕", r'"[^"\n]{0,100}"',
)  # fmt: skip
_CLOSING = "”’」』）)】》〕\"'"
_TOKEN = re.compile(
    rf"(?P<pair>{'|'.join(_PAIRS)})|(?P<stop>[。！？!?；;]+[{_CLOSING}。！？!?；;]*)"
    r"|(?P<comma>(?<![0-9])[，,]|[，,](?![0-9]{3}))"
)
_QUOTED_STOP = re.compile(rf"[。！？!?][{_CLOSING}]+$")
_SPACE = re.compile(r"\s*")


def scan(text: str, start: int, end: int) -> list[list[int]]:
    """Split a paragraph into sentences and these at commas.

    Args:
        text: The canonical text.
        start: Start of the paragraph.
        end: End of the paragraph, after its last character that is no space.

    Returns:
        For each sentence its bounds: start, starts of its further stretches, end. A stop or comma inside
        a pair of quotes or brackets does not split; a pair that ends with a stop ends the sentence.
    """
    found: list[list[int]] = []
    bounds = [_space_end(text, start, end)]
    for token in _TOKEN.finditer(text, start, end):
        kind, stop = token.lastgroup, token.end()
        if kind == "pair" and not _QUOTED_STOP.search(token.group()):
            continue
        after = _space_end(text, stop, end)
        if after >= end:
            break
        if kind == "comma":
            bounds.append(after)
        else:
            found.append([*bounds, stop])
            bounds = [after]
    if bounds[0] < end:
        found.append([*bounds, end])
    return found


def first_stop(text: str) -> int:
    """Return the end of the first sentence of a line; its length where no stop is inside."""
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "stop":
            return token.end()
    return len(text)


def _space_end(text: str, at: int, end: int) -> int:
    found = _SPACE.match(text, at, end)
    return found.end() if found else at
