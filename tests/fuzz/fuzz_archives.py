"""Archives of documents: ZIP, tar, packed files, within each other, with names and sizes that lie."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import warnings
import zipfile
from typing import NamedTuple

from fuzz_checks import check_line
from fuzz_draw import Draw, damaged
from fuzz_words import TITLES

from pipeline.corpus.archives import SUFFIXES, Unpacked, is_archive, unpack
from pipeline.reading import ReadingError
from pipeline.reading.limits import Limits

LIMITS = Limits(max_mb=1, archive_mb=4, depth=3)
_NAMES = (
    "a.txt", "山东/菏泽.txt", "../../b.md", "/etc/c.html", "C:\\计划\\d.txt", "./e.pdf", ".hidden.txt", "__MACOSX/a.txt", "Thumbs.db", "f", "g.exe", "长" * 300 + ".txt", "a\0b.txt", "a.TXT", "h.docx",
    "x.zip", "y.tar.gz", "z.gz", "..", "", "dir/", "a/../../../i.txt", "\u202etxt.j", "k.txt.gz", "l.tar", "m.xz",
)  # fmt: skip
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


class Packed(NamedTuple):
    """An archive, its name, and what is put in at its top level; None where the bytes were damaged."""

    data: bytes
    name: str
    whole: list[tuple[str, bytes]] | None


def archive_file(draw: Draw) -> tuple[bytes, str]:
    """Return an archive."""
    return packed(draw)[:2]


def packed(draw: Draw, depth: int = 0) -> Packed:
    """Return an archive with what it holds."""
    kind, broken = draw.below(7), draw.one_in(3)
    members = [(draw.choice(_NAMES), _content(draw, depth)) for _ in range(draw.below(5))]
    if kind < 3:
        data, name = _zip(draw, members), "a.zip"
    elif kind < 5:
        data, name = _tar(members), "a.tar"
        if kind == 4:
            data, name = gzip.compress(data, mtime=0), "a.tgz"
    else:
        press = draw.choice((gzip.compress, bz2.compress, lzma.compress))
        inner, name = _content(draw, depth), draw.choice(("a.txt.gz", "b.gz", "c.md.xz", "d.tar.bz2", "e"))
        data, members = press(inner), [("a.txt", inner)]
    if broken:
        data = damaged(data, draw)
    return Packed(data, name, None if broken or kind >= 5 else members)


def _content(draw: Draw, depth: int) -> bytes:
    kind = draw.below(6)
    if kind == 0 and depth < 4:
        return packed(draw, depth + 1).data
    if kind == 1:
        return b"\0" * draw.choice((1_200_000, 900_000, 100, 0))
    return draw.choice(TITLES).encode() * draw.choice((1, 3, 200))


def _zip(draw: Draw, members: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # doubled names are meant
        for name, content in members:
            method = draw.choice(_METHODS)
            archive.writestr(zipfile.ZipInfo(name or "x", (2026, 1, 1, 0, 0, 0)), content, method)
    data = out.getvalue()
    # Other programs write names as GBK, without saying so.
    return data.replace("菏泽".encode(), "菏泽市".encode("gbk")) if draw.one_in(4) else data


def _tar(members: list[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members:
            entry = tarfile.TarInfo(name or "x")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def check_archive(data: bytes, name: str) -> Unpacked | None:
    """Unpack an archive; names are harmless, sizes are held to; None where it is refused in one line."""
    if not is_archive(data):
        return None
    try:
        found = unpack(name, data, LIMITS)
    except ReadingError as error:
        check_line(error)
        return None
    assert unpack(name, data, LIMITS) == found
    assert sum(len(content) for _, content in found.documents) <= LIMITS.max_archive
    for path, _ in found.documents:
        assert not path.is_absolute()
        assert path.suffix.lower() in SUFFIXES
        assert not {"..", "", "."} & set(path.parts)
    assert all(line and len(line.splitlines()) == 1 for _, line in found.faults)
    return found
