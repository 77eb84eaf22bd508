"""The thing measured: where the text names it, and which common indicator it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from pipeline.commitments.candidates import Candidate
from pipeline.commitments.catalogue_index import CatalogueIndex
from pipeline.commitments.indicator_units import SUMMED, measure_fits, unit_fits
from pipeline.commitments.noun_phrases import is_meant
from pipeline.commitments.units import unit_id_of
from pipeline.records import Span

_LINK = re.compile(
    r"(?:达到|达成|达|增长速度|增长率|增速|增幅|增长|提高到?|提升到?|增加到?|下降到?|降低到?|降至|降到|控制在|保持在|保持|稳定在|稳步|突破|超过|实现|"
    r"完成|为|在|到|至|约|左右|年均|每年|平均|分别|累计|新增|净增|减少|压减|缩小|缩短|扩大|力争|确保|争取|上升|上涨|上调|不低于|不超过|占|新建|建成|"
    r"有|共|总|已|均|再|将|要|了|近|由|从|居|列|位居|位列|排名|进入|走在|走|跻身|保障|基本|全面|也|则|又|形成|构建|依托|围绕|具备|位居|居全[省国]|进入全[省国]|走在|在全[省国市]|增至|升至|增|较20\d\d年|比20\d\d年|率先|比|较|比上年|同比|同|上年|和|与|及|、|：|“|（)+$"
)
_OPENING = re.compile(
    r"(?:到|在|至)?(?:20\d\d年|二〇\S{2}年|“?十[一二三四五六]五”?(?:末|期间|时期)?|今年|全年|今后五年|未来五年|五年|年内|目前|其中|同时|并|且|预计|力争|确保|争取|实现|推动|"
    r"促进|保持|使|全市|全省|全区|全县|我市|我省|完成|加快|加强|大力|积极|持续|深入|着力|扎实|有序|建设|新建|改建|扩建|改造|建成|培育|引进|"
    r"实施|开工|打造|创建|举办|开展|组织|启动|推进|新增|提升|提高|培养|发展|稳定|巩固|拓展|争创|抓好|做好|认定|支持|引导|鼓励|统筹|优化|高标准(?!基?本?农田)|高质量|竣工|封闭|化解|恢复|改善|滚动|盘活|利用(?!率|外)|增加|累计|部署|招引|分配|新招引|基本|逐步|全面|市级(?=审)|"
    r"形成|构建|依托|围绕|具备|仅|经(?!济|营)|不断|努力|进一步|再(?!生)|将|要(?!素)|已|年(?!度|均|末|轻|产)|底|前(?!沿)|，|,|\s|的|是|和(?!谐)|—|–|有(?!色|机|效)|较(?:20\d\d年|上年)|三年内|每年)+"
)
_STOPS = "，,。；;：:\n"
_AFTER_STOPS = re.compile(
    r"[，,。；;：:、\n（）()“”|0-9]|以上|左右|以内|以下|和|及|与|并|达|占|用于|获|全部|均|实现|建成投|开工|完成|进入|纳入|列入|通过|贯通|落户|竣工|投产|建设完|挂牌|通车"
)
_AFTER_LINK = re.compile("的?(?:到达|可达|通达|直达)?")
_FIGURE_BEHIND = re.compile(r"[0-9０-９.]+[十百千万亿]*[^0-9]{0,3}$")
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of the catalogue, `data/codebook/indicators.yaml`.

    Attributes:
        id: Its id.
        zh: Chinese name.
        en: English name.
        aliases: Other Chinese names.
        unit: Canonical unit.
        direction: What counts as better: up, down or neutral.
        theme: Code of its theme.
        definition: What it measures, in a sentence.
        national: The national outlines (14th, 15th) that set it.
        measures: Measures that fit; where it is empty, all that fit its unit.
        pattern: How plans name it.
        heads: Nouns that may close a name behind the pattern, None where it must close the name itself.
        counters: Units of counting that fit it; all where it is empty.
        per_head: Whether it is one per person or household.
        adds_up: Whether amounts of several places add up to that of all of them.
    """

    id: str
    zh: str
    en: str
    aliases: tuple[str, ...]
    unit: str
    direction: str
    theme: str
    definition: str
    national: tuple[int, ...]
    measures: frozenset[str]
    pattern: re.Pattern[str]
    heads: re.Pattern[str] | None = None
    counters: frozenset[str] = frozenset()
    per_head: bool = False
    adds_up: bool = False

    def is_named(self, name: str, measure: str, unit: str | None) -> bool:
        """Tell whether a name means this indicator, in a measure and a unit that fit it."""
        fits = measure in self.measures if self.measures else measure_fits(self.unit, measure)
        if not fits or not unit_fits(self.unit, measure, unit) or not self._counted_in(unit):
            return False
        found = self.pattern.finditer(name)
        return any(is_meant(name, one, self.unit, self.heads, self.per_head) for one in found)

    def _counted_in(self, unit: str | None) -> bool:
        return not self.counters or unit is None or unit in self.counters or unit_id_of(unit) not in (None, "persons")


@lru_cache(maxsize=1)
def codebook() -> Mapping[str, Indicator]:
    """Return the common indicators by id, in the order in which they are tried."""
    text = resources.files("pipeline.commitments").joinpath("indicators.yaml").read_text("utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {one["id"]: _indicator(one) for one in yaml.load(text, loader)}  # noqa: S506 - a safe loader, in C


def _indicator(given: dict[str, Any]) -> Indicator:
    pattern, heads = re.compile(given.pop("match")), given.pop("heads", None)
    given |= {name: tuple(given[name]) for name in ("aliases", "national")}
    given |= {name: frozenset(given.get(name, ())) for name in ("measures", "counters")}
    given.setdefault("adds_up", given["unit"] in SUMMED)
    return Indicator(**given, pattern=pattern, heads=re.compile(f"(?:{heads})$") if heads else None)


@lru_cache(maxsize=200_000)
def indicator_id_of(indicator: str | None, measure: str, unit: str | None) -> str | None:
    """Return the id of the common indicator that a name means, None where it is none.

    >>> indicator_id_of("全市地区生产总值", "growth_rate", "%")
    'gdp_growth'
    """
    if not indicator:
        return None
    entries, index = _indexed()
    tried = (entries[number] for number in index.candidates(indicator))
    return next((one.id for one in tried if one.is_named(indicator, measure, unit)), None)


@lru_cache(maxsize=1)
def _indexed() -> tuple[tuple[Indicator, ...], CatalogueIndex]:
    entries = tuple(codebook().values())
    return entries, CatalogueIndex([one.pattern.pattern for one in entries])


def indicator_of(text: str, start: int, end: int, one: Candidate, sentence_start: int) -> Span | None:
    """Return where the thing measured is named, None where it is not.

    Args:
        text: Canonical text.
        start: Start of the clause.
        end: End of the clause.
        one: The candidate in it.
        sentence_start: Start of the sentence; its earlier clauses can name the thing (`粮食产能，达到…`).
    """
    before = _before(text, start, one.start)
    after = _after(text, one.end, end)
    counted = after is not None and one.unit is not None and unit_id_of(one.unit) in (None, "persons")
    verb_first = before is None or before[1] - before[0] < 2 or (counted and one.rule == "number")
    if one.rule in ("order", "configuration") or unit_id_of(one.unit) == "s" or (verb_first and after):
        return after or before
    if not verb_first:
        return before
    return _before(text, sentence_start, start) if sentence_start < start else None


def _before(text: str, start: int, end: int) -> Span | None:
    """Return the noun before a number, without the verb that links them."""
    low = max((text.rfind(sign, start, end) + 1 for sign in _STOPS), default=start)
    stretch = text[max(low, start) : end]
    if not stretch.strip():
        return None
    low = max(low, start)
    if link := _LINK.search(stretch):
        stretch = stretch[: link.start()]
    # What a list of figures repeats: `财政收入、税收分别增长…` names the last of the list.
    cut = max(stretch.rfind(sign) for sign in "、）)”")
    if cut > 0 and len(stretch) - cut > 2:
        low, stretch = low + cut + 1, stretch[cut + 1 :]
    stretch = _FIGURE_BEHIND.sub("", stretch)
    return trimmed(text, low, low + len(stretch))


def trimmed(text: str, low: int, high: int) -> Span | None:
    """Return the span of a noun without the verbs and times that open it, None where nothing is left."""
    stretch = text[low:high]
    if opening := _OPENING.match(stretch):
        low, stretch = low + opening.end(), stretch[opening.end() :]
    if len(stretch) > _LONGEST:
        low, stretch = low + len(stretch) - _LONGEST, stretch[-_LONGEST:]
    stretch = stretch.rstrip()
    return (low, low + len(stretch)) if stretch else None


def _after(text: str, start: int, end: int) -> Span | None:
    """Return the noun after a number and its unit."""
    link = _AFTER_LINK.match(text, start, end)
    start = link.end() if link else start
    stop = _AFTER_STOPS.search(text, start, end)
    high = min(stop.start() if stop else end, start + _LONGEST)
    return (start, high) if high - start > 1 else None
