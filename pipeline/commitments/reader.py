"""Read the quantities of one document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from pipeline.commitments.actors import actor_of
from pipeline.commitments.aggregations import aggregation_of
from pipeline.commitments.candidates import Candidate, candidates
from pipeline.commitments.carried import complete
from pipeline.commitments.chains import carry_measures
from pipeline.commitments.facts import DocumentFacts
from pipeline.commitments.indicator_net import indicator_spans
from pipeline.commitments.indicators import indicator_id_of, indicator_of
from pipeline.commitments.measures import measure_of, resulting_ratio
from pipeline.commitments.noun_phrases import between_commas, own_part
from pipeline.commitments.pairs import link
from pipeline.commitments.parts import OF_THE_WHOLE, of_a_part
from pipeline.commitments.rows import table_quantities
from pipeline.commitments.standing import standing_of
from pipeline.commitments.units import in_base_units, unit_id_of
from pipeline.commitments.zones import zones
from pipeline.records import Evidence, Hint, Quantity, Span, Structure
from pipeline.structure.indicator_rows import read_tables


def read_quantities(
    text: str,
    structure: Structure,
    facts: DocumentFacts,
    hints: Sequence[Hint] = (),
    states: Sequence[str] | None = None,
) -> list[Quantity]:
    """Read every quantity of a canonical text (guidelines, section 3).

    Args:
        text: Canonical text.
        structure: Its structure; quantities are read in clauses, not in headings.
        facts: What status and deadline depend on.
        hints: Canonical hints, for the merged cells of tables.
        states: What `zones` gives, where it is known.

    Returns:
        Quantities by start, not overlapping, each inside its clause.
    """
    reader = _Reader(text, structure, facts, zones(text, structure, facts) if states is None else states)
    tables = [one for one in read_tables(text, structure, hints) if one.kind == "indicator"]
    chosen: list[tuple[Candidate, int]] = []
    clauses = structure.clauses
    starts, tabled = [one.start for one in clauses], [one.start for one in tables]
    for one in candidates(text):
        at = bisect_right(starts, one.start) - 1
        table = bisect_right(tabled, one.start) - 1
        # In an indicator table the row says what a figure means; other tables are read like any text.
        in_table = table >= 0 and one.start < tables[table].end
        if at >= 0 and one.end <= clauses[at].end and not in_table:
            chosen.append((one, at))
    spans = np.array([(one.start, one.end) for one, _ in chosen], np.int64).reshape(-1, 2)
    named = indicator_spans(text, spans)
    found = [reader.quantity(one, at, span) for (one, at), span in zip(chosen, named, strict=True)]
    found = complete(text, structure, link(text, structure, carry_measures(text, structure, found)))
    found += table_quantities(text, structure, tables, facts)
    return sorted(found, key=lambda one: one.start)


class _Reader:
    """Reads the candidates of one document in their context."""

    def __init__(self, text: str, structure: Structure, facts: DocumentFacts, states: Sequence[str]) -> None:
        self._text, self._structure, self._facts = text, structure, facts
        self._zones = states
        self._paths: dict[int | None, list[str]] = {}

    def _path(self, section: int | None) -> list[str]:
        if section not in self._paths:
            self._paths[section] = self._structure.heading_path(self._text, section)
        return self._paths[section]

    def quantity(self, one: Candidate, at: int, span: Span | None) -> Quantity:
        """Return the quantity that a candidate in clause `at` is; its indicator is named at `span`."""
        text, clause = self._text, self._structure.clauses[at]
        sentence = self._structure.sentences[clause.sentence]
        ahead, after = text[clause.start : one.start], text[one.end : clause.end]
        measure = measure_of(one, text[one.start : one.end], ahead, after)
        stands = standing_of(
            text, one.start, (clause.start, clause.end), (sentence.start, sentence.end), self._zones[at],
            self._path(clause.section), self._facts, measure,
        )  # fmt: skip
        if unit_id_of(one.unit) == "s":
            # A travel time is of its destination, which the rule reads whole.
            span = indicator_of(text, clause.start, clause.end, one, sentence.start) or span
        if span is not None:
            low, high = between_commas(text[slice(*span)], span[0] < one.start)
            span = (span[0] + low, span[0] + high)
            span = (span[0] + own_part(text[slice(*span)]), span[1])
        aggregation, cue = aggregation_of(text, sentence.start, one.start, measure)
        indicator = None if span is None else text[slice(*span)]
        evidence = [Evidence("value", one.start, one.end)]
        evidence += [Evidence(*told) for told in stands.evidence]
        actor = actor_of(text, sentence.start, one.start, self._facts)
        if actor is not None:
            evidence.append(Evidence("actor", *actor))
        if cue is not None:
            evidence.append(Evidence("aggregation", *cue))
        if span is not None:
            evidence.append(Evidence("indicator", *span))
        ratio = resulting_ratio(one, measure, ahead)
        return Quantity(
            start=one.start,
            end=one.end,
            clause=at,
            indicator=indicator,
            indicator_id=self._filed(span, clause.start, measure, one.unit),
            value_min=one.value_min,
            value_max=one.value_max,
            comparator=one.comparator,
            unit=one.unit,
            unit_id=unit_id_of(one.unit),
            value_min_si=in_base_units(one.unit, one.value_min) if ratio is None else ratio[0],
            value_max_si=in_base_units(one.unit, one.value_max) if ratio is None else ratio[1],
            measure=measure,
            aggregation=aggregation,
            deadline=stands.deadline,
            deadline_source=stands.deadline_source,
            status=stands.status,
            force=stands.force,
            actor=None if actor is None else text[slice(*actor)],
            rule=one.rule,
            evidence=tuple(evidence),
        )

    def _filed(self, span: Span | None, low: int, measure: str, unit: str | None) -> str | None:
        """Return the id of the common indicator named at `span`, None where it is that of a part of the place."""
        if span is None:
            return None
        found = indicator_id_of(self._text[slice(*span)], measure, unit)
        own = self._facts.level == "county" or found not in OF_THE_WHOLE
        return found if own or not of_a_part(self._text, low, span) else None
