"""What looks like a quantity and is none: years and dates, names, set phrases, enumerators."""

from __future__ import annotations

import re

_YEAR = re.compile(r"(?:19|20)\d\d$")
_YEAR_IN_NUMERALS = re.compile("[二一][〇零○九][一二三四五六七八九〇零○]{2}$")
_PHRASES = re.compile(
    "一带一路|一网|一次办|一体|一流|一二三|三农|三权|两山|两新|一重|四不|双招|双引|二期|三期|一期|四期|三级|二级|一级|四级|五级|"
    "三甲|二甲|十四五|十三五|十二五|十一五|十五五|十四个五年|两会|两委|三会|四好|四个(?:意识|自信|全面|革命|伟大|善于|最严|不摘|铁一般|服务|一批)|五位|四风|一岗|双责|三公|一把手|一线|"
    "一站|一窗|一门|一件事|一老|一小|三产|二产|一产|六稳|六保|三重|三大攻坚|两个(?:维护|确立|[“]?毫不|率先|维度|阶段|层面|关键|一百|百年|大局|市场|孩子|轮子|先行|责任|结合|转变|趋势|文明|健康|覆盖|带动|屏障|不放松)|两条[线腿]|[两三]件大事|三项制度|三间房|三个一|一村|一品|一县|一企|一策|一户|一人|"
    "一方面|一系列|一定|一些|一直|一步|一手|一心|一意|一致|一切|一道|一同|一旦|一般|一律|一时|一年一度|一如|"
    "万众|万家|万企|千家万户|千方|百计|千村|百姓|百强|百年|百花|百货|百万亩方|千里|万里|万象|万物|万元户|十分|十全|百分百|"
    "七台河|五台[山县]|三台县|九台[区市]|[二三四五六七八九][台家]子|五家渠|五大连池|二道[区江白]|三元区|"
    "八项规定|[三四五六七八九]位一|二元结|三元里|第一书记|第一|九三|七一|八一|五一|十一|一二|三八|五四|四史|三严|两学|一做|三会一课"
)
_ORDER_OF = re.compile("(?<=亿)(?:企业|园区|产业|集群|规模|新?台阶|大关|俱乐部)")
# `跨越两个千亿元台阶`: how high a step is, not what is reached.
_STEP = re.compile("新?台阶")
_COUNT_AHEAD = re.compile("[0-9一二三四五六七八九十两几]个$")
_LETTER = re.compile("[A-Za-z]")
_SCALE = re.compile("[十百千万亿]")
# `某电科27所`: a body that goes by its number; `“双百亿”工程`: a programme that does.
_BODY = re.compile("(?:电科|科工|科技集团|兵器|航天|航空|船舶|中船|核工业|中科院|军工)$")
_AHEAD = re.compile(r"[第“\"‘《〈「十]$|[A-Za-z]$|[A-Za-z][-－]$|编号|文号|[.．]$")
_DATE_UNIT = re.compile(r"年|月|日|号|时|点(?!位)|分(?!钟|贝)|世纪|年代|月份")
_PERIOD = re.compile(
    r"(?:未来|今后|过去|近|这|头|前|后|每|下一个|上|全|同|第|的|满|逐|本|在|用|经|经过|通过|力争|历时|整)$"
)
# `十年平均增长`: the span sets the period.
_MEANS = ("平均", "年均")
_CIRCLE = re.compile("[^，。；、]{0,10}圈")
_THRESHOLD = re.compile(r"(?:的)?[\u4e00-\u9fff]")
_SCHOOLING = re.compile("(?:制|基础|免费|义务|一贯)(?:教育|制)?")
_SCHEME = re.compile("[^，。；、]{0,4}(?:行动|计划|方案|规划)")
_NAMED_BY_SIZE = re.compile(
    "(?:以上)?[^，。；、\\s]{0,4}(?:超大|特大|重大|重点|大)(?:型|产业)?项目|徒步|越野|健步|自然村|聚居"
)
_SIZES = frozenset({"元", "美元", "亩", "吨", "公里", "平方米", "户", "人", "万千瓦"})
_CONGRESS = re.compile("二?十[一二三四五六七八九]?$")
_SESSION = re.compile(
    "(?:[、和](?:[一二三四五六七八九十]+|[0-9]+)次)*(?:全会|全体|会议|党代会|代表|人大|政协|市长|[^，。；]{0,3}[次中]?全会)|(?:人大|政协)?[一二三四五六七八九十][中次]"
)
_AS_FOLLOWS = re.compile("(?:以下|如下|下列|这|从|在)$")
_IN_QUOTES = re.compile("[^，。；、“”]{1,4}”")
_OVER = re.compile("(?<!超)过$|超$")
_FIRMS = re.compile("[^，。；、]{0,6}(?:企业|项目)|的[^，。；、]{0,4}[村镇县]")
_BIG_ONES = re.compile("的|[^，。；、]{0,4}(?:企业|项目)")
_COUNTED = frozenset({
    "大", "次", "届", "方面", "类", "大类", "个", "处", "家", "条", "项", "座", "所", "户", "套", "件", "台", "名", "人", "位", "艘", "架", "张", "支", "只", "场", "间", "栋", "辆", "口", "部", "册", "股", "道", "港区",
})  # fmt: skip
_MEASURED = frozenset({
    "元", "美元", "斤", "公斤", "吨", "亩", "公顷", "公里", "平方公里", "平方米", "立方米", "千瓦", "千瓦时", "倍", "番", "小时",
    "分钟", "人次", "度", "岁", "%", "个百分点", "百分点", "个月",
})  # fmt: skip
_CHINESE_ONLY = re.compile(r"[一二三四五六七八九十百千万亿两〇零]+$")


# Limits that only say which ones: `淘汰10蒸吨及以下燃煤锅炉`, `3000人以上行政村`, `人均纯收入低于1万元的家庭`.
_LIMITS = frozenset({"蒸吨", "千瓦", "吨", "吨/年", "人", "户", "年", "米", "元", "名", "度", None})
_LIMITED = re.compile(
    "的?[^，。；、0-9]{0,8}?(?:锅炉|燃煤设施|机组|煤矿|行政村|自然村|建制村|大班额|渔船|路灯|道路两侧|供热管网|燃煤窑炉|坡耕地|坡地)"
    "|的?(?:乡镇|村屯|村组|村|有条件的?自然村)"
)
# `20个3000平方米以上的绿地广场`
_AFTER_COUNT = re.compile("[0-9一二三四五六七八九十百两余][个座家条项片处所户]$")
_LESS = frozenset({"低于", "不足", "不到", "少于"})


def _is_limit(found: re.Match[str], unit: str | None) -> bool:
    """Tell whether a number with its bound only says which firms, boilers or villages are meant."""
    after = found.string[found.end() : found.end() + 14]
    if found["before"] in _LESS and unit in ("元", "美元"):
        return after[:1] == "的"
    if found["after"] and _AFTER_COUNT.search(found.string, max(0, found.start() - 4), found.start()):
        return after[:1] not in "，,。；;：:、）)\n和及与"
    return bool(found["after"] and unit in _LIMITS and _LIMITED.match(after))


def is_no_quantity(text: str, found: re.Match[str]) -> bool:
    """Tell whether a plain number is an enumerator, a date, a name or part of a set phrase.

    Args:
        text: The canonical text.
        found: Match with the groups of candidates' pattern.
    """
    n1, unit, start = found["n1"], found["unit"] or found["u1"], found.start("n1")
    if _STEP.match(text, found.end()) and _COUNT_AHEAD.search(text, max(0, start - 4), start):
        return True
    figures = not _CHINESE_ONLY.match(n1)
    ahead, after = text[max(0, start - 4) : start], text[found.end() : found.end() + 8]
    if (unit in ("所", "院", "厂") and _BODY.search(ahead)) or (ahead.endswith(("“双", "‘双")) and not figures):
        return True
    if found["level"] or _ORDER_OF.match(text, found.end()):
        return not re.search("[万亿]", n1)
    if n1 == "零" or ahead[-1:] == "含" or (unit in _SIZES and _NAMED_BY_SIZE.match(after)):
        return True
    if (found["by"] and unit == "小时") or _is_limit(found, unit):
        return True
    if (unit == "方面" or after[:2] == "方面") and _AS_FOLLOWS.search(ahead):
        return True
    if unit == "岁":
        return "寿命" not in text[max(0, start - 25) : start]
    if _is_date(n1, unit, ahead, after, figures, found):
        return True
    if figures:
        return _is_name_with_figures(found, unit, ahead, after)
    return _is_word(found, unit, ahead, text[start : start + 4], after)


def _is_date(n1: str, unit: str | None, ahead: str, after: str, figures: bool, found: re.Match[str]) -> bool:
    last = found["n2"] or n1
    if _YEAR_IN_NUMERALS.match(n1):
        return True
    if figures and _YEAR.match(last) and (unit in (None, "年") or (found["unit"] or "").startswith("年")):
        return True
    if unit in ("日", "号", "点", "代", "期", "周年", "千伏") or (unit == "届" and "十" in n1):
        return True
    if unit in ("小时", "分钟") and _CIRCLE.match(after):
        return True
    if unit is None and _DATE_UNIT.match(after):
        return True
    if unit in ("年", "周年"):
        if _SCHEME.match(after) or _SCHOOLING.match(after):
            return True
        set_period = _PERIOD.search(ahead) and not ahead.endswith("提前")
        only_period = after[:2] in _MEANS or (not found["n2"] and after[:1] in "的内来前后里间期度计规行级制终")
        return bool(set_period) or only_period
    return unit == "天" and not figures


def _is_name_with_figures(found: re.Match[str], unit: str | None, ahead: str, after: str) -> bool:
    if ahead[-1:] in "“‘" and unit in ("小时", "分钟"):
        return False
    if ahead[-1:] == "第" or _AHEAD.search(ahead) or _LETTER.match(after):
        return True
    if unit in ("G", "级", "省", "国", "市", "县", "镇", "城", "区", "代") and not found["level"]:
        return unit in ("G", "级", "代", "国", "省")
    if unit is None:
        if "." in found["n1"] and ahead[-1:] in "到为达至":
            return False
        return not found["after"] and not found["before"] and not _SCALE.search(found["n1"])
    if after[:2] == "级以" and unit in _MEASURED:
        return True
    if (unit == "类" and found["n1"] in "12345") or (unit == "条" and after[:1] in "”’"):
        return True
    if unit in ("元", "美元", "亩", "吨") and _THRESHOLD.match(after):
        if _OVER.search(ahead) and _BIG_ONES.match(after):
            return True
        return bool(found["after"] or found["before"] in ("过", "超", "上")) and not found["n2"]
    return False


_FOR_EACH = re.compile("(?:每|各)[^，。；]{0,14}?(?:建成?|打造|培育|设立|创建|办好|配备|有)(?:了)?$")
_SCALE = re.compile("[十百千万亿点]")
_FULL_NUMERAL = re.compile("[一二三四五六七八九两][十百千万].*|[十百千]万.*")
_SCALES_ALONE = frozenset({"十万", "百万", "千万", "十亿", "百亿", "千亿", "万亿", "百", "千", "万", "亿", "十"})
_STANDS = re.compile("[^，。；、的]{1,8}(?:园区?|集群|产业|基地|绿地|用地|门户|枢纽|乡镇|县区|村)|新?台阶|大关|俱乐部")


def _is_word(found: re.Match[str], unit: str | None, ahead: str, here: str, after: str) -> bool:
    """Tell whether a Chinese numeral is part of a word or a set phrase."""
    numeral = found["n1"]
    if ahead[-1:] in '第“"‘《十每逐统唯专同单某数几' or _PHRASES.match(here):
        return True
    if (unit == "条" and ahead[-1:] in "气水土国新") or (unit == "个" and after[:2] in ("一批", "一百")):
        return True
    if unit == "大" and (
        _CONGRESS.fullmatch(numeral) and len(numeral) > 1 or numeral == "一" or _IN_QUOTES.match(after)
    ):
        return True
    if (unit == "类" and numeral in "一二三四五") or (unit in ("届", "次") and _SESSION.match(after)):
        return True
    if unit == "次" and (numeral in "一二" or ahead[-1:] in "再多每首历届" or after[:1] in "产分会全"):
        return True
    if found["before"] in ("超", "超过") and numeral.strip("百千万亿") == "" and _FIRMS.match(after):
        return True
    if found["range"] and unit in _COUNTED:
        return False
    if numeral.strip("十百千万亿") == "" and len(numeral) > 1 and numeral not in _SCALES_ALONE:
        return True
    if unit is None and len(numeral) > 2 and not _SCALE.search(numeral) and not found["n2"]:  # noqa: PLR2004
        return True  # 八五二农场
    if unit is None:
        return after[:1] == "批" or not (found["before"] or found["after"] or len(numeral) > 2)
    if unit in ("年", "周年"):
        return not re.search("延长|连续|提前", ahead)
    if numeral.strip("百千万亿") == "":
        if unit in _MEASURED and (unit != "元" or numeral.endswith("亿")) and numeral[-1] in "百万亿":
            closed = found["before"] or (found["after"] and (after[:1] == "并" or not _THRESHOLD.match(after)))
            return not (closed or (not found["after"] and _STANDS.match(after)))
        return not (
            found["before"] and (unit in _COUNTED or unit in _MEASURED) and (numeral != "亿" or found["before"] == "上")
        )
    if numeral == "一" and unit in ("处", "座", "所") and ahead[-2:] in ("建成", "新建", "建设", "兴建"):
        return False
    if numeral == "一":
        each = unit in _COUNTED and _FOR_EACH.search(found.string[max(0, found.start("n1") - 20) : found.start("n1")])
        return not found["before"] and not each and (unit not in _MEASURED or ahead[-2:] in ("最后", "最初"))
    return unit not in _COUNTED and unit not in _MEASURED and not _FULL_NUMERAL.fullmatch(numeral)
