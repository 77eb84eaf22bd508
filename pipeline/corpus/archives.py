"""The documents inside an archive: ZIP, tar, gzip, xz, bzip2, and archives within archives.

Nothing is written anywhere: members are read into memory, so what their names say (`../..`, `/etc`) is harmless. Every
size is counted while it is inflated, whatever the archive says of it.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from pipeline.corpus.names import decode_names, parts_of, tar_name, zip_name
from pipeline.reading import ReadingError
from pipeline.reading.limits import Limits

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".html", ".htm", ".docx", ".docm", ".pdf"})
PACKED = frozenset({".zip", ".tar", ".gz", ".tgz", ".xz", ".txz", ".bz2", ".tbz2"})
_ZIP, _OFFICE = b"PK\x03\x04", ("[Content_Types].xml", "mimetype")
_MAX_MEMBERS, _MAX_RATIO, _SMALL = 20_000, 400, 1_000_000
_LOCAL_HEADER = 30
_XZ_MEMORY = 1 << 28
_CHUNK = 1 << 20
_BOMB = "the archive is made to inflate without end (a bomb); unpack it by hand if you trust it, and give the folder"


@dataclass(slots=True)
class Unpacked:
    """What an archive holds.

    Attributes:
        documents: Path inside and bytes of each document, in the archive's order.
        faults: Path inside and one line, for what could not be unpacked.
        n_bytes: What was inflated so far.
    """

    documents: list[tuple[PurePosixPath, bytes]] = field(default_factory=list)
    faults: list[tuple[PurePosixPath, str]] = field(default_factory=list)
    n_bytes: int = 0

    def take(self, n_bytes: int, limits: Limits) -> None:
        """Count inflated bytes.

        Raises:
            ReadingError: If they are more than an archive may have.
        """
        self.n_bytes += n_bytes
        if self.n_bytes > limits.max_archive:
            msg = f"the archive inflates to more than {limits.archive_mb} MB; unpack it and give the folder, or raise "
            raise ReadingError(msg + "ingest.archive_mb")


def is_archive(data: bytes) -> bool:
    """Tell whether a file is an archive of documents; DOCX and other office files are none, though they are ZIPs."""
    if data.startswith(_ZIP):
        try:
            names = zipfile.ZipFile(io.BytesIO(data)).namelist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            return b"word/" not in data[:_CHUNK]
        return not any(one in names for one in _OFFICE) and "word/document.xml" not in names
    return data.startswith((b"PK\x05\x06", b"\x1f\x8b\x08", b"\xfd7zXZ\0", b"BZh")) or _is_tar(data)


def unpack(name: str, data: bytes, limits: Limits) -> Unpacked:
    """Read all documents of an archive.

    Args:
        name: The archive's name; a packed file (`plan.txt.gz`) is called by it, without the suffix.
        data: Its bytes.
        limits: Sizes, and how deep archives within archives are opened.

    Returns:
        Documents and faults. Hidden files and those of `__MACOSX` are left out; other files that are no
        documents by their suffix are named in one fault together.

    Raises:
        ReadingError: If the archive itself is damaged or a bomb.
    """
    found = Unpacked()
    if _is_tar(data):  # The others are counted while they are inflated.
        found.take(len(data), limits)
    _open(PurePosixPath(), PurePosixPath(name).name, data, limits, limits.depth, found)
    others = [path for path, line in found.faults if not line]
    found.faults = [one for one in found.faults if one[1]]
    if others:
        shown = ", ".join(path.as_posix() for path in others[:5]) + (" ..." if len(others) > 5 else "")
        found.faults.append(
            (PurePosixPath(), f"{len(others)} file(s) inside are no documents by their suffix: {shown}")
        )
    return found


def _open(inside: PurePosixPath, name: str, data: bytes, limits: Limits, depth: int, found: Unpacked) -> None:
    """Open one archive; `inside` is its path in the outer one."""
    if depth <= 0:
        msg = f"archives are packed into each other more than {limits.depth} deep; unpack it, or raise ingest.depth"
        raise ReadingError(msg)
    if data.startswith(b"PK"):
        members = _zip_members(data, limits, found)
    else:
        plain = data if _is_tar(data) else _inflate(data, limits, found)
        if not _is_tar(plain):
            path = PurePosixPath(PurePosixPath(name).stem if PurePosixPath(name).suffix.lower() in PACKED else name)
            path = path if path.suffix else path.with_suffix(".txt")
            return _sort_in(inside.parent / path, plain, limits, depth, found)
        members = _tar_members(plain, limits)
    for path, content in members:
        _sort_in(inside / path, content, limits, depth, found)
    return None


def _sort_in(path: PurePosixPath, content: bytes | ReadingError, limits: Limits, depth: int, found: Unpacked) -> None:
    """Put a member where it belongs: documents, faults, or opened in its turn."""
    if isinstance(content, ReadingError):
        found.faults.append((path, str(content)))
    elif path.suffix.lower() in PACKED and is_archive(content):
        try:
            _open(path.with_suffix(""), path.name, content, limits, depth - 1, found)
        except ReadingError as error:
            if found.n_bytes > limits.max_archive:
                raise
            found.faults.append((path, str(error)))
    elif path.suffix.lower() in SUFFIXES:
        found.documents.append((path, content))
    else:
        found.faults.append((path, ""))


def _is_tar(data: bytes) -> bool:
    return data[257:262] == b"ustar"


def _zip_members(data: bytes, limits: Limits, found: Unpacked) -> Iterator[tuple[PurePosixPath, bytes | ReadingError]]:
    if data.count(b"PK\x01\x02") > _MAX_MEMBERS:
        msg = f"the archive has more than {_MAX_MEMBERS:,} files; unpack it and give the folder"
        raise ReadingError(msg)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = [one for one in archive.infolist() if one.filename and not one.is_dir()]
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        msg = "the archive is damaged; pack it again, or unpack it and give the folder"
        raise ReadingError(msg) from error
    _check_apart(members, len(data))
    for one, path in zip(members, map(parts_of, decode_names([zip_name(one) for one in members])), strict=True):
        if path:
            yield path, _zip_content(archive, one, limits, found)


def _check_apart(members: list[zipfile.ZipInfo], n_bytes: int) -> None:
    """Refuse members that share bytes of the file: only bombs do."""
    ordered = sorted(members, key=lambda one: one.header_offset)
    ends = [*(one.header_offset for one in ordered[1:]), n_bytes]
    for one, end in zip(ordered, ends, strict=False):
        if one.header_offset + _LOCAL_HEADER + one.compress_size > end:
            raise ReadingError(_BOMB)


def _zip_content(
    archive: zipfile.ZipFile, one: zipfile.ZipInfo, limits: Limits, found: Unpacked
) -> bytes | ReadingError:
    """Inflate a member, at most as much as a file may have."""
    if one.flag_bits & 1:
        return ReadingError("it is locked by a password; unpack it and give the folder")
    try:
        with archive.open(one) as stream:
            content = stream.read(limits.max_bytes + 1)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError):
        return ReadingError("it is damaged inside the archive; pack it again")
    except (NotImplementedError, RuntimeError):
        return ReadingError("it is packed by a method that is not known here; pack it again as plain ZIP")
    found.take(len(content), limits)
    if len(content) > _SMALL and len(content) > _MAX_RATIO * max(1, one.compress_size):
        raise ReadingError(_BOMB)
    if len(content) > limits.max_bytes:
        return _too_large(limits)
    return content


def _too_large(limits: Limits) -> ReadingError:
    return ReadingError(f"it has more than {limits.max_mb} MB; split it or raise ingest.max_mb")


def _tar_members(data: bytes, limits: Limits) -> Iterator[tuple[PurePosixPath, bytes | ReadingError]]:
    """Yield the members of a tar that is inflated already; links and devices are no files."""
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            members = [one for one in archive.getmembers() if one.isfile()]
            names = decode_names([tar_name(one) for one in members])
            for one, path in zip(members, map(parts_of, names), strict=True):
                if path and one.issparse():
                    yield path, ReadingError("it is a file with holes (sparse); pack it again as ZIP")
                elif path and one.size > limits.max_bytes:
                    yield path, _too_large(limits)
                elif path and (stream := archive.extractfile(one)):
                    yield path, stream.read()
    except (tarfile.TarError, ValueError, OverflowError) as error:
        msg = "the archive is damaged; pack it again, or unpack it and give the folder"
        raise ReadingError(msg) from error


def _inflate(data: bytes, limits: Limits, found: Unpacked) -> bytes:
    """Inflate gzip, xz or bzip2."""
    parts: list[bytes] = []
    try:
        if data.startswith(b"\xfd"):  # a dictionary of 4 GB is a bomb of its own
            lzma.LZMADecompressor(memlimit=_XZ_MEMORY).decompress(data[:_CHUNK], 1)
        opener = gzip.open if data.startswith(b"\x1f") else bz2.open if data.startswith(b"B") else lzma.open
        with opener(io.BytesIO(data)) as stream:
            while part := stream.read(_CHUNK):
                found.take(len(part), limits)
                parts.append(part)
    except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
        msg = "the archive is damaged; pack it again, or unpack it and give the folder"
        raise ReadingError(msg) from error
    return b"".join(parts)
