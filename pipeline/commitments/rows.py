"""Quantities in the rows of indicator tables: the unit, the year and the force stand in other cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.commitments.candidates import bounds
from pipeline.commitments.facts import DocumentFacts
from pipeline.commitments.indicators import indicator_id_of
from pipeline.commitments.numerals import FIGURES, multiplier, read_number
from pipeline.commitments.units import in_base_units, unit_id_of
from pipeline.records import Clause, Evidence, Quantity, Structure

_CELL = re.compile(r"[^|\t\n]+")
_SIGNS = {"≥": "ge", "⩾": "ge", "不低于": "ge", "≤": "le", "⩽": "le", "不超过": "le", ">": "gt", "＞": "gt", "超过": "gt",
          "突破": "gt", "<": "lt", "＜": "lt", "低于": "lt", "小于": "lt", "约": "approx"}  # fmt: skip
_AFTER = {"以上": "ge", "以内": "le", "以下": "le", "左右": "approx"}
_VALUE = re.compile(
    rf"\s*[\[〔【（(]?\s*(?P<before>{'|'.join(_SIGNS)})?\s*(?P<n1>-?(?:{FIGURES})[万亿]*)"
    rf"(?:[-－—–~～至](?P<n2>(?:{FIGURES})[万亿]*))?\s*(?P<unit>[%％‰]|个百分点|(?!{'|'.join(_AFTER)})[万亿]?[\u4e00-\u9fff]{{1,6}}?)?"
    rf"(?P<after>{'|'.join(_AFTER)})?\s*[\]〕】）)]?\s*$"
)
_UNIT = re.compile(
    r"\s*(?:[%％‰]|个?百分点|[万亿]*(?:元|人|吨|亩|公顷|公里|平方公里|立方米|千瓦|家|个|张|件|斤|公斤|岁|年|户|套|处|所|人次|吨标准煤|标箱|TEU|微克/立方米)"
    r"(?:[/／][\u4e00-\u9fffA-Za-z]{1,6})?)\s*$"
)
_IN_NAME = re.compile(r"[（(]\s*([%％‰]|[万亿]*[\u4e00-\u9fff/／]{1,8})\s*[）)]\s*$")
_YEAR = re.compile(r"(20\d\d|19\d\d)")
_KIND = re.compile("约束性|预期性")
_FORCE = {"约束性": "binding", "预期性": "expected"}
_DOWN = re.compile("降低|下降|减少|削减")
_GROWTH = re.compile("增长|增速|增幅")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: its text without the white space around it, and where that starts."""

    start: int
    text: str


def _cells(text: str, start: int, end: int) -> list[_Cell]:
    found = []
    for match in _CELL.finditer(text, start, end):
        raw = match.group()
        if raw.strip():
            found.append(_Cell(match.start() + len(raw) - len(raw.lstrip()), raw.strip()))
    return found


def row_quantities(text: str, structure: Structure, at: int, facts: DocumentFacts) -> Iterator[Quantity]:
    """Yield the quantities of a table row.

    Args:
        text: Canonical text.
        structure: Its structure.
        at: Index of the clause that is the row.
        facts: What is known of the document.
    """
    row = structure.clauses[at]
    cells = _cells(text, row.start, row.end)
    if not cells:
        return
    head = _header(text, structure, row)
    name = next(
        (one for one in cells if re.search(r"[\u4e00-\u9fff]{2}", one.text) and not _UNIT.match(one.text)),
        None,
    )
    kind = _KIND.search(text, row.start, row.end)
    force = _FORCE[kind.group()] if kind else None
    unit = _unit_of(cells, name)
    for number, cell in enumerate(cells):
        found = _VALUE.match(cell.text)
        if cell is name or (number == 0 and found and found["unit"] is None) or not found:
            continue
        column = head[number].text if len(head) == len(cells) else ""
        one = _quantity(cell, found, name, unit, column, at, facts, force)
        if one is not None:
            yield one


def _header(text: str, structure: Structure, row: Clause) -> list[_Cell]:
    if row.section is None or structure.sections[row.section].kind != "table_header":
        return []
    header = structure.sections[row.section]
    return _cells(text, header.start, header.heading_end)


def _unit_of(cells: list[_Cell], name: _Cell | None) -> str:
    for cell in cells:
        if _UNIT.match(cell.text):
            return cell.text
    inside = _IN_NAME.search(name.text) if name else None
    return inside[1] if inside else ""


def _quantity(
    cell: _Cell, found: re.Match[str], name: _Cell | None, unit: str, column: str, at: int,
    facts: DocumentFacts, force: str | None,
) -> Quantity | None:  # fmt: skip
    """Return the quantity of one cell, None where it is a year."""
    own = found["unit"] or ""
    whole = own or unit
    factor, plain = _split_unit(whole)
    first, last = read_number(found["n1"].lstrip("-")), read_number(found["n2"]) if found["n2"] else None
    if first is None or (not whole and _YEAR.fullmatch(found["n1"])):
        return None
    first = -first if found["n1"].startswith("-") else first
    comparator = _SIGNS.get(found["before"] or "") or _AFTER.get(found["after"] or "", "eq")
    low, high = bounds(first, comparator) if last is None else (first, last)
    low = None if low is None else round(low * factor, 6)
    high = None if high is None else round(high * factor, 6)
    year = _YEAR.search(column)
    status, deadline = _standing(int(year[1]) if year else None, facts)
    label = re.sub(_IN_NAME, "", name.text) if name else None
    measure = _measure(f"{label or ''}{column}", plain)
    start = cell.start + found.start("n1") - (len(found["before"]) if found["before"] else 0)
    end = cell.start + max(found.end("after"), found.end("unit"), found.end("n2"), found.end("n1"))
    return Quantity(
        start=start,
        end=end,
        clause=at,
        indicator=label,
        indicator_id=indicator_id_of(label, measure, plain),
        value_min=low,
        value_max=high,
        comparator="range" if last is not None else comparator,
        unit=plain,
        unit_id=unit_id_of(plain),
        value_min_si=in_base_units(plain, low),
        value_max_si=in_base_units(plain, high),
        measure=measure,
        aggregation="annual_average" if re.search("年均|平均", column + (label or "")) else None,
        deadline=deadline if status == "commitment" else None,
        deadline_source=("stated" if year else "plan_period") if status == "commitment" and deadline else None,
        status=status,
        force=(force or "planned") if status == "commitment" else None,
        rule="table_row",
        evidence=_evidence(start, end, name, label),
    )


def _evidence(start: int, end: int, name: _Cell | None, label: str | None) -> tuple[Evidence, ...]:
    value = Evidence("value", start, end)
    if name is None or label is None:
        return (value,)
    return value, Evidence("indicator", name.start, name.start + len(label))


def _split_unit(unit: str) -> tuple[float, str | None]:
    """Return factor and unit: 万人 is 10000 and 人."""
    plain = unit.strip().replace("％", "%")
    signs = re.match("[万亿]*", plain)
    lead = signs.group() if signs and len(signs.group()) < len(plain) else ""
    return multiplier(lead), plain[len(lead) :] or None


def _standing(year: int | None, facts: DocumentFacts) -> tuple[str, int | None]:
    end, begin = facts.period_end, facts.period_start
    if year is not None and begin is not None and year < begin:
        return "achieved", None
    return "commitment", year if year is not None else end


def _measure(name: str, unit: str | None) -> str:
    if unit in ("%", "‰"):
        return "decrease" if _DOWN.search(name) else "growth_rate" if _GROWTH.search(name) else "share"
    if unit in ("个百分点", "百分点"):
        return "decrease" if _DOWN.search(name) else "increase"
    return "increase" if re.search("新增|增加", name) else "level"
