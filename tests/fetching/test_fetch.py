"""Fetching from a local git repository and a local server that fails, stalls and lies."""

from __future__ import annotations

import hashlib
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli.app import app
from pipeline.corpus import check_corpus
from pipeline.fetching import fetch, read_sources
from pipeline.fetching.download import Downloader
from pipeline.reading import read

TEXT = (
    "云泽市2021年政府工作报告\n（2021年1月20日）\n各位代表：\n"
    + "一、目标任务\n推进国民经济和社会发展，财政收入增长6%。\n" * 200
)
PAGE = TEXT.encode()


class Server(ThreadingHTTPServer):
    """Answers with PAGE; `faults` says what it does at each request for a path, in order."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.faults: dict[str, list[str]] = {}
        self.asked: list[tuple[str, str]] = []
        self.robots = ""
        self.page, self.version = PAGE, '"1"'
        self.stop = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            return self.answer(200, self.server.robots.encode())
        asked = self.headers.get("Range", "")
        self.server.asked.append((self.path, asked))
        fault = self.server.faults.get(self.path, []).pop(0) if self.server.faults.get(self.path) else ""
        if fault.isdigit():
            return self.answer(int(fault), b"", **{"Retry-After": "7"})
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and fault != "no ranges" else 0
        version = {"ETag": self.server.version} if self.server.version else {}
        if self.headers.get("If-Range", self.server.version) != self.server.version:
            start = 0
        page = self.server.page
        if start >= len(page):
            return self.answer(416, b"")
        body = page[start:]
        sent = body[: len(body) // 2] if fault in ("breaks off", "stalls") else body
        length = len(body) + 1000 if fault == "lies" else len(body)
        if fault == "endless":
            sent, length = PAGE * 100, None
        shown = start - 1 if fault == "elsewhere" else start
        ranges = {"Content-Range": f"bytes {shown}-{len(page) - 1}/{len(page)}"} if start else {}
        self.answer(206 if start else 200, sent, length, **ranges, **version)
        if fault == "stalls":
            self.server.stop.wait(20)
        return None

    def answer(self, status: int, body: bytes, length: int | None = -1, **headers: str) -> None:
        self.send_response(status)
        if length is not None:
            self.send_header("Content-Length", str(len(body) if length < 0 else length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
        self.close_connection = True

    def log_message(self, *given: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as one:
        thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield one
        one.stop.set()
        one.shutdown()
        thread.join()


def downloader(waited: list[float] | None = None, **settings: float) -> Downloader:
    return Downloader(timeout_s=0.5, wait=(waited if waited is not None else []).append, **settings)


@pytest.mark.parametrize(
    ("faults", "asked"),
    [
        ([], [""]),
        (["503", "429"], ["", "", ""]),
        (["breaks off"], ["", f"bytes={len(PAGE) // 2}-"]),
        (["stalls"], ["", f"bytes={len(PAGE) // 2}-"]),
        (["breaks off", "no ranges"], ["", f"bytes={len(PAGE) // 2}-"]),
        (["breaks off", "elsewhere"], ["", f"bytes={len(PAGE) // 2}-", ""]),
    ],
)
def test_a_server_that_fails_is_asked_again_from_where_it_broke_off(
    server: Server, tmp_path: Path, faults: list[str], asked: list[str]
) -> None:
    server.faults["/a"] = list(faults)
    waited: list[float] = []
    downloader(waited).download(f"{server.address}/a", tmp_path / "a.txt", hashlib.sha256(PAGE).hexdigest())
    assert (tmp_path / "a.txt").read_bytes() == PAGE
    assert [one for _, one in server.asked] == asked
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]
    assert waited == [7.0 if one.isdigit() else 2.0**at for at, one in enumerate(faults[: len(asked) - 1])] + [1.0]


def test_a_later_run_goes_on_where_an_earlier_one_broke_off(server: Server, tmp_path: Path) -> None:
    server.faults["/a"] = ["breaks off", "503"]
    with pytest.raises(OSError, match=r"503 .*\(2 tries\); run it again, it goes on where it broke off"):
        downloader(tries=2).download(f"{server.address}/a", tmp_path / "a.txt")
    assert not (tmp_path / "a.txt").exists()
    downloader().download(f"{server.address}/a", tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_bytes() == PAGE and server.asked[-1][1] == f"bytes={len(PAGE) // 2}-"


@pytest.mark.parametrize("version", ['"2"', ""])
def test_two_versions_of_a_page_are_not_put_together(server: Server, tmp_path: Path, version: str) -> None:
    server.version = '"1"' if version else ""
    server.faults["/a"] = ["breaks off"]
    with pytest.raises(OSError, match="broke off"):
        downloader(tries=1).download(f"{server.address}/a", tmp_path / "a.txt")
    server.version, server.page = version, PAGE.replace(b"6%", b"7%")
    downloader().download(f"{server.address}/a", tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_bytes() == server.page
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_what_was_whole_when_an_earlier_run_was_killed_is_fetched_anew(server: Server, tmp_path: Path) -> None:
    (tmp_path / ".a.txt.got").write_bytes(PAGE)
    (tmp_path / ".a.txt.version").write_text('"1"')
    downloader().download(f"{server.address}/a", tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_bytes() == PAGE and len(server.asked) == 2


def test_a_server_that_lies_about_the_length_is_given_up(server: Server, tmp_path: Path) -> None:
    server.faults["/a"] = ["lies"] * 9
    with pytest.raises(OSError, match=r"\(2 tries\)"):
        downloader(tries=2).download(f"{server.address}/a", tmp_path / "a.txt")
    assert not (tmp_path / "a.txt").exists()


@pytest.mark.parametrize(
    ("fault", "told"), [("404", "the server answers 404"), ("endless", "goes on after 50,000 bytes")]
)
def test_what_cannot_be_had_is_told_at_once(server: Server, tmp_path: Path, fault: str, told: str) -> None:
    server.faults["/a"] = [fault]
    with pytest.raises(OSError, match=told):
        downloader(max_bytes=50_000).download(f"{server.address}/a", tmp_path / "a.txt")
    assert len(server.asked) == 1 and list(tmp_path.iterdir()) == []


def test_another_file_than_the_one_named_is_not_kept(server: Server, tmp_path: Path) -> None:
    with pytest.raises(OSError, match=f"its sha256 is {hashlib.sha256(PAGE).hexdigest()}, not 0000"):
        downloader().download(f"{server.address}/a", tmp_path / "a.txt", "0" * 64)
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_wants_no_programs_is_left_alone(server: Server, tmp_path: Path) -> None:
    server.robots = "User-agent: *\nDisallow: /a\n"
    with pytest.raises(OSError, match=r"robots.txt asks programs not to fetch it; save it by hand"):
        downloader().download(f"{server.address}/a", tmp_path / "a.txt")
    assert server.asked == []


def sources(folder: Path, text: str) -> Path:
    (folder / "sources.yaml").write_text(text, encoding="utf-8")
    return folder / "sources.yaml"


def test_pages_become_a_corpus_and_one_that_fails_takes_none_with_it(server: Server, tmp_path: Path) -> None:
    server.faults["/b"] = ["404", "404"]
    given = f"""
reports:
  kind: web
  given: {{doc_type: work_report}}
  licence: official
  pages:
    - {{address: "{server.address}/a", file: a.txt, place: 云泽市}}
    - {{address: "{server.address}/b", file: b.txt}}
"""
    source = read_sources(sources(tmp_path, given))["reports"]
    for n_added in (1, 0):
        added, faults = fetch(source, tmp_path / "corpus", read, downloader())
        assert [bool(one.row) for one in added] == [bool(n_added)]
        assert len(faults) == 1 and "/b: the server answers 404" in faults[0]
    row = next(iter((tmp_path / "corpus" / "corpus.csv").read_text(encoding="utf-8").splitlines()[1:]))
    assert row.startswith("a,a.txt,云泽市,") and f"{server.address}/a,official" in row
    assert check_corpus(tmp_path / "corpus") == (1, [])
    assert [one for one, _ in server.asked].count("/a") == 1


def git(folder: Path, *words: str) -> str:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-C", str(folder), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> tuple[Path, str]:
    home = tmp_path / "origin"
    for place in ("云泽市", "青禾市"):
        (home / "reports" / place).mkdir(parents=True)
        (home / "reports" / place / "2021.md").write_text(TEXT.replace("云泽市", place), encoding="utf-8")
    (home / "README.md").write_text("about")
    (home / "outside.md").symlink_to("/etc/passwd")
    git(home, "init", "--quiet")
    git(home, "add", ".")
    git(home, "commit", "--quiet", "-m", "texts")
    commit = git(home, "rev-parse", "HEAD")
    (home / "reports" / "云泽市" / "2021.md").write_text("changed later", encoding="utf-8")
    git(home, "commit", "--quiet", "-am", "later")
    return home, commit


def of_repository(folder: Path, address: object, commit: str) -> Path:
    text = f'texts: {{kind: git, address: "{address}", commit: {commit!r}, files: ["*.md"], without: [README.md]}}\n'
    return sources(folder, text)


def test_a_repository_becomes_a_corpus_at_its_commit(repository: tuple[Path, str], tmp_path: Path) -> None:
    home, commit = repository
    path = of_repository(tmp_path, home, commit)
    to = tmp_path / "corpus"
    words = ["corpus", "fetch", "texts", "--to", str(to), "--sources", str(path)]
    first = CliRunner().invoke(app, words)
    assert first.exit_code == 0 and "2 documents added, 0 could not be had" in first.output
    assert sorted(one.name for one in to.iterdir()) == ["corpus.csv", "云泽市-2021.md", "青禾市-2021.md"]
    assert "changed later" not in (to / "云泽市-2021.md").read_text(encoding="utf-8")
    assert f"{home} at {commit}" in (to / "corpus.csv").read_text(encoding="utf-8")
    assert check_corpus(to) == (2, [])
    (to / "青禾市-2021.md").unlink()
    again = CliRunner().invoke(app, words)
    assert again.exit_code == 0 and "0 documents added" in again.output and (to / "青禾市-2021.md").exists()


@pytest.mark.parametrize("wrong", ["commit", "address"])
def test_a_repository_that_cannot_be_had(repository: tuple[Path, str], tmp_path: Path, wrong: str) -> None:
    home, commit = repository
    path = of_repository(
        tmp_path, tmp_path / "none" if wrong == "address" else home, commit if wrong == "address" else "0" * 40
    )
    with pytest.raises(OSError, match="git fetch: "):
        fetch(read_sources(path)["texts"], tmp_path / "corpus", read, downloader())
    assert not list((tmp_path / "corpus").glob("*.md"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [", "no valid YAML"),
        ("- a", "wanted a mapping"),
        ("a: {kind: ftp}", "kind is 'ftp'; use git or web"),
        ("a: {kind: git, address: x}", r"missing \['commit', 'files'\]"),
        ("a: {kind: git, address: x, commit: main, files: []}", "a commit of 40 hex digits, got 'main'"),
        ("a: {kind: web, pages: [{address: 'file:///etc/passwd', file: a}]}", "an address of http or https"),
        ("a: {kind: web, pages: [{address: 'http://a', file: ../a}]}", "a plain file name"),
        ("a: {kind: web, pages: 3}", "pages are lists"),
        ("a: {kind: web, pages: [b]}", "pages are lists"),
        ("a: {kind: web, pages: [], given: [b]}", "given is a mapping"),
        ("a: {kind: web, pages: [], colour: red}", r"unknown \['colour'\]"),
        ("a: !!python/object/apply:os.system ['exit 7']", "no valid YAML"),
    ],
)
def test_a_list_that_is_none(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_sources(sources(tmp_path, text))


def test_the_list_that_is_shipped_is_sound() -> None:
    listed = CliRunner().invoke(app, ["corpus", "fetch"])
    assert listed.exit_code == 0 and "work-reports" in listed.output and "shandong-reports" in listed.output
