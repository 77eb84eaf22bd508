"""Fuzz the reader, guided by coverage: `python bench/fuzz.py HARNESS --minutes 10` (needs atheris).

The harnesses stand in tests/fuzz. A fault in Python is kept once for each place where it arises, and the run goes on;
a crash or a hang ends the process that fuzzes, and a fresh one goes on with what was found so far. Told are minutes,
executions, the edges that the fuzzer counts, and the share of functions and lines of the harness's modules that its
inputs reach. What broke lies in the folder of `--keep` as the file that was read, with how it broke beside it.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "fuzz"), str(ROOT / "tests" / "reading")]

_STATUS = re.compile(r"#(\d+)\s.*?cov: (\d+)")
_SECONDS, _LONGEST, _MEMORY_MB = 60, 4096, 3000
_PIECE_S, _REPLAYED = 1200, 200


def place_of(error: BaseException) -> str:
    """Return kind and place of a fault, which tell it from others."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if str(ROOT) in one.filename]
    last = frames[-1]
    return f"{type(error).__name__}-{Path(last.filename).stem}-{last.lineno}"


def keep(folder: Path, name: str, data: bytes, told: str) -> None:
    """Keep an input that broke something, with the choices that made it."""
    from fuzz_draw import Draw
    from harnesses import HARNESSES

    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.choices").write_bytes(data)
    given, *_ = HARNESSES[folder.name].build(Draw(data))
    (folder / f"{name}.input").write_bytes(given if isinstance(given, bytes) else repr(given).encode())
    (folder / f"{name}.told").write_text(told, "utf-8")
    print(f"found {name}", flush=True)


def fuzz(name: str, folder: Path, seconds: int) -> None:
    """Run atheris in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["pipeline"]):
        from harnesses import HARNESSES
    seen = {path.stem for path in folder.glob("*.told")}

    def once(data: bytes) -> None:
        try:
            HARNESSES[name](data)
        except Exception as error:
            place = place_of(error)
            if place not in seen:
                seen.add(place)
                keep(folder, place, data, "".join(traceback.format_exception(error)))

    options = {"max_total_time": seconds, "timeout": _SECONDS, "max_len": _LONGEST, "rss_limit_mb": _MEMORY_MB}
    options |= {"artifact_prefix": f"{folder}/", "print_final_stats": 1, "len_control": 10}
    atheris.Setup([sys.argv[0], *(f"-{key}={value}" for key, value in options.items()), str(folder / "corpus")], once)
    atheris.Fuzz()


def run_pieces(name: str, folder: Path, minutes: float) -> tuple[int, int, int]:
    """Fuzz in child processes until the time is over; return executions, edges, and how often a child died."""
    end, total, edges, deaths = time.monotonic() + 60 * minutes, 0, 0, 0
    while (left := end - time.monotonic()) > 5:
        command = [
            sys.executable,
            __file__,
            name,
            "--keep",
            str(folder.parent),
            "--child",
            str(int(min(left, _PIECE_S))),
        ]
        done = 0
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace") as child:
            for line in child.stderr or ():
                if status := _STATUS.match(line):
                    done, edges = int(status[1]), max(edges, int(status[2]))
                elif line.startswith(("found", "==")):
                    print(line.rstrip(), flush=True)
        total += done
        deaths += child.returncode != 0
        for path in [*folder.glob("crash-*"), *folder.glob("timeout-*"), *folder.glob("oom-*")]:
            keep(folder, path.name[:24], path.read_bytes(), f"{path.name}: the process died")
            path.rename(folder / f"dead-{path.name}")
    return total, edges, deaths


def depth(name: str, folder: Path) -> tuple[float, float]:
    """Return the shares of functions and of lines that the largest inputs of the corpus reach."""
    from fuzz_depth import Depth
    from harnesses import HARNESSES

    harness, found = HARNESSES[name], Depth(lines=True)
    inputs = sorted((folder / "corpus").iterdir(), key=lambda one: -one.stat().st_size)
    dead = {path.read_bytes() for path in folder.glob("dead-*")}
    for path in inputs[:: max(1, len(inputs) // _REPLAYED)]:
        if (data := path.read_bytes()) not in dead:
            with found:
                try:
                    harness(data)
                except Exception as error:
                    print(f"replayed: {place_of(error)}")
    return found.share_of_functions(harness.modules)[0], found.share_of_lines(harness.modules)


def main() -> None:
    """Fuzz with one harness and tell how far it came."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("harness")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--keep", type=Path, default=ROOT / "fuzz-found")
    parser.add_argument("--child", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    folder: Path = given.keep / given.harness
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    if given.child:
        fuzz(given.harness, folder, given.child)
        return
    executions, edges, deaths = run_pieces(given.harness, folder, given.minutes)
    print(f"{given.harness}: {given.minutes:g} minutes, {executions:,} executions, {edges:,} edges, {deaths} deaths")
    functions, lines = depth(given.harness, folder)
    print(f"{given.harness}: {functions:.1%} of functions and {lines:.1%} of lines reached by the inputs kept")
    for path in sorted(folder.glob("*.told")):
        print(f"{given.harness}: {path.stem}")


if __name__ == "__main__":
    main()
