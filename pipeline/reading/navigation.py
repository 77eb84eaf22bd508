"""What a web page puts around its text: menus, share buttons, links, imprint."""

from __future__ import annotations

import re

from pipeline.reading.lines import Line
from pipeline.reading.signs import TITLE, ends_sentence

_HEAD = re.compile(
    r"^(?:网站)?首\s*页|无障碍|长辈版|长者助手|当前位置|(?:所在|现在)的位置|^(?:字号|字体|【?字体)\s*[:：]|^分享到?[:：]?$|^【?打印】?$|浏览(?:量|次数)"
    r"|阅读(?:量|次数)|点击(?:量|数|率)|^索\s*引\s*号|^(?:信息)?来源\s*[:：]|发布(?:日期|时间|机构)\s*[:：]|^语音播报|^(?:PDF|OFD|文字)版本|手机版|^登[录出]$"
    r"|^收藏|^搜索|^主题分类|^公开方式|^(?:中|大|小|繁体|简体|English)$"
)
_TAIL = re.compile(
    r"友情链接|主办单位|承办单位|主管单位|备案号|ICP备|公网安备|版权所有|技术支持|网站标识码|网站地图|相关(?:稿件|链接|文档|新闻|附件|解读)|^推荐阅读|^[上下]一篇"
    r"|^分享|^【?打印】?|^【?关闭|关闭窗口|返回顶部|^办事服务|扫一扫|联系我们|关注 ·|^手机端|^无障碍"
)
_SHORT, _PROSE = 60, 20


def find_navigation(lines: list[Line], contents: set[int]) -> set[int]:
    """Return the lines before and after the text of a web page."""
    prose = (i for i in range(len(lines)) if _is_prose(lines, contents, i))
    first = next(prose, None)
    if first is None:
        return set()
    last = next(i for i in reversed(range(len(lines))) if _is_prose(lines, contents, i))
    texts = [one.text for one in lines]
    return _head(texts, min([first, *contents])) | _tail(texts, last + 1)


def _is_prose(lines: list[Line], contents: set[int], i: int) -> bool:
    text = lines[i].text
    return len(text) >= _PROSE and i not in contents and ends_sentence(text)


def _head(texts: list[str], end: int) -> set[int]:
    """Return the lines of a web page before its text, but for the title."""
    navigation = [i for i in range(end) if len(texts[i]) < _SHORT and _HEAD.search(texts[i])]
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


def _tail(texts: list[str], start: int) -> set[int]:
    """Return the lines of a web page after its text."""
    first = next((i for i in range(start, len(texts)) if _TAIL.search(texts[i])), None)
    return set(range(first, len(texts))) if first is not None else set()
