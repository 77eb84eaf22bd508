"""Corpora of invented reports: each has figures of its own."""

from __future__ import annotations

import csv
from pathlib import Path

HEAD = "{place}政府工作报告\n各位代表：\n现在，我代表市人民政府，向大会报告政府工作，请予审议。\n"
CHAPTERS = (
    ("一、过去一年工作回顾", "全年地区生产总值增长{a}%，财政收入达到{b}亿元。国民经济稳中有进，社会发展取得新成效。"),
    ("二、今年的主要目标", "今年经济社会发展的主要预期目标是：地区生产总值增长{a}%左右，城镇新增就业{b}万人以上。"),
    ("三、推进产业升级", "推动制造业向中高端迈进，培育科技型企业{b}家，力争工业增加值增长{a}%。完善创新体系，健全转化机制。"),
    ("四、推进乡村振兴", "确保粮食产量稳定在{b}万吨以上，建设高标准农田{b}万亩。整治人居环境，发展特色种植。"),
    ("五、改善民生", "到2025年森林覆盖率提高到{b}%。健全社会保障体系，新建学校{b}所，提高医疗服务水平。"),
)  # fmt: skip
PLACES = "澜坪市 云泽市 青禾市 汐城市 砚溪市 霞浦岭市".split()


def report(number: int) -> str:
    """Return the text of a report."""
    place, a, b = f"{PLACES[number % len(PLACES)]}", 5 + number % 40 / 10, 20 + number
    body = "".join(f"{heading}\n{text.format(a=a, b=b) * 3}\n" for heading, text in CHAPTERS)
    return HEAD.format(place=place) + body


def write_corpus(folder: Path, numbers: range | list[int], texts: dict[int, str] | None = None) -> Path:
    """Write a corpus with a report for each number; `texts` replaces some."""
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    with (folder / "corpus.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["doc_id", "file", "doc_type", "published"])
        for number in numbers:
            name = f"reports/{number:04d}.txt"
            (folder / name).write_text((texts or {}).get(number) or report(number), encoding="utf-8")
            writer.writerow([f"市-{number:04d}", name, "work_report", f"{2005 + number % 20}-02-10"])
    return folder
