"""The DVC pipeline: its deps are what the stages import, and its lock file is true."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
DVC = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
EDGE = {"pipeline.files", "pipeline.tables"}


def closure(*names: str) -> set[str]:
    """Return the modules of ours that importing some modules, and what their functions import, brings in."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found or path_of(name) is None:
            continue
        found.add(name)
        waiting += imports(path_of(name))
    return found


def path_of(name: str) -> Path | None:
    base = ROOT / name.replace(".", "/")
    return next((path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file()), None)


def imports(path: Path) -> Iterator[str]:
    import ast

    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pipeline"):
            yield node.module
            yield from (f"{node.module}.{one.name}" for one in node.names)
        elif isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name.startswith("pipeline"))


@pytest.mark.parametrize("stage", DVC)
def test_deps_are_what_the_stage_imports(stage: str) -> None:
    deps = [Path(one) for one in DVC[stage]["do"]["deps"] if one.startswith("pipeline")]
    names = {f"pipeline.stages.{stage}", *EDGE} | ({"pipeline.corpus"} if stage == "ingest" else set())
    if stage == "evaluate":
        names.add("pipeline.evaluation")
    used = {path_of(name).relative_to(ROOT) for name in closure(*names)} - {
        Path("pipeline/__init__.py"),
        Path("pipeline/stages/__init__.py"),
    }
    lacking = [str(path) for path in used if not any(path.is_relative_to(dep) for dep in deps)]
    spare = [str(dep) for dep in deps if not any(path.is_relative_to(dep) for path in used)]
    assert (sorted(lacking), spare) == ([], [])


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what git tracks, with the pipeline run from scratch in it."""
    folder = tmp_path_factory.mktemp("fresh") / "planlens"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    environment = os.environ | {"PYTHONPATH": str(folder)}
    command = [sys.executable, "-m", "pipeline", "run", "--force"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Open data/reports/sample.html" in done.stdout
    return folder


def test_a_run_from_scratch_gives_the_hashes_of_the_lock_file(fresh: Path) -> None:
    made, kept = (yaml.safe_load((root / "dvc.lock").read_text(encoding="utf-8"))["stages"] for root in (fresh, ROOT))
    assert made.keys() == kept.keys()
    for stage, told in kept.items():
        assert {one["path"]: one["md5"] for one in made[stage]["outs"]} == {
            one["path"]: one["md5"] for one in told["outs"]
        }, stage


def test_a_second_run_does_nothing(fresh: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(fresh)}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "run"],
        cwd=fresh,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Running stage" not in done.stdout


def test_analytics_are_off_and_metrics_and_plots_show(fresh: Path) -> None:
    def dvc(*words: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "dvc", *words], cwd=fresh, capture_output=True, text=True, check=True
        ).stdout

    assert dvc("config", "core.analytics").strip() == "false"
    assert "read_f1" in dvc("metrics", "show")
    dvc("plots", "show", "--out", "shown")
    assert "theme_confusion" in (fresh / "shown" / "index.html").read_text(encoding="utf-8")
