"""The parts of a DOCX file: XML in a zip, opened with limits, since a file may be hostile."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pipeline.reading.docx.names import RELATION, STRICT
from pipeline.reading.errors import ReadingError

if TYPE_CHECKING:
    from lxml.etree import XMLParser
    from lxml.etree import _Element as Element

_MAIN = re.compile(r"word/document\d*\.xml", re.I)
# Characters that XML cannot hold, plain or as a number: programs that write DOCX let them through.
_CONTROLS = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:0{0,4}(?:[0-8]|1[124-9]|2[0-9]|3[01])|[xX]0{0,4}(?:[0-8b-cB-CeEfF]|1[0-9a-fA-F]));"
)
_CHUNK = 1 << 20
_MAX_RATIO, _RATIO_FROM = 150, 20_000_000
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPES = tuple("<!DOCTYPE".encode(code) for code in ("ascii", "utf-16-le", "utf-16-be"))
_TOO_LARGE = "the DOCX file inflates to more than {:,} bytes (a zip bomb, or too large); split it, or save it as TXT"
_DAMAGED = "the DOCX file is damaged ({}); save it again in the word processor"


def holds_document(names: Iterable[str]) -> bool:
    """Tell whether an archive with these names is a Word document (DOCX, DOCM)."""
    return any(_MAIN.fullmatch(_plain(name)) for name in names)


def is_encrypted_office(data: bytes) -> bool:
    """Tell whether an OLE container (`D0 CF 11 E0`) is an encrypted DOCX, not an old Word file."""
    return _ENCRYPTED in data


class Package:
    """The parts of one file.

    Attributes:
        warnings: What was wrong and could be mended.
    """

    def __init__(self, data: bytes, max_inflated: int) -> None:
        """Open the archive.

        Args:
            data: The file's bytes.
            max_inflated: How many bytes the parts that are read may inflate to, all together.

        Raises:
            ReadingError: If the archive is damaged, a bomb, or holds no Word document.
        """
        self.warnings: list[str] = []
        self._limit = self._left = max_inflated
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ReadingError(_DAMAGED.format("no readable archive")) from error
        self._entries = {_plain(one.filename).lstrip("/").lower(): one for one in self._archive.infolist()}
        self._check_sizes(len(data))
        self.main = self._main_name()
        self._targets = list(self._relations(self.main))

    def body(self) -> Element:
        """Return the body of the document.

        Raises:
            ReadingError: If it is missing or cannot be read.
        """
        root = self._part(self.main)
        body = None if root is None else root.find("{*}body")
        if body is None:
            raise ReadingError(_DAMAGED.format(f"{self.main} has no body"))
        return body

    def related(self, kind: str) -> list[Element]:
        """Return the roots of the parts that the document refers to as `styles`, `numbering`, `header` ..."""
        names = list(dict.fromkeys(name for found, name in self._targets if found == kind))
        if not names and not self._targets:  # The list of relations is missing: the usual names are left.
            names = [f"{posixpath.dirname(self.main)}/{kind}.xml"]
        return [root for name in names if (root := self._part(name)) is not None]

    def _check_sizes(self, packed: int) -> None:
        total = sum(one.file_size for one in self._entries.values())
        bomb = total > self._limit and total > _MAX_RATIO / 5 * packed
        for one in self._entries.values():
            bomb |= one.file_size > _RATIO_FROM and one.file_size > _MAX_RATIO * max(1, one.compress_size)
        if bomb:
            raise ReadingError(_TOO_LARGE.format(self._limit))

    def _main_name(self) -> str:
        names = [name for kind, name in self._relations("") if kind == "officeDocument"]
        names += sorted(name for name in self._entries if _MAIN.fullmatch(name))
        for name in names:
            if name in self._entries:
                return name
        raise ReadingError(_DAMAGED.format("word/document.xml is missing"))

    def _relations(self, part: str) -> Iterator[tuple[str, str]]:
        """Yield kind and name of each part that a part refers to."""
        folder, name = posixpath.split(part)
        root = self._part(posixpath.join(folder, "_rels", f"{name}.rels"))
        for one in () if root is None else root.iter(RELATION):
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, _plain(one.get("Target", ""))))
                yield one.get("Type", "").rpartition("/")[2], target.lstrip("/").lower()

    def _part(self, name: str) -> Element | None:
        """Return the root of a part, or None where it is missing or beyond reading."""
        entry = self._entries.get(name.lower())
        if entry is None:
            return None
        root, whole = parse_xml(self._inflate(entry))
        if not whole:
            self.warnings.append(f"the XML of {name} is damaged; what could be read of it is kept")
        return root

    def _inflate(self, entry: zipfile.ZipInfo) -> bytes:
        """Return the bytes of an entry; the sizes that an archive tells may lie, so they are counted."""
        if entry.flag_bits & 1:
            msg = "the DOCX file is encrypted; save it without a password"
            raise ReadingError(msg)
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise ReadingError(_DAMAGED.format(f"{entry.filename[:80]!r} is packed in an unknown way"))
        chunks: list[bytes] = []
        try:
            with self._archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise ReadingError(_TOO_LARGE.format(self._limit))
                    chunks.append(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
            if isinstance(error, ReadingError):
                raise
            raise ReadingError(_DAMAGED.format(f"{entry.filename[:80]!r} cannot be unpacked")) from error
        return b"".join(chunks)


def parse_xml(content: bytes) -> tuple[Element | None, bool]:
    """Parse a part without entities, DTD or network; strict names become the usual ones.

    Returns:
        The root (None where nothing is left) and whether the XML was whole.

    Raises:
        ReadingError: If it declares a document type or is nested too deeply.
    """
    from lxml import etree

    if any(sign in content for sign in _DOCTYPES):
        msg = "the DOCX file declares a document type (DTD), as only hostile files do; save it again as DOCX"
        raise ReadingError(msg)
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True}
    whole = True
    try:
        root = etree.fromstring(content, etree.XMLParser(remove_pis=True, **options))
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            msg = "the DOCX file nests its elements too deeply; save it as TXT"
            raise ReadingError(msg) from error
        whole = False
        root = _recovered(content, etree.XMLParser(remove_pis=True, recover=True, **options))
    if root is not None and root.getroottree().docinfo.internalDTD is not None:
        msg = "the DOCX file declares a document type (DTD), as only hostile files do; save it again as DOCX"
        raise ReadingError(msg)
    return (_usual_names(root) if root is not None else None), whole


def _recovered(content: bytes, parser: XMLParser) -> Element | None:
    from lxml import etree

    try:
        return etree.fromstring(_CONTROLS.sub(b"", content) if b"\0" not in content[:4] else content, parser)
    except etree.XMLSyntaxError:
        return None  # Nothing at all was left.


def _usual_names(root: Element) -> Element:
    """Return the tree with the names of the usual (transitional) variant of the format."""
    from lxml import etree

    if not any(uri.startswith("http://purl.oclc.org/ooxml/") for uri in root.nsmap.values()):
        return root
    content = etree.tostring(root)
    for strict, usual in STRICT:
        content = content.replace(strict, usual)
    # What was recovered from damaged XML may again be damaged when it is written down.
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))


def _plain(name: str) -> str:
    return name.replace("\\", "/")
