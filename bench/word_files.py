"""Make the seeded DOCX files of bench/word.py."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

from word_print import FORMS, PLAN, Case, Words, chinese, printed, walk

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "reading"))

from docx_maker import (  # noqa: E402
    abstract,
    cell,
    level,
    make,
    num,
    paragraph,
    restart,
    row,
    run,
    style,
    table,
)
from docx_maker import field as complex_field  # noqa: E402


def plan_definition(key: int = 1) -> str:
    """Return the list of a plan."""
    return abstract(key, *(level(at, form, text.replace("%", f"%{at + 1}")) for at, (form, text) in enumerate(PLAN)))


def direct(draw: random.Random, words: Words) -> Case:
    """Number paragraphs of a plan directly."""
    case = Case("plan, direct")
    levels = walk(draw, 60, 5)
    case.paragraphs = [(number, words.one()) for number in printed(levels, PLAN)]
    body = "".join(paragraph(text, num=1, level=at) for at, (_, text) in zip(levels, case.paragraphs, strict=True))
    case.data = make(body, numbering=plan_definition() + num(1, 1))
    return case


def styled(draw: random.Random, words: Words) -> Case:
    """Number by heading styles, some based on others, the deeper levels in legal digits."""
    case = Case("plan, by style")
    # A style may give its level itself, as Word writes it, or leave it to the list, as the standard has it.
    own = draw.choice(['<w:ilvl w:val="{}"/>', ""])
    numbered = f'<w:pPr><w:numPr>{own}<w:numId w:val="4"/></w:numPr></w:pPr>'
    legal_text = ("第%1篇", "%1.%2", "%1.%2.%3")
    levels = [
        level(
            at,
            "chineseCountingThousand" if at < 2 else "decimal",
            text,
            more=f'<w:pStyle w:val="H{at}"/>' + ("<w:isLgl/>" if at else ""),
        )
        for at, text in enumerate(legal_text)
    ]
    styles = "".join(
        style(f"H{at}", f"heading {at + 1}", numbered.format(at)) + style(f"D{at}", f"标题样式{at}", based_on=f"H{at}")
        for at in range(3)
    )
    counts, body = [0, 0, 0], ""
    for at in walk(draw, 50, 3):
        counts[at] += 1
        counts[at + 1 :] = [0] * (2 - at)
        number = f"第{chinese(counts[0])}篇" if at == 0 else ".".join(map(str, counts[: at + 1]))
        case.paragraphs.append((number, words.one()))
        body += paragraph(case.paragraphs[-1][1], f"{draw.choice('HD')}{at}")
    case.data = make(body, styles=styles, numbering=abstract(7, *levels) + num(4, 7))
    return case


def formats(draw: random.Random, words: Words) -> Case:
    """Count to more than a hundred in formats of China."""
    case = Case("formats to 130")
    body = definitions = ""
    for key, form in enumerate(draw.sample(sorted(FORMS), 3), 1):
        definitions += abstract(key, level(0, form, "（%1）"))
        for n in range(1, 131):
            text = words.piece() + "。"
            case.paragraphs.append((f"（{FORMS[form](n)}）", text))
            body += paragraph(text, num=key, level=0)
    lists = "".join(num(key, key) for key in (1, 2, 3))
    case.data = make(body, numbering=definitions + lists)
    return case


def restarted(draw: random.Random, words: Words) -> Case:
    """Let several lists of one definition count on together, some starting again."""
    case = Case("shared and restarted")
    starts = {key: draw.randint(1, 40) for key in range(4, 9)}
    lists = "".join(num(key, 1) for key in (1, 2, 3)) + "".join(
        num(key, 1, restart(0, at)) for key, at in starts.items()
    )
    count, seen, body = 0, set(), ""
    for _ in range(60):
        key = draw.choice([1, 1, 2, 3, *starts])
        count = starts[key] if key in starts and key not in seen else count + 1
        seen.add(key)
        case.paragraphs.append((f"{chinese(count)}、", words.one()))
        body += paragraph(case.paragraphs[-1][1], num=key, level=0)
    case.data = make(body, numbering=abstract(1, level(0, "chineseCountingThousand", "%1、")) + lists)
    return case


def kept_on(draw: random.Random, words: Words) -> Case:
    """Number 第%条 through all chapters (lvlRestart 0), with paragraphs that have their number taken away."""
    case = Case("articles through chapters")
    definition = abstract(
        1,
        level(0, "chineseCounting", "第%1章"),
        level(1, "chineseCountingThousand", "第%2条", more='<w:lvlRestart w:val="0"/>'),
    )
    chapters, articles, body = 0, 0, ""
    for _ in range(70):
        at = draw.choice([0, 1, 1, 1, 1, 9])
        chapters, articles = chapters + (at == 0), articles + (at == 1 and chapters > 0)
        if at == 1 and not chapters:
            continue
        number = {0: f"第{chinese(chapters)}章", 1: f"第{chinese(articles)}条"}.get(at, "")
        case.paragraphs.append((number, words.one()))
        body += paragraph(case.paragraphs[-1][1], "L", num=0 if at == 9 else 1, level=None if at == 9 else at)
    styles = style("L", "条", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    case.data = make(body, styles=styles, numbering=definition + num(1, 1))
    return case


def changed(draw: random.Random, words: Words) -> Case:
    """Track insertions, deletions, moves, deleted paragraphs and rows in a numbered text."""
    case = Case("tracked changes")
    new, old, mark = '<w:ins w:id="1" w:author="a">', '<w:del w:id="2" w:author="a">', '<w:del w:id="3" w:author="a"/>'
    body = ""
    for count in range(1, 41):
        kept, extra, gone = words.one(), words.piece(), words.one()
        case.gone.append(gone)
        deleted = f"{old}<w:r><w:delText>{gone}</w:delText></w:r></w:del>"
        how = draw.randrange(4)
        if how == 0:
            body += paragraph(deleted, num=1, level=0, mark=mark)
        if how == 1:
            body += paragraph(run(extra) + deleted, num=1, level=0, mark=mark)
        if how == 3:
            inside = f'<w:moveFrom w:id="5">{run(gone)}</w:moveFrom><w:moveTo w:id="6">{run(extra)}</w:moveTo>' + run(
                kept
            )
        else:
            inside = run(kept) if how == 1 else deleted + f"{new}{run(extra)}</w:ins>" + run(kept)
        case.paragraphs.append((f"{count}.", extra + kept))
        body += paragraph(inside, num=1, level=0)
    cells = [words.piece() for _ in range(4)]
    case.gone.append(words.one())
    case.rows = [cells[:2], cells[2:]]
    body += table(row(*cells[:2]), row(case.gone[-1], "x", properties=mark), row(*cells[2:]))
    case.data = make(body, numbering=abstract(1, level(0, "decimal", "%1.")) + num(1, 1))
    return case


def merged(draw: random.Random, words: Words) -> Case:
    """Merge cells of indicator tables across and down; number rows automatically."""
    case = Case("merged tables")
    body = ""
    serial = paragraph("", num=1, level=0)
    for number in range(1, 5):
        head = [words.piece() for _ in range(4)]
        case.rows.append([head[0], "", *head[1:3], "", head[3]])
        rows = [
            row(cell(head[0], '<w:gridSpan w:val="2"/>'), head[1], cell(head[2], '<w:gridSpan w:val="2"/>'), head[3])
        ]
        for _ in range(3):
            name = words.piece()
            for at in range(draw.randint(1, 4)):
                texts = [words.piece() for _ in range(3)]
                figure = str(draw.randint(1, 999))
                case.rows.append([f"{len(case.rows) - number + 1}", name if at == 0 else "", *texts, figure])
                merge = cell(name, '<w:vMerge w:val="restart"/>') if at == 0 else cell("", "<w:vMerge/>")
                rows.append(row(cell(serial), merge, *texts, figure))
        body += table(*rows) + paragraph(words.one())
        case.paragraphs.append(("", re.search(r"<w:t [^>]*>([^<]*)</w:t></w:r></w:p>$", body)[1]))
    case.data = make(body, numbering=abstract(1, level(0, "decimal", "%1")) + num(1, 1))
    return case


def wrapped(draw: random.Random, words: Words) -> Case:
    """Wrap text in links, controls, fields and text boxes; give contents and breaks."""
    case = Case("wrappings and fields")
    wrappers: list[Callable[[str], str]] = [
        lambda one: f"<w:hyperlink>{one}</w:hyperlink>",
        lambda one: f"<w:sdt><w:sdtPr/><w:sdtContent>{one}</w:sdtContent></w:sdt>",
        lambda one: f"<w:smartTag>{one}</w:smartTag>",
        lambda one: complex_field(" REF _x ", one),
        lambda one: f'<w:fldSimple w:instr="PAGE">{one}</w:fldSimple>',
    ]
    titles = [words.piece() + words.piece() for _ in range(5)]
    case.gone += [f"{one}\t{at}" for at, one in enumerate(titles)]
    body = paragraph("目录", "T") + "".join(
        paragraph(run(one) + "<w:r><w:tab/></w:r>" + run(str(at)), "T") for at, one in enumerate(titles)
    )
    for _ in range(30):
        texts = [words.piece() for _ in range(3)]
        wrapper = draw.choice(wrappers)
        box = words.one()
        shape = f"<w:txbxContent>{paragraph(box)}</w:txbxContent>"
        drawing, picture = (
            f"<w:drawing><wps:txbx>{shape}</wps:txbx></w:drawing>",
            f"<w:pict><v:textbox>{shape}</v:textbox></w:pict>",
        )
        shape = f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        shape += f"<mc:Fallback>{picture}</mc:Fallback></mc:AlternateContent>"
        with_box = draw.random() < 0.3
        inside = (
            run(texts[0])
            + wrapper(wrapper(run(texts[1])))
            + run(texts[2])
            + (f"<w:r>{shape}</w:r>" if with_box else "")
        )
        case.paragraphs.append(("", "".join(texts)))
        case.paragraphs += [("", box)] * with_box
        case.once += [box] * with_box
        body += (
            f"<w:sdt><w:sdtContent>{paragraph(inside)}</w:sdtContent></w:sdt>"
            if draw.random() < 0.3
            else paragraph(inside)
        )
    case.data = make(body, styles=style("T", "toc 1"))
    return case


def noted(draw: random.Random, words: Words) -> Case:
    """Give notes, headers, hidden text and signs of symbol fonts."""
    case = Case("notes, hidden, symbols")
    notes = body = ""
    for number in range(30):
        texts = [words.piece(), words.piece(), words.piece() + "。"]
        note, hidden = words.one(), words.one()
        notes += f'<w:footnote w:id="{number}">{paragraph(note)}</w:footnote>'
        case.gone += [hidden]
        mark = f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
        sign = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run("90%") + "<w:r><w:noBreakHyphen/></w:r>"
        body += paragraph(run(texts[0]) + mark + run(hidden, "<w:vanish/>") + run(texts[1]) + sign + run(texts[2]))
        case.paragraphs.append(("", f"{texts[0]}{texts[1]}≥90%-{texts[2]}"))
    case.data = make(body, footnotes=notes, header=paragraph(words.one()), footer=paragraph("— 1 —"))
    return case


MAKERS = (direct, styled, formats, restarted, kept_on, changed, merged, wrapped, noted)


def cases(seed: int, each: int) -> list[Case]:
    """Return files of each kind."""
    found = []
    for maker in MAKERS:
        for number in range(each):
            draw = random.Random(f"{seed}:{maker.__name__}:{number}")
            found.append(maker(draw, Words(draw)))
    return found
