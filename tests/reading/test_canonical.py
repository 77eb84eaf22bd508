"""The canonical text and its way back: nothing is lost, nothing stands twice; texts are invented."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from reading_checks import PROSE, check_cover, left_out, reading_of

from pipeline.reading import ReadingError, read

ALPHABET = "发展、，。；\n \t\f　\u200b（）上接第1版一二.0—#*|<>-目录“”①[2]¹…·编页ix"
LINES = st.sampled_from(
    [PROSE, PROSE[:20], "— 2 —", "3", "[4]", "第一章 目标……5", "目 录", "①注：云泽。", "责编：某", "指标 | 值", ""]
)


@given(st.lists(st.text(alphabet=ALPHABET, max_size=60), max_size=8))
def test_every_character_is_text_or_furniture(parts: list[str]) -> None:
    for name in ("a.txt", "a.md"):
        try:
            reading = read("\n".join(parts).encode(), name)
        except ReadingError:
            continue
        check_cover(reading)


@given(st.lists(LINES, min_size=8, max_size=40), st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\n\f"]))
def test_every_character_of_a_page_is_text_or_furniture(lines: list[str], feed: str) -> None:
    try:
        reading = read(feed.join(lines).encode(), "a.txt")
    except ReadingError:
        return
    check_cover(reading)


def test_zero_width_characters_at_the_edges_of_lines_are_listed() -> None:
    reading = reading_of(f"\u200b{PROSE}\ufeff\n{PROSE}")
    assert reading.text == f"{PROSE}\n{PROSE}"
    assert left_out(reading, "invisible") == ["\u200b", "\ufeff"]


def test_neighbours_with_different_reasons_are_listed_apart() -> None:
    reading = reading_of(f"{PROSE}（责任编辑：周某）— 12 —\n{PROSE}")
    assert [one.reason for one in reading.furniture] == ["editor", "page_number"]
