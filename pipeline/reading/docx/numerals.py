"""Numbers of a list as a word processor prints them (ECMA-376, part 1, 17.18.59)."""

from __future__ import annotations

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_SERIES = {
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographEnclosedCircle": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
_SERIES["decimalEnclosedCircleChinese"] = _SERIES["decimalEnclosedCircle"]
_SIGNS = {
    "ideographDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九",
    "taiwaneseDigital": "○一二三四五六七八九",
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
}
# Digits, then ten, hundred, thousand, ten thousand; whether 10 is written 一十, and 100 一百.
_COUNTING = {
    "chineseCountingThousand": ("零一二三四五六七八九", "十百千万", False, True),
    "taiwaneseCountingThousand": ("零一二三四五六七八九", "十百千萬", False, True),
    "chineseLegalSimplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟万", True, True),
    "ideographLegalTraditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟萬", True, True),
    "japaneseLegal": (" 壱弐参四伍六七八九", "拾百阡萬", True, True),
    "japaneseCounting": (" 一二三四五六七八九", "十百千万", False, False),
}
_MAX_LETTERS, _MAX_ROMAN, _MAX_COUNTED = 780, 32_767, 99_999


def numeral(number: int, form: str) -> str | None:
    """Write a number in a numbering format; None where the format is not known.

    Numbers that a format has no sign for are printed as decimals, as a word processor does.

    >>> [numeral(n, "chineseCountingThousand") for n in (10, 21, 100, 101, 110)]
    ['十', '二十一', '一百', '一百零一', '一百一十']
    >>> numeral(100, "chineseCounting"), numeral(28, "lowerLetter"), numeral(21, "decimalEnclosedCircle")
    ('一○○', 'bb', '21')
    """
    if form == "none":
        return ""
    if form in {"decimal", "decimalHalfWidth"} or number < 1:
        return str(number)
    if form in _SERIES:
        return _SERIES[form][number - 1] if number <= len(_SERIES[form]) else str(number)
    if form in _SIGNS:
        return "".join(_SIGNS[form][int(digit)] for digit in str(number))
    if form in _COUNTING:
        return _counted(number, form) if number <= _MAX_COUNTED else str(number)
    if form in {"chineseCounting", "taiwaneseCounting"}:
        return numeral(number, "chineseCountingThousand" if number < 100 else "taiwaneseDigital")
    return _western(number, form)


def _western(number: int, form: str) -> str | None:
    if form in {"upperLetter", "lowerLetter"}:
        turns, letter = divmod((number - 1) % _MAX_LETTERS, 26)
        return chr((65 if form == "upperLetter" else 97) + letter) * (turns + 1)
    if form in {"upperRoman", "lowerRoman"}:
        written = _roman(number) if number <= _MAX_ROMAN else str(number)
        return written if form == "upperRoman" else written.lower()
    if form == "ideographZodiacTraditional":
        stems, branches = _SERIES["ideographTraditional"], _SERIES["ideographZodiac"]
        return stems[(number - 1) % 10] + branches[(number - 1) % 12] if number <= 60 else str(number)
    if form == "ordinal":
        teen = number % 100 in {11, 12, 13}
        return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
    plain = {"decimalZero": f"{number:02}", "numberInDash": f"- {number} -", "hex": f"{number:X}"}
    return plain.get(form)


def _roman(number: int) -> str:
    written = ""
    for size, sign in _ROMAN:
        count, number = divmod(number, size)
        written += sign * count
    return written


def _counted(number: int, form: str) -> str:
    """Write 1 to 99,999 with signs for ten, hundred, thousand and ten thousand."""
    digits, units, one_ten, one_hundred = _COUNTING[form]
    written, gap = "", False
    for at, digit in enumerate(str(number)):
        power = len(str(number)) - at - 1
        if digit == "0":
            gap = True
            continue
        written += digits[0].strip() if gap else ""
        gap = False
        # 十一 and 百一 leave the one out: the first for a leading ten, the second in Japanese up to a thousand.
        silent = digit == "1" and ((power == 1 and not written and not one_ten) or (not one_hundred and 0 < power < 4))
        written += ("" if silent else digits[int(digit)]) + (units[power - 1] if power else "")
    return written
