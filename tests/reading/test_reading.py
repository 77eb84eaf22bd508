"""Reading: formats, restoration, reading order, metadata; texts are invented."""

from __future__ import annotations

import pytest
from reading_checks import PROSE, check_cover

from pipeline.reading import ReadingError, guess_metadata, read
from pipeline.reading.metadata import period_of_year, plan_period


def text_of(source: str, name: str = "a.txt") -> str:
    reading = read(source.encode(), name)
    assert reading.source == source
    check_cover(reading)
    return reading.text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PROSE.encode(), "utf-8"),
        (PROSE.encode("utf-8-sig"), "utf-8"),
        (PROSE.encode("gb18030"), "gb18030"),
        (PROSE.encode("utf-16"), "utf-16"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    reading = read(data, "a.txt")
    assert (reading.source, reading.encoding) == (PROSE, encoding)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b" \n", "empty"),
        (bytes(range(256)) * 9, "binary|neither"),
        (PROSE.encode("gb18030")[:-3] + b"\xff\xff\xff", "neither UTF-8 nor GB18030"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "DOCX"),
        (b"PK\x03\x04" + b"x" * 99, "damaged"),
        (b"<html><body><script>x</script></body></html>", "no text"),
    ],
)
def test_errors_say_the_mend(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read(data, "a.txt")


def test_metadata_of_a_proposal() -> None:
    title = "中共云泽市委关于制定国民经济和社会发展第十四个五年规划的建议"
    assert guess_metadata("a.txt", f"{title}\n（二〇二〇年十二月二十一日通过）\n{PROSE}") == {
        "place": "云泽市", "adcode": None, "level": "city", "doc_type": "proposal", "period_start": 2021,
        "period_end": 2025, "title": title, "issuer": "中共云泽市委", "published": "2020-12-21",
    }  # fmt: skip


def test_metadata_of_a_report_from_its_path() -> None:
    found = guess_metadata("province/山东省/2021.md", "政府工作报告\n各位代表：\n" + PROSE)
    assert (found["place"], found["adcode"], found["doc_type"]) == ("山东省", "370000", "work_report")
    assert (found["period_start"], found["period_end"]) == (2021, 2025)


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("", "2021"),
        ("2021年1月20日", "2021-01-20"),
        ("2020年12月28日", "2020-12-28"),
        ("2022年1月20日", "2022-01-20"),  # some reports are counted by the year that they look back on
        ("发布时间：2026-03-12", "2021"),  # put on the web years after it was given
    ],
)
def test_a_report_is_of_its_year_where_no_day_of_its_own_is_known(date: str, published: str) -> None:
    found = guess_metadata("province/山东省/2021.md", f"政府工作报告\n{date}\n各位代表：\n{PROSE}")
    assert (found["published"], found["period_start"]) == (published, 2021)


def test_a_plan_is_not_dated_by_its_name() -> None:
    assert guess_metadata("山东省/2021.md", f"国民经济和社会发展第十四个五年规划纲要\n{PROSE}")["published"] is None


def test_metadata_of_an_unknown_text_is_empty() -> None:
    found = guess_metadata("a.txt", "夜里下了一场大雨。")
    assert found.pop("doc_type") == "other"
    assert set(found.values()) == {None}


@pytest.mark.parametrize(
    ("number", "period"),
    [(1, (1953, 1957)), (2, (1958, 1962)), (3, (1966, 1970)), (14, (2021, 2025)), (15, (2026, 2030))],
)
def test_plan_periods(number: int, period: tuple[int, int]) -> None:
    assert plan_period(number) == period
    assert period_of_year(period[0]) == period_of_year(period[1]) == period
