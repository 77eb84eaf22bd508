"""Make the report: one HTML page for a corpus, with everything inside."""

from __future__ import annotations

import html
from collections.abc import Mapping
from string import Template

import pandas as pd

from pipeline.params import Report
from pipeline.stages.report_page.assets import asset, labels, policy, script
from pipeline.stages.report_page.document_payload import document_payloads
from pipeline.stages.report_page.drawing import Drawing
from pipeline.stages.report_page.payload import Shown, complete, corpus_payload, counts, detail_of, indicators, models
from pipeline.stages.report_page.rows import script_json


def _block(name: str, text: str) -> str:
    return f'<script type="application/json" id="{name}">{text}</script>'


def report(tables: Mapping[str, pd.DataFrame], params: Report, drawing: Drawing | None = None) -> str:
    """Return a self-contained page: no server, no network; it opens from a file.

    Args:
        tables: `documents`, and whichever there are of dropped, sections, sentences, clauses, themes,
            quantities, theme_shares, divergence, indicators, indicator_matrix, alignment, reuse.
        params: The parameters of the stage.
        drawing: What draws the charts of so many documents, where it is at hand.

    Returns:
        HTML; the same tables give the same text. A large corpus shows sentences with a quantity
        only, a very large one leaves the quantities to the tables; the page says so.

    Raises:
        ValueError: If there is no documents table.
    """
    found = complete(tables)
    detail = detail_of(found)
    drawing = drawing or Drawing.of(len(found["documents"]))
    return report_shown(found, shown(found, detail), drawing, detail, params)


def shown(tables: Mapping[str, pd.DataFrame], detail: str) -> Shown:
    """Return what the page shows of some documents by themselves.

    Args:
        tables: From `complete`, of these documents.
        detail: From `detail_of`.
    """
    documents = [script_json(one) for _, one in document_payloads(tables, detail)]
    return Shown(counts(tables), documents, models(tables), indicators(tables))


def report_shown(
    tables: Mapping[str, pd.DataFrame], documents: Shown, drawing: Drawing, detail: str, params: Report
) -> str:
    """Return the page, as `report`, from what it shows of each document.

    Args:
        tables: `documents`, `dropped`, and the comparison tables where there are any; all that `alignment` shows.
        documents: Of all documents, in their order.
        drawing: What draws the charts of so many documents.
        detail: From `detail_of`.
        params: The parameters of the stage.
    """
    corpus = corpus_payload(tables, documents, params.title, detail)
    corpus["charts"] = drawing.charts
    blocks = [_block("labels", script_json(labels())), _block("corpus", script_json(corpus))]
    blocks += [_block(f"doc-{at}", one) for at, one in enumerate(documents.blocks)]
    del corpus
    scripts = (drawing.runtime, script())
    return Template(asset("page.html")).substitute(
        title=html.escape(params.title),
        policy=html.escape(policy(*scripts)),
        style=asset("style.css"),
        data="\n".join(blocks),
        runtime=scripts[0],
        script=scripts[1],
    )
