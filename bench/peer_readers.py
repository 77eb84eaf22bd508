"""Other readers of numbers behind one interface: a line of text to its quantities, as `planlens quantities` gives them.

Their outputs are mapped generously: a bare number takes the unit of our codebook that follows it (none of them reads
Chinese classifiers), and their names of units are put into ours. What they leave out (bounds such as 以上) stays out.

What is called: of Recognizers-Text the models of numbers, percentages, currencies, dimensions, ages and temperatures;
of JioNLP `ner.extract_money`, the only extractor of quantities that it has (`extract_time` reads dates); of cn2an
`cn2an` on each stretch of numerals, which a pattern of ours finds since it finds none; of quantulum3 `parser.parse`.
"""

from __future__ import annotations

import re
import warnings
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Context, localcontext
from importlib import import_module
from typing import Any

from suites import UNITS

from pipeline.commitments.units import unit_pattern

Found = dict[str, Any]
Reader = Callable[[str], list[Found]]
_UNIT = re.compile(f"(?:{unit_pattern()})")
_NUMERAL = re.compile(
    r"百分之[0-9.点零一二三四五六七八九十百千万亿两]+|[0-9]+(?:\.[0-9]+)?[十百千万亿]*|[零一二三四五六七八九十百千万亿两点]+"
)


def readers() -> dict[str, Reader | None]:
    """Return the readers by name; None where the package is not installed."""
    found: dict[str, Reader | None] = {"PlanLens": _ours(everything=False), "PlanLens --all": _ours(everything=True)}
    for name, make in (("Recognizers-Text", _recognizers), ("JioNLP", _jionlp), ("cn2an", _cn2an), ("quantulum3", _quantulum)):  # fmt: skip
        try:
            found[name] = make()
        except ImportError:
            found[name] = None
    return found


def whole_readers() -> dict[str, Reader]:
    """Return the readers of a text that is one number as a whole, for the suites that test them so."""
    found: dict[str, Reader] = {}
    for name, make in (("JioNLP", _jionlp_whole), ("cn2an", _cn2an_whole)):
        with suppress(ImportError):
            found[name] = make()
    return found


def one(line: str, start: int, end: int, low: float | None, high: float | None, comparator: str, unit: str | None) -> Found:  # fmt: skip
    """Return a quantity; a bare number takes the unit that follows it."""
    if unit is None and (after := _UNIT.match(line, end)):
        unit, end = after.group(), after.end()
    unit = {"倍": "times", "番": "times", "％": "%"}.get(unit or "", unit)
    return {
        "start": start, "end": end, "quote": line[start:end], "value_min": low, "value_max": high,
        "comparator": comparator, "unit": unit,
    }  # fmt: skip


def longest(found: list[Found]) -> list[Found]:
    """Return the quantities that no longer one overlaps, by start."""
    starts: list[int] = []
    kept: list[Found] = []
    for each in sorted(found, key=lambda one: one["start"] - one["end"]):
        at = bisect_left(starts, each["start"])
        clear_ahead = at == 0 or kept[at - 1]["end"] <= each["start"]
        if clear_ahead and (at == len(kept) or each["end"] <= kept[at]["start"]):
            starts.insert(at, each["start"])
            kept.insert(at, each)
    return kept


def _ours(*, everything: bool) -> Reader:
    from pipeline.commitments.candidates import candidates
    from pipeline.commitments.expressions import all_candidates
    from pipeline.folding import fold

    def read(line: str) -> list[Found]:
        folded = fold(line)
        with localcontext(Context(prec=28)):  # Recognizers-Text narrows the context of the whole process
            found = all_candidates(folded) if everything else list(candidates(folded))
        return [
            {
                "start": each.start, "end": each.end, "quote": line[each.start : each.end], "value_min": each.value_min,
                "value_max": each.value_max, "comparator": each.comparator, "unit": each.unit,
            }
            for each in found
        ]  # fmt: skip

    return read


def _recognizers() -> Reader:
    emoji = import_module("emoji")
    if not hasattr(emoji, "UNICODE_EMOJI"):  # their release wants emoji 1
        emoji.UNICODE_EMOJI = emoji.EMOJI_DATA
    number, units = import_module("recognizers_number"), import_module("recognizers_number_with_unit")
    calls = [number.recognize_number, number.recognize_percentage]
    calls += [getattr(units, f"recognize_{name}") for name in ("currency", "dimension", "age", "temperature")]

    def read(line: str) -> list[Found]:
        found = []
        for call in calls:
            try:
                results = call(line, number.Culture.Chinese)
            except Exception:  # noqa: BLE001, S112 - it fails on some lines; those count as not read
                continue
            found += [each for result in results if (each := _resolved(line, result)) is not None]
        return longest(found)

    return read


def _resolved(line: str, result: Any) -> Found | None:  # noqa: ANN401
    told = result.resolution or {}
    value = str(told.get("value") or "")
    unit = "%" if value.endswith("%") else UNITS.get(told.get("unit", ""), told.get("unit"))
    try:
        number = float(value.rstrip("%"))
    except ValueError:
        return None
    return one(line, result.start, result.end + 1, number, number, "eq", unit)


_DEFINITIONS = {"accurate": "eq", "blur": "approx", "blur+": "ge", "blur-": "le"}


def _jionlp() -> Reader:
    jio = import_module("jionlp")

    def read(line: str) -> list[Found]:
        found = jio.ner.extract_money(line, with_parsing=True)
        return longest([_money(line, each["offset"], each["detail"]) for each in found if each.get("detail")])

    return read


def _money(line: str, span: tuple[int, int], detail: dict[str, Any]) -> Found:
    number, comparator = detail["num"], _DEFINITIONS.get(detail["definition"], "eq")
    if isinstance(number, list):
        return one(line, *span, float(number[0]), float(number[1]), "range", detail["case"])
    low = None if comparator == "le" else float(number)
    high = None if comparator == "ge" else float(number)
    return one(line, *span, low, high, comparator, detail["case"])


def _jionlp_whole() -> Reader:
    jio = import_module("jionlp")

    def read(text: str) -> list[Found]:
        try:
            detail = jio.parse_money(text)
        except ValueError:
            return []
        return [] if not detail else [_money(text, (0, len(text)), detail)]

    return read


def _cn2an_whole() -> Reader:
    read_number = import_module("cn2an").cn2an

    def read(text: str) -> list[Found]:
        try:
            value = float(read_number(text, "smart"))
        except (ValueError, KeyError, TypeError):
            return []
        return [one(text, 0, len(text), value, value, "eq", None)]

    return read


def _cn2an() -> Reader:
    read_number = import_module("cn2an").cn2an

    def read(line: str) -> list[Found]:
        return list(_numerals(line, read_number))

    return read


def _numerals(line: str, read_number: Callable[[str, str], float]) -> Iterator[Found]:
    """Yield what cn2an makes of each stretch of numerals; it finds no stretches itself."""
    for found in _NUMERAL.finditer(line):
        share = found.group().startswith("百分之")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                value = float(read_number(found.group().removeprefix("百分之"), "smart"))
        except (ValueError, KeyError, TypeError):
            continue
        yield one(line, found.start(), found.end(), value, value, "eq", "%" if share else None)


def _quantulum() -> Reader:
    parser = import_module("quantulum3").parser if hasattr(import_module("quantulum3"), "parser") else import_module("quantulum3.parser")  # fmt: skip

    def read(line: str) -> list[Found]:
        found = []
        try:
            results = parser.parse(line)
        except Exception:  # noqa: BLE001 - it fails on some lines; those count as not read
            return []
        for each in results:
            unit = {"percentage": "%", "dimensionless": None}.get(each.unit.name, each.unit.name)
            found.append(one(line, *each.span, float(each.value), float(each.value), "eq", unit))
        return longest(found)

    return read
