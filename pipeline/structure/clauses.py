"""Which commas end a clause: a linear model of the words on both sides and a small network, after a quick filter."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from importlib import resources
from math import log

import numpy as np
from numpy.typing import NDArray

from pipeline.structure.clause_filter import maybe_joined
from pipeline.structure.clause_net import join_scores, windows
from pipeline.structure.sentences import Stretches

_LEAD = re.compile(r"[—–―*\s]+|[一二三四五六七八九十]+是|第[一二三四五六七八九十]+，")
_TAIL = " ，,。！？!?；;"
_TIME = re.compile(
    r"(?:到|至|从|自|在|截至|力争|通过|经过)?.{0,4}(?:\d{4}年|[二〇０0○零一-九]{4}年|“?十[一二三四五六]五”?|[一二三四五六七八九十\d]+年来|同时|目前|今后|未来|当前|此)"
)
_FRAME = re.compile(r"(?:坚持)?以.*(?:为|的).{1,8}$")
_MEASURE = re.compile(
    "推进|推动|建设|完善|健全|打造|加快|加强|提升|实施|深化|强化|优化|扩大|促进|发展|构建|支持|培育|落实|开展|创新|引导|"
    "鼓励|实现|提高|增强|建立|推广|改革|保障|拓展|探索|形成|做好|巩固|规范|统筹|全面|积极|大力|持续|深入|着力|扎实|"
    "有序|严格|坚决|抓好|抓实|组织|壮大|做强|做大|做优|激发|释放|完成|确保|力争|新增|新建|引进|招引|举办|营造|保护|治理|"
    "改善|整治|改造|达到|增长|下降|稳定|突出|注重|坚持|聚焦|发挥|严守|畅通|联动|带动|吸引|制定|出台|启动|争取|创建"
)
_OPENER = re.compile(
    "紧?紧?围绕|依托|按照|针对|通过|结合|以|对于?|在|根据|面[向对]|为|从|利用|采[取用]|经过|借助|顺应|适应|立足|随着|运用|着眼|向|与|由"
)
# Outside these linear scores the network changes nothing (of 60,000 commas of reports: none).
_OPEN = (-2.0, 3.0)
_SIZES = [int(2 * log(n + 1)) for n in range(400)]


def features(text: str, span: tuple[int, int, int], first: bool, last: bool) -> list[str]:
    """Name what speaks for or against a clause that starts after a comma.

    Args:
        text: The canonical text.
        span: Start of the stretch before the comma, start and end of the stretch after it.
        first: The stretch before the comma is the first of its sentence.
        last: The stretch after the comma is the last.

    Returns:
        Names of binary features: first and last characters of the stretch on each side, lengths,
        position, signs of time and of `以...为` frames, verbs of measure.
    """
    left = text[span[0] : span[1]].rstrip(_TAIL)
    right = text[span[1] : span[2]].rstrip(_TAIL)
    if lead := _LEAD.match(left):
        left = left[lead.end() :]
    if "：" in left:
        left = left[left.rindex("：") + 1 :]
    n_left, n_right = _SIZES[min(len(left), 399)], _SIZES[min(len(right), 399)]
    head, tail, start = left[:2], left[-2:], right[:2]
    measure, opens = _MEASURE.search(left), _MEASURE.match(right) is not None
    time, frame = _TIME.match(left), _FRAME.match(left)
    opener = _OPENER.match(left)
    verb = _MEASURE.search(left, opener.end() + 1) if opener else None
    # Where the last verb after an opener stands tells `围绕...建设` (an object) from `围绕...推出清单`.
    rest = "-" if opener is None else "0" if verb is None else str(min(5, (len(left) - verb.end()) // 2))
    return [
        f"a{left[:1]}", f"b{head}", f"c{left[:3]}", f"d{left[:4]}", f"e{left[-1:]}", f"f{tail}",
        f"g{left[-3:]}", f"h{right[:1]}", f"i{start}", f"j{right[:3]}", f"k{right[-1:]}", f"l{right[-2:]}",
        f"m{left[:1]}{left[-1:]}", f"n{left[:1]}{tail}", f"o{left[-1:]}{right[:1]}", f"p{head}{right[:1]}",
        f"q{n_left}{first:d}", f"r{n_right}{last:d}", f"s{first:d}{head}",
        f"t{time is not None:d}{n_left}", f"u{frame is not None:d}{opens:d}",
        f"v{measure is None:d}{opens:d}", f"w{measure is None:d}{n_left}", f"x{opens:d}{n_right}",
        f"y{measure is not None and measure.start() == 0:d}{opens:d}",
        f"z{left[:1] == right[:1]:d}{head == start:d}", f"A{'是' in right[:3]:d}{first:d}",
        f"B{opens:d}{head}", f"C{opens:d}{tail}",
        f"D{rest}{tail}", f"E{rest}{opens:d}", f"F{rest}{left[:1]}", f"G{rest}{n_left}",
    ]  # fmt: skip


@lru_cache(maxsize=1)
def _model() -> tuple[dict[str, float], float, float]:
    given = json.loads(resources.files("pipeline.structure").joinpath("clause_join.json").read_text("utf-8"))
    return given["weights"], given["threshold"], given["net_weight"]


def clause_starts(text: str, codes: NDArray[np.uint32], stretches: Stretches) -> NDArray[np.bool_]:
    """Tell for each comma whether a clause starts after it.

    Args:
        text: The canonical text.
        codes: Its code points.
        stretches: As `sentences.cut` gives them.

    Returns:
        Shape (n_commas,).
    """
    starts = np.ones(len(stretches.commas), bool)
    weights, threshold, net_weight = _model()
    chosen = np.flatnonzero(maybe_joined(codes, stretches))
    judged = (features(text, *neighbours(stretches, at)) for at in chosen.tolist())
    scores = np.array([sum(filter(None, map(weights.get, names))) for names in judged], np.float32) - threshold
    is_open = (scores > _OPEN[0]) & (scores < _OPEN[1])
    scores[is_open] += net_weight * join_scores(windows(codes, stretches, chosen[is_open]))
    starts[chosen[scores >= 0]] = False
    return starts


def neighbours(stretches: Stretches, at: int) -> tuple[tuple[int, int, int], bool, bool]:
    """Return what `features` needs to know of comma `at`: the span around it, is it the first, the last."""
    sentence = stretches.sentences[at]
    first = at == 0 or stretches.sentences[at - 1] != sentence
    last = at + 1 == len(stretches.commas) or stretches.sentences[at + 1] != sentence
    left = stretches.sentence_starts[sentence] if first else stretches.starts[at - 1]
    right = stretches.sentence_ends[sentence] if last else stretches.starts[at + 1]
    return (int(left), int(stretches.starts[at]), int(right)), bool(first), bool(last)
