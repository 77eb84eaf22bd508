"""The commands, put together."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli import (
    about,
    analyze,
    codebook,
    corpora,
    inherit,
    labels,
    multiverse,
    nearest,
    publishing,
    quantities,
    results,
    run,
    show,
    stage,
    training,
)

app = typer.Typer(
    name="planlens",
    help="Read Chinese development plans into clauses, themes and numeric commitments.\n\n"
    "Example: planlens analyze plan.pdf --out out",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"planlens {__version__}")
        raise typer.Exit


@app.callback()
def planlens(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Read Chinese development plans into clauses, themes and numeric commitments.

    Example: planlens analyze plan.pdf --out out
    """


app.command()(run.run)
app.command()(analyze.analyze)
app.add_typer(corpora.app, name="corpus")
app.add_typer(show.app, name="show")
app.command()(quantities.quantities)
app.command()(results.compare)
app.command()(inherit.inherit)
app.command()(multiverse.multiverse)
app.command()(nearest.nearest)
app.command()(results.evaluate)
app.command()(results.report)
app.command()(codebook.codebook)
app.command()(labels.label)
app.command()(labels.agreement)
app.command("train-themes")(training.train_themes)
app.command("count-errors")(training.count_errors)
app.command()(publishing.export)
app.command()(about.cite)
app.command()(publishing.certify)
app.command()(publishing.verify)
app.command()(publishing.diff)
app.command()(about.doctor)
app.command()(run.notebooks)
app.command(hidden=True)(stage.stage)
