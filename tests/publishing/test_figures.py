"""Figures: readable in both languages, with their font inside, never boxes."""

import re
import subprocess
from pathlib import Path

import pytest

from pipeline.publishing import fonts
from pipeline.publishing.figures import figures, write_figures
from pipeline.publishing.fonts import Font, chinese_font


@pytest.fixture(scope="module")
def font() -> Font:
    try:
        return chinese_font()
    except OSError:
        pytest.skip("no Chinese font here (apt install fonts-noto-cjk)")


def test_figures_have_data_font_and_words_for_who_cannot_see(tables, font: Font, tmp_path: Path) -> None:
    names = write_figures(figures(tables), tmp_path)
    assert sorted(names) == sorted(one.name for one in tmp_path.iterdir()) and len(names) == 3 * 7
    for name in ("theme_shares", "divergence", "plan_map"):
        for language in ("en", "zh"):
            svg = (tmp_path / f"{name}.{language}.svg").read_text(encoding="utf-8")
            told = (tmp_path / f"{name}.{language}.txt").read_text(encoding="utf-8").strip()
            assert "@font-face" in svg and "data:font/otf;base64," in svg and f"<title>{told[:6]}" in svg
            assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]+"', "", svg)
            assert ("6份文件" if language == "zh" else "6 documents") in told
            assert (tmp_path / f"{name}.{language}.pdf").read_bytes().startswith(b"%PDF")
    pdf = (tmp_path / "theme_shares.zh.pdf").read_bytes()
    assert b"/FontFile" in pdf or b"/ObjStm" in pdf


def test_a_figure_of_few_documents(tables, font: Font) -> None:
    one = {name: frame[frame["doc_id"].eq(tables["documents"]["doc_id"][0])] if "doc_id" in frame else frame.iloc[:0]
           for name, frame in tables.items()}  # fmt: skip
    assert [figure.name for figure in figures(one)] == ["theme_shares"]


def test_without_a_font_nothing_is_drawn_and_the_mend_is_told(
    tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts.shutil, "which", lambda name: None)
    with pytest.raises(OSError, match=r"no Chinese font is installed.*fonts-noto-cjk"):
        write_figures(figures(tables), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_font_without_the_characters_is_refused(tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = subprocess.run(["fc-list", ":", "file"], capture_output=True, text=True, check=False).stdout
    latin = next((Path(line.split(":")[0]) for line in sorted(listed.splitlines()) if "DejaVuSans.ttf" in line), None)
    if latin is None:
        pytest.skip("no font without Chinese here")
    monkeypatch.setattr("pipeline.publishing.figures.chinese_font", lambda: Font("DejaVu Sans", latin))
    with pytest.raises(OSError, match="DejaVu Sans has no picture of .* would show as boxes"):
        write_figures(figures(tables), tmp_path)
    assert list(tmp_path.iterdir()) == []
