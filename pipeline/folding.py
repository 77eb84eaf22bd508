"""The analysis reading of a text: forms that mean the same become one, character by character.

The folded text has the length of the original, so every offset holds in both; quotes, headings and clauses are
shown from the original. The traditional characters come from OpenCC (Apache-2.0; `models/traditional.py` makes
`traditional.json`).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

SIMPLIFIED, TRADITIONAL = "simplified", "traditional"

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
_NUMERALS, _NOUGHTS = "一二三四五六七八九", "○◯〇Oo0ＯｏО０"
_ZERO = re.compile(
    rf"(?<=[{_NUMERALS}])[{_NOUGHTS}]{{1,3}}(?=[{_NUMERALS}])"
    rf"|[一二][{_NUMERALS}零{_NOUGHTS}]{{3}}(?=年)|(?<=[{_NUMERALS}〇])[○◯]{{1,3}}"
)
_AFTER_NUMERAL = re.compile(rf"[{_NUMERALS}][○◯Oo0ＯｏО０]")
_TO_ZERO = str.maketrans(dict.fromkeys(_NOUGHTS, "〇"))
# 著 is 着 but in words such as 显著, 专著, 著名, 著作; OpenCC leaves it.
_ZHE = re.compile("(?<![顯显編编專专名原土論论卓昭巨遺遗合譯译])著(?![名作稱称述錄录者書书])")
_SAMPLE = 3_000


def fold(text: str, script: str | None = None) -> str:
    """Return a text of the same length in which forms that mean the same are one.

    Full-width figures, letters and signs become half-width, ○ between Chinese numerals becomes 〇, 「」 become “”,
    compatibility ideographs and radicals plain ones, and traditional characters simplified ones where the text
    is in traditional script. ，。；：（）“” stay.

    Args:
        text: Any text.
        script: `simplified` or `traditional` where it is known; else it is told from the text.

    >>> fold("到二○三五年，ＧＤＰ增长６％"), fold("堅持「創新」驅動")
    ('到二〇三五年，GDP增长6%', '坚持“创新”驱动')
    """
    if _foldable().search(text):
        if (script or script_of(text)) == TRADITIONAL:
            text = _simplify(text)
        table = _plain_forms()
        text = _forms().sub(lambda found: table[found.group()], text)
    if _AFTER_NUMERAL.search(text):
        text = _ZERO.sub(lambda found: found.group().translate(_TO_ZERO), text)
    return text


def fold_all(texts: Sequence[str], script: str | None = None) -> list[str]:
    """Fold texts of one document, whose script is told from all of them together."""
    whole = fold("\n".join(texts), script)
    folded, at = [], 0
    for one in texts:
        folded.append(whole[at : at + len(one)])
        at += len(one) + 1
    return folded


def fold_by_document(texts: Sequence[str], doc_ids: Sequence[str]) -> list[str]:
    """Fold texts of several documents; each document's script is told from its own texts.

    Args:
        texts: Texts in any order.
        doc_ids: The document of each.
    """
    places: dict[str, list[int]] = {}
    for at, doc_id in enumerate(doc_ids):
        places.setdefault(doc_id, []).append(at)
    folded = list(texts)
    for own in places.values():
        for at, text in zip(own, fold_all([texts[at] for at in own]), strict=True):
            folded[at] = text
    return folded


def script_of(text: str) -> str:
    """Return `traditional` where characters of that script alone outnumber those of the simplified one alone.

    A text with neither is `simplified`. Of a long text, three samples of 3,000 characters are read.

    >>> script_of("發展經濟"), script_of("发展经济"), script_of("山水")
    ('traditional', 'simplified', 'simplified')
    """
    if not _traditional().search(text):
        return SIMPLIFIED
    if len(text) > 3 * _SAMPLE:
        middle = len(text) // 2
        text = text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]
    ours, others = len(_traditional().findall(text)), len(_only_simplified().findall(text))
    return TRADITIONAL if ours > others else SIMPLIFIED


def _simplify(text: str) -> str:
    """Return a traditional text in simplified characters, one for one; some words decide a character."""
    import numpy as np  # 30 times as fast as str.translate, and needed for traditional texts alone

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    table = _characters()
    codes = np.where(codes < len(table), table[np.minimum(codes, len(table) - 1)], codes)
    plain, parts, last = codes.tobytes().decode("utf-32-le", "surrogatepass"), [], 0
    phrases, pattern = _phrases()
    for found in pattern.finditer(text):
        parts += [plain[last : found.start()], phrases[found.group()]]
        last = found.end()
    return _ZHE.sub("着", "".join([*parts, plain[last:]]))


@cache
def _table() -> dict[str, str]:
    given = resources.files("pipeline").joinpath("traditional.json").read_text("utf-8")
    table: dict[str, str] = json.loads(given)
    return table


@cache
def _characters() -> np.ndarray:
    """Return the simplified character of each code of the first plane, uint32."""
    import numpy as np

    table = np.arange(1 << 16, dtype=np.uint32)
    for one, plain in zip(_table()["traditional"], _table()["simplified"], strict=True):
        table[ord(one)] = ord(plain)
    return table


@cache
def _phrases() -> tuple[dict[str, str], re.Pattern[str]]:
    words = dict(zip(_table()["phrases"].split(" "), _table()["phrases_simplified"].split(" "), strict=True))
    tails: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda one: (-len(one), one)):
        tails.setdefault(word[0], []).append(word[1:])
    return words, re.compile("|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in tails.items()))


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile(f"[{''.join(sorted(set(_table()['traditional']) - set(_table()['ambiguous'])))}]")


@cache
def _only_simplified() -> re.Pattern[str]:
    return re.compile(f"[{_table()['only_simplified']}]")


@cache
def _plain_forms() -> dict[str, str]:
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
def _forms() -> re.Pattern[str]:
    return re.compile(f"[{''.join(map(re.escape, sorted(_plain_forms())))}]")


@cache
def _foldable() -> re.Pattern[str]:
    """Return the pattern that decides whether there is anything to fold: one pass, 100 million characters a second."""
    return re.compile(f"[{_table()['traditional']}{''.join(map(re.escape, sorted(_plain_forms())))}]")
