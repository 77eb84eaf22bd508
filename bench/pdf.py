"""Measure the PDF reader beside pypdfium2 and pdfplumber: `python bench/pdf.py`.

Stretches of real documents (../shared, where it is there) and of the sample corpus are set as PDF pages, seeded: in
one, two and three columns, with the columns interleaved in the file line by line or word by word, turned, with
tables, with damaged fonts. Told is how many paragraphs come out exactly: one line of the canonical text each, after
the same later steps for all three, and in brackets how many stand anywhere in it, white space aside.
"""

from __future__ import annotations

import argparse
import io
import logging
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "reading")]

from pdf_damage import DAMAGES  # noqa: E402
from pdf_maker import Sheet, column, make_pdf, wrap  # noqa: E402
from pypdfium2 import PdfDocument  # noqa: E402

from pipeline.reading import ReadingError, read  # noqa: E402
from pipeline.reading.furniture import ENUMERATED  # noqa: E402
from pipeline.reading.pdf import extract_pdf  # noqa: E402

PARAGRAPHS = 14
WIDTHS = {1: (37, 72.0, 0.0), 2: (17, 72.0, 236.0), 3: (11, 60.0, 166.0)}
ROWS = 34


def stretches(n_documents: int, draw: random.Random) -> list[list[str]]:
    """Return stretches of paragraphs, headings among them, of real and invented documents."""
    folders = [ROOT.parent / "shared" / "corpus" / "plans", ROOT / "data" / "raw" / "sample"]
    paths = sorted(path for one in folders for path in one.glob("*.txt") if one.exists())
    found = []
    for path in draw.sample(paths, min(n_documents, len(paths))):
        lines = [one.replace(" ", "") for one in read(path.read_bytes(), path.name).text.splitlines()]
        start = draw.randrange(len(lines) // 2)
        kept = [one for one in lines[start:] if len(one) <= 400 and (one[-1] in "。；" or ENUMERATED.match(one))]
        found.append(kept[:PARAGRAPHS])
    return found


def pages(paragraphs: list[str], n_columns: int, title: str) -> list[Sheet]:
    """Set paragraphs in columns, with a running head and a page number."""
    width, left, step = WIDTHS[n_columns]
    lines = [line for one in paragraphs for line in wrap(one, width)]
    found = []
    for at in range(0, len(lines), ROWS * n_columns):
        part = lines[at : at + ROWS * n_columns]
        rows = -(-len(part) // n_columns)
        runs = [(72.0, 800.0, 9.0, title), (290.0, 40.0, 9.0, f"— {len(found) + 1} —")]
        for n in range(n_columns):
            runs += column(part[n * rows : n * rows + rows], left + step * n, 770)
        found.append(Sheet(runs))
    return found


def by_line(sheets: list[Sheet]) -> list[Sheet]:
    """Interleave the columns in the file line by line."""
    return [Sheet(sorted(one.runs, key=lambda run: (-run[1], run[0]))) for one in sheets]


def by_word(sheets: list[Sheet], draw: random.Random) -> list[Sheet]:
    """Cut the lines into words of one to four characters and shuffle those of neighbouring lines."""
    found = []
    for sheet in sheets:
        words = []
        for x, y, size, text in sheet.runs:
            at = 0
            while at < len(text):
                word = text[at : at + draw.randint(1, 4)]
                before = sum(0.5 if ord(sign) < 256 else 1 for sign in text[:at])
                words.append((x + size * before, y, size, word))
                at += len(word)
        found.append(Sheet(sorted(words, key=lambda run: (-round(run[1] / 40), draw.random()))))
    return found


def turned(sheets: list[Sheet]) -> list[Sheet]:
    """Set the pages on their side."""
    return [Sheet(one.runs, one.rules, "/Rotate 90", "0 0 842 595", one.bold, "0 1 -1 0 842 0") for one in sheets]


def plain_pdfium(data: bytes) -> str:
    """Return what pypdfium2 gives."""
    with PdfDocument(data) as document:
        return "\n\f\n".join(page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document)


def plain_plumber(data: bytes) -> str:
    """Return what pdfplumber gives."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return "\n\f\n".join(page.extract_text() for page in document.pages)


def canonical(data: bytes) -> str:
    """Return the canonical text of a file."""
    try:
        return read(data, "a.pdf" if data[:1] == b"%" else "a.txt").text
    except ReadingError:
        return ""


READERS: dict[str, Callable[[bytes], str]] = {
    "planlens": canonical,
    "pypdfium2": lambda data: canonical(plain_pdfium(data).encode("utf-8", "replace")),
    "pdfplumber": lambda data: canonical(plain_plumber(data).encode("utf-8", "replace")),
}


def squeezed(text: str) -> str:
    """Return a text without white space."""
    return re.sub(r"\s", "", text)


def score(kind: str, files: list[tuple[bytes, list[str]]]) -> None:
    """Print the paragraphs read exactly by each reader, and its time."""
    n_paragraphs, told = sum(len(one) for _, one in files), []
    for name, reader in READERS.items():
        exact = within = 0
        start = time.process_time()
        texts = [reader(data) for data, _ in files]
        taken = time.process_time() - start
        for text, (_, wanted) in zip(texts, files, strict=True):
            lines, whole = {squeezed(one) for one in text.splitlines()}, squeezed(text)
            exact += sum(squeezed(one) in lines for one in wanted)
            within += sum(squeezed(one) in whole for one in wanted)
        told.append(f"{name} {exact} ({within}) in {taken:.1f} s")
    print(f"{kind}: of {n_paragraphs} paragraphs {', '.join(told)}")


def with_table(paragraphs: list[str], draw: random.Random) -> tuple[list[Sheet], list[str]]:
    """Set a ruled table with a merged cell between paragraphs, over a page break."""
    table = [["指标", "单位", "2025年", "2030年"]]
    table += [[f"指标{n}", draw.choice(["亿元", "%", "万人"]), str(draw.randrange(99)), ""] for n in range(30)]
    sheet = pages(paragraphs[:4], 1, "规划纲要")[0]
    low = min(y for _, y, _, text in sheet.runs if not text.startswith("—"))
    sheets, rows, top = [sheet], table, low - 30
    while rows:
        n_rows = min(len(rows), int((top - 70) // 24))
        part, rows = rows[:n_rows], rows[n_rows:]
        for at, row in enumerate(part):
            y = top - 24 * at
            sheets[-1].runs += [(80 + 110.0 * n, y - 17, 12.0, cell) for n, cell in enumerate(row) if cell]
            sheets[-1].rules.append((76, y, 516, y))
        sheets[-1].rules.append((76, top - 24 * n_rows, 516, top - 24 * n_rows))
        sheets[-1].rules += [(76 + 110 * n, top, 76 + 110 * n, top - 24 * n_rows) for n in range(5)]
        if rows:
            sheets.append(Sheet([(72.0, 800.0, 9.0, "规划纲要"), (290.0, 40.0, 9.0, f"— {len(sheets) + 1} —")]))
            top = 770
    return sheets, paragraphs[:4] + [" | ".join(row).strip() for row in table]


def silently_wrong(data: bytes, wanted: str, reader: Callable[[bytes], str]) -> str:
    """Return `right`, `told` or `silent`: whether the text is right, or wrong with or without a mark."""
    try:
        text = reader(data)
    except (ReadingError, Exception) as error:  # noqa: BLE001 - a reader that fails has told it
        return "told" if str(error) or error else "told"
    if squeezed(text) == wanted:
        return "right"
    return "told" if "(cid:" in text or "\ufffd" in text or re.search("[\x00-\x08\ue000-\uf8ff]", text) else "silent"


def ours(data: bytes) -> str:
    """Return our text; where it is marked as doubtful, with a mark."""
    found = extract_pdf(data)
    marked = any(one.kind == "doubtful" for one in found.hints) and found.warnings
    return found.source + ("\ufffd" if marked else "")


def damaged(n_files: int, seed: int) -> None:
    """Print how many files with damaged fonts each reader gets wrong without a word."""
    draw = random.Random(seed)
    texts = stretches(6, draw)
    found: dict[str, list[str]] = {"planlens": [], "pypdfium2": [], "pdfplumber": []}
    by_kind: dict[str, list[int]] = {}
    for at in range(n_files):
        kind = sorted(DAMAGES)[at % len(DAMAGES)]
        part = draw.choice(texts)
        start = draw.randrange(max(1, len(part) - 4))
        sheet = pages(part[start : start + 4], 1, "规划纲要")[0]
        sheet.runs = sheet.runs[2:]
        wanted = squeezed("".join(run[3] for run in sheet.runs))
        data = make_pdf([sheet], lambda one, kind=kind: DAMAGES[kind](one, draw))
        for name, reader in (("planlens", ours), ("pypdfium2", plain_pdfium), ("pdfplumber", plain_plumber)):
            found[name].append(silently_wrong(data, wanted, reader))
        by_kind.setdefault(kind, []).append(found["planlens"][-1] == "silent")
    for name, results in found.items():
        counts = {one: results.count(one) for one in ("right", "told", "silent")}
        print(f"damaged fonts, {n_files} files: {name} {counts}")
    print("silently wrong by kind:", {kind: f"{sum(one)} of {len(one)}" for kind, one in by_kind.items() if sum(one)})


def speed(draw: random.Random) -> None:
    """Print pages a second on full pages of text."""
    sheets = pages([one for part in stretches(8, draw) for one in part] * 3, 1, "规划纲要")
    data, n_pages = make_pdf(sheets), len(sheets)
    for name, reader in (
        ("planlens", lambda one: extract_pdf(one).source),
        ("pypdfium2", plain_pdfium),
        ("pdfplumber", plain_plumber),
    ):
        start = time.process_time()
        reader(data)
        print(f"speed, {n_pages} pages: {name} {n_pages / (time.process_time() - start):.0f} pages a second")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--documents", type=int, default=6)
    parser.add_argument("--damaged", type=int, default=150)
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)
    draw = random.Random(given.seed)
    texts = stretches(given.documents, draw)
    set_in = {n: [(pages(one, n, "规划纲要"), one) for one in texts] for n in WIDTHS}
    for n, files in set_in.items():
        score(f"columns, {n}", [(make_pdf(sheets), one) for sheets, one in files])
    for n in (2, 3):
        score(f"interleaved by line, {n}", [(make_pdf(by_line(sheets)), one) for sheets, one in set_in[n]])
        score(f"interleaved by word, {n}", [(make_pdf(by_word(sheets, draw)), one) for sheets, one in set_in[n]])
        score(f"shuffled, {n}", [(make_pdf(sheets, shuffle=given.seed), one) for sheets, one in set_in[n]])
    score("turned, 2", [(make_pdf(turned(sheets)), one) for sheets, one in set_in[2]])
    tables = [with_table(one, draw) for one in texts]
    score("tables", [(make_pdf(sheets), wanted) for sheets, wanted in tables])
    damaged(given.damaged, given.seed)
    speed(draw)


if __name__ == "__main__":
    main()
