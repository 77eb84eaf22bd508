"""Score quantities: spans by overlap, fields by the values that gold accepts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.evaluation.gold import FIELDS, FULL_FIELDS, READ_FIELDS, VALUE_FIELDS, GoldDocument, GoldQuantity
from pipeline.evaluation.predicted import Found, FoundQuantity
from pipeline.evaluation.tallies import Error, Tally, f1, ratio
from pipeline.records import Span

_UNIT_ALIASES = {"percent": "%", "％": "%", "百分点": "个百分点", "percentage_point": "个百分点",
                 "倍": "times", "番": "times"}  # fmt: skip
_LEVELS = {"value": VALUE_FIELDS, "read": READ_FIELDS, "full": FULL_FIELDS}
_RELATIVE = 1e-6


def match(found: Sequence[FoundQuantity], gold: Sequence[GoldQuantity]) -> dict[int, int]:
    """Match each gold quantity, in order, with the free prediction that it overlaps most.

    Returns:
        Indices into `gold` to indices into `found`.
    """
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for at, wanted in enumerate(gold):
        overlaps = [(_overlap(one.spans, wanted.spans), -i) for i, one in enumerate(found) if i not in used]
        best, i = max(overlaps, default=(0, 0))
        if best:
            pairs[at] = -i
            used.add(-i)
    return pairs


def _overlap(left: Sequence[Span], right: Sequence[Span]) -> int:
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in left for b in right)


def field_right(field: str, got: object, accepted: Sequence[object]) -> bool:
    """Say whether a field has an accepted value: numbers to a millionth, units by their aliases."""
    if field in VALUE_FIELDS:
        return any(_same_number(got, one) for one in accepted)
    if field == "unit":
        return _unit(got) in {_unit(one) for one in accepted}
    if field == "deadline":
        return _year(got) in {_year(one) for one in accepted}
    return got in accepted


def _same_number(got: object, wanted: object) -> bool:
    if got is None or wanted is None:
        return got is None and wanted is None
    target = float(str(wanted))
    return abs(float(str(got)) - target) <= _RELATIVE * max(1.0, abs(target))


def _unit(value: object) -> str | None:
    if value is None:
        return None
    text = str(value).replace(" ", "")
    return _UNIT_ALIASES.get(text, text)


def _year(value: object) -> str | None:
    return None if value is None else str(value)[:4]


def score_quantities(found: Found, gold: GoldDocument) -> tuple[list[Tally], list[Error]]:
    """Count right and wrong quantities of a document.

    Returns:
        A tally for each gold and each predicted quantity (optional ones and what matches them count
        neither way), and the errors.
    """
    pairs = match(found.quantities, gold.quantities)
    tallies: list[Tally] = []
    errors: list[Error] = []
    for at, wanted in enumerate(gold.quantities):
        if wanted.optional:
            continue
        got = found.quantities[pairs[at]] if at in pairs else None
        right = {key: field_right(key, got.fields[key], wanted.accept[key]) for key in FIELDS} if got else {}
        tallies.append((found.cluster_at(wanted.spans[0][0]), _counts(wanted, right)))
        errors += _errors(found.doc_id, wanted, got, right)
    counted = set(range(len(found.quantities)))
    counted -= {i for at, i in pairs.items() if gold.quantities[at].optional}
    for i in sorted(counted):
        one = found.quantities[i]
        counts = Counter(pred=1, pred_commitment=int(one.fields["status"] == "commitment"))
        tallies.append((found.cluster_at(one.spans[0][0]), counts))
        if i not in pairs.values():
            errors.append(Error(found.doc_id, "spurious", None, None, one.quote, *_extent(one.spans)))
    return tallies, errors


def _counts(wanted: GoldQuantity, right: dict[str, bool]) -> Counter[str]:
    counts = Counter(gold=1, gold_commitment=int(wanted.is_commitment))
    if right:
        counts["found"] = 1
        counts.update({f"right_{key}": int(value) for key, value in right.items()})
        counts.update({level: int(all(right[key] for key in keys)) for level, keys in _LEVELS.items()})
        counts["full_commitment"] = counts["full"] * counts["gold_commitment"]
    return counts


def _errors(doc_id: str, wanted: GoldQuantity, got: FoundQuantity | None, right: dict[str, bool]) -> list[Error]:
    extent = _extent(wanted.spans)
    if got is None:
        return [Error(doc_id, "missed", None, wanted.quote, None, *extent)]
    return [
        Error(doc_id, "wrong_field", key, _shown(*wanted.accept[key]), _shown(got.fields[key]), *extent)
        for key, value in right.items()
        if not value
    ]


def _extent(spans: Sequence[Span]) -> Span:
    """Return the first span: the others of a displaced quantity lie elsewhere."""
    return spans[0]


def _shown(*values: object) -> str:
    return " or ".join(f"{one:.12g}" if isinstance(one, int | float) else str(one) for one in values)


def quantity_metrics(counts: Counter[str]) -> dict[str, float | None]:
    """Return F1, precision and recall of each level of reading, and the accuracy of each field."""
    metrics: dict[str, float | None] = {"n_quantities": counts["gold"], "n_predicted": counts["pred"]}
    levels = {"span": "found", "value": "value", "read": "read", "full": "full"}
    for level, right in levels.items():
        metrics |= _prf(level, counts[right], counts["pred"], counts["gold"])
    commitments = counts["full_commitment"], counts["pred_commitment"], counts["gold_commitment"]
    metrics |= _prf("commitment_full", *commitments)
    return metrics | {f"accuracy_{key}": ratio(counts[f"right_{key}"], counts["found"]) for key in FIELDS}


def _prf(level: str, right: int, predicted: int, gold: int) -> dict[str, float | None]:
    return {
        f"{level}_f1": f1(right, predicted, gold),
        f"{level}_precision": ratio(right, predicted),
        f"{level}_recall": ratio(right, gold),
    }
