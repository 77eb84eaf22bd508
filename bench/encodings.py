"""Tell encodings apart, beside chardet and charset-normalizer: `python bench/encodings.py`.

Stretches of the real documents in `../shared/corpus` (of the work reports, those that `characters.json` of
`pipeline/reading` was not counted in), drawn with a seed, cut to several lengths and written in each encoding without
a byte order mark, the traditional ones made by OpenCC. A detector is right where the bytes, decoded by what it says,
are the text again. Needs `pip install opencc chardet`.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.reading import ReadingError
from pipeline.reading.decoding import decode

ENCODINGS = (
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "gb18030",
    "gb18030, four bytes",
    "hz",
    "big5",
    "big5hkscs",
)
LENGTHS = (10, 20, 50, 200, 1000)
RARE = "䶮㙍㛃䓖䲠"  # characters of place names that take four bytes in GB 18030
CANTONESE = "咗嘅啲嚟冇"  # characters that only the Hong Kong supplement of Big5 has

Sample = tuple[str, bytes]


def documents(corpus: Path) -> Iterator[str]:
    """Yield the texts."""
    for folder in ("plans", "national"):
        for path in sorted((corpus / folder).iterdir()):
            yield path.read_text(encoding="utf-8-sig")
    with tarfile.open(corpus / "work_reports.tar.xz") as archive:
        for one in archive:
            content = archive.extractfile(one).read() if one.name.endswith(".md") else b""
            if content and hashlib.sha256(content).digest()[0] % 2:
                yield content.decode("utf-8-sig")


def sample(text: str, encoding: str, length: int, draw: random.Random, convert: Callable[[str], str]) -> Sample | None:
    """Cut a stretch and write it; None where it holds characters that the encoding lacks, or no Chinese."""
    start = draw.randrange(max(1, len(text) - length))
    cut = text[start : start + length]
    if sum("\u4e00" <= sign <= "\u9fff" for sign in cut) * 2 < len(cut):
        return None
    codec, _, four_bytes = encoding.partition(", ")
    if codec.startswith("big5"):
        cut = convert(cut)
    extra = RARE if four_bytes else CANTONESE if codec == "big5hkscs" else ""
    for _ in range(1 + length // 50 if extra else 0):
        at = draw.randrange(len(cut))
        cut = cut[:at] + draw.choice(extra) + cut[at + 1 :]
    try:
        return cut, cut.encode(codec)
    except UnicodeEncodeError:
        return None


def detectors() -> dict[str, Callable[[bytes], str]]:
    """Return the readers compared: from bytes to text."""
    import chardet
    import charset_normalizer

    return {
        "planlens": lambda data: decode(data)[0],
        "chardet": lambda data: data.decode(chardet.detect(data)["encoding"] or "ascii"),
        "charset-normalizer": lambda data: str(charset_normalizer.from_bytes(data).best() or ""),
    }


def right(read: Callable[[bytes], str], samples: list[Sample]) -> int:
    """Count the samples read back as they were."""
    n_right = 0
    for text, data in samples:
        try:
            n_right += read(data) == text
        except (ReadingError, UnicodeError, LookupError):
            continue
    return n_right


def main() -> None:
    """Draw the samples and print a line for each encoding and length."""
    from opencc import OpenCC

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parents[2] / "shared" / "corpus")
    parser.add_argument("--n", type=int, default=100, help="samples of each encoding and length")
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    draw, convert = random.Random(given.seed), OpenCC("s2tw").convert
    texts = list(documents(given.corpus))
    readers = detectors()
    spent, total = dict.fromkeys(readers, 0.0), {length: dict.fromkeys(readers, 0) for length in LENGTHS}
    n_all = dict.fromkeys(LENGTHS, 0)
    print(f"{'encoding':<20} {'characters':>10} {'samples':>7}  " + "  ".join(readers))
    for encoding in ENCODINGS:
        for length in LENGTHS:
            drawn = (sample(draw.choice(texts), encoding, length, draw, convert) for _ in range(5 * given.n))
            samples = [one for one in drawn if one][: given.n]
            n_all[length] += len(samples)
            row = []
            for name, read in readers.items():
                began = time.process_time()
                n_right = right(read, samples)
                spent[name] += time.process_time() - began
                total[length][name] += n_right
                row.append(f"{n_right / len(samples):>{len(name)}.3f}")
            print(f"{encoding:<20} {length:>10} {len(samples):>7}  " + "  ".join(row))
    for length in LENGTHS:
        row = [f"{total[length][name] / n_all[length]:>{len(name)}.3f}" for name in readers]
        print(f"{'all':<20} {length:>10} {n_all[length]:>7}  " + "  ".join(row))
    print("seconds              " + " " * 20 + "  ".join(f"{spent[name]:>{len(name)}.1f}" for name in readers))


if __name__ == "__main__":
    main()
