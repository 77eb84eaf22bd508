"""The analysis reading of a text: forms that mean the same become one, character by character.

The folded text has the length of the original, so every offset holds in both; quotes, headings and clauses are
shown from the original.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.folding.tables import (
    foldable,
    forms,
    phrases,
    plain_forms,
    simplified_characters,
    simplified_only,
    traditional_only,
)

SIMPLIFIED, TRADITIONAL = "simplified", "traditional"

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
    if foldable().search(text):
        if (script or script_of(text)) == TRADITIONAL:
            text = _simplify(text)
        table = plain_forms()
        text = forms().sub(lambda found: table[found.group()], text)
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
    if not traditional_only().search(text):
        return SIMPLIFIED
    if len(text) > 3 * _SAMPLE:
        middle = len(text) // 2
        text = text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]
    ours, others = len(traditional_only().findall(text)), len(simplified_only().findall(text))
    return TRADITIONAL if ours > others else SIMPLIFIED


def _simplify(text: str) -> str:
    """Return a traditional text in simplified characters, one for one; some words decide a character."""
    import numpy as np  # 30 times as fast as str.translate, and needed for traditional texts alone

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    table = simplified_characters()
    codes = np.where(codes < len(table), table[np.minimum(codes, len(table) - 1)], codes)
    plain, parts, last = codes.tobytes().decode("utf-32-le", "surrogatepass"), [], 0
    words, pattern = phrases()
    for found in pattern.finditer(text):
        parts += [plain[last : found.start()], words[found.group()]]
        last = found.end()
    return _ZHE.sub("着", "".join([*parts, plain[last:]]))
