"""Same commit, same inputs, same bytes: in two clones, whatever the machine is set to."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from invented_corpus import write_corpus
from running import STAGES, hashes

ROOT = Path(__file__).parents[2]
SETTINGS = (
    (1, {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1"}),
    (2, {"LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "4711", "OMP_NUM_THREADS": "2"}),
)


def cloned(to: Path) -> Path:
    """Copy what git tracks, and what it would, to another folder."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "pipeline", "models"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, to / name)
    return to


def run_all(clone: Path, corpus: Path, at: Path, n_jobs: int, settings: dict[str, str]) -> dict[str, str]:
    """Run the stages to the report with the code of a clone, in a working folder of their own."""
    at.mkdir(parents=True)
    params = yaml.safe_load((ROOT / "params.yaml").read_text(encoding="utf-8"))
    params["parallel"]["n_jobs"] = n_jobs
    (at / "params.yaml").write_text(yaml.safe_dump(params), encoding="utf-8")
    environment = {**os.environ, **settings, "PYTHONPATH": str(clone)}
    for name in (*STAGES, "compare", "report"):
        words = {"ingest": ["--from", str(corpus)], "report": ["--to", "page.html"]}.get(name, [])
        command = [sys.executable, "-P", "-m", "pipeline", "stage", name, "tables", *words]
        done = subprocess.run(command, cwd=at, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return {**hashes(at / "tables"), "page": hashlib.sha256((at / "page.html").read_bytes()).hexdigest()}


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_two_clones_give_the_same_bytes_in_any_setting(tmp_path: Path) -> None:
    made = []
    for number, (n_jobs, settings) in enumerate(SETTINGS):
        home = tmp_path / ("a" if number else "another, longer 名")
        corpus = write_corpus(home / "corpus", range(1, 71))
        made.append(run_all(cloned(home / "clone"), corpus, home / "work" / "here", n_jobs, settings))
    assert len(made[0]) > 40
    assert made[0] == made[1]
