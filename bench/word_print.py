"""What DOCX files of bench/word.py print: sentences, and numbers counted here, not by the reader."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "data" / "raw" / "sample"
FORMS = {
    "chineseCounting": lambda n: chinese(n) if n < 100 else "".join("○一二三四五六七八九"[int(one)] for one in str(n)),
    "chineseCountingThousand": lambda n: chinese(n),
    "japaneseCounting": lambda n: chinese(n).replace("一百", "百").replace("零", "").replace("百一十", "百十"),
    "chineseLegalSimplified": lambda n: legal(n),
    "ideographTraditional": lambda n: "甲乙丙丁戊己庚辛壬癸"[n - 1] if n < 11 else str(n),
    "ideographZodiac": lambda n: "子丑寅卯辰巳午未申酉戌亥"[n - 1] if n < 13 else str(n),
    "decimalEnclosedCircleChinese": lambda n: chr(0x245F + n) if n < 21 else str(n),
    "decimalEnclosedCircle": lambda n: chr(0x245F + n) if n < 21 else str(n),
    "decimalFullWidth": lambda n: "".join(chr(0xFF10 + int(one)) for one in str(n)),
    "decimalZero": lambda n: f"{n:02}",
    "upperRoman": lambda n: roman(n),
    "lowerRoman": lambda n: roman(n).lower(),
    "upperLetter": lambda n: chr(65 + (n - 1) % 26) * ((n + 25) // 26),
    "lowerLetter": lambda n: chr(97 + (n - 1) % 26) * ((n + 25) // 26),
    "ideographDigital": lambda n: "".join("〇一二三四五六七八九"[int(one)] for one in str(n)),
    "decimal": str,
}  # fmt: skip


def chinese(n: int, signs: str = "零一二三四五六七八九") -> str:
    """Write 1 to 999 as one says it."""
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    said = f"{signs[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else signs[tens]) + "十"
    elif hundreds and ones:
        said += signs[0]
    return said + (signs[ones] if ones else "")


def legal(n: int) -> str:
    """Write 1 to 999 in the signs of accounts."""
    plain = chinese(n)
    plain = "一" + plain if plain.startswith("十") else plain
    return plain.translate(str.maketrans("一二三四五六七八九十百", "壹贰叁肆伍陆柒捌玖拾佰"))


def roman(n: int) -> str:
    """Write 1 to 399 in Roman digits."""
    tables = ("", "C", "CC", "CCC"), ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"), (
        "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX",
    )  # fmt: skip
    return tables[0][n // 100] + tables[1][n // 10 % 10] + tables[2][n % 10]


@dataclass
class Case:
    """A file and what it prints.

    Attributes:
        feature: What it tries.
        paragraphs: Number and text of each paragraph.
        rows: Texts of the cells of each table row; covered cells are empty.
        gone: Texts that no reader should give in the text: deleted, hidden, instructions, contents.
        once: Texts that must come once.
    """

    feature: str
    data: bytes = b""
    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    once: list[str] = field(default_factory=list)


class Words:
    """Sentences and pieces of the sample corpus."""

    def __init__(self, draw: random.Random) -> None:
        """Shuffle the sentences."""
        paths = [*sorted(SAMPLE.glob("y*.txt")), *sorted(SAMPLE.glob("x*.txt"))]
        text = "\n".join(path.read_text("utf-8", "ignore") for path in paths)
        self.sentences = sorted(set(re.findall(r"[\u4e00-\u9fff，、]{8,80}。", text)))
        self.pieces = sorted(set(re.findall(r"[\u4e00-\u9fff]{2,8}", text)))
        self.draw = draw
        draw.shuffle(self.sentences)

    def one(self) -> str:
        """Return a sentence; each comes once."""
        return self.sentences.pop()

    def piece(self) -> str:
        """Return two to eight characters."""
        return self.draw.choice(self.pieces)


PLAN = (
    ("chineseCounting", "第%章"),
    ("japaneseCounting", "%、"),
    ("chineseCounting", "（%）"),
    ("decimal", "%."),
    ("decimalEnclosedCircleChinese", "%"),
)


def walk(draw: random.Random, length: int, depth: int) -> list[int]:
    """Return levels as a plan has them: down by one, up by any."""
    levels = [0]
    while len(levels) < length:
        levels.append(draw.randint(0, min(levels[-1] + 1, depth - 1)))
    return levels


def printed(levels: list[int], forms: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Count levels that start again below each other."""
    counts = [0] * len(forms)
    for at in levels:
        counts[at] += 1
        counts[at + 1 :] = [0] * (len(forms) - at - 1)
        yield forms[at][1].replace("%", FORMS[forms[at][0]](counts[at]))
