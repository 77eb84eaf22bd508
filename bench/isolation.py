"""What child processes cost and save: `python bench/isolation.py` reads all work reports of `../shared/corpus`.

Once in this process, then with one and with two workers, and checks that the readings are the same. Told are seconds
by the clock, and of processor time in all processes.
"""

from __future__ import annotations

import argparse
import resource
import tarfile
import time
from pathlib import Path

from pipeline.reading import ReadingError
from pipeline.reading.files import File
from pipeline.reading.isolation import ReadAll, Reader, read_each
from pipeline.records import Reading


def reports(corpus: Path) -> list[File]:
    """Return bytes and name of the work reports, sorted."""
    with tarfile.open(corpus / "work_reports.tar.xz") as archive:
        members = sorted((one for one in archive if one.name.endswith(".md")), key=lambda one: one.name)
        return [File(archive.extractfile(one).read(), one.name) for one in members]


def timed(read_all: ReadAll, files: list[File]) -> tuple[float, float, list[Reading | ReadingError]]:
    """Read all files; return seconds by the clock and of processors, and what was read."""
    clock, own = time.perf_counter(), processor_time()
    found = list(read_all(files))
    return time.perf_counter() - clock, processor_time() - own, found


def processor_time() -> float:
    """Return the seconds of this process and its ended children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def alike(one: Reading | ReadingError, other: Reading | ReadingError) -> bool:
    """Tell whether two outcomes are the same."""
    return str(one) == str(other) if isinstance(one, ReadingError) else one == other


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parents[2] / "shared" / "corpus")
    parser.add_argument("--n", type=int, help="only so many reports")
    given = parser.parse_args()
    files = reports(given.corpus)[: given.n]
    print(f"{len(files)} files, {sum(len(one.data) for one in files):,} bytes")
    alone, spent, wanted = timed(read_each, files)
    print(f"in this process  {alone:7.1f} s by the clock {spent:7.1f} s of processors")
    for n in (1, 2):
        clock = processor_time()
        with Reader(workers=n) as reader:
            seconds, _, found = timed(reader.read_all, files)
        more = 1000 * (processor_time() - clock - spent) / len(files)
        same = all(map(alike, wanted, found)) and len(found) == len(wanted)
        print(f"{n} worker(s)      {seconds:7.1f} s by the clock, {alone / seconds:.2f} times as fast,", end=" ")
        print(f"{more:+.2f} ms of processors a file, {'the same readings' if same else 'OTHER READINGS'}")


if __name__ == "__main__":
    main()
