"""How well bytes read as Chinese in one encoding: the bits that its text costs.

`characters.json` holds how rare each character is, in bits (`models/count_characters.py` counts them). Read in the
wrong encoding, the same bytes become rare characters, strange scripts or nothing, and cost two to four times as much.
The encoding whose text costs least is the likeliest; the difference to the next one in bits is the evidence.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

# Tried in this order; of equals the first one wins.
ASCII_BASED = ("utf-8", "gb18030", "big5hkscs")
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_FAMILIES = {
    "utf-8": "utf-8", "utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "x-gbk": "gb18030",
    "cp936": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "big5hkscs": "big5hkscs", "cp950": "big5hkscs",
    "x-x-big5": "big5hkscs",
}  # fmt: skip
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.I)
_HEAD, _SAMPLE = 4096, 12_000
_UNKNOWN_CHINESE, _OTHER, _IMPOSSIBLE = 21, 24, 40
_LEFT_OVER, _DECLARED_BITS = 12, 12
_HARDEST = 14.5
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding and what speaks for it.

    Attributes:
        encoding: Name of the Python codec.
        bits: What the sample costs in it.
        mean: Mean bits of its characters, of the Chinese ones where there are any: about 9 in plans, above 15
            where it is no text.
        n_chinese: Chinese characters of the sample.
    """

    encoding: str
    bits: float
    mean: float
    n_chinese: int

    @property
    def is_text(self) -> bool:
        """Tell whether the sample reads as Chinese, or has no Chinese and reads as figures and Latin letters."""
        return self.mean < _HARDEST


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that the head of a page or XML file names, as the name of a codec, None without one."""
    found = _DECLARED.search(data[:_HEAD])
    return _FAMILIES.get(found[1].decode().lower()) if found else None


def guesses(data: bytes) -> list[Guess]:
    """Weigh the encodings that a text may be in, the likeliest first."""
    high = re.search(rb"[\x80-\xff]", data)
    # Bytes before the first that is not ASCII are whole characters in every encoding that has ASCII in it.
    start = high.start() // 4 * 4 if high else 0
    sample = data[start : start + _SAMPLE]
    names = ASCII_BASED + (WIDE if high or b"\0" in sample else ())
    if high is None and b"~{" in data:
        names += ("hz",)
    declared = declared_encoding(data)
    found = [_weigh(sample, name, name == declared) for name in names]
    return sorted(found, key=lambda one: one.bits)


def _weigh(sample: bytes, encoding: str, declared: bool) -> Guess:
    """Decode a sample; a character cut off at its end costs little, but not nothing."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = decoder.decode(sample)
    chinese = "".join(_CHINESE.findall(text))
    bits = text_bits(text) + _LEFT_OVER * len(decoder.getstate()[0])
    mean = text_bits(chinese) / len(chinese) if chinese else bits / max(1, len(text))
    return Guess(encoding, bits - _DECLARED_BITS * declared, mean, len(chinese))


def is_chinese(text: str) -> bool:
    """Tell whether a text reads as Chinese, by its first Chinese characters."""
    chinese = "".join(_CHINESE.findall(text[: 4 * _SAMPLE]))[:_SAMPLE]
    return bool(chinese) and text_bits(chinese) < _HARDEST * len(chinese)


def text_bits(text: str) -> float:
    """Return the bits that a text costs."""
    bits = _bits()
    return sum([bits[sign] if sign in bits else _unknown_bits(sign) for sign in text])


def _unknown_bits(sign: str) -> int:
    if "\u3400" <= sign <= "\u9fff":
        return _UNKNOWN_CHINESE
    if sign == "\ufffd" or "\ud800" <= sign <= "\uf8ff" or (sign < " " and sign not in "\t\r\f\v"):
        return _IMPOSSIBLE
    return 12 if sign < "\x7f" else _OTHER


@cache
def _bits() -> dict[str, int]:
    with resources.files("pipeline.reading").joinpath("characters.json").open(encoding="utf-8") as file:
        rows: dict[str, str] = json.load(file)
    return {sign: int(bits) for bits, signs in rows.items() for sign in signs}
