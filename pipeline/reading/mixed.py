"""Files whose lines are in several encodings, and files with damaged bytes: decoded line by line."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.reading.errors import ReadingError
from pipeline.reading.evidence import is_chinese, text_bits

_CODECS = ("utf-8", "gb18030", "big5hkscs")
_MAX_NAMED = 8
_DAMAGED_SHARE = 500
_MAIN_BITS = 15


@dataclass(frozen=True, slots=True)
class _Line:
    """A line decoded; `encoding` is empty for ASCII, `faults` counts the places that fit nowhere."""

    text: str
    encoding: str
    faults: int = 0


def decode_lines(data: bytes, main: str) -> tuple[str, str, tuple[str, ...]]:
    """Decode a file line by line.

    Args:
        data: The file's bytes, in encodings that have ASCII in them.
        main: Encoding that most of the file seems to be in.

    Returns:
        The text, the encodings, the commonest first, and warnings that name the lines. Bytes that fit no encoding
        are U+FFFD, where they are fewer than one character in 500.

    Raises:
        ReadingError: If too much fits no encoding, or the result is no Chinese.
    """
    lines = [_decode_line(one, main) for one in data.split(b"\n")]
    text = "\n".join([one.text for one in lines])
    counts = Counter(one.encoding for one in lines if one.encoding)
    names = [name for name, _ in counts.most_common()]
    damaged = [number for number, one in enumerate(lines, start=1) if one.faults]
    if damaged and sum(one.faults for one in lines) * _DAMAGED_SHARE > len(text):
        msg = f"line {damaged[0]} is valid in neither UTF-8 nor GB18030 nor Big5; save the file as UTF-8"
        raise ReadingError(msg)
    if not is_chinese(text):
        msg = "the file reads as Chinese in neither UTF-8 nor GB18030 nor Big5; save it as UTF-8"
        raise ReadingError(msg)
    warnings: list[str] = []
    for name in names[1:]:
        numbers = [number for number, one in enumerate(lines, start=1) if one.encoding == name]
        warnings.append(f"{_named(numbers)} in {name}, the others in {names[0]}; each was decoded by itself.")
    if damaged:
        warnings.append(f"{_named(damaged)} damaged: bytes that fit no encoding are shown as \ufffd.")
    return text, ", ".join(names), tuple(warnings)


def _decode_line(line: bytes, main: str) -> _Line:
    """Decode a line: UTF-8 where it is valid, for that is no accident; else what reads best as Chinese."""
    if line.isascii():
        return _Line(line.decode("ascii"), "")
    found: list[tuple[float, str, str]] = []
    for name in _CODECS:
        try:
            text = line.decode(name)
        except UnicodeDecodeError:
            continue
        if name == "utf-8":
            return _Line(text, name)
        found.append((text_bits(text) - _MAIN_BITS * (name == main), name, text))
    if found:
        return _Line(min(found)[2], min(found)[1])
    text = line.decode(main, "replace")
    return _Line(text, main, len(re.findall("\ufffd+", text)))


def _named(numbers: list[int]) -> str:
    """Write line numbers: `Line 3 is`, `Lines 3, 5-9 are`."""
    spans: list[list[int]] = []
    for one in numbers:
        if spans and one == spans[-1][1] + 1:
            spans[-1][1] = one
        else:
            spans.append([one, one])
    named = ", ".join(str(low) if low == high else f"{low}-{high}" for low, high in spans[:_MAX_NAMED])
    if len(spans) > _MAX_NAMED:
        named += f" and {sum(high - low + 1 for low, high in spans[_MAX_NAMED:])} more"
    return f"Line {named} is" if len(numbers) == 1 else f"Lines {named} are"
