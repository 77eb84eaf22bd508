"""Bytes to text: UTF-8, UTF-16, UTF-32, GB18030 with GBK, Big5 with HKSCS, HZ, decided by evidence."""

from __future__ import annotations

import codecs
import re

from pipeline.reading.errors import ReadingError
from pipeline.reading.evidence import ASCII_BASED, Guess, declared_encoding, guesses
from pipeline.reading.mixed import decode_lines

# The longer ones first: UTF-32 starts with the mark of UTF-16.
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]+")
_VARIANTS = {"big5hkscs": ("big5", "cp950", "big5hkscs")}
_LONGEST = 4
_THIN_BITS, _FEW_CHINESE = 25, 10
_CONTROL_SHARE = 30

Decoded = tuple[str, str, tuple[str, ...]]


def decode(data: bytes) -> Decoded:
    """Decode a text file.

    A byte order mark decides; else valid UTF-8; else the encoding whose text is the likeliest Chinese, where the
    encoding that a page names counts for a little. A file of lines in several encodings is decoded line by line.

    Args:
        data: The file's bytes.

    Returns:
        The text (line ends unchanged, without byte order mark), the encoding's name and warnings: where the
        evidence is thin, where the file is cut off inside a character, where lines are in another encoding,
        and where control characters stand.

    Raises:
        ReadingError: If the bytes are no text, or no encoding fits.
    """
    text, encoding, warnings = _decode(data)
    n_control = len(_CONTROL.findall(text))
    if n_control * _CONTROL_SHARE > len(text):
        msg = "this is a binary file, not a text; give TXT, Markdown, HTML, DOCX or PDF"
        raise ReadingError(msg)
    if n_control:
        warnings += (f"Control characters (such as NUL) stand in {n_control} places; they were left out of the text.",)
    return text, encoding, warnings


def _decode(data: bytes) -> Decoded:
    for bom, encoding, name in _BOMS:
        if data.startswith(bom):
            if whole := _whole(data[len(bom) :], encoding):
                return whole[0], name, whole[1]
            if encoding in ASCII_BASED:
                return decode_lines(data[len(bom) :], encoding)
            raise _unfit(data[len(bom) :], encoding)
    if b"~{" not in data and b"\0" not in data and (whole := _whole(data, "utf-8")):
        return whole[0], "utf-8", whole[1]
    ranked = guesses(data)
    best = next((one for one in ranked if one.is_text), None)
    best = best or next(one for one in ranked if one.encoding in ASCII_BASED)
    for name in _VARIANTS.get(best.encoding, (best.encoding,)):
        if whole := _whole(data, name):
            _check_chinese(data, best, whole[0])
            return whole[0], name, whole[1] + _doubts(data, ranked, best)
    if best.encoding in ASCII_BASED:
        return decode_lines(data, best.encoding)
    raise _unfit(data, best.encoding)


def _whole(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]] | None:
    """Decode all; what is cut off inside the last character is left out with a warning. None if it does not fit."""
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError as error:
        cut = len(data) - error.start
        if cut >= _LONGEST or not error.start:
            return None
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError:
        return None
    return text, (f"The file is cut off inside its last character; its last {cut} byte(s) were left out.",)


def _unfit(data: bytes, encoding: str) -> ReadingError:
    try:
        data.decode(encoding)
        at = 0
    except UnicodeDecodeError as error:
        at = error.start
    return ReadingError(f"byte {at} is not valid {encoding}; save the file as UTF-8")


def _check_chinese(data: bytes, best: Guess, text: str) -> None:
    """Refuse what fits an encoding by chance: bytes of a picture, a text in another language."""
    if best.encoding == "utf-8" or best.is_text:
        return
    if len(_CONTROL.findall(text)) * _CONTROL_SHARE > len(text):
        return
    at = next((i for i, byte in enumerate(data) if byte > 0x7F), 0)
    msg = f"byte {at} is valid in neither UTF-8 nor GB18030 nor Big5 Chinese; save the file as UTF-8"
    raise ReadingError(msg)


def _doubts(data: bytes, ranked: list[Guess], best: Guess) -> tuple[str, ...]:
    """Say where the evidence is thin, or a page names another encoding than it is in."""
    warnings: tuple[str, ...] = ()
    others = [one for one in ranked if one.encoding != best.encoding and one.n_chinese]
    thin = bool(others) and others[0].bits - best.bits < _THIN_BITS
    if thin or best.n_chinese < _FEW_CHINESE:
        warnings += (f"The encoding was guessed as {best.encoding} from little text; check the characters.",)
    declared = declared_encoding(data)
    if declared and declared != best.encoding:
        warnings += (f"The file says that it is in {declared}, but it reads as {best.encoding}.",)
    return warnings
