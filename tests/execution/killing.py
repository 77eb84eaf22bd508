"""Kill stages at random moments and let them go on: `python killing.py FOLDER N_KILLS SEED` prints what came of it.

A process of its own with all imports done forks a child for each kill, so that the moments fall into the stage's work
and not into the start of Python.
"""

import importlib
import itertools
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from invented_corpus import report, write_corpus  # noqa: E402
from running import hashes  # noqa: E402

from pipeline.cli.console import set_talk  # noqa: E402
from pipeline.cli.stage import stage  # noqa: E402
from pipeline.execution import check_sealed  # noqa: E402
from pipeline.execution.keys import file_digest  # noqa: E402
from pipeline.workflow import STEPS  # noqa: E402

for imported_late in (
    *(f"pipeline.stages.{one}" for one in ("segment", "embed", "classify", "extract", "compare", "report")),
    *("pipeline.themes.ngram_encoder", "pipeline.themes.plan_reader", "pipeline.cli.progress"),
    *("altair", "joblib", "sklearn.cluster", "tokenizers", "torch", "vl_convert"),
):
    importlib.import_module(imported_late)

STAGES = ("ingest", "segment", "embed", "classify", "extract", "compare", "report")
N_DOCUMENTS = 66
"""More than stand in one part."""


def run(name: str, home: Path) -> None:
    stage(
        name,
        home / "tables",
        given=home / "corpus" if name == "ingest" else None,
        to=home / "page.html" if name == "report" else None,
        params=home / "params.yaml",
        cache=home / "cache",
    )


def forked(work: Callable[[], None], kill_after_s: float | None = None) -> bool:
    """Do the work in a child; return whether it was killed before it ended."""
    child = os.fork()
    if not child:
        try:
            work()
            os._exit(0)
        except BaseException as error:  # noqa: BLE001
            sys.stderr.write(f"{error}\n")
            os._exit(1)
    if kill_after_s is not None:
        time.sleep(kill_after_s)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise SystemExit(1)
    return os.WIFSIGNALED(status)


def whole(home: Path) -> dict[str, str]:
    page = home / "page.html"
    return hashes(home / "tables") | ({"page": file_digest(page)} if page.exists() else {})


def line(home: Path, keep: Path | None = None) -> dict[str, float]:
    """Run all stages; return the seconds of each; what is there before each is kept in `keep/before-STAGE`."""
    seconds = {}
    for name in STAGES:
        if keep:
            shutil.copytree(home, keep / f"before-{name}", copy_function=shutil.copy2)
        began = time.monotonic()
        forked(lambda name=name: run(name, home))
        seconds[name] = time.monotonic() - began
        if keep:
            shutil.copytree(home, keep / f"after-{name}", copy_function=shutil.copy2)
    return seconds


def states(folder: Path) -> tuple[dict[str, float], dict[str, float]]:
    """Run all stages over a corpus, change one document and run them again; return the seconds of both times."""
    home = folder / "home"
    write_corpus(home / "corpus", range(N_DOCUMENTS), {3: report(3) + report(4)})
    (home / "params.yaml").write_text(
        (ROOT / "params.yaml").read_text(encoding="utf-8").replace("n_jobs: 0", "n_jobs: 1"), encoding="utf-8"
    )
    cold = line(home)
    write_corpus(home / "corpus", range(N_DOCUMENTS))
    return cold, line(home, keep=folder)


def main() -> None:
    """Kill stages that replace the tables of an older corpus, in turn with what is remembered and without."""
    folder, n_kills, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    set_talk("quiet")
    cold, warm = states(folder)
    after = {name: whole(folder / f"after-{name}") for name in STAGES}
    draw = random.Random(seed)  # noqa: S311
    told = {"kills": 0, "ended_before": 0, "old": 0, "new": 0, "refused": 0, "wrong": []}
    for number in itertools.count():
        if told["kills"] == n_kills:
            break
        name, is_cold = STAGES[number % len(STAGES)], number // len(STAGES) % 2
        home = folder / "killed"
        shutil.copytree(folder / f"before-{name}", home, copy_function=shutil.copy2)
        if is_cold:
            shutil.rmtree(home / "cache")
        if not forked(lambda name=name, home=home: run(name, home), draw.uniform(0, (warm, cold)[is_cold][name])):
            told["ended_before"] += 1
        else:
            told["kills"] += 1
            told[after_kill(name, home, whole(folder / f"before-{name}"), after[name])] += 1
            forked(lambda name=name, home=home: run(name, home))
            if whole(home) != after[name] or list((home / "tables").rglob(".*")):
                told["wrong"].append(name)
        shutil.rmtree(home)
    sys.stdout.write(json.dumps(told))


def after_kill(name: str, home: Path, before: dict[str, str], after: dict[str, str]) -> str:
    """Tell whether the tables are the old ones, the new ones, or refused; nothing else may be taken for good."""
    try:
        check_sealed(home / "tables", STEPS[name].makes if name in STEPS else (), file_digest)
    except ValueError:
        return "refused"
    found = {one: digest for one, digest in whole(home).items() if not one.startswith(".")}  # hidden: never read
    if found not in (before, after):
        raise SystemExit(f"{name}: tables that are not whole were taken for good")
    return "new" if found == after else "old"


if __name__ == "__main__":
    main()
