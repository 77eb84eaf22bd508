"""Kill stages at random moments and let them go on: `python bench/kills.py [N]`.

The same as tests/execution/test_crashes.py, with more kills and another seed: each kill is a SIGKILL at a random moment
of a stage that replaces the tables of 66 invented documents, one of them changed; afterwards the tables must be the old
ones, the new ones or refused by the next stage, and the stage run again must give the bytes of an unbroken run.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Print what came of the kills."""
    n = sys.argv[1] if len(sys.argv) > 1 else "100"
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "tests" / "execution" / "killing.py"), folder, n, "2026"]
        told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    n_kills, n_wrong = told["kills"], len(told["wrong"])
    print(f"{n_kills} kills ({told['ended_before']} more came after the stage had ended)")
    print(f"after it the tables were {told['old']} times the old, {told['new']} the new, {told['refused']} refused")
    print(f"run again: {n_kills - n_wrong} times the bytes of an unbroken run, {n_wrong} times others")


if __name__ == "__main__":
    main()
