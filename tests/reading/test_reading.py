"""Reading: formats, restoration, reading order, metadata; texts are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from reading_checks import PROSE, check_cover

from pipeline.reading import ReadingError, guess_metadata, read
from pipeline.reading.metadata import period_of_year, plan_period
from pipeline.records import Reading

SHARED = Path(__file__).parents[2].parent / "shared" / "corpus" / "plans"


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


PLAN = [
    "7. 壮大县域经济。支持各县做强主导产业，建设特色园区，力争通⟂过五年努力，培育一批经济强县。",
    "8. 提升城市品质。实施城市更新行动，完善市政管网，建设公园绿地。",
    "9. 发展绿色能源。推进风电光伏项目，健全储能设施，提高清洁能源比⟂重和利用水平。鼓励企业节能改造。",
    "10. 繁荣文化事业。建设图书馆和文化馆，丰富群众文化生活。",
]
SPEECH = [
    "（二）关于先进制造业。建议稿提出，制造业是立市之本，必须聚焦高⟂端，集中资源打造两大核心产业。",
    "（三）关于对外开放。建议稿要求主动融入新格局。两大园区新增项目10个⟂以上，新增产值300亿元。",
    "（四）关于民生改善。建议稿安排了就业、教育和医疗的具体举措。",
]


def page(*pieces: str) -> Reading:
    reading = read("\n\n".join(pieces).encode(), "a.txt")
    check_cover(reading)
    return reading


def articles(reading: Reading) -> dict[str, str]:
    return {one.name: reading.text[one.start : one.end] for one in reading.articles}


@pytest.mark.parametrize(("after", "piece"), [(0, 1), (1, 1), (0, 2), (1, 2)])
def test_a_displaced_piece_goes_back_into_its_article(after: int, piece: int) -> None:
    plan, speech = "\n\n".join(PLAN).split("⟂"), "\n\n".join(SPEECH).split("⟂")
    mark = "（上接第1版）"
    reading = page(
        mark,
        *plan[: after + 1],
        speech[piece],
        *plan[after + 1 :],
        mark,
        *speech[:piece],
        *speech[piece + 1 :],
    )
    assert articles(reading) == {
        "proposal": "\n".join(PLAN).replace("⟂", ""),
        "explanation": "\n".join(SPEECH).replace("⟂", ""),
    }
    assert len(reading.warnings) == 1


def test_a_paragraph_glued_from_two_articles_is_split() -> None:
    plan, speech = "\n\n".join(PLAN).split("⟂"), "\n\n".join(SPEECH).split("⟂")
    displaced = speech[2].removesuffix("举措。")
    glued = "举措" + plan[2]
    reading = page("（上接第1版）", *plan[:2], displaced + "举", glued[1:], "（上接第1版）", *speech[:2])
    assert articles(reading)["proposal"] == "\n".join(PLAN).replace("⟂", "")
    assert articles(reading)["explanation"] == "\n".join(SPEECH).replace("⟂", "").removesuffix("。")


def test_a_page_turn_within_one_article_keeps_its_order() -> None:
    reading = page(PROSE, f"{PROSE}并加快", "（下转第2版）", "（上接第1版）", f"建设园区。{PROSE}", "1. 目标。" + PROSE)
    assert [one.name for one in reading.articles] == ["main"]
    assert "加快建设园区" in reading.text


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared corpus")
def test_real_plans_are_one_article_but_for_the_interleaved_page() -> None:
    names = {
        path.name: [one.name for one in read(path.read_bytes(), path.name).articles] for path in SHARED.glob("*.txt")
    }
    assert names.pop("heze-14th-proposal.txt") == ["proposal", "explanation"]
    assert set(map(tuple, names.values())) == {("main",)}


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared corpus")
def test_the_interleaved_page_reads_on() -> None:
    text = read((SHARED / "heze-14th-proposal.txt").read_bytes(), "a.txt").text
    for joint in ("实现市、建成区", "力争通过", "竞争新优势", "聚焦高端", "可以预见", "项目10个以上"):
        assert joint in text
    heads = [line.split(".")[0] for line in text.split("\n") if line[:1].isdigit()]
    assert heads == [str(n) for n in range(9, 51)]
    assert [line[:3] for line in text.split("\n") if line.startswith("（")] == [
        "（二）",
        "（三）",
        "（四）",
        "（五）",
    ]


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
