"""`planlens inherit`: which clauses are copied, adapted or a place's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.console import emit, load_params, tell
from pipeline.cli.results import tables_at

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.params import Params
    from pipeline.workflow import Tables

_SHOWN = 20


def inherit(
    where: Annotated[Path, typer.Argument(help="Folder of tables, corpus or documents.")],
    out: Annotated[Path | None, typer.Option(help="Write the tables here.")] = None,
    params: Annotated[Path | None, typer.Option(help="Parameters, as in params.yaml: `parallel`.")] = None,
    form: Annotated[str, typer.Option("--format", help="table, csv, jsonl, markdown or latex.")] = "table",
) -> None:
    """Find the source of each clause: nation, province, the place's document before, other places.

    Example: planlens inherit data/artifacts/panel --out inherited
    """
    from pipeline.files import held, write_table

    found = inherited(_loaded(where), load_params(params))
    if out is not None:
        with held(out):
            for name, frame in found.items():
                write_table(frame, out, name)
    shares = found["inheritance_shares"]
    emit(_shown(shares) if form == "table" else shares, form, "Shares of clauses, %")
    if out is not None and form == "table":
        tell(f"{', '.join(found)} in {out}")


def _loaded(where: Path) -> Tables:
    """Return the tables needed, without the columns that take most memory."""
    from pipeline.cli.results import ARTIFACTS
    from pipeline.files import has_table, read_table
    from pipeline.workflow import LARGE

    for folder in (where, ARTIFACTS / where):
        if has_table(folder, "documents"):
            more = {"clauses": (*LARGE["clauses"], "context", "section_id", "kind")}
            return {
                name: read_table(folder, name, {**LARGE, **more}.get(name, ()))
                for name in ("documents", "clauses", "themes")
            }
    return tables_at(where)


def inherited(tables: Tables, params: Params) -> dict[str, pd.DataFrame]:
    """Return the tables on inheritance; places are worked on side by side."""
    import pandas as pd

    from pipeline.comparison.diffusion import diffusion_table, inheritance_shares, local_themes
    from pipeline.comparison.inheritance import elsewhere, inheritance_table, matches, prepared, tasks
    from pipeline.execution.parallel import over

    rows = prepared(tables["clauses"], tables["documents"])
    n_places = rows.loc[rows["code"].ge(0), "place"].nunique()
    pieces = ((one,) for one in tasks(rows))
    found = pd.concat([elsewhere(rows), *over(matches, pieces, n_places, params.parallel)], ignore_index=True)
    table = inheritance_table(rows, found.sort_values(["row", "kind"]))
    return {
        "inheritance": table,
        "inheritance_shares": inheritance_shares(table, tables["documents"]),
        "local_themes": local_themes(table, tables["themes"]),
        "diffusion": diffusion_table(rows),
    }


def _shown(shares: pd.DataFrame) -> pd.DataFrame:
    """Return what fits a terminal, in percent; the shares by characters are in the table."""
    shares = shares.loc[:, ~shares.columns.str.endswith("_characters")]
    numbers = shares.select_dtypes("float").columns
    return shares.assign(**{name: (100 * shares[name]).round(1) for name in numbers}).head(_SHOWN)
