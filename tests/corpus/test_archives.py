"""Archives: each document inside is one of its own, whatever its name; what is hostile is one clear line."""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.corpus import add_files, check_corpus, gather
from pipeline.corpus.archives import is_archive, unpack
from pipeline.corpus.names import decode_names, parts_of
from pipeline.reading import ReadingError
from pipeline.reading.limits import LIMITS, Limits

PLAN = "云泽市2021年政府工作报告\n一、目标任务\n" + "推进国民经济和社会发展，财政收入增长6%。\n" * 20
OTHER = PLAN.replace("云泽市", "澜坪市")


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def named(names: list[str], codec: str) -> bytes:
    """Pack files whose names are in a codec without saying so, as Windows does."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for at, name in enumerate(names):
            archive.writestr("x" * len(name.encode(codec)), f"{at}{PLAN}")
            archive.infolist()[-1].orig_filename = archive.infolist()[-1].filename
    data = stream.getvalue()
    for name in sorted(names, key=lambda one: -len(one.encode(codec))):
        raw = name.encode(codec)
        data = data.replace(b"x" * len(raw), raw, 2) if data.count(b"x" * len(raw)) else data
    return data


def paths(data: bytes, limits: Limits = LIMITS) -> list[str]:
    return [path.as_posix() for path, _ in unpack("a.zip", data, limits).documents]


def lines(data: bytes, limits: Limits = LIMITS) -> dict[str, str]:
    return {path.as_posix(): line for path, line in unpack("a.zip", data, limits).faults}


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "big5"])
def test_names_are_decoded_by_evidence(codec: str) -> None:
    name = "廣東/雲澤市規劃綱要.txt" if codec == "big5" else "广东/云泽市规划纲要.txt"
    assert paths(named([name], codec)) == [name]
    assert paths(packed({name: b"x"})) == [name]


def test_the_names_of_an_archive_are_decoded_together() -> None:
    raw = [one.encode("gb18030") for one in ("云泽.txt", "山.txt", "a.txt", "二〇二一年政府工作报告.txt")]
    assert decode_names([*raw, "计划"]) == ["云泽.txt", "山.txt", "a.txt", "二〇二一年政府工作报告.txt", "计划"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("/etc/passwd", "etc/passwd"),
        ("../../a.txt", "a.txt"),
        ("C:\\计划\\a.txt", "计划/a.txt"),
        ("a/./b//c.txt", "a/b/c.txt"),
        ("__MACOSX/._a.txt", None),
        (".git/a.txt", None),
        ("a/.DS_Store", None),
        ("..", None),
        ("", None),
    ],
)
def test_names_are_harmless(name: str, path: str | None) -> None:
    assert parts_of(name) == (None if path is None else PurePosixPath(path))


@given(st.text(max_size=60))
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    path = parts_of(name)
    assert path is None or (not path.is_absolute() and ".." not in path.parts and "\0" not in str(path))


def test_archives_within_archives() -> None:
    inner = packed({"b.txt": b"b"})
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w:xz") as archive:
        one = tarfile.TarInfo("县/c.md")
        one.size = 1
        archive.addfile(one, io.BytesIO(b"c"))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    data = packed({"in/inner.zip": inner, "d.txt.gz": gzip.compress(b"d"), "e.tar.xz": tar.getvalue()})
    assert paths(data) == ["in/inner/b.txt", "d.txt", "e.tar/县/c.md"]
    for n in range(1, 6):
        inner = packed({"in.zip": inner})
        found = lines(inner, replace(LIMITS, depth=3))
        assert bool(found) == (n > 2)
    assert "more than 3 deep" in "".join(found.values())


def test_a_packed_file_is_one_document() -> None:
    assert unpack("plan.txt.gz", gzip.compress(b"x"), LIMITS).documents == [(PurePosixPath("plan.txt"), b"x")]
    assert unpack("plan.xz", lzma.compress(b"x"), LIMITS).documents == [(PurePosixPath("plan.txt"), b"x")]


def test_what_cannot_be_unpacked_is_named_and_the_others_go_on() -> None:
    data = packed({"a.txt": PLAN.encode(), "b.txt": OTHER.encode(), "c.jpg": b"x", "d.xlsx": b"y"}, zipfile.ZIP_STORED)
    at = data.index(OTHER.encode()[:30])
    found = unpack("a.zip", data[:at] + b"!" + data[at + 1 :], LIMITS)
    assert [path.name for path, _ in found.documents] == ["a.txt"]
    assert [(path.as_posix(), line) for path, line in found.faults] == [
        ("b.txt", "it is damaged inside the archive; pack it again"),
        (".", "2 file(s) inside are no documents by their suffix: c.jpg, d.xlsx"),
    ]


def test_locked_and_unknown_members() -> None:
    data = bytearray(packed({"a.txt": b"secret"}, zipfile.ZIP_STORED))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(sign) + at] |= 1
    assert "locked by a password" in lines(bytes(data))["a.txt"]
    data = bytearray(packed({"a.txt": b"secret"}, zipfile.ZIP_STORED))
    for sign, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.index(sign) + at, 97)
    assert "a method that is not known" in lines(bytes(data))["a.txt"]


def test_bombs() -> None:
    flat = packed({"a.txt": bytes(30_000_000)})
    with pytest.raises(ReadingError, match="a bomb"):
        unpack("a.zip", flat, LIMITS)
    small = replace(LIMITS, archive_mb=1)
    with pytest.raises(ReadingError, match="more than 1 MB.*ingest.archive_mb"):
        unpack("a.zip", packed({f"{n}.txt": PLAN.encode() * 200 for n in range(9)}), small)
    nested = packed({f"{n}.zip": packed({f"{m}.txt": PLAN.encode() * 50 for m in range(9)}) for n in range(9)})
    with pytest.raises(ReadingError, match="more than 1 MB"):
        unpack("a.zip", nested, small)
    with pytest.raises(ReadingError, match="more than 1 MB"):
        unpack("a.gz", gzip.compress(bytes(9_000_000)), small)
    with pytest.raises(ReadingError, match=r"more than 20,000 files"):
        unpack("a.zip", b"PK\x03\x04" + b"PK\x01\x02" * 20_001, LIMITS)
    assert (
        "it has more than 1 MB; split it"
        in lines(packed({"a.txt": PLAN.encode() * 3000}), replace(LIMITS, max_mb=1))["a.txt"]
    )


def tarred(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return stream.getvalue()


def test_a_plain_tar_is_held_to_the_limits_too() -> None:
    small = replace(LIMITS, archive_mb=1)
    with pytest.raises(ReadingError, match="more than 1 MB"):
        unpack("a.tar", tarred({f"{n}.txt": PLAN.encode() * 200 for n in range(9)}), small)
    data = tarred({"a.txt": PLAN.encode() * 3000, "b.txt": PLAN.encode()})
    found = unpack("a.tar", data, replace(LIMITS, max_mb=1))
    assert [path.as_posix() for path, _ in found.documents] == ["b.txt"]
    assert found.faults[0][1].startswith("it has more than 1 MB; split it")


def test_a_member_without_a_name_is_left_out() -> None:
    data = packed({"a.txt": PLAN.encode(), "b.txt": PLAN.encode()})
    assert paths(data.replace(b"b.txt", b"\0.txt")) == ["a.txt"]


def test_overlapping_members_are_a_bomb() -> None:
    """Two entries of the directory share one stream, as in the bombs that need no nesting."""
    data = packed({"a.txt": PLAN.encode(), "b.txt": PLAN.encode()}, zipfile.ZIP_STORED)
    second = data.rindex(b"PK\x01\x02")
    shared = bytearray(data)
    struct.pack_into("<I", shared, second + 42, 0)
    with pytest.raises(ReadingError, match="bomb|damaged"):
        unpack("a.zip", bytes(shared), LIMITS)


def test_damaged_archives() -> None:
    data = packed({"a.txt": PLAN.encode()})
    for broken in (
        data[:-30],
        b"PK\x03\x04" + b"x" * 99,
        gzip.compress(PLAN.encode())[:-20],
        b"\xfd7zXZ\0" + b"x" * 40,
    ):
        assert is_archive(broken)
        with pytest.raises(ReadingError, match="damaged; pack it again"):
            unpack("a.zip", broken, LIMITS)


def test_office_files_are_no_archives() -> None:
    assert not is_archive(packed({"[Content_Types].xml": b"", "word/document.xml": b""}))
    assert not is_archive(packed({"mimetype": b"application/epub+zip", "a.html": b""}))
    assert not is_archive(b"%PDF-1.4")
    assert is_archive(packed({"a.txt": b""}))


def test_gathering_an_archive(tmp_path: Path) -> None:
    names = {"山东/菏泽.txt": PLAN.encode(), "山东/济宁.txt": b"x", "河北/菏泽.txt": OTHER.encode(), "图.png": b"x"}
    (tmp_path / "plans.zip").write_bytes(packed(names))
    (tmp_path / "bad.zip").write_bytes(packed(names)[:-9])
    (tmp_path / "none.zip").write_bytes(packed({}))
    corpus = gather([tmp_path])
    assert corpus.rows.doc_id.tolist() == ["菏泽", "济宁", "河北-菏泽"]
    assert corpus.rows.file.tolist()[0].endswith("plans.zip/山东/菏泽.txt")
    assert corpus.rows.content.tolist()[2] == OTHER.encode()
    reasons = dict(zip(corpus.dropped.doc_id, corpus.dropped.reason, strict=True))
    assert "the archive is damaged" in reasons["bad"]
    assert "holds no document" in reasons["none"]
    assert "1 file(s) inside are no documents by their suffix: 图.png" in reasons["plans"]


def test_large_files_are_not_even_loaded(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as out:
        out.truncate(200_000_000)
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    corpus = gather([tmp_path])
    assert corpus.rows.doc_id.tolist() == ["a"]
    assert "the file has 200 MB, more than 100; split it or raise ingest.max_mb" in corpus.dropped.reason[0]


def test_adding_an_archive(tmp_path: Path) -> None:
    (tmp_path / "plans.zip").write_bytes(
        packed(
            {
                "../山东/菏泽.txt": PLAN.encode(),
                "x/菏泽.txt": OTHER.encode(),
                "empty.txt": b"",
                "长" * 120 + ".txt": PLAN.encode() + b"\n",
            }
        )
    )
    added = add_files([tmp_path / "plans.zip"], tmp_path / "corpus", {})
    assert [bool(one.row) for one in added] == [True, True, False, True]
    assert "the file is empty" in added[2].reason
    assert [one.row["place"] for one in added if one.row] == ["云泽市", "澜坪市", "云泽市"]
    files = [one.row["file"] for one in added if one.row]
    assert files[0] == "菏泽.txt"
    assert len(set(files)) == 3
    assert check_corpus(tmp_path / "corpus") == (3, [])
    (again,) = add_files([tmp_path / "corpus" / files[0]], tmp_path / "corpus", {})
    assert "in the corpus already" in again.reason
