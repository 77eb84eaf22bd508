"""The command line: the only part that prints. Heavy imports stay inside the commands."""

from __future__ import annotations

import os
import sys
import traceback

_SOFTWARE = 70


def main() -> None:
    """Run `planlens`; a user's mistake ends in one line and exit status 1, not in a traceback.

    Exit status: 0 done (documents may have been dropped: each is told, and a row of `dropped`), 1 something given is
    at fault, 2 the command line is, 70 a fault of PlanLens itself (EX_SOFTWARE of sysexits.h; with its traceback),
    130 interrupted. With PLANLENS_DEBUG=1 in the environment the traceback is shown.
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
        from pipeline.cli.console import visible

        sys.exit(visible(f"planlens: {_line(error)}"))
    except Exception:
        traceback.print_exc()
        print("planlens: this is a fault of PlanLens; please report it with the lines above", file=sys.stderr)
        sys.exit(_SOFTWARE)


def _line(error: Exception) -> str:
    """Return an error as one line; an OSError of the system names its file first."""
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror}"
    return " ".join(str(error).split()) or type(error).__name__
