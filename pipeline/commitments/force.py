"""How firmly a commitment is made: by the word in its own segment, else by what heads its list or its table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.commitments.facts import DocumentFacts
from pipeline.commitments.segments import SEGMENT, last_span, segment_start
from pipeline.records import Span

_STRIVING = re.compile("力争|争取(?!到)|奋力|冲刺|力求")
_TRYING = re.compile("(?<!更加)(?:努力|尽快)|(?<!更加)(?<!最)积极(?!的|因素|性)")
_BINDING = re.compile("确保|必须|严守|约束性|坚决|严格控制|务必|保证|红线|底线")
# What hands on: `确保` from goal to goal, `坚决` and `必须` only to their own verb.
_ENSURED = re.compile("确保|务必|保证")
# `力争到2030年，` and `争取用三年时间，` head all that follows in the sentence.
_HEADS = re.compile("(力争|争取|奋力|力求)|确保|务必")
_HEADED = re.compile("(?:到|在|用|通过|至)?[^，。；]{0,14}(?:年|末|底|时间|期间|时期)(?:内|左右)?[，,]")
_BOUND = re.compile("不低于|不少于|不超过|不突破|不高于|不得")
_EXPECTED = re.compile("预期(?<!消费预期)(?<!社会预期)(?<!市场预期)(?!寿命|受教育|收益|效果)")
_EXPECTED_HEAD = re.compile("预期(?:性)?(?:调控)?(?:目标|指标)|预期为")
_YEAR_GOALS = re.compile(
    r"(?:今年|20\d\d年)[^。；\n]{0,20}(?:主要|总体)(?:奋斗)?(?:目标|指标)(?:建议|初步|安排)?(?:是|为|如下|：)"
)
_HEAD_ENDS = re.compile("(?:上述|以上|这些|围绕[^，。]{0,8})(?:目标|任务)|重点(?:抓好|做好|工作)|具体(?:要|抓)")
_TASKS = re.compile("工作|任务|举措|措施")
_SEGMENT = re.compile(SEGMENT)
# A segment that opens with a verb of doing is a task of its own; one that opens with a noun goes on with the goal before it.
_DOES = re.compile(
    r"\s*(?:并|再|同时|还|年内|全年|今年|每年|新|重点|高标准|高质量|大力|加快|继续)*"
    r"(?:建设|建成|新建|改建|扩建|改造|培育|引进|引育|引入|实施|开工|打造|创建|举办|开展|组织|启动|推进|推动|认定|招引|签约|开通|开行|整治|治理|修复|"
    r"培训|培养|建立|设立|组建|布局|谋划|承办|办好|抓好|评选|支持|储备|集聚|带动|形成|主导|发展|完善|加强|强化|深化|落实|推行|构建|壮大|做强|做大|"
    r"完成|开|改|争创|制定|出台|发放|投入|统筹|健全|提升|优化|扩大|解决|转移|种植|盘活|覆盖|为|对|在)"
)
_FAR = 8


class Force(NamedTuple):
    """A force, and the canonical span of the word that tells it."""

    name: str
    span: Span | None = None


def force_of(
    text: str, start: int, clause_end: int, sentence_start: int, path: Sequence[str], facts: DocumentFacts
) -> Force:
    """Return the force of the commitment whose quantity starts at `start`.

    Args:
        text: Canonical text.
        start: Start of the quantity.
        clause_end: End of its clause.
        sentence_start: Start of its sentence.
        path: Headings above it, outermost first.
        facts: What is known of the document.
    """
    behind = _SEGMENT.search(text, start, clause_end)
    end = behind.start() if behind else clause_end
    low = segment_start(text, sentence_start, start)
    if own := last_span(text, low, start, _STRIVING):
        return Force("striving", own)
    head = _expected(text, start, sentence_start, path, facts)
    if head:
        return head
    if own := last_span(text, low, end, _BINDING):
        return Force("binding", own)
    if own := last_span(text, low, start, _TRYING):
        return Force("striving", own)
    if own := last_span(text, low, end, _BOUND):
        return Force("binding", own)
    return _carried(text, low, start, sentence_start) or Force("planned")


def _carried(text: str, low: int, start: int, sentence_start: int) -> Force | None:
    """Return the force that an earlier segment of the sentence hands on, None where a verb of doing begins anew."""
    for one in _HEADS.finditer(text, sentence_start, low):
        if _HEADED.match(text, one.end(), low):
            return Force("striving" if one[1] else "binding", one.span())
    for _ in range(_FAR):
        if low <= sentence_start or _DOES.match(text, low, start):
            return None
        end = low - 1
        low = segment_start(text, sentence_start, end)
        if found := last_span(text, low, end, _STRIVING):
            return Force("striving", found)
        if found := last_span(text, low, end, _ENSURED):
            return Force("binding", found)
    return None


def _expected(text: str, start: int, sentence_start: int, path: Sequence[str], facts: DocumentFacts) -> Force | None:
    """Return `expected` where the sentence, the paragraph or a heading says that its goals are what is expected."""
    begin = text.rfind("\n", 0, start) + 1
    if found := last_span(text, sentence_start, start, _EXPECTED):
        return Force("expected", found)
    for pattern in (_EXPECTED_HEAD, _YEAR_GOALS) if facts.is_report else (_EXPECTED_HEAD,):
        found = last_span(text, begin, start, pattern)
        if found and not _HEAD_ENDS.search(text, found[1], start):
            return Force("expected", found)
    for heading in path:
        # `预期目标和重点工作` heads tasks too, which nobody only expects.
        if _EXPECTED.search(heading) and not _TASKS.search(heading):
            return Force("expected")
        if "约束性" in heading:
            return Force("binding")
    return None
