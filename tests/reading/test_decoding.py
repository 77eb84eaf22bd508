"""Encodings: decided by evidence, recorded, and said where the evidence is thin; texts are invented."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reading import ReadingError, read
from pipeline.reading.decoding import decode

PLAN = (
    "云泽市坚持把发展经济的着力点放在实体经济上，推进产业基础高级化，建设现代化产业体系。到2025年，全市生产总值年均增长6%，"
    "粮食产量稳定在一百二十万吨以上。\n二、推进乡村振兴，健全城乡融合发展机制，改善农村人居环境，巩固脱贫成果。\n"
)
TRADITIONAL = (
    "雲澤市堅持把發展經濟的著力點放在實體經濟上，推進產業基礎高級化，建設現代化產業體系。到2025年，全市生產總值年均增長6%，"
    "糧食產量穩定在一百二十萬噸以上。\n二、推進鄉村振興，健全城鄉融合發展機制，改善農村人居環境，鞏固脫貧成果。\n"
)


def stretches(text: str, length: int) -> list[str]:
    """Draw five stretches of a text, with a seed."""
    draw = random.Random(length)  # noqa: S311
    return [text[at : at + length] for at in (draw.randrange(len(text) - length) for _ in range(5))]


@pytest.mark.parametrize("length", [20, 50, 110])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gb18030", "gbk", "hz"])
def test_simplified_text(codec: str, length: int) -> None:
    for text in stretches(PLAN, length):
        decoded, encoding, _ = decode(text.encode(codec))
        assert decoded == text
        assert encoding == {"gbk": "gb18030"}.get(codec, codec)


@pytest.mark.parametrize("length", [20, 50, 110])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "gb18030", "big5", "big5hkscs"])
def test_traditional_text(codec: str, length: int) -> None:
    for text in stretches(TRADITIONAL, length):
        decoded, encoding, _ = decode(text.encode(codec))
        assert decoded == text
        assert encoding == {"big5hkscs": "big5"}.get(codec, codec)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (TRADITIONAL.replace("產業", "啲嘢咗"), "big5hkscs"),
        (TRADITIONAL.replace("產業", "恒裏"), "cp950"),
        (PLAN.replace("云泽", "䶮㙍𠮷"), "gb18030"),
    ],
)
def test_characters_of_the_larger_sets(text: str, codec: str) -> None:
    assert decode(text.encode(codec)) == (text, codec, ())


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gb18030"])
def test_a_byte_order_mark_decides(codec: str) -> None:
    for text in (PLAN, "abc", "国"):
        decoded, encoding, warnings = decode(("\ufeff" + text).encode(codec))
        assert (decoded, warnings) == (text, ())
        assert encoding == codec.removesuffix("-le").removesuffix("-be")


def test_the_encoding_is_recorded() -> None:
    assert read(TRADITIONAL.encode("big5"), "a.txt").encoding == "big5"
    assert read(TRADITIONAL.encode("big5"), "a.txt").script == "traditional"
    assert read(PLAN.encode("gb18030"), "a.txt").script == "simplified"


def test_thin_evidence_is_said() -> None:
    text, encoding, warnings = decode("云泽市".encode("gb18030"))
    assert (text, encoding) == ("云泽市", "gb18030")
    assert "guessed as gb18030 from little text" in warnings[0]
    assert decode(PLAN.encode("gb18030"))[2] == ()


@pytest.mark.parametrize("declared", ["gb2312", "big5", "utf-8"])
@pytest.mark.parametrize("codec", ["gb18030", "big5"])
def test_a_page_may_lie(codec: str, declared: str) -> None:
    text = (
        f'<html><head><meta charset="{declared}"></head><body>{TRADITIONAL if codec == "big5" else PLAN}</body></html>'
    )
    decoded, encoding, warnings = decode(text.encode(codec))
    assert (decoded, encoding) == (text, codec)
    true = {"gb18030": "gb2312"}.get(codec, codec) == declared
    assert ("says that it is in" in "".join(warnings)) is not true


def test_what_a_page_says_counts_where_the_text_is_short() -> None:
    data = "到".encode("gb18030")  # in Big5 善, as common
    page = '<meta charset="{}">'
    assert decode(page.format("big5").encode() + data)[1] == "big5"
    assert decode(page.format("gbk").encode() + data)[1] == "gb18030"


def test_lines_in_another_encoding() -> None:
    lines = [f"第{n}条 {PLAN.splitlines()[n % 2]}" for n in range(12)]
    data = b"\n".join(line.encode("gb18030" if n in (2, 3, 7) else "utf-8") for n, line in enumerate(lines))
    text, encoding, warnings = decode(data)
    assert text == "\n".join(lines)
    assert encoding == "utf-8, gb18030"
    assert warnings == ("Lines 3-4, 8 are in gb18030, the others in utf-8; each was decoded by itself.",)


def test_a_few_damaged_bytes_are_shown_and_said() -> None:
    data = (PLAN * 9).encode()
    at = data.index("振兴".encode())
    text, _, warnings = decode(data[:at] + b"\xff" + data[at + 1 :])
    assert 1 <= text.count("\ufffd") <= 3
    assert text.replace("\ufffd", "").startswith(PLAN[:80])
    assert warnings == ("Line 2 is damaged: bytes that fit no encoding are shown as \ufffd.",)


def test_much_damage_is_an_error_that_names_the_line() -> None:
    draw = random.Random(1)  # noqa: S311
    damaged = bytes(0xFF if draw.random() < 0.1 else one for one in PLAN.encode())
    with pytest.raises(ReadingError, match="line 1 is valid in neither UTF-8 nor GB18030 nor Big5; save"):
        decode(damaged)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5", "utf-16-le", "utf-32-le"])
def test_a_last_character_cut_off(codec: str) -> None:
    whole = TRADITIONAL.rstrip().rstrip("。")
    text, encoding, warnings = decode(whole.encode(codec)[:-1])
    assert (text, encoding) == (whole[:-1], codec)
    assert "cut off inside its last character" in warnings[0]


def test_few_control_characters_are_left_out_of_the_text() -> None:
    source = PLAN.replace("乡村", "乡\0村").replace("6%", "6\x07%").replace("粮食", "粮\u200b食")
    reading = read(source.encode(), "a.txt")
    assert reading.source == source
    assert "".join(reading.text.split()) == "".join(PLAN.split())
    assert [one.reason for one in reading.furniture] == ["invisible"] * 3
    assert "Control characters (such as NUL) stand in 2 places" in reading.warnings[0]


def test_many_control_characters_are_a_binary_file() -> None:
    with pytest.raises(ReadingError, match="binary"):
        decode("\0".join(PLAN).encode())
    draw = random.Random(2)  # noqa: S311
    with pytest.raises(ReadingError, match="binary|neither|not valid"):
        decode(bytes(draw.randrange(256) for _ in range(9000)))


def outcome(data: bytes) -> tuple[str | None, tuple[str, ...]]:
    """Decode, or return the error as the one line told."""
    try:
        text, _, warnings = decode(data)
    except ReadingError as error:
        return None, (str(error),)
    return text, warnings


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    text, lines = outcome(data)
    assert all("\n" not in one for one in lines)
    assert text is None or len(text) <= len(data)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_valid_utf8_is_never_read_otherwise(text: str) -> None:
    if "~{" not in text:
        assert decode(text.encode())[0] == text.removeprefix("\ufeff")
