"""Download one file: resumed where it broke off, checked, and never faster than a person would click."""

from __future__ import annotations

import hashlib
import time
import urllib.error
import urllib.request
import urllib.robotparser
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from pipeline import __version__
from pipeline.fetching.partial import Partial
from pipeline.files import atomic

AGENT = f"PlanLens/{__version__} (research; one request at a time)"
_CHUNK = 1 << 16
_PARTIAL_CONTENT, _BEYOND_END = 206, 416
_AGAIN = frozenset({429, 500, 502, 503, 504})


class _Broken(OSError):
    """A try that failed and may do better later.

    Attributes:
        after: Seconds that the server asked to wait.
        useless: Whether what was got before is no beginning of the file.
    """

    def __init__(self, told: str, after: float = 0.0, *, useless: bool = False) -> None:
        super().__init__(told)
        self.after, self.useless = after, useless


@dataclass(slots=True)
class Downloader:
    """Downloads files one after the other.

    Attributes:
        delay_s: Seconds between two requests, and the first wait before a new try (then twice as long).
        timeout_s: A server that is silent so long is given up.
        tries: Before a file is given up.
        max_bytes: Longer files are given up.
        wait: What waits.
    """

    delay_s: float = 1.0
    timeout_s: float = 30.0
    tries: int = 4
    max_bytes: int = 100_000_000
    wait: Callable[[float], None] = time.sleep
    _rules: dict[str, urllib.robotparser.RobotFileParser] = field(default_factory=dict)

    def download(self, address: str, path: Path, sha256: str = "") -> None:
        """Download a file to `path`; what a broken try got is kept beside it and continued, also by a later run.

        Raises:
            OSError: If it cannot be had: refused, absent, too long, other than its sha256, or broken at each try.
        """
        if not self._allowed(address):
            msg = f"{address}: the server's robots.txt asks programs not to fetch it; save it by hand"
            raise OSError(msg)
        got = Partial(path, checked=bool(sha256))
        path.parent.mkdir(parents=True, exist_ok=True)
        for number in range(1, self.tries + 1):
            try:
                self._continue(address, got)
                break
            except _Broken as error:
                if error.useless:
                    got.forget()
                if number == self.tries:
                    msg = f"{address}: {error} ({number} tries); run it again, it goes on where it broke off"
                    raise OSError(msg) from error
                self.wait(max(error.after, self.delay_s * 2 ** (number - 1)))
        self._check(address, got, sha256)
        with atomic(path) as temporary:
            temporary.write_bytes(got.path.read_bytes())
        got.forget()
        self.wait(self.delay_s)

    def _check(self, address: str, got: Partial, sha256: str) -> None:
        found = hashlib.sha256(got.path.read_bytes()).hexdigest()
        if sha256 and found != sha256:
            got.forget()
            msg = f"{address}: its sha256 is {found}, not {sha256}: the page was changed, or is not what it was"
            raise OSError(msg)

    def _continue(self, address: str, got: Partial) -> None:
        """Append what is still missing to the file of what was got."""
        start, version = got.so_far()
        with self._opened(address, start, version) as answer:
            if answer.status != _PARTIAL_CONTENT:
                start = 0
            elif not answer.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
                msg = "it goes on at another place than asked"
                raise _Broken(msg, useless=True)
            told = answer.headers.get("Content-Length")
            wanted = start + int(told) if told and told.isdigit() else None
            if (wanted or 0) > self.max_bytes:
                got.forget()
                msg = f"{address}: has {wanted:,} bytes, more than {self.max_bytes:,}"
                raise OSError(msg)
            with got.opened(start, _version(answer)) as out:
                size = start + self._copy(answer, out.write, self.max_bytes - start)
        if size > self.max_bytes:
            got.forget()
            msg = f"{address}: goes on after {self.max_bytes:,} bytes"
            raise OSError(msg)
        if wanted is not None and size < wanted:
            msg = f"it broke off after {size:,} of {wanted:,} bytes"
            raise _Broken(msg)

    def _copy(self, answer: HTTPResponse, write: Callable[[bytes], int], most: int) -> int:
        """Copy until the answer ends, or there is more than the most bytes; return how many there were."""
        size = 0
        try:
            while size <= most and (part := answer.read1(_CHUNK)):
                size += write(part)
        except (HTTPException, TimeoutError, ConnectionError) as error:
            msg = f"it broke off after {size:,} bytes ({type(error).__name__})"
            raise _Broken(msg) from error
        return size

    def _opened(self, address: str, start: int, version: str = "") -> HTTPResponse:
        """Ask for a file from a byte on, if it is still that version, and else for the whole of it.

        Raises:
            _Broken: If a later try may do better.
            OSError: If it is refused or not there.
        """
        headers = {"User-Agent": AGENT}
        if start:
            headers |= {"Range": f"bytes={start}-"} | ({"If-Range": version} if version else {})
        try:
            request = urllib.request.Request(address, headers=headers)  # noqa: S310 - sources.py lets http(s) pass only
            answer: HTTPResponse = urllib.request.urlopen(request, timeout=self.timeout_s)  # noqa: S310
        except urllib.error.HTTPError as error:
            told = f"the server answers {error.code} {error.reason}"
            if error.code in _AGAIN or (error.code == _BEYOND_END and start):
                after = error.headers.get("Retry-After", "")
                wait_s = min(60.0, float(after)) if after.isdigit() else 0.0
                raise _Broken(told, wait_s, useless=error.code == _BEYOND_END) from error
            msg = f"{address}: {told}"
            raise OSError(msg) from error
        except (urllib.error.URLError, HTTPException, TimeoutError, ConnectionError) as error:
            msg = f"no answer ({getattr(error, 'reason', error) or type(error).__name__})"
            raise _Broken(msg) from error
        return answer

    def _allowed(self, address: str) -> bool:
        """Tell whether the server's robots.txt lets programs fetch the page; without one all is allowed."""
        place = urljoin(address, "/robots.txt")
        server = urlsplit(address).netloc
        if server not in self._rules:
            rules = urllib.robotparser.RobotFileParser()
            try:
                with self._opened(place, 0) as answer:
                    rules.parse(answer.read(_CHUNK).decode("utf-8", "replace").splitlines())
            except (OSError, HTTPException):
                rules.parse([])
            self._rules[server] = rules
        return self._rules[server].can_fetch(AGENT, address)


def _version(answer: HTTPResponse) -> str:
    """Return what `If-Range` may name the version by: a weak ETag may stand for other bytes."""
    tag = answer.headers.get("ETag", "")
    return tag if tag.startswith('"') else answer.headers.get("Last-Modified", "")
