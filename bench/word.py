"""Measure the reading of DOCX files against other libraries: `python bench/word.py`.

The files are made here, seeded, and their print is known. Told of each reader: the paragraphs that stand on a line of
their own with their number, exactly; the numbers among them; the table rows whose cells come in order, merged cells
once; the texts that it should leave out or give once and does not; and its speed. White space and Markdown's marks
are not compared. With --libreoffice, LibreOffice converts the same files, as another judge of the numbers.
"""

from __future__ import annotations

import argparse
import importlib.util
import io
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from word_files import cases  # noqa: E402
from word_print import Case  # noqa: E402

_MARKS = re.compile(
    r"^#+\s|\\(?=[^\w\s])|\*\*|__|</?[a-z][^>]*>|\[\^?\d+\](?:\([^)]*\))?:?|\[(?=[^\]]*\]\()|\]\([^)]*\)"
)


def planlens(data: bytes) -> str:
    """Read as the pipeline does: the text without furniture."""
    from pipeline.reading import read

    return read(data, "a.docx").text


def python_docx(data: bytes) -> str:
    """Read paragraphs and rows in order."""
    import docx
    from docx.table import Table

    lines: list[str] = []
    for one in docx.Document(io.BytesIO(data)).iter_inner_content():
        lines += (
            [" | ".join(cell.text for cell in row.cells) for row in one.rows] if isinstance(one, Table) else [one.text]
        )
    return "\n".join(lines)


def docx2python(data: bytes) -> str:
    """Read the body as text."""
    from docx2python import docx2python as opened

    with opened(io.BytesIO(data)) as found:
        return "\n".join("|".join("".join(cell) for cell in row) for one in found.body for row in one)


def docx2txt(data: bytes) -> str:
    """Read everything."""
    import docx2txt as library

    return str(library.process(io.BytesIO(data)))


def mammoth(data: bytes) -> str:
    """Read as Markdown."""
    import mammoth as library

    return str(library.convert_to_markdown(io.BytesIO(data)).value)


def pandoc(data: bytes) -> str:
    """Read as plain text, changes accepted."""
    import pypandoc

    extra = ["--wrap=none", "--track-changes=accept"]
    return str(pypandoc.convert_text(data, "plain", format="docx", extra_args=extra))


def markitdown(data: bytes) -> str:
    """Read by its command, which stands in an environment of its own."""
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(data)
        file.flush()
        return subprocess.run(
            [shutil.which("markitdown") or "", file.name], capture_output=True, text=True, check=True
        ).stdout


READERS: dict[str, Callable[[bytes], str]] = {
    "planlens": planlens,
    "python-docx": python_docx,
    "docx2python": docx2python,
    "docx2txt": docx2txt,
    "mammoth": mammoth,
    "pandoc": pandoc,
    "markitdown": markitdown,
}
_NEEDS = {"pandoc": "pypandoc", "python-docx": "docx"}


def available() -> dict[str, Callable[[bytes], str]]:
    """Return the readers that are installed here."""
    found = {
        name: reader
        for name, reader in READERS.items()
        if name == "planlens" or (name != "markitdown" and importlib.util.find_spec(_NEEDS.get(name, name)))
    }
    return found | ({"markitdown": markitdown} if shutil.which("markitdown") else {})


def plain(line: str) -> str:
    """Take white space, bars and the marks of Markdown away."""
    return re.sub(r"[\s|]", "", _MARKS.sub("", line.strip()))


def score(case: Case, text: str) -> Counter[str]:
    """Count what a text has of a file."""
    lines = Counter(plain(one) for one in text.split("\n"))
    ink = "".join(plain(one) for one in text.split("\n"))
    found: Counter[str] = Counter()
    for number, words in case.paragraphs:
        whole = plain(number + words)
        right = lines[whole] > 0
        lines[whole] -= right
        found.update(
            {
                "paragraphs": 1,
                "paragraphs right": right,
                "numbers": bool(number),
                "numbers right": bool(number) and right,
            }
        )
    for row in case.rows:
        found.update({"rows": 1, "rows right": "".join(row) in ink})
    found["wrong"] = sum(plain(one) in ink for one in case.gone) + sum(ink.count(plain(one)) != 1 for one in case.once)
    return found


def exact(files: list[Case]) -> float:
    """Return the share of files whose whole text is as printed, table columns and order too (planlens alone)."""
    n_right = 0
    for one in files:
        lines = planlens(one.data).split("\n")
        rows = [[cell.strip() for cell in line.split("|")] for line in lines if "|" in line]
        rest = [plain(line) for line in lines if "|" not in line]
        n_right += rows == one.rows and rest == [plain(number + words) for number, words in one.paragraphs]
    return n_right / len(files)


def libreoffice(files: list[Case]) -> list[str]:
    """Convert files to text by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{at}.docx" for at in range(len(files))]
        for path, one in zip(paths, files, strict=True):
            path.write_bytes(one.data)
        command = [
            "soffice",
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            folder,
            *map(str, paths),
        ]
        subprocess.run(command, capture_output=True, check=True)
        return [path.with_suffix(".txt").read_text("utf-8-sig") for path in paths]


def show(name: str, files: list[Case], texts: list[str], seconds: float) -> None:
    """Print a reader's figures."""
    total: Counter[str] = Counter()
    by_feature: dict[str, Counter[str]] = defaultdict(Counter)
    for one, text in zip(files, texts, strict=True):
        counts = score(one, text)
        total += counts
        by_feature[one.feature] += counts
    parts = [f"{kind} {total[f'{kind} right']}/{total[kind]}" for kind in ("paragraphs", "numbers", "rows")]
    speed = sum(map(len, texts)) / seconds / 1e6
    print(f"{name:12} {', '.join(parts)}, wrong {total['wrong']}, {speed:.2f} M characters/s")
    for feature, counts in by_feature.items():
        parts = [
            f"{kind} {counts[f'{kind} right']}/{counts[kind]}"
            for kind in ("paragraphs", "numbers", "rows")
            if counts[kind]
        ]
        print(f"    {feature:26} {', '.join(parts)}, wrong {counts['wrong']}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--each", type=int, default=5, help="files of each of nine kinds")
    parser.add_argument("--libreoffice", action="store_true")
    given = parser.parse_args()
    files = cases(given.seed, given.each)
    print(f"{len(files)} files, seed {given.seed}")
    for name, reader in available().items():
        reader(files[0].data)
        began = time.perf_counter()
        texts = []
        for one in files:
            try:
                texts.append(reader(one.data))
            except Exception as error:  # noqa: BLE001 - another library's failure is a result
                print(f"{name} fails on {one.feature}: {type(error).__name__}")
                texts.append("")
        show(name, files, texts, time.perf_counter() - began)
    if given.libreoffice:
        began = time.perf_counter()
        texts = libreoffice(files)
        show("LibreOffice", files, texts, time.perf_counter() - began)
    print(f"planlens: {exact(files):.3f} of the files whole, in order, with their columns")


if __name__ == "__main__":
    main()
