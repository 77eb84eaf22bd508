"""Which parts of a document look back, and which ahead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.commitments.facts import DocumentFacts
from pipeline.commitments.gains import ends_review, opens_review, tells_of_gains
from pipeline.commitments.periods import named_years
from pipeline.records import Structure

REVIEW, PLAN, BOTH, NOTES = "review", "plan", "both", "notes"
_LOOKS_BACK = re.compile(
    r"回顾|总结|过去(?:的|一|五)|历程|工作情况|完成情况|执行情况|主要成就|发展成就|显著成就|发展基础|基础(?:和|与|及)(?:环境|条件)|发展环境|发展形势|"
    r"发展现状|发展条件|面临的(?:形势|环境|机遇)|的[一三五]年$"
)
# What explains the words of a report is part of neither, even where its heading names the report.
_EXPLAINS = re.compile(
    "(?:名词|术语|用语|词语)[^。；]{0,8}(?:解释|注释|注解|解读|解析|释义|说明)|(?:^|》|有关|相关)注释[：:*]*$|^[\\[〔［][0-9]{1,3}[\\]〕］]"
)
# An entry of a glossary: `3.“百校”工程：是指…`.
_ENTRY = re.compile(
    r"[\s*]*(?:[（(\[〔［]?[0-9]{1,3}[)）\]〕］.．、]*|[①-⑳])?\s*(?:[^，。；：:\n]{2,34}(?:[：:]\s*(?:主要)?是?指|是指)"
    r"|[^，。；：:“\n]{0,10}[“\"][^，。；：:\n]{1,24}[：:。]\s*即)"
    r"|[\s*]*[\[〔［][0-9]{1,3}[\]〕］]\s*[^，。；\n]{2,34}[：:]"
)
# Once a section has explained one term, each numbered term with a colon is one more.
_NUMBERED_TERM = re.compile(r"[\s*]*[（(\[〔［]?[0-9]{1,3}[)）\]〕］.．、]+\s*[^，。；：:\n]{2,34}[：:]")
_DEEDS = re.compile(
    "取得的?(?:主要|重大|显著|历史性)?(?:成就|成绩|成效|进展)$|(?:主要|发展|显著)(?:成就|成绩)$|回顾$|(?:完成|执行|落实|办理)情况|存在的?(?:主要|突出)?(?:问题|困难|不足)|(?:困难|压力|问题|挑战)[^。；]{0,4}(?:来自|主要)"
)
# The first year of a plan period: `奋力实现“十五五”良好开局`, `为“十五”计划开好头起好步`.
BEGINNING = re.compile("开局|开好头|开好篇|起好步|起步之年")
TITLE = re.compile(
    "工作的?报告|会议上的?报告|^关于[^。；]{0,60}报告$|纲要$|规划.{0,20}建议$|年远景目标(?:纲要|的?建议)"
)
_AHEAD_OF = re.compile(r"目标|任务|安排|思路|总体要求|今年|今后|下一步|建议|举措|展望|打算|部署")
# `去年和今年前4个月工作` is a review, though it names this year.
_GONE = re.compile("(?:去年|上年|上一年)[^。；]{0,12}工作|今年前[^。；]{0,6}月|今年以来")
_TO_COME = re.compile("目标|任务|安排|部署|打算|今年(?:的|主要|重点)*工作")
_TURN = re.compile(
    r"今年(?:是|的|，|政府|全市|全省|工作|经济|要|我们)|(?:主要|预期|奋斗|总体)(?:预期)?(?:目标|要求|任务|思路)|工作(?:的)?总体(?:要求|思路)|"
    r"今后五年|未来五年|下一步|新的一年|指导思想"
)
# A heading that tells what was reached, whatever goals or plan period it names: `圆满完成各项目标任务`, `“十五”开局良好`.
_REACHED = re.compile(
    "开局(?:良好|成效)|良好开局|开局之年成效|(?<!确保)(?<!力争)(?:全面完成了|圆满完成|任务圆满|较好完成|较好地完成|较好实现|超额完成)|"
    "(?:执行|完成|工作)情况$|回顾$"
)
# A good beginning that is still wanted: `努力实现“十三五”良好开局`.
_WANTED = re.compile(
    '(?:努力|奋力|确保|力争|争取|夺取|推动|做好|抓好|为)[^。；]*良好开局|实现[“"‘十][^。；]{0,14}良好开局'
)
# A clause that tells of goals met, or only announces the report, turns nothing.
_MET = re.compile("(?:完成|实现|超额|达到|好于|年初|去年|上年|过去)[^，。；]*$")
_ANNOUNCED = re.compile("提出[^，。；]{0,6}建议|请予?审议")
_BACK = re.compile(r"[—\-－\s]*(?:回顾|(?:在)?过去(?:的)?(?:一|五|几)年|五年来|一年来|(?:去年|上年)以来)")
# `过去一年，各项工作取得了很大成绩。国内生产总值增长10.3%` within the tasks of the year looks back to the paragraph's end.
_LAST_YEAR = re.compile("(?:在)?过去(?:的)?一年[，里中]")
_PERIOD_AHEAD = re.compile('(?:展望|按照)?[“"‘]?十[一二三四五六]五[”"’]?(?:时期|期间|规划|发展|我|全|的)')
_SHORT = 45


def zones(text: str, structure: Structure, facts: DocumentFacts) -> list[str]:
    """Return for each clause whether its part of the document looks back or ahead.

    The headings decide; where they are silent, a report looks back until it turns to the year before it.
    """
    found: list[str] = []
    cached: dict[int | None, str | None] = {}
    is_report = facts.is_report
    state = REVIEW if is_report else PLAN
    last_section: int | None = -1
    explained, glossary = -1, -1  # where the entry of a glossary ends, and its section
    recalled = -1  # where a paragraph that recalls the year before ends
    for clause in structure.clauses:
        if clause.section not in cached:
            cached[clause.section] = _zone_of_headings(structure.heading_path(text, clause.section), facts)
        told = cached[clause.section]
        if clause.section != last_section:
            last_section = clause.section
            if told == BOTH:
                state = REVIEW
            elif told is not None or not is_report:
                state = told or PLAN
        if is_report and (told is None or told == BOTH):
            stretch = text[clause.start : clause.end]
            if state == REVIEW and _turns(stretch, facts):
                state = PLAN
            elif state == PLAN and _BACK.match(stretch):
                state = REVIEW
        if not is_report:
            sentence = structure.sentences[clause.sentence]
            if clause.start == sentence.start and opens_review(text, sentence.start, sentence.end, facts.period_start):
                recalled = _end_of_paragraph(text, clause.start)
            elif clause.start < recalled and ends_review(text[clause.start : clause.end], facts.period_start):
                recalled = -1
        if is_report and told == PLAN:
            if _LAST_YEAR.match(text, clause.start):
                recalled = _end_of_paragraph(text, clause.start)
            elif clause.start < recalled and _turns(text[clause.start : clause.end], facts):
                recalled = -1
        opens = clause.start == 0 or text[clause.start - 1] == "\n"
        if opens and _explains(text, clause.start, in_glossary=clause.section == glossary):
            glossary = -1 if clause.section is None else clause.section
            explained = _end_of_paragraph(text, clause.start)
        found.append(NOTES if clause.start < explained else REVIEW if clause.start < recalled else state)
    return found


def _end_of_paragraph(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _explains(text: str, start: int, *, in_glossary: bool) -> bool:
    """Tell whether the paragraph that opens at `start` explains a term."""
    return bool(_ENTRY.match(text, start) or (in_glossary and _NUMBERED_TERM.match(text, start)))


def _turns(stretch: str, facts: DocumentFacts) -> bool:
    return _tells_of_a_turn(stretch, facts) and not _ANNOUNCED.search(stretch)


def _tells_of_a_turn(stretch: str, facts: DocumentFacts) -> bool:
    turn = _TURN.search(stretch)
    if turn and not _MET.search(stretch, 0, turn.start()):
        return True
    year = facts.published_year
    if year is None:
        return False
    if f"{year}年" in stretch and re.search(rf"{year}年.{{0,8}}(?:工作|目标|任务|发展|是)", stretch):
        return True
    period = _PERIOD_AHEAD.match(stretch)
    return period is not None and any(one.year > year for one in named_years(period.group()))


def _zone_of_headings(path: Sequence[str], facts: DocumentFacts) -> str | None:
    """Return the zone that the headings tell, the outermost one first; None where they are silent.

    A heading such as `“十一五”回顾和“十二五”目标` opens with the review; the text itself tells where it turns.
    """
    if any(_EXPLAINS.search(heading) for heading in path):
        return NOTES
    if any(_tells_of_deeds(heading, facts) for heading in path[1:]):
        return REVIEW
    for heading in path:
        if TITLE.search(heading):
            continue
        if not facts.is_report and tells_of_gains(heading, facts.period_start):
            return REVIEW
        if facts.is_report and _REACHED.search(heading.rstrip()) and not _WANTED.search(heading):
            return REVIEW
        if _LOOKS_BACK.search(heading):
            # `2019年和今年以来工作回顾` is a review, whatever years it reviews.
            if not _AHEAD_OF.search(heading) or heading.rstrip().endswith("回顾"):
                return REVIEW
            if facts.is_report and ("回顾" in heading or "成就" in heading):
                return BOTH
        if facts.is_report and (told := _zone_of_report_heading(heading, facts.published_year)):
            return told
    return None


def _tells_of_deeds(heading: str, facts: DocumentFacts) -> bool:
    """Tell whether a heading names what was achieved in years that are over, also where one above it looks ahead."""
    now = facts.published_year if facts.is_report else facts.period_start
    return bool(now and _DEEDS.search(heading.rstrip()) and all(one.year < now for one in named_years(heading)))


def _zone_of_report_heading(heading: str, now: int | None) -> str | None:
    years = [one.year for one in named_years(heading)]
    if years and now and len(heading) < _SHORT:
        return REVIEW if max(years) < now else PLAN
    if _GONE.search(heading) and not _TO_COME.search(heading):
        return REVIEW
    return PLAN if _AHEAD_OF.search(heading) else None
