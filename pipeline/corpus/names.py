"""Names of the members of an archive: decoded by evidence, made harmless."""

from __future__ import annotations

import struct
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import PurePosixPath

from pipeline.reading.evidence import text_bits

_UTF8_FLAG, _UNICODE_PATH = 0x800, 0x7075
_CODECS = ("gb18030", "big5hkscs", "shift_jis", "cp437")


def zip_name(member: zipfile.ZipInfo) -> str | bytes:
    """Return the name of a ZIP member: as text where the archive says that it is UTF-8, else its bytes."""
    if member.flag_bits & _UTF8_FLAG:
        return member.orig_filename
    extra = member.extra
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        if kind == _UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return member.orig_filename.encode("cp437", "replace")


def tar_name(member: tarfile.TarInfo) -> str | bytes:
    """Return the name of a tar member: its bytes where they are no UTF-8."""
    try:
        member.name.encode("utf-8")
    except UnicodeEncodeError:
        return member.name.encode("utf-8", "surrogateescape")
    return member.name


def decode_names(names: Sequence[str | bytes]) -> list[str]:
    """Decode the names of one archive: UTF-8 where all are valid, else what reads best as Chinese over all."""
    raw = [one for one in names if isinstance(one, bytes)]
    codec = "utf-8"
    # Short names in GB 18030 may be valid UTF-8 by chance, but not all of them.
    if not all(map(_is_utf8, raw)):
        codec = min(_CODECS, key=lambda one: text_bits(b"\n".join(raw).decode(one, "replace")))
    return [one if isinstance(one, str) else one.decode(codec, "replace") for one in names]


def parts_of(name: str) -> PurePosixPath | None:
    """Return a name as a relative path without `..`, drive or root; None for hidden files and those of macOS."""
    parts = [one for one in name.replace("\\", "/").replace("\0", "").split("/") if one not in ("", ".", "..")]
    if parts and len(parts[0]) == 2 and parts[0][1] == ":":
        parts = parts[1:]
    if not parts or any(one.startswith(".") or one == "__MACOSX" for one in parts) or parts[-1] == "Thumbs.db":
        return None
    return PurePosixPath(*parts)


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
