"""Who undertakes a quantity, where the text names another than the document's own side."""

from __future__ import annotations

import re

from pipeline.commitments.facts import DocumentFacts
from pipeline.commitments.segments import segment_start
from pipeline.records import Span

_ACTS = "(?=(?:普惠型)?[^，。；、的]{0,8}?(?:已|将|要|拟|可|新增|扩招|投资|完成|实现|投入|获准|发行|开辟|建成|偿还|计划|安排|利润))"
_DECIDES = "(?=(?:已|将|要|拟|同意|一次性|每年)*(?:安排|拨付|下拨|批准|给予|设立|投入|支持|补助|在|新增|投资|下达(?![^，。；]{0,8}的)))"
_NATION = "党中央、国务院|党中央|国务院|中央(?:财政|政府)|国家(?:发改委|财政部|有关部门)|国家(?=将|安排|拨付|批准|给予)|财政部(?!门)|交通运输部|商务部|科技部"
_PROVINCE = "省委、省政府|省委省政府|自治区党委、政府|省政府|省委|自治区(?:党委|政府)|省(?:财政|发改委|级财政)"
_HIGHER = {
    "city": re.compile(f"(?:{_NATION}|{_PROVINCE}){_DECIDES}"),
    "province": re.compile(f"(?:{_NATION}){_DECIDES}"),
    "county": re.compile(f"(?:{_NATION}|{_PROVINCE}|市委、市政府|市政府|市委){_DECIDES}"),
}
# A verb before the firm makes it the object, and a class such as 国有企业 is what is measured rather than who does it.
_NAMED = re.compile(
    r"(?!支持|推动|引导|鼓励|培育|引进|吸引|帮助|服务|完成|新增|促进|加快|扶持|确保|力争|其中|发展|组织|实施|争取|与|和|对|为|向|由|从|同|在|"
    r"做|抓|使|全|规|各类|各级|民营|国有|工业|高新|中小|农村|村|本地|外地|上市|跨国|金融)"
    r"(?:[\u4e00-\u9fff、“”（）A-Z]{2,14}?(?:集团|公司(?!化)|商业银行|石化|铝业|控股|钢铁|等企业|商所|铁路局)|高职院校|各地|各县(?:（市、区）|市区|区)|各部门)"
    + _ACTS
)


def actor_of(text: str, sentence: int, start: int, facts: DocumentFacts) -> Span | None:
    """Return where the segment of a quantity names who does it, None where that is the document's own side.

    A named firm or a class of doers must open the segment; a higher tier of government may stand anywhere in it. Which
    tier is higher depends on the document's; where that is unknown, none is.

    Args:
        text: Canonical text.
        sentence: Start of its sentence.
        start: Start of the quantity.
        facts: What is known of the document.
    """
    low = segment_start(text, sentence, start)
    while low < start and text[low] in " \u3000\t—-*":
        low += 1
    if start - low < 2:  # noqa: PLR2004
        return None
    ahead = text[low:start]
    higher = _HIGHER.get(facts.level or "")
    found = (higher.search(ahead) if higher else None) or _NAMED.match(ahead)
    return (low + found.start(), low + found.end()) if found else None
