"""Sentences and commas found at once are those that a plain scan of each paragraph finds."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.structure.punctuation import find_punctuation
from pipeline.structure.sentences import cut, first_stop

_PAIRS = r"“[^“”\n]{0,300}”|《[^《》\n]{0,100}》|（(?:[^（）\n]|（[^（）\n]{0,100}）){0,300}）"
_CLOSING = "”’」』）)】》〕\"'"
_TOKEN = re.compile(
    rf"(?P<pair>{_PAIRS})|(?P<stop>[。！？!?；;]+[{_CLOSING}。！？!?；;]*)|(?P<comma>(?<![0-9])[，,]|[，,](?![0-9]{{3}}))"
)
_QUOTED_STOP = re.compile(rf"[。！？!?][{_CLOSING}]+$")


def plain_scan(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the sentences and the starts after commas of one paragraph, one token after the other."""
    end = len(text.rstrip())
    sentences, starts, first = [], [], len(text) - len(text.lstrip())
    for token in _TOKEN.finditer(text, 0, end):
        if token.lastgroup == "pair" and not _QUOTED_STOP.search(token.group()):
            continue
        after = token.end() + len(text[token.end() :]) - len(text[token.end() :].lstrip())
        if after >= end:
            break
        if token.lastgroup == "comma":
            starts.append(after)
        else:
            sentences.append((first, token.end()))
            first = after
    return ([*sentences, (first, end)] if first < end else sentences), starts


def found(text: str) -> tuple[list[tuple[int, int]], list[int]]:
    end = len(text.rstrip())
    stretches = cut(find_punctuation(text), np.array([0]), np.array([end]))
    pairs = zip(stretches.sentence_starts.tolist(), stretches.sentence_ends.tolist(), strict=True)
    return list(pairs), stretches.starts.tolist()


@pytest.mark.parametrize(
    "text",
    [
        "加快发展；深化改革！扩大合作，改善民生。",
        "“坚持开放。”扩大合作，实现“揭榜，挂帅”。",
        "建设（含试点，示范（甲，乙））工程，投资3,000亿元，建成1000,2000两处。",
        "他说“好（真好。）”后来，走了。。！",
        "引号“没有关，照样分。另一句。",
    ],
)
def test_golden_paragraphs(text: str) -> None:
    assert found(text) == plain_scan(text)


@given(st.text(st.sampled_from("发展，,。；！“”《》（）10 建"), min_size=1, max_size=60).filter(str.strip))
def test_at_once_is_as_one_by_one(text: str) -> None:
    sentences, starts = plain_scan(text)
    balanced = not re.search("[“”《》（）]", re.sub(_PAIRS, "", text)) and not re.search(
        "[“《（][^”》）]*[“《（]", text
    )
    if balanced:
        assert found(text) == (sentences, starts)
    ours, commas = found(text)
    assert [one for pair in ours for one in pair] == sorted(one for pair in ours for one in pair)
    assert all(any(low < at < high for low, high in ours) for at in commas)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("11. 大力发展现代农业。巩固产能。", "11. 大力发展现代农业。"),
        ("坚持“稳中求进。”总基调。然后", "坚持“稳中求进。”总基调。"),
        ("没有句号的标题", "没有句号的标题"),
        ("引号“没有关。然后", "引号“没有关。"),
    ],
)
def test_the_first_stop_outside_pairs(text: str, title: str) -> None:
    assert text[: first_stop(text)] == title
