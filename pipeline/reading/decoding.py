"""Bytes to text: UTF-8, UTF-16, GB18030, and other encodings only as a last resort."""

from __future__ import annotations

import codecs
import re

from pipeline.reading.errors import ReadingError

# Frequent in any Chinese prose; text decoded by the wrong table hardly holds them.
_COMMON = re.compile(
    "[的一是在了和有大这主中人上为们地个用工时要动国产以会作来分生对于学下级就年发成部民政经市展建设,。、，]"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\ufffd]")
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 20_000


def decode(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    """Decode a text file.

    Args:
        data: The file's bytes.

    Returns:
        The text (line ends unchanged, without byte order mark), the encoding's name and warnings.

    Raises:
        ReadingError: If the bytes are no text, or no encoding fits.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding), encoding[:6].rstrip("-"), ()
    if data[:_SAMPLE].count(0) * 4 > min(len(data), _SAMPLE):
        encoding = "utf-16-le" if data[1:_SAMPLE:2].count(0) >= data[:_SAMPLE:2].count(0) else "utf-16-be"
        return _strict(data, encoding), "utf-16", ()
    no_warnings: tuple[str, ...] = ()
    try:
        text, encoding, warnings = data.decode("utf-8"), "utf-8", no_warnings
    except UnicodeDecodeError as error:
        text, encoding, warnings = _decode_national(data, error)
    if len(_CONTROL.findall(text)) * 100 > len(text):
        msg = "this is a binary file, not a text; give TXT, Markdown, HTML, DOCX or PDF"
        raise ReadingError(msg)
    return text, encoding, warnings


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        msg = f"byte {error.start} is not valid {encoding}; save the file as UTF-8"
        raise ReadingError(msg) from error
    if len(_CONTROL.findall(text)) * 100 > len(text):
        msg = "this is a binary file, not a text; give TXT, Markdown, HTML, DOCX or PDF"
        raise ReadingError(msg)
    return text


def _decode_national(data: bytes, error: UnicodeDecodeError) -> tuple[str, str, tuple[str, ...]]:
    """Decode what is not UTF-8: GB18030 where the result reads as Chinese, else the best guess."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if _is_chinese(text):
        return text, "gb18030", ()
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=["big5", "big5hkscs", "euc_jp", "shift_jis", "hz"]).best()
    if best is not None and _is_chinese(str(best)):
        return str(best), best.encoding, (f"The encoding was guessed as {best.encoding}; check the text.",)
    msg = f"byte {error.start} is valid in neither UTF-8 nor GB18030; save the file as UTF-8"
    raise ReadingError(msg) from error


def _is_chinese(text: str) -> bool:
    sample = text[:_SAMPLE]
    chinese = len(_CHINESE.findall(sample))
    return not _CONTROL.search(sample) and chinese > 0 and len(_COMMON.findall(sample)) * 12 >= chinese
