"""The tables of the folded reading, loaded when first used.

The traditional characters come from OpenCC (Apache-2.0; `models/traditional.py` makes `traditional.json`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

# Left as they are: ，。；：（）！？～｜ in full width, which the analysis reads, and all that needs two characters.
_FULL_WIDTH = "＂＃＄％＆＇＊＋－．／＜＝＞＠［＼］＾＿｛｝"
_PAIRS = (
    "「“」”『‘』’﹁“﹂”﹃‘﹄’｢“｣”〝“〞”〟”"  # quotes
    "︵（︶）︷{︸}︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹙（﹚）﹛{﹜}﹝〔﹞〕"  # brackets, upright and small
    "︐，︑、︒。︓：︔；︕！︖？︰：﹐，﹑、﹒.﹔；﹕：﹖？﹗！｡。､、︙…"  # stops
    "\ue78d，\ue78e。\ue78f、\ue790：\ue791；\ue792！\ue793？"  # the same in older GB 18030
    "﹟#﹠&﹡*﹢+﹣-﹤<﹥>﹦=﹨\\﹩$﹪%﹫@"  # small signs
    "‐-‑-‒-–—―—─—━—⸺—︱—﹘-−-〜～∼～"  # dashes
    "・·･·‧·"
    "\xa0 \u2002 \u2003 \u2004 \u2005 \u2006 \u2007 \u2008 \u2009 \u200a \u202f \u205f "  # blanks
)
# Radicals without a decomposition in Unicode that PDF fonts put for the characters.
_RADICALS = (
    "⺁厂⺃乚⺄乙⺅亻⺇几⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺠民⺡氵⺢氺⺣灬⺤爫⺥爫"
    "⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺶羊⺷羊⺸羊⺹耂⺺肀⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角"
    "⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马"
    "⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙"
)
_COMPATIBLE = ((0x2E80, 0x2FE0), (0xF900, 0xFB00))


@cache
def _table() -> dict[str, str]:
    given = resources.files("pipeline.folding").joinpath("traditional.json").read_text("utf-8")
    table: dict[str, str] = json.loads(given)
    return table


@cache
def simplified_characters() -> np.ndarray:
    """Return the simplified character of each code of the first plane, uint32."""
    import numpy as np

    table = np.arange(1 << 16, dtype=np.uint32)
    for one, plain in zip(_table()["traditional"], _table()["simplified"], strict=True):
        table[ord(one)] = ord(plain)
    return table


@cache
def phrases() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the words that decide their characters, what they become, and the pattern that finds them."""
    words = dict(zip(_table()["phrases"].split(" "), _table()["phrases_simplified"].split(" "), strict=True))
    tails: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda one: (-len(one), one)):
        tails.setdefault(word[0], []).append(word[1:])
    return words, re.compile("|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in tails.items()))


@cache
def traditional_only() -> re.Pattern[str]:
    """Return the pattern of characters that no simplified text has."""
    return re.compile(f"[{''.join(sorted(set(_table()['traditional']) - set(_table()['ambiguous'])))}]")


@cache
def simplified_only() -> re.Pattern[str]:
    """Return the pattern of characters that no traditional text has."""
    return re.compile(f"[{_table()['only_simplified']}]")


@cache
def plain_forms() -> dict[str, str]:
    """Return the characters that have a plainer form, and that form."""
    wide = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *map(ord, _FULL_WIDTH)]
    found = {chr(code): chr(code - 0xFEE0) for code in wide}
    for first, end in _COMPATIBLE:
        for sign in map(chr, range(first, end)):
            plain = unicodedata.normalize("NFKC", sign)
            if plain != sign and len(plain) == 1:
                found[sign] = plain
    given = _PAIRS + _RADICALS
    return found | dict(zip(given[::2], given[1::2], strict=True))


@cache
def forms() -> re.Pattern[str]:
    """Return the pattern of the characters that have a plainer form."""
    return re.compile(f"[{''.join(map(re.escape, sorted(plain_forms())))}]")


@cache
def foldable() -> re.Pattern[str]:
    """Return the pattern that decides whether there is anything to fold: one pass, 100 million characters a second."""
    return re.compile(f"[{_table()['traditional']}{''.join(map(re.escape, sorted(plain_forms())))}]")
