"""What is checked of a PDF file before it is handed to pdfium, which a hostile file can bring down."""

from __future__ import annotations

import base64
import binascii
import contextlib
import re
import zlib
from collections.abc import Iterator

from pipeline.reading.errors import ReadingError

MAX_INFLATED = 200_000_000
MAX_PAGES = 5_000
_MAX_LAYERS = 8
_CHUNK = 1 << 20
_MAX_NESTING = 2_000
_STREAM = re.compile(rb"stream\r?\n?")
_END = b"endstream"
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_HEX = re.compile(rb"/(?:ASCIIHexDecode|AHx)\b")
_BASE85 = re.compile(rb"/(?:ASCII85Decode|A85)\b")
_PACKED = b"\x78\x9c"
_BRACKET = re.compile(rb"<<|>>|\[|\]")


def check_size(data: bytes, max_inflated: int = MAX_INFLATED) -> None:
    """Refuse a file whose packed streams grow beyond a limit, or whose objects are nested too deep.

    Args:
        data: The file's bytes.
        max_inflated: Bytes that all streams together may take once unpacked; pictures count one by one.

    Raises:
        ReadingError: If the file is too large or too deep.
    """
    total = 0
    last = 0
    for start, end in _streams(data):
        head = data[max(last, start - 2000) : start]
        _check_nesting(data[last : min(start, last + _CHUNK)])
        size = _inflated(data[start:end], head, max_inflated - total)
        total += 0 if _IMAGE.search(head) and size <= max_inflated else size
        if total > max_inflated:
            msg = (
                f"the PDF unpacks to more than {max_inflated // 1_000_000:,} MB, as hostile files do;"
                " print it to a new PDF, or raise the limit"
            )
            raise ReadingError(msg)
        last = end
    _check_nesting(data[last : last + _CHUNK])


def _streams(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the places of the streams' bytes."""
    at = 0
    while match := _STREAM.search(data, at):
        end = data.find(_END, match.end())
        if end < 0:
            yield match.end(), len(data)
            return
        yield match.end(), end
        at = end + len(_END)


class _Layers:
    """Unpacks a stream within a stream within a stream, a piece at a time, and counts what comes out."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.sizes = [0] * _MAX_LAYERS
        self.unpackers = [zlib.decompressobj() for _ in range(_MAX_LAYERS)]

    def feed(self, part: bytes, layer: int = 0) -> None:
        """Unpack a piece; stops just beyond the limit."""
        if not self.sizes[layer] and part[:1] != _PACKED[:1]:
            return
        while part and max(self.sizes) <= self.limit:
            try:
                out = self.unpackers[layer].decompress(part, _CHUNK)
            except zlib.error:
                return
            if layer + 1 < _MAX_LAYERS and (self.sizes[layer + 1] or not self.sizes[layer]):
                self.feed(out, layer + 1)
            self.sizes[layer] += len(out)
            part = b"" if self.unpackers[layer].eof else self.unpackers[layer].unconsumed_tail


def _inflated(body: bytes, head: bytes, limit: int) -> int:
    """Return the unpacked size of a stream, its largest layer; no more than just beyond the limit is unpacked."""
    layers = _Layers(limit)
    with contextlib.suppress(ValueError):
        if _HEX.search(head):
            body = binascii.unhexlify(b"".join(body.split()).rstrip(b">"))
        elif _BASE85.search(head):
            body = base64.a85decode(b"".join(body.split()).removesuffix(b"~>"))
    layers.feed(body)
    return max(layers.sizes)


def _check_nesting(part: bytes) -> None:
    """Refuse brackets within brackets that no program writes and that exhaust a parser's stack."""
    depth = 0
    for match in _BRACKET.finditer(part):
        depth += 1 if match.group() in (b"<<", b"[") else -1
        if depth > _MAX_NESTING:
            msg = "the PDF is nested too deep, as hostile files are; print it to a new PDF"
            raise ReadingError(msg)
        depth = max(depth, 0)
