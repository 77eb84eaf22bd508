"""Bytes of any format to their text; the format is told by content, not by the name."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace

from pipeline.reading.decoding import decode
from pipeline.reading.docx.package import holds_document, is_encrypted_office
from pipeline.reading.errors import ReadingError
from pipeline.reading.hints import Extraction
from pipeline.reading.limits import LIMITS, Limits

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body|div|table|meta|p|h1)\b",
    re.I | re.S,
)
_OLE, _RTF = b"\xd0\xcf\x11\xe0", b"{\\rtf"


def extract(data: bytes, limits: Limits = LIMITS) -> Extraction:
    """Return the text of a file with the hints of its format.

    Args:
        data: The file's bytes.
        limits: What it may inflate to.

    Raises:
        ReadingError: If the format is not known, or the file is damaged or inflates to too much.
    """
    if b"%PDF-" in data[:1024]:
        from pipeline.reading.pdf import extract_pdf

        return extract_pdf(data, max_inflated=limits.max_inflated)
    if data.startswith(b"PK\x03\x04"):
        return _extract_zip(data, limits)
    if data.startswith((_OLE, _RTF)):
        raise ReadingError(_why_not(data))
    text, encoding, warnings = decode(data)
    if _HTML.match(text[:4000]):
        from pipeline.reading.html import extract_html

        found = extract_html(text)
        return replace(found, encoding=encoding, warnings=(*warnings, *found.warnings))
    return Extraction(text, encoding, (), warnings)


def _why_not(data: bytes) -> str:
    """Say what an old Word, an RTF or an encrypted file needs; an encrypted DOCX stands in an old container."""
    if data.startswith(_OLE) and is_encrypted_office(data):
        return "the file is encrypted; open it with its password and save it without one"
    return "this is an old Word or RTF file; save it as DOCX or TXT"


def _extract_zip(data: bytes, limits: Limits) -> Extraction:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except zipfile.BadZipFile as error:
        msg = "the file is a damaged archive; save it again as DOCX"
        raise ReadingError(msg) from error
    if not holds_document(names):
        office = "[Content_Types].xml" in names or "mimetype" in names
        msg = (
            "this is an office file other than DOCX; save it as DOCX, PDF or TXT"
            if office
            else "this is an archive of files; give it to `planlens analyze` or `planlens corpus add`, or unpack it"
        )
        raise ReadingError(msg)
    from pipeline.reading.docx import extract_docx

    return extract_docx(data, max_inflated=limits.max_inflated)
