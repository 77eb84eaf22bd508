"""The files of a public git repository at one commit."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pipeline.fetching.sources import Source

_TRIES = 3


def files_of(source: Source, work: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the name in the corpus and the bytes of each file that a source names; git checks them by their hashes.

    Args:
        source: Of kind `git`.
        work: Folder that keeps what was fetched until all is done, so that a later run need not fetch it again.

    Raises:
        OSError: If git is not there, the repository cannot be reached or has no such commit or file.
    """
    if not _has(source, work):
        _git(work.parent, "init", "--quiet", "--bare", str(work))
        for number in range(1, _TRIES + 1):
            try:
                _git(work, "fetch", "--quiet", "--depth", "1", "--", source.address, source.commit)
                break
            except OSError:
                if number == _TRIES:
                    raise
    packed = _git(work, "archive", "--format=tar", source.commit, "--", *source.files)
    with tarfile.open(fileobj=io.BytesIO(packed), mode="r:") as archive:
        members = [one for one in archive if one.isfile() and PurePosixPath(one.name).name not in source.without]
        short = Counter(_name(one.name) for one in members)
        for member in members:
            if stream := archive.extractfile(member):
                name = _name(member.name)
                yield name if short[name] == 1 else "-".join(PurePosixPath(member.name).parts), stream.read()


def _name(path: str) -> str:
    """Return a file's name with its folder's: reports of many places are all called by their year."""
    return "-".join(PurePosixPath(path).parts[-2:])


def _has(source: Source, work: Path) -> bool:
    try:
        _git(work, "cat-file", "-e", f"{source.commit}^{{tree}}")
    except OSError:
        return False
    return True


def _git(folder: Path, *words: str) -> bytes:
    """Run git without asking anything of anybody.

    Raises:
        OSError: With git's own last line.
    """
    if not (git := shutil.which("git")):
        msg = "git is not installed; install it, or download the repository by hand and use `planlens corpus add`"
        raise OSError(msg)
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_GLOBAL": os.devnull}
    command = [git, "-C", str(folder), "-c", "protocol.ext.allow=never", *words]
    try:
        done = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603
    except (FileNotFoundError, NotADirectoryError) as error:
        raise OSError(str(error)) from error
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["failed"]
        msg = f"git {words[0]}: {told[-1]}"
        raise OSError(msg)
    return done.stdout
