"""The year whose tasks a report sets: session, title, publication, file."""

from __future__ import annotations

import pytest

from pipeline.commitments import report_year


@pytest.mark.parametrize(
    ("published", "title", "head", "year"),
    [
        ("2022-01-08", "青州市政府工作报告", "各位代表：", 2022),
        ("2021-12-28", "青州市政府工作报告", "各位代表：", 2022),
        ("2017-03-13", "青州市政府工作报告", "（2013年2月19日在青州市第十二届人民代表大会第三次会议上）", 2013),
        ("2011-01-18", "2010年政府工作报告", "在青州市第十一届人民代表大会第四次会议上（2011年1月18日）", 2011),
        (None, "青州市政府工作报告", "——二〇一二年十二月三十日在青州市第九届人民代表大会第一次会议上", 2013),
        (None, "青州市2018年政府工作报告", "各位代表：", 2018),
        ("2005-07-22", "政府工作报告（省八届人大二次会议 1994年）", "各位代表：", 1994),
        ("2022-12-31", "青州市政府工作报告（2022年12月31日）", "各位代表：", 2023),
        (None, "政府工作报告", "各位代表：", None),
    ],
)
def test_the_year_of_a_report(published: str | None, title: str, head: str, year: int | None) -> None:
    assert report_year(published, title, head) == year


def test_the_name_of_the_file_is_the_last_resort() -> None:
    assert report_year(None, "政府工作报告", "各位代表：", "reports/青州市/2013.md") == 2013
    assert report_year("2014-01-10", "政府工作报告", "各位代表：", "reports/青州市/2013.md") == 2014
    assert report_year(None, "政府工作报告", "各位代表：", "reports/2013/青州市.md") is None
