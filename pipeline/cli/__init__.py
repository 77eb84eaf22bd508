"""The command line: the only part that prints. Heavy imports stay inside the commands."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run `planlens`; a user's mistake ends in one line and exit status 1, not in a traceback.

    With PLANLENS_DEBUG=1 in the environment the traceback is shown.
    """
    from pipeline.cli.app import app

    try:
        app()
    except (ValueError, OSError) as error:
        if os.environ.get("PLANLENS_DEBUG") == "1":
            raise
        if isinstance(error, BrokenPipeError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        sys.exit(f"planlens: {_line(error)}")


def _line(error: Exception) -> str:
    """Return an error as one line; an OSError of the system names its file first."""
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror}"
    return " ".join(str(error).split()) or type(error).__name__
