"""What the tests of reading share: invented prose, and the check that no character is lost."""

from __future__ import annotations

from pipeline.reading import read
from pipeline.records import Reading

PROSE = "云泽市坚持把发展经济的着力点放在实体经济上，推进产业基础高级化，建设现代化产业体系。"


def check_cover(reading: Reading) -> None:
    """Each character with ink is in the text or in the furniture, once, and leads back to itself."""
    covered = [0] * len(reading.source)
    for start, source, length in reading.source_map.runs:
        assert reading.text[start : start + length] == reading.source[source : source + length]
        for at in range(source, source + length):
            covered[at] += 1
    for one in reading.furniture:
        for at in range(one.start, one.end):
            covered[at] += 1
    assert all(n == 1 or (n == 0 and c.isspace()) for n, c in zip(covered, reading.source, strict=True))


def reading_of(source: str, name: str = "a.txt") -> Reading:
    """Read a text and check that no character is lost."""
    reading = read(source.encode(), name)
    assert reading.source == source
    check_cover(reading)
    return reading


def left_out(reading: Reading, reason: str) -> list[str]:
    """Return the furniture of one reason, as printed."""
    return [reading.source[one.start : one.end] for one in reading.furniture if one.reason == reason]


def wrapped(paragraph: str, width: int, indent: str = "") -> list[str]:
    """Cut a paragraph into lines of so many characters."""
    text = indent + paragraph
    return [text[at : at + width] for at in range(0, len(text), width)]
