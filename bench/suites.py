"""The public test suites of other readers of Chinese numbers: their cases, and whether a reading passes one.

The suites are read from a folder that holds them as their repositories do: `Specs/…/Chinese/*.json` (Recognizers-Text),
`test/test_money_*.py` (JioNLP), `cn2an/cn2an_test.py` (cn2an). None of them is part of this repository.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.commitments.units import unit_of
from pipeline.folding import SIMPLIFIED, fold

SPECS = {
    "cardinal, decimal, fraction": ("Number/Chinese/NumberModel", "number"),
    "percentage": ("Number/Chinese/PercentModel", "percentage"),
    "range": ("Number/Chinese/NumberRangeModel", "numberrange"),
    "currency": ("NumberWithUnit/Chinese/CurrencyModel", "currency"),
    "dimension": ("NumberWithUnit/Chinese/DimensionModel", "dimension"),
    "age": ("NumberWithUnit/Chinese/AgeModel", "age"),
    "temperature": ("NumberWithUnit/Chinese/TemperatureModel", "temperature"),
    "duration": ("DateTime/Chinese/DurationExtractor", "duration"),
}
UNITS = {
    "Chinese yuan": "元", "Euro": "欧元", "United States dollar": "美元", "Swiss franc": "瑞士法郎", "Hong Kong dollar": "港元",
    "New Taiwan dollar": "新台币", "Japanese yen": "日元", "Nigerian naira": "奈拉", "Mu": "亩", "Kilogram": "公斤",
    "Centimeter": "厘米", "Ton": "吨", "Meter": "米", "Bit": "比特", "Jin": "斤", "Kilometer": "公里", "Gram": "克",
    "Kilobit": "千比特", "Megabyte": "兆字节", "Kilobyte": "千字节", "Megahertz": "兆赫", "Hertz": "赫兹", "Kilowatt": "千瓦",
    "Kilocalorie": "千卡", "Liang": "两", "Microgram": "微克", "Year": "岁", "Month": "个月", "Week": "周", "Day": "天",
    "Degree": "度", "F": "华氏度", "C": "摄氏度", "Square meter": "平方米", "Square kilometer": "平方公里", "Percent": "%",
}  # fmt: skip
"""What their names of units are called here."""
_MONEY = frozenset({
    "CNY", "USD", "EUR", "JPY", "HKD", "MOP", "TWD", "GBP", "KRW", "AUD", "CAD", "SGD", "CHF", "RUB", "THB", "INR", "NGN",
})  # fmt: skip
_SIZES = frozenset({"kg", "ug_m3", "m", "m2", "m3", "L", "kW", "kV", "Hz", "cal", "J", "By", "bit", "V"})
_SHARES = ("%", "个百分点", "‰")


@dataclass(frozen=True, slots=True)
class Expected:
    """What a suite expects at one place.

    Attributes:
        start: Start in the input.
        end: End in the input.
        low: Lower bound, None where open.
        high: Upper bound, None where open.
        unit: Unit by its name here; None where the suite names none.
        kind: number, percentage, numberrange, currency, dimension, age, temperature, duration.
    """

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Case:
    """An input of a suite and what it expects there."""

    suite: str
    text: str
    kind: str
    expected: tuple[Expected, ...]


def cases_of(folder: Path) -> Iterator[Case]:
    """Yield the cases of the suites that a folder holds.

    Raises:
        FileNotFoundError: If it holds none.
    """
    cases = [*_specs(folder), *_jionlp(folder), *_cn2an(folder)]
    if not cases:
        msg = f"{folder}: none of Specs/, test/test_money_*.py, cn2an/cn2an_test.py is here"
        raise FileNotFoundError(msg)
    yield from cases


def _specs(folder: Path) -> Iterator[Case]:
    for suite, (name, kind) in SPECS.items():
        path = folder / "Specs" / f"{name}.json"
        for one in json.loads(path.read_text("utf-8-sig")) if path.is_file() else ():
            text, at, expected = one["Input"], 0, []
            for result in one["Results"]:
                # Some versions give offsets, some only the words in their order.
                start = result.get("Start", _plain(text).find(_plain(result["Text"]), at))
                end = start + len(result["Text"])
                expected.append(_expected(start, end, kind, result.get("Resolution") or {}))
                at = end
            yield Case(f"Recognizers-Text: {suite}", text, kind, tuple(expected))


def _plain(text: str) -> str:
    """Return a text as their words at times are printed: half-width, small letters; as long as it was."""
    return fold(text, SIMPLIFIED).lower()


def _expected(start: int, end: int, kind: str, resolution: dict[str, Any]) -> Expected:
    value, unit = resolution.get("value"), UNITS.get(resolution.get("unit") or "", resolution.get("unit"))
    if kind == "numberrange":
        low, high = (Decimal(one) if one else None for one in re.sub(r"[\[\]()]", "", value).split(","))
        return Expected(start, end, low, high, None, kind)
    if kind == "percentage":
        value, unit = value.removesuffix("%"), "%"
    number = None if value is None else Decimal(value)
    return Expected(start, end, number, number, unit, kind)


def _jionlp(folder: Path) -> Iterator[Case]:
    for text, wanted in _listed(folder / "test" / "test_money_parser.py"):
        number = wanted["num"]
        low, high = (Decimal(one) for one in (number if isinstance(number, list) else (number, number)))
        bounds = {"blur+": (low, None), "blur-": (None, high)}.get(wanted["definition"], (low, high))
        yield Case("JioNLP: money parser", text, "money", (Expected(0, len(text), *bounds, wanted["case"], "money"),))
    for text, found in _listed(folder / "test" / "test_money_extractor.py"):
        expected = [Expected(*one["offset"], None, None, None, "place") for one in found]
        yield Case("JioNLP: money extractor", text, "place", tuple(expected))


def _listed(path: Path) -> list[Any]:
    """Return the list of cases in a test file, without running it."""
    tree = ast.parse(path.read_text("utf-8")) if path.is_file() else ast.Module([], [])
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List) and getattr(node.targets[0], "id", "") == "money_string_list":  # fmt: skip
            return list(ast.literal_eval(node.value))
    return []


def _cn2an(folder: Path) -> Iterator[Case]:
    path = folder / "cn2an" / "cn2an_test.py"
    tree = ast.parse(path.read_text("utf-8")) if path.is_file() else ast.Module([], [])
    for node in ast.walk(tree):
        name = getattr(node.targets[0], "attr", "") if isinstance(node, ast.Assign) else ""
        if name in ("strict_data_dict", "normal_data_dict", "smart_data_dict") and isinstance(node.value, ast.Dict):
            for text, value in ast.literal_eval(node.value).items():
                number = Decimal(str(value))
                expected = Expected(0, len(text), number, number, None, "number")
                yield Case("cn2an: cn2an", text, "any", (expected,))


def passes(case: Case, found: Sequence[dict[str, Any]]) -> bool:
    """Tell whether a reading gives what the suite expects, and nothing of its kind besides.

    Our quote holds unit and approximators (`四百多`, `十斤`), theirs at times only the number; so one of the two places
    must hold the other.
    """
    spare = [one for one in found if _of_kind(case, one)]
    for wanted in case.expected:
        fit = next((one for one in spare if _agrees(wanted, one)), None)
        if fit is None:
            return False
        spare.remove(fit)
    return not spare or case.kind in ("age", "duration", "any", "numberrange", "temperature")


def _of_kind(case: Case, one: dict[str, Any]) -> bool:
    known = unit_of(one["unit"])
    unit_id = known.unit_id if known else None
    if case.kind == "number":
        return one["unit"] not in _SHARES and unit_id not in _MONEY
    if case.kind == "percentage":
        return one["unit"] in _SHARES
    if case.kind in ("currency", "place"):
        # Without a currency only 10k and the like can be meant as money.
        return unit_id in _MONEY or (case.kind == "place" and one["unit"] is None and "k" in one["quote"])
    return unit_id in _SIZES if case.kind == "dimension" else True


def _agrees(wanted: Expected, one: dict[str, Any]) -> bool:
    inside = wanted.start <= one["start"] and one["end"] <= wanted.end
    around = one["start"] <= wanted.start and wanted.end <= one["end"]
    if not (inside or around):
        return False
    if wanted.kind in ("place", "duration"):
        return wanted.kind == "place" or (one["start"], one["end"]) == (wanted.start, wanted.end)
    return _same_value(wanted, one) and _same_unit(wanted, one)


def _same_value(wanted: Expected, one: dict[str, Any]) -> bool:
    low, high = one["value_min"], one["value_max"]
    if wanted.kind in ("numberrange", "money"):
        if wanted.kind == "money" and one["comparator"] == "gt" and wanted.low != wanted.high:
            return _close(low, wanted.low)  # 3000多: they close the range at the next round number
        return _close(low, wanted.low) and _close(high, wanted.high)
    value = high if low is None else low
    if wanted.kind == "number" or not wanted.unit or one["unit"] is None:
        return _close(value, wanted.low)
    ours, theirs = unit_of(one["unit"]), unit_of(wanted.unit)
    if value is None or wanted.low is None or ours is None or theirs is None:
        return _close(value, wanted.low)
    return _close(float(Decimal(str(value)) * ours.factor), wanted.low * theirs.factor)


def _close(value: float | None, wanted: Decimal | None) -> bool:
    if value is None or wanted is None:
        return value is None and wanted is None
    # JioNLP rounds to hundredths.
    return abs(float(wanted) - value) <= max(1e-12 * abs(value), 1e-20) or abs(float(wanted) - value) <= 1e-11 * abs(value) + (0.005 if abs(value) > 1e9 and value % 1 else 0)  # fmt: skip


def _same_unit(wanted: Expected, one: dict[str, Any]) -> bool:
    if wanted.kind in ("number", "numberrange"):
        return True
    if wanted.kind == "percentage":
        return one["unit"] in _SHARES
    if wanted.kind == "money" and one["unit"] is None:
        return wanted.unit == "元"  # a bare number: their parser is told that it is money
    ours, theirs = unit_of(one["unit"]), unit_of(wanted.unit)
    return one["unit"] == wanted.unit or (ours is not None and theirs is not None and ours.unit_id == theirs.unit_id)
