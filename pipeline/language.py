"""The spaCy layer: `nlp = spacy.blank("zh")`, then `nlp.add_pipe("plan_quantities")` and the others.

| component | sets |
| --- | --- |
| `plan_sections` | `doc.spans["sections"]`, label the level; `span._.path` |
| `plan_clauses` | `doc.spans["clauses"]`; `span._.context`, the heading path |
| `plan_quantities` | `doc.spans["quantities"]`, label the measure; `span._.quantity`, the fields as a dict |
| `plan_themes` | label, `span._.theme` and `span._.theme_p` of `doc.spans["clauses"]` |

Each works alone: what it needs of the others it computes itself. They are entry points, so any spaCy user
with PlanLens installed can add them. The text of the Doc is taken as canonical text, and read folded; `doc._.plan`
may say what is known of the document (`doc_type`, `period_start`, `period_end`, `published`), else it is guessed.
`displacy.render(doc, style="span", options={"spans_key": "quantities"})` shows the quantities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.commitments import DocumentFacts, read_quantities
from pipeline.folding import fold, fold_all
from pipeline.reading import guess_metadata
from pipeline.records import Structure
from pipeline.structure import parse
from pipeline.themes.context import SEPARATOR

if TYPE_CHECKING:
    from pipeline.themes import Classifier

SECTIONS, CLAUSES, QUANTITIES = "sections", "clauses", "quantities"


Doc.set_extension("plan", default=None, force=True)
for _name in ("path", "context", "quantity", "theme", "theme_p"):
    Span.set_extension(_name, default=None, force=True)


def _set_spans(doc: Doc, key: str, bounds: Sequence[tuple[int, int]], labels: Sequence[str]) -> list[Span]:
    """Set a span group from character offsets; a span grows to whole tokens, an empty one is left out."""
    spans = []
    for (start, end), label in zip(bounds, labels, strict=True):
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is None:
            msg = f"no token at characters {start} to {end} of the Doc"
            raise ValueError(msg)
        spans.append(span)
    doc.spans[key] = spans
    return spans


def _structure(doc: Doc) -> Structure:
    return parse(fold(doc.text), ())


class PlanSections:
    """Sets `doc.spans["sections"]` to the headings."""

    def __call__(self, doc: Doc) -> Doc:
        """Read the sections of one Doc."""
        sections = _structure(doc).sections
        bounds = [(one.start, one.heading_end) for one in sections]
        spans = _set_spans(doc, SECTIONS, bounds, [str(one.level) for one in sections])
        for span, one in zip(spans, sections, strict=True):
            span._.path = one.path
        return doc


class PlanClauses:
    """Sets `doc.spans["clauses"]`."""

    def __call__(self, doc: Doc) -> Doc:
        """Read the clauses of one Doc."""
        structure = _structure(doc)
        bounds = [(one.start, one.end) for one in structure.clauses]
        spans = _set_spans(doc, CLAUSES, bounds, [one.kind for one in structure.clauses])
        for span, one in zip(spans, structure.clauses, strict=True):
            span._.context = SEPARATOR.join(structure.heading_path(doc.text, one.section))
        return doc


class PlanQuantities:
    """Sets `doc.spans["quantities"]` and `span._.quantity`."""

    def __call__(self, doc: Doc) -> Doc:
        """Read the quantities of one Doc."""
        found = read_quantities(fold(doc.text), _structure(doc), _facts(doc))
        spans = _set_spans(doc, QUANTITIES, [(one.start, one.end) for one in found], [one.measure for one in found])
        for span, one in zip(spans, found, strict=True):
            span._.quantity = asdict(one) | {"evidence": tuple(told._asdict() for told in one.evidence)}
        return doc


def _facts(doc: Doc) -> DocumentFacts:
    known: dict[str, Any] = guess_metadata("text", fold(doc.text)) | (doc._.plan or {})
    published = str(known["published"] or "")[:4]
    return DocumentFacts(
        doc_type=known["doc_type"],
        period_start=known["period_start"],
        period_end=known["period_end"],
        published_year=int(published) if published.isdigit() else None,
    )


class PlanThemes:
    """Gives each clause its theme.

    Args:
        model: `themes-linear`, the shipped one, or a folder.
    """

    def __init__(self, model: str) -> None:
        self._name = model
        self._model: Classifier | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Classify the clauses of one Doc.

        Raises:
            FileNotFoundError: If the model is absent.
        """
        from pipeline.themes import load_classifier

        self._model = self._model or load_classifier(self._name)
        if CLAUSES not in doc.spans:
            doc = PlanClauses()(doc)
        spans = list(doc.spans[CLAUSES])
        texts = fold_all([span.text for span in spans])
        contexts = fold_all([span._.context for span in spans])
        p = self._model.probabilities(texts, [""] * len(spans), contexts, None)
        doc.spans[CLAUSES] = [_labelled(span, self._model.codes, row) for span, row in zip(spans, p, strict=True)]
        return doc


def _labelled(span: Span, codes: tuple[str, ...], p: np.ndarray) -> Span:
    best = int(p.argmax())
    span.label_ = codes[best]
    span._.theme, span._.theme_p = codes[best], float(p[best])
    return span


@Language.factory("plan_sections", assigns=["doc.spans"])
def create_plan_sections(nlp: Language, name: str) -> PlanSections:
    """Make the component `plan_sections`."""
    return PlanSections()


@Language.factory("plan_clauses", assigns=["doc.spans"])
def create_plan_clauses(nlp: Language, name: str) -> PlanClauses:
    """Make the component `plan_clauses`."""
    return PlanClauses()


@Language.factory("plan_quantities", assigns=["doc.spans"])
def create_plan_quantities(nlp: Language, name: str) -> PlanQuantities:
    """Make the component `plan_quantities`."""
    return PlanQuantities()


@Language.factory("plan_themes", assigns=["doc.spans"], default_config={"model": "themes-linear"})
def create_plan_themes(nlp: Language, name: str, model: str) -> PlanThemes:
    """Make the component `plan_themes`."""
    return PlanThemes(model)
