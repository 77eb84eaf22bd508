"""A small invented corpus: three places, their plans made of stock sentences with own figures."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd

from pipeline.records import make_id
from pipeline.tables import TABLES

PLACES = {"lanping": ("澜坪市", 6.5, 2025), "yunze": ("云泽市", 7.0, 2025), "qinghe": ("青禾县", 5.5, 2025)}
HOSTILE = "<script>alert(1)</script>"

# heading, theme, clauses; {g} is the place's growth, {n} a count of its own
CHAPTERS = (
    ("一、发展目标", "overall", (
        "地区生产总值年均增长{g}%左右", "综合实力明显增强", "到2025年常住人口城镇化率达到{n}%",
        "人均水平稳步提高", "经济结构更加优化", "发展质量持续提升")),
    ("二、坚持创新驱动", "innovation", (
        "全社会研发经费投入强度达到{g}%以上", "建设省级重点实验室{n}个", "健全成果转化机制",
        "培育科技型中小企业", "引进各类人才{n}名", "完善科技评价制度")),
    ("三、建设现代产业体系", "industry", (
        "推动制造业向中高端迈进", "力争规模以上工业增加值增长{g}%", "打造{n}个百亿级产业集群",
        "支持企业技术改造", "实施强链补链行动", "推进开发区整合提升", "发展生产性服务业")),
    ("四、推进乡村振兴", "rural", (
        "粮食产量稳定在{n}万吨以上", "建设高标准农田{n}万亩", "健全防止返贫监测机制",
        "发展特色种植养殖", "整治农村人居环境", "深化农村土地制度改革")),
    ("五、加强生态保护", "environment", (
        "森林覆盖率提高到{n}%", "确保单位生产总值能耗下降{g}%", "推进重点河湖治理",
        "倡导绿色生活方式", "严守生态保护红线")),
    ("六、改善民生", "welfare", (
        "城镇新增就业{n}万人" + HOSTILE, "健全多层次社会保障体系", "居民收入增长与经济增长同步",
        "关爱特殊困难群体", "推行“一窗受理”&简化手续")),
)  # fmt: skip

# clause pattern -> indicator, id, unit, unit_id, factor to the unit, measure, comparator, which figure
FIGURES = {
    "地区生产总值年均增长": ("地区生产总值", "gdp_growth", "%", "percent", 1, "growth_rate", "approx", "g"),
    "常住人口城镇化率": ("常住人口城镇化率", "urbanisation_rate", "%", "percent", 1, "share", "eq", "n"),
    "全社会研发经费": ("全社会研发经费投入强度", "rd_intensity", "%", "percent", 1, "share", "ge", "g"),
    "省级重点实验室": ("省级重点实验室", None, "个", None, 1, "count", "eq", "n"),
    "规模以上工业增加值": (
        "规模以上工业增加值",
        "industrial_growth",
        "%",
        "percent",
        1,
        "growth_rate",
        "eq",
        "g",
    ),
    "粮食产量": ("粮食产量", "grain_output", "吨", "kg", 10_000, "level", "ge", "n"),
    "高标准农田": ("高标准农田", "farmland_area", "亩", "ha", 10_000, "count", "eq", "n"),
    "森林覆盖率": ("森林覆盖率", "forest_cover", "%", "percent", 1, "share", "eq", "n"),
    "单位生产总值能耗": ("单位生产总值能耗", "energy_intensity", "%", "percent", 1, "decrease", "eq", "g"),
    "城镇新增就业": ("城镇新增就业", "new_urban_jobs", "人", "persons", 10_000, "count", "eq", "n"),
}
_SI = {"percent": 1.0, "kg": 1000.0, "ha": 1 / 15, "persons": 1.0}
_SUFFIX = {"approx": "左右", "ge": "以上"}


def _figure(clause: str, start: int, ids: dict[str, object], g: float, n: int) -> dict[str, object] | None:
    for words, (name, indicator_id, unit, unit_id, factor, measure, comparator, which) in FIGURES.items():
        if words not in clause:
            continue
        printed = f"{g if which == 'g' else n}{'万' if factor > 1 else ''}{unit}{_SUFFIX.get(comparator, '')}"
        at = start + clause.index(printed)
        value = float(g if which == "g" else n) * factor
        si = value * _SI[unit_id] if unit_id else None
        upper = None if comparator == "ge" else value
        force = "binding" if "确保" in clause else "striving" if "力争" in clause else "planned"
        return {
            **dict.fromkeys(TABLES["quantities"].columns), **ids,
            "start": at, "end": at + len(printed), "source_spans": [[at, at + len(printed)]],
            "quote": printed, "indicator": name, "indicator_id": indicator_id, "value_min": value,
            "value_max": upper, "comparator": comparator, "unit": unit, "unit_id": unit_id,
            "value_min_si": si,
            "value_max_si": si if upper is not None else None, "measure": measure, "deadline": 2025,
            "deadline_source": "stated" if "2025年" in clause else "plan_period", "status": "commitment",
            "force": force, "evidence": [{"field": "indicator", "start": start, "end": start + 2}],
            "rule": "invented", "doubtful": False,
        }  # fmt: skip
    return None


def corpus(places: dict[str, tuple[str, float, int]] = PLACES) -> dict[str, pd.DataFrame]:
    """Return documents, dropped, sections, sentences, clauses, themes, embeddings and quantities."""
    rows: dict[str, list[dict[str, object]]] = {name: [] for name in TABLES if name != "commitments"}
    for number, (doc_id, (place, g, year)) in enumerate(sorted(places.items())):
        _add_document(rows, number, doc_id, place, g, year)
    rows["dropped"].append({"doc_id": "broken", "stage": "ingest", "reason": "12 Chinese characters, fewer than 200"})
    return {name: TABLES[name].frame(given) for name, given in rows.items()}


def _add_document(
    rows: dict[str, list[dict[str, object]]], number: int, doc_id: str, place: str, g: float, year: int
) -> None:
    title = f"{place}国民经济和社会发展第十四个五年规划纲要"
    text, sha = title + "\n", hashlib.sha256(doc_id.encode()).hexdigest()
    for chapter, (heading, theme, clauses) in enumerate(CHAPTERS):
        section_at, section = len(text), make_id("section", sha, chapter, chapter + 1)
        text += heading + "\n"
        for at, pattern in enumerate(clauses):
            # Places differ: each leaves out other plain clauses, so that their profiles diverge.
            if "{" not in pattern and at > 3 and (chapter + number) % 3 == 0:
                continue
            clause = pattern.format(g=g, n=30 + 7 * number + at)
            start, sentence = len(text), make_id("sentence", sha, len(text), len(text) + len(clause))
            text += clause + "。"
            clause_id = make_id("clause", sha, start, start + len(clause))
            span = {"doc_id": doc_id, "section_id": section, "start": start, "end": len(text)}
            spans = [[start, len(text)]]
            rows["sentences"].append({"sentence_id": sentence, "source_spans": spans, **span})
            rows["clauses"].append({
                "clause_id": clause_id, "sentence_id": sentence, "source_spans": spans, "kind": "clause",
                "text": clause + "。", "context": f"{title} > {heading}", **span})  # fmt: skip
            rows["themes"].append({
                "clause_id": clause_id, "theme": theme if at < 5 else "overall", "p": 0.9, "margin": 0.8,
                "second": None, "p_second": None, "source": "model", "model": "invented"})  # fmt: skip
            vector = np.random.default_rng(hash_of(pattern)).normal(size=16)
            rows["embeddings"].append({"clause_id": clause_id, "vector": list(vector / np.linalg.norm(vector))})
            ids = {"doc_id": doc_id, "clause_id": clause_id, "section_id": section, "theme": theme,
                   "quantity_id": make_id("quantity", sha, start, start + 1)}  # fmt: skip
            if figure := _figure(clause, start, ids, g, 30 + 7 * number + at):
                rows["quantities"].append(figure)
        text += "\n"
        rows["sections"].append({
            "section_id": section, "doc_id": doc_id, "article": "main", "parent_id": None, "level": 1,
            "enumerator": heading[:2], "heading": heading, "start": section_at,
            "end": len(text), "heading_end": section_at + len(heading),
            "source_spans": [[section_at, section_at + len(heading)]], "path": heading[0],
            "kind": "heading"})  # fmt: skip
    rows["documents"].append({
        **dict.fromkeys(TABLES["documents"].columns), "doc_id": doc_id, "file": f"{doc_id}.txt",
        "place": place,
        "doc_type": "outline", "period_start": year - 4, "period_end": year, "title": title, "sha256": sha,
        "text": text, "source_map": [[0, 0, len(text)]], "furniture": [], "hints": [], "n_chars": len(text),
        "encoding": "utf-8", "script": "simplified", "contents": [],
        "articles": [{"name": "main", "start": 0, "end": len(text)}], "warnings": []})  # fmt: skip


def hash_of(text: str) -> int:
    """Return a number that is the same in every run."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
