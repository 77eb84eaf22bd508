"""A Chinese font for figures: found, checked against the characters, and embedded."""

from __future__ import annotations

import base64
import io
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MEND = (
    "install one that fc-list shows (Debian: apt install fonts-noto-cjk; elsewhere Noto Sans CJK SC), "
    "or give --no-figures"
)
_WANTED = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")


@dataclass(frozen=True, slots=True)
class Font:
    """An installed font.

    Attributes:
        family: Its name.
        path: Its file.
        index: Its number in a collection.
    """

    family: str
    path: Path
    index: int = 0

    def lacking(self, text: Iterable[str]) -> str:
        """Return the characters that the font has no picture of, and would show as boxes."""
        known = self._opened().getBestCmap()
        return "".join(
            sorted({one for one in text if one.isprintable() and not one.isspace() and ord(one) not in known})
        )

    def _opened(self) -> Any:  # noqa: ANN401 - fontTools has no types
        from fontTools.ttLib import TTFont

        return TTFont(self.path, fontNumber=self.index, lazy=True)

    def embedded(self, text: str) -> str:
        """Return a style element that holds the pictures of the characters of a text, for an SVG."""
        from fontTools import subset

        options = subset.Options(hinting=False, layout_features=[], name_IDs=[1, 2], notdef_outline=True)
        font = self._opened()
        picked = subset.Subsetter(options)
        picked.populate(text=text)
        picked.subset(font)
        out = io.BytesIO()
        font.save(out, reorderTables=False)
        data = base64.b64encode(out.getvalue()).decode()
        face = f"font-family:'{self.family}';src:url(data:font/otf;base64,{data})"
        return f"<style>@font-face{{{face}}}</style>"


def chinese_font() -> Font:
    """Return an installed Chinese font, simplified forms first.

    Raises:
        OSError: If there is none, with the mend.
    """
    found = {font.family: font for font in _installed()}
    for family in (*_WANTED, *sorted(found)):
        if family in found:
            return found[family]
    msg = f"no Chinese font is installed, and figures would show boxes: {MEND}"
    raise OSError(msg)


def _installed() -> Iterable[Font]:
    if not (listing := shutil.which("fc-list")):
        return
    words = [listing, ":lang=zh-cn:style=Regular", "--format", "%{family[0]}\t%{file}\t%{index}\n"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    for line in sorted(done.stdout.splitlines()):
        family, path, index = line.split("\t")
        if path.endswith((".ttc", ".otf", ".ttf")):
            yield Font(family, Path(path), int(index) & 0xFFFF)
