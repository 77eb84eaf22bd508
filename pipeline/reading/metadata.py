"""Guess what corpus.csv would say about a document, from its name and its text."""

from __future__ import annotations

import re
from pathlib import PurePath

from pipeline.folding import fold
from pipeline.reading.front_matter import read_front_matter
from pipeline.reading.furniture import TITLE
from pipeline.reading.places import COUNTRY, PROVINCES, find_place, most_named_city, place_level, province_code
from pipeline.records import Reading

_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)(?!\d)")
_DATE = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)")
_RELEASED = re.compile(r"发布(?:日期|时间)\s*[:：]\s*")
_CHINESE_DATE = re.compile(
    r"([一二][〇○零0Ｏ一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_NUMBER = "十[一二三四五六七八九]?|[一二三四五六七八九]"
_ORDINAL = re.compile(
    rf"第({_NUMBER})个五年|[“\"]?({_NUMBER})五[”\"]?(?:规划|计划|时期|期间|建议)|[“\"]({_NUMBER})五[”\"]|(\d{{1,2}})th\b"
)
_SPAN = re.compile(r"(19\d\d|20\d\d)\s*年?\s*[-—–―~～至]+\s*(19\d\d|20\d\d)")
_DIGITS = {one: value for value, one in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "0": 0,
    "Ｏ": 0,
}
_EARLY = {1: (1953, 1957), 2: (1958, 1962)}
_THIRD = 1966
_HEAD = 2500
_NEAR = 1500
_POSTED = 2
"""Years after its own from which on a report's date is no session's: some count the year that they look back on."""
_TYPES = (
    ("work_report", re.compile(r"政府工作报告|工作的?报告|work.?report")),
    ("proposal", re.compile(r"规划.{0,20}的?建议|建议[稿（]?|proposal|suggestion")),
    ("outline", re.compile(r"纲要|五年(?:规划|计划)|(?<!专项)规划(?:的通知)?$|outline")),
)


def guess_metadata(name: str, text: str) -> dict[str, object]:
    """Guess place, type, period, title, issuer and date of a document; what its front matter says wins.

    Args:
        name: File name or path; its folders are read too (`city/云泽市/2021.md`).
        text: Source or canonical text, or `opening` of a reading; its head is read.

    Returns:
        place, adcode (six digits, of provinces only), level (nation, province, city, county), doc_type
        (proposal, outline, work_report, other), period_start, period_end, title, issuer, published
        (YYYY-MM-DD; YYYY of a work report of which no more is known); None where unknown. Also source_url and
        licence where the front matter gives them.
    """
    head, front = text[:_HEAD], read_front_matter(text)
    path = str(PurePath(name).with_suffix(""))
    title = front.get("title") or _title(head)
    doc_type = _doc_type(f"{title or ''}\n{path}", head)
    place = _given_place(front) or find_place(path, title or "", head) or most_named_city(text)
    of_report = _report_year(f"{title or ''} {path}", front.get("year", "")) if doc_type == "work_report" else None
    published = _published(front.get("published", "")) or _published(head)
    period = _period(f"{title or ''} {path}", head, doc_type, of_report)
    found: dict[str, object] = {
        "place": place,
        "adcode": province_code(place) if place else None,
        "level": place_level(place),
        "doc_type": doc_type,
        "period_start": period[0] if period else None,
        "period_end": period[1] if period else None,
        "title": title,
        "issuer": front.get("issuer") or _issuer(place, doc_type),
        "published": _given_out(published, of_report),
    }
    also = {"source_url": front.get("url"), "licence": front.get("licence")}
    return found | {key: value for key, value in also.items() if value}


def opening(reading: Reading) -> str:
    """Return the source of a reading; where much of a web page stands before its text, its head is cut short.

    What the file says of itself stays, and the last lines before the text: they hold the date and the publisher.
    """
    start = min((source for _, source, _ in reading.source_map.runs), default=0)
    if start < _NEAR:
        return reading.source
    front = next((one for one in reading.furniture if one.reason == "front_matter"), None)
    end = 0
    if front is not None and front.start == 0:
        end = max(one.end for one in reading.furniture if one.reason == "front_matter")
    near = reading.source.find("\n", max(end, start - _NEAR // 2))
    return reading.source[:end] + reading.source[near if 0 <= near < start else start :]


def _given_place(front: dict[str, str]) -> str | None:
    """Return the place that the front matter names, a province by its full name."""
    given = front.get("place")
    full = next((name for name in PROVINCES if given and len(given) > 1 and name.startswith(given)), given)
    return COUNTRY if full in {"中国", "国家", "中央"} else full


def guessed_metadata(name: str, reading: Reading) -> dict[str, object]:
    """Guess as `guess_metadata` does, from the folded source of a file; the title is given as it is printed."""
    source = opening(reading)
    folded = fold(source, reading.script)
    guessed = guess_metadata(name, folded)
    title = str(guessed["title"] or "")
    if title and (at := folded.find(title)) >= 0:
        guessed["title"] = source[at : at + len(title)]
    return guessed


def plan_period(number: int) -> tuple[int, int]:
    """Return first and last year of the n-th five-year plan.

    >>> plan_period(14)
    (2021, 2025)
    """
    start = _THIRD + 5 * (number - 3)
    return _EARLY.get(number, (start, start + 4))


def period_of_year(year: int) -> tuple[int, int] | None:
    """Return the plan period that holds a year; None for the years between plans."""
    for first, last in _EARLY.values():
        if first <= year <= last:
            return first, last
    start = _THIRD + 5 * ((year - _THIRD) // 5)
    return (start, start + 4) if year >= _THIRD else None


def _title(head: str) -> str | None:
    lines = [text for line in head.splitlines() if (text := line.strip(" \t\u3000#*>"))]
    found = [i for i, text in enumerate(lines) if TITLE.match(text)]
    if not found:
        return None
    # A notice only hands a plan on: the plan's own title stands below it.
    at = next((i for i in found if not lines[i].endswith("通知")), found[0])
    while at and lines[at].startswith(("第", "和", "二〇", "的")) and len(lines[at - 1]) < 40:
        lines[at - 1] += lines[at]
        at -= 1
    return lines[at]


def _doc_type(name: str, head: str) -> str:
    for kind, pattern in _TYPES:
        if pattern.search(name):
            return kind
    if re.search(r"各位代表|政府工作报告", head):
        return "work_report"
    return next((kind for kind, pattern in _TYPES[1:] if pattern.search(head)), "other")


def _report_year(name: str, year: str) -> int | None:
    """Return the year that a work report's front matter, file name, folders or title say it is of."""
    years = _YEAR.findall(year) or _YEAR.findall(name.rsplit("/", 1)[-1]) or _YEAR.findall(name)
    return int(years[-1]) if years else None


def _given_out(published: str | None, of_report: int | None) -> str | None:
    """Return the date of a document; of a work report whose only date is that of a later posting, its year."""
    if of_report and (not published or int(published[:4]) >= of_report + _POSTED):
        return str(of_report)
    return published


def _period(name: str, head: str, doc_type: str, of_report: int | None) -> tuple[int, int] | None:
    if doc_type != "work_report":
        for text in (name, head):
            if match := _ORDINAL.search(text):
                return plan_period(_count(next(one for one in match.groups() if one)))
            if (span := _SPAN.search(text)) and int(span.group(2)) - int(span.group(1)) == 4:
                return int(span.group(1)), int(span.group(2))
        return None
    if of_report:
        return period_of_year(of_report)
    published = _published(head)
    if not published:
        return None
    # A report read out at the end of a year is on the work of the next.
    return period_of_year(int(published[:4]) + (published[5:7] >= "11"))


def _count(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    return sum(10 if one == "十" else _DIGITS[one] for one in numeral)


def _issuer(place: str | None, doc_type: str) -> str | None:
    if place is None or doc_type == "other":
        return None
    if place == COUNTRY:
        return {"proposal": "中共中央", "outline": "全国人民代表大会", "work_report": "国务院"}[doc_type]
    return f"中共{place}委" if doc_type == "proposal" else f"{place}人民政府"


def _published(head: str) -> str | None:
    """Return the date of release, or else the first full date."""
    released = _RELEASED.search(head)
    match = _DATE.search(head, released.end() if released else 0) or _DATE.search(head)
    if match:
        year, month, day = (int(one) for one in match.groups())
    elif match := _CHINESE_DATE.search(head):
        year = int("".join(str(_DIGITS[one]) for one in match.group(1)))
        month, day = _day(match.group(2)), _day(match.group(3))
    else:
        return None
    return f"{year}-{month:02}-{day:02}" if 0 < month < 13 and 0 < day < 32 else None


def _day(numeral: str) -> int:
    """Return the value of a Chinese numeral below 100."""
    tens, ten, ones = numeral.rpartition("十")
    return (_DIGITS[tens] if tens else 1) * 10 * bool(ten) + (_DIGITS[ones] if ones else 0)
