"""PDF files for the tests, written by hand, so that each part of them can be damaged on purpose."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Place = tuple[float, float, float, str]  # x, y of the baseline, size, text


@dataclass
class Sheet:
    """A page: runs of text, ruled lines, what its dictionary says besides, runs set askew, first words of its stream."""

    runs: list[Place] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    extra: str = ""
    box: str = "0 0 595 842"
    bold: set[int] = field(default_factory=set)
    matrix: str = "1 0 0 1 0 0"
    askew: list[Place] = field(default_factory=list)
    first: str = ""


def write_pdf(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """Number the objects from 1 (1 is the catalogue) and add the table of their places."""
    out, places = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % one for one in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer.encode())
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(body: bytes, words: str = "", packed: bool = True) -> bytes:
    """Return a stream object."""
    filters = "/Filter /FlateDecode" if packed else ""
    body = zlib.compress(body) if packed else body
    return b"<< /Length %d %s %s >>\nstream\n%s\nendstream" % (len(body), filters.encode(), words.encode(), body)


def to_unicode(pairs: Sequence[tuple[int, str]]) -> str:
    """Return a map of codes to characters, as programs embed it."""
    head = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /X def\n/CMapType 2 def\n"
    head += "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    body = ""
    for at in range(0, len(pairs), 100):
        part = pairs[at : at + 100]
        lines = "".join(f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>\n" for code, text in part)
        body += f"{len(part)} beginbfchar\n{lines}endbfchar\n"
    return head + body + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def make_pdf(
    sheets: Sequence[Sheet],
    damage: Callable[[str], str | None] = lambda one: one,
    shuffle: int | None = None,
    spread: bool = False,
) -> bytes:
    """Return a PDF with one subset font (codes as a subset has them: in order of use).

    Args:
        sheets: The pages.
        damage: Changes the map of codes to characters; None drops it.
        shuffle: Seed for another order of the runs in the stream.
        spread: Write each character as a run of its own.
    """
    signs = sorted({sign for one in sheets for run in (*one.runs, *one.askew) for sign in run[3]})
    random.Random(7).shuffle(signs)  # noqa: S311
    codes = {sign: at for at, sign in enumerate(signs, start=3)}
    text_map = damage(to_unicode([(code, sign) for sign, code in codes.items()]))
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    fonts = []
    for name in ("ABCDEF+FangSong", "ABCDEF+SimHei-Bold"):
        at = len(objects)
        narrow = [f"{code} [{500 if ord(sign) < 256 else 1000}]" for sign, code in codes.items()]
        objects += [
            f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{at + 2} 0 R]"
            f" {f'/ToUnicode {at + 4} 0 R' if text_map is not None else ''} >>".encode(),
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering"
            f" (Identity) /Supplement 0 >> /DW 1000 /W [{' '.join(narrow)}] /FontDescriptor {at + 3} 0 R"
            " /CIDToGIDMap /Identity >>".encode(),
            f"<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0"
            " /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>".encode(),
            stream((text_map or "").encode("latin-1", "replace")),
        ]
        fonts.append(at + 1)
    kids = []
    for sheet in sheets:
        at = len(objects)
        kids.append(at + 1)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{sheet.box}] /Contents {at + 2} 0 R {sheet.extra}"
            f" /Resources << /Font << /F0 {fonts[0]} 0 R /F1 {fonts[1]} 0 R >> >> >>".encode()
        )
        objects.append(stream(_content(sheet, codes, shuffle, spread).encode()))
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{one} 0 R' for one in kids)}] >>".encode()
    return write_pdf(objects)


def _content(sheet: Sheet, codes: dict[str, int], shuffle: int | None, spread: bool) -> str:
    drawn: list[str] = []
    for at, (x, y, size, text) in enumerate(sheet.runs):
        parts = [(x, text)]
        if spread:
            widths = [size * (0.5 if ord(sign) < 256 else 1) for sign in text]
            parts = [(x + sum(widths[:n]), sign) for n, sign in enumerate(text)]
        for left, part in parts:
            shown = "".join(f"{codes[sign]:04X}" for sign in part)
            font = "F1" if at in sheet.bold else "F0"
            drawn.append(f"BT /{font} {size} Tf 1 0 0 1 {left:.2f} {y:.2f} Tm <{shown}> Tj ET")
    for x, y, size, text in sheet.askew:
        shown = "".join(f"{codes[sign]:04X}" for sign in text)
        drawn.append(f"BT /F0 {size} Tf 0.7 0.7 -0.7 0.7 {x} {y} Tm <{shown}> Tj ET")
    if shuffle is not None:
        random.Random(shuffle).shuffle(drawn)  # noqa: S311
    rules = [f"{a} {b} m {c} {d} l S" for a, b, c, d in sheet.rules]
    return "\n".join(["q", sheet.first, f"{sheet.matrix} cm", *rules, *drawn, "Q"])


def wrap(text: str, width: int, indent: bool = True) -> list[str]:
    """Break a paragraph into printed lines of at most `width` ems; the first is indented by two."""
    lines, room = ["\u3000\u3000" * indent], width - 2.0 * indent
    for sign in text:
        room -= 0.5 if ord(sign) < 256 else 1
        if room < 0:
            lines.append("")
            room = width - (0.5 if ord(sign) < 256 else 1)
        lines[-1] += sign
    return lines


def column(lines: Sequence[str], x: float, top: float, size: float = 12, leading: float = 20) -> list[Place]:
    """Set lines below each other; indents become places, as typesetting programs do it."""
    runs: list[Place] = []
    for row, line in enumerate(lines):
        bare = line.lstrip("\u3000")
        runs.append((x + size * (len(line) - len(bare)), top - leading * row, size, bare))
    return runs
