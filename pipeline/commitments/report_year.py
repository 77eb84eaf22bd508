"""The year whose tasks a work report sets."""

from __future__ import annotations

import re

from pipeline.commitments.periods import years

_HEAD = 500
"""Characters in which a report says when it was given."""
_DECEMBER = 12
_DATE = (
    r"((?:19|20)\d\d|[一二][〇○零九][〇○零一二三四五六七八九]{2})\s*年\s*([0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*月"
    r"\s*[0-9一二三四五六七八九十]{1,3}\s*日"
)
_MEETING = "(?:代表大会|人代会|人大)"
_GIVEN = re.compile(f"{_DATE}[^。；]{{1,36}}{_MEETING}")
_GIVEN_BEHIND = re.compile(f"{_MEETING}[^。；]{{1,24}}[（(]\\s*{_DATE}")
_OF_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*年(?!\s*[0-9一二三四五六七八九十]{1,2}\s*月)[^，。；]{0,24}报告|报告[（(][^）)月]*?(\d{4})年?[）)]"
)
_FILE_OF_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)[^/\\]*$")


def report_year(published: str | None, title: str | None, text: str, file: str = "") -> int | None:
    """Return the year whose tasks a report sets: that of the session, of its title, of its publication, or of its file.

    A page can carry the date on which it was put up, years after the session. What is given or published in December
    speaks of the next year.

    Args:
        published: YYYY-MM-DD, or None.
        title: Title of the report.
        text: Its folded text; the head is read.
        file: Its file, whose name is read where nothing else tells.

    >>> report_year("2017-03-13", None, "（2013年2月19日在市第十二届人民代表大会第三次会议上）")
    2013
    >>> report_year(None, "云泽市2018年政府工作报告", "各位代表：")
    2018
    """
    head = text[:_HEAD]
    if given := _GIVEN.search(head) or _GIVEN_BEHIND.search(head):
        (session,) = years(f"{given[1]}年")
        return session.year + (given[2] in ("12", "十二"))
    known = int(published[:4]) if published and published[:4].isdigit() else None
    named = _OF_YEAR.search(title or "")
    if named and (known is None or int(named[1] or named[2]) < known):
        return int(named[1] or named[2])
    if known is None:
        of_file = _FILE_OF_YEAR.search(file)
        return int(of_file[0][:4]) if of_file else None
    return known + ((published or "")[5:7] == str(_DECEMBER))
