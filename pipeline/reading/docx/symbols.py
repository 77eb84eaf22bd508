"""Signs of symbol fonts: ≥ or ① set in Symbol or Wingdings stands in the file as a code of that font."""

from __future__ import annotations

import re

_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
_SYMBOL = dict(enumerate(_SYMBOL_LOW, 0x20)) | dict(enumerate(_SYMBOL_HIGH, 0xA0))
_WINGDINGS = (
    {0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x74: "◆", 0x75: "◆", 0x76: "❖"}
    | {0x77: "◆", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xE0: "→", 0xE8: "➔"}
    | {0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}
    | dict(enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿", 0x80))
)
_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": {0x50: "✓", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x97: "●", 0x98: "●", 0xA2: "■"},
}
_PRIVATE = re.compile("[\uf020-\uf0ff]")


def symbol(code: str | None, font: str | None) -> str:
    """Return the sign of a code (hexadecimal, `F0B3` or `B3`) of a font."""
    try:
        point = int(code or "", 16)
    except ValueError:
        return ""
    table = _FONTS.get((font or "").lower(), {})
    found = table.get(point & 0xFF) if point < 0x100 or 0xF000 <= point < 0xF100 else None
    printable = 0x20 <= point < 0x110000 and not 0xD800 <= point < 0xE000
    return found or (chr(point) if printable else "")


def plain_signs(text: str, font: str | None) -> str:
    """Return text with the private codes of a symbol font as the signs that they show."""
    if not _PRIVATE.search(text):
        return text
    return _PRIVATE.sub(lambda one: symbol(f"{ord(one.group()):X}", font), text)


def bullet(text: str, font: str | None) -> str:
    """Return a list's bullet as a sign that text can hold.

    >>> bullet("l", "Wingdings"), bullet("—", None), bullet("\uf0b7", "Symbol")
    ('●', '—', '•')
    """
    table = _FONTS.get((font or "").lower())
    if table:
        return "".join(table.get(ord(sign) & 0xFF, "•") for sign in text)
    return _PRIVATE.sub("•", text)
