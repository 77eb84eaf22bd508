"""Lines that are no text of the plan: page marks, running heads, contents, navigation of web pages."""

from __future__ import annotations

import re
from collections import Counter

from pipeline.reading.lines import Line

SENTENCE_END = re.compile(r"[。！？；!?;][”’」』》）)\"]*$")
ENUMERATED = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[编篇部章节条]|[一二三四五六七八九十百]{1,3}[、．.]|[（(][一二三四五六七八九十百\d]{1,3}[)）]"
    r"|\d{1,2}(?:\.\d{1,2})*[.．、](?!\d)|\d{1,2}\.\d{1,2}(?=[\u4e00-\u9fff])|[①-⑳]|专栏|[—–―-]{2,}|[·•●◆■]|附[件表录]?[:：\d]"
)
TITLE = re.compile(
    r"^[^。，；]{0,60}(?:规划|计划|纲要|工作报告|建议|的说明|的报告|的通知)(?:[（(](?:草案|摘要|[^）)]{2,12}年)[）)]){0,2}$"
)
_PAGE = re.compile(r"[—–―－-]{1,3}\s*\d{1,4}\s*[—–―－-]{1,3}$|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?$")
_BARE_PAGE = re.compile(r"\d{1,4}$")
_EDITOR = re.compile(
    r"[【\[（(]?\s*(?:责任编辑|本版(?:责)?编辑?|责编|值班编辑|版式|校对|美编)\s*[:：\s丨|][^。]{1,40}$"
)
_CONTENTS = re.compile(r"[【\[]?目\s*[录次][】\]]?$")
_LEADER = re.compile(r"[.．·…⋯\s]*[-—]?\d{1,4}[-—]?\s*$|[.．·…⋯]{3,}.*$")
_LEADERS = re.compile(r"(?:[.．·…⋯]\s*){4,}|[…⋯]{2,}\s*\d|\S\s+\d{1,4}$")
_HEAD_NAVIGATION = re.compile(
    r"^(?:网站)?首\s*页|无障碍|长辈版|长者助手|当前位置|(?:所在|现在)的位置|^(?:字号|字体|【?字体)\s*[:：]|^分享到?[:：]?$|^【?打印】?$|浏览(?:量|次数)"
    r"|阅读(?:量|次数)|点击(?:量|数|率)|^索\s*引\s*号|^(?:信息)?来源\s*[:：]|发布(?:日期|时间|机构)\s*[:：]|^语音播报|^(?:PDF|OFD|文字)版本|手机版|^登[录出]$"
    r"|^收藏|^搜索|^主题分类|^公开方式|^(?:中|大|小|繁体|简体|English)$"
)
_TAIL_NAVIGATION = re.compile(
    r"友情链接|主办单位|承办单位|主管单位|备案号|ICP备|公网安备|版权所有|技术支持|网站标识码|网站地图|相关(?:稿件|链接|文档|新闻|附件|解读)|^推荐阅读|^[上下]一篇"
    r"|^分享|^【?打印】?|^【?关闭|关闭窗口|返回顶部|^办事服务|扫一扫|联系我们|关注 ·|^手机端|^无障碍"
)
_REPEATS = 3


def find_furniture_lines(lines: list[Line]) -> dict[int, str]:
    """Return the reasons of the lines that are furniture, by their index."""
    texts = [one.text for one in lines]
    short = [(i, text) for i, text in enumerate(texts) if len(text) < 60]
    pages = {i for i, text in short if _PAGE.match(text)}
    editors = {i for i, text in short if _EDITOR.match(text)}
    heads = _running_heads(lines, pages | editors)
    contents = _contents(texts, pages | editors | heads)
    prose = [i for i, text in enumerate(texts) if i not in contents and len(text) >= 20 and SENTENCE_END.search(text)]
    found: dict[int, str] = {}
    if prose:
        head_end = min(contents) if contents else prose[0]
        navigation = _web_head(texts, min(head_end, prose[0])) | _web_tail(texts, prose[-1] + 1)
        found |= dict.fromkeys(navigation, "navigation")
    found |= {i: "page_number" if _BARE_PAGE.match(texts[i]) else "running_head" for i in heads}
    found |= dict.fromkeys(contents, "contents") | dict.fromkeys(editors, "editor")
    return found | dict.fromkeys(pages, "page_number")


def _running_heads(lines: list[Line], page_marks: set[int]) -> set[int]:
    """Return lines at page edges that repeat (figures aside), and bare page numbers there."""
    edges = {i for i, one in enumerate(lines) if one.page} | {i - 1 for i, one in enumerate(lines) if one.page}
    edges |= {0, len(lines) - 1} if edges else set()
    numbers = {i for i in edges if 0 <= i < len(lines) and _BARE_PAGE.match(lines[i].text)}
    for mark in numbers | page_marks:
        edges |= {mark - 1, mark + 1}
    edges = {i for i in edges if 0 <= i < len(lines) and i not in page_marks and len(lines[i].text) < 60}
    keys = {i: re.sub(r"\d+", "0", lines[i].text) for i in edges if not SENTENCE_END.search(lines[i].text)}
    often = {key for key, n in Counter(keys.values()).items() if n >= _REPEATS and key != "0"}
    return numbers | {i for i, key in keys.items() if key in often}


def _contents(texts: list[str], marks: set[int]) -> set[int]:
    """Return the lines of a table of contents: from 目录 to its first entry again, or to prose."""
    start = next((i for i, text in enumerate(texts[:600]) if len(text) < 12 and _CONTENTS.match(text)), None)
    if start is None:
        return set()
    entries: list[tuple[int, str]] = []
    for i in range(start + 1, len(texts)):
        if i in marks:
            continue
        text = texts[i]
        if SENTENCE_END.search(text) and len(text) > 20:
            return set(range(start, _before_prose(entries, i)))
        entry = _entry(text)
        if entries and len(entry) > 1 and not _LEADERS.search(text):
            first = entries[0][1]
            if entry == first or (len(entry) > 5 and first.startswith(entry)):
                return set(range(start, i))
        entries.append((i, entry))
    return {start}


def _before_prose(entries: list[tuple[int, str]], prose: int) -> int:
    """Return where the text begins: at the headings before its first prose that the contents name too."""
    while entries and entries[-1][1] in [entry for _, entry in entries[:-1]]:
        prose = entries.pop()[0]
    return prose


def _entry(text: str) -> str:
    return re.sub(r"\s", "", _LEADER.sub("", text))


def _web_head(texts: list[str], end: int) -> set[int]:
    """Return the lines of a web page before its text, but for the title."""
    navigation = [i for i in range(end) if len(texts[i]) < 60 and _HEAD_NAVIGATION.search(texts[i])]
    if len(navigation) < 2:
        return set(navigation)
    stop = navigation[-1] + 1
    while stop < end and len(texts[stop]) < 3:
        stop += 1
    found = set(range(stop))
    if not any(TITLE.match(texts[i]) for i in range(stop, end)):
        titles = [i for i in range(stop) if TITLE.match(texts[i])]
        found -= set(titles[-1:])
    return found


def _web_tail(texts: list[str], start: int) -> set[int]:
    """Return the lines of a web page after its text."""
    first = next((i for i in range(start, len(texts)) if _TAIL_NAVIGATION.search(texts[i])), None)
    return set(range(first, len(texts))) if first is not None else set()
