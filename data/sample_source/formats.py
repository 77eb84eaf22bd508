"""Write a parsed source as the file that a city might publish."""

from __future__ import annotations

import html
import io
import re
import zipfile

from markup import BREAK, Source, Unit

_WIDTH, _LINES = 34, 36
_STAMP = (2026, 1, 1, 0, 0, 0)


def plain(source: Source, encoding: str) -> bytes:
    """Return text, a paragraph a line."""
    lines = ["".join(unit.text for unit in one).replace(BREAK, "") for article in source.articles for one in article]
    return ("\n".join(lines) + "\n").encode(encoding)


def newspaper(source: Source) -> bytes:
    """Return a newspaper page: broken at the marks, the articles set down in turns, two pieces displaced."""
    columns = []
    for article in source.articles:
        text = "\n\n".join("".join(unit.text for unit in one) for one in article)
        columns.append(text.split(BREAK))
    plan, told = columns
    # The third piece of the explanation stands before the second, and the plan's columns run in between.
    pieces = [plan[0], told[0], plan[1], told[2], plan[2], told[1], told[3], plan[3], told[4]]
    return ("\n\n".join(piece.strip("\n") for piece in pieces) + "\n").encode()


def web_page(source: Source) -> bytes:
    """Return an HTML page with navigation, share links and a footer."""
    body = []
    for article in source.articles:
        for one in article:
            text = html.escape("".join(unit.text for unit in one).replace(BREAK, ""))
            level = one[0].level + 1
            body.append(f"<h{level}>{text}</h{level}>" if one[0].kind == "heading" else f"<p>{text}</p>")
    title, place = html.escape(source.known["title"]), html.escape(source.known["place"])
    published = source.known["published"]
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title} - {place}人民政府</title>
<style>.nav a {{ color: #036 }}</style><script>var visits = 20210118;</script></head><body>
<div class="nav"><a href="/">首页</a> <a href="/zwgk">政务公开</a>
<a href="/hd">互动交流</a> <a href="/zt">专题专栏</a></div>
<div class="path">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a> &gt; <a href="/bg">工作报告</a></div>
<div class="article">
<div class="meta">发布日期：{published}　来源：市政府办公室　<a href="#">打印</a> <a href="#">分享到微信</a></div>
<div class="content">
{chr(10).join(body)}
</div></div>
<div class="footer"><a href="/about">网站地图</a> <a href="/contact">联系我们</a>
主办：{place}人民政府办公室 网站标识码：99000001</div>
</body></html>
""".encode()


def word(source: Source) -> bytes:
    """Return a DOCX with heading styles and real tables."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document = docx.Document()
    document.core_properties.author = "PlanLens"
    table: list[list[str]] = []

    def flush() -> None:
        if table:
            made = document.add_table(len(table), len(table[0]), style="Table Grid")
            for row, cells in zip(made.rows, table, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
            table.clear()

    for article in source.articles:
        for one in article:
            unit, text = one[0], "".join(part.text for part in one).replace(BREAK, "")
            if unit.kind in ("header", "row"):
                table.append([cell.strip() for cell in text.split("|")])
                continue
            flush()
            if unit.kind == "heading" and unit.level:
                document.add_heading(text, level=unit.level)
            else:
                paragraph = document.add_paragraph(text)
                if unit.kind == "heading":
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    flush()
    out = io.BytesIO()
    document.save(out)
    return _stamped(out.getvalue())


def _stamped(content: bytes) -> bytes:
    """Return a ZIP with fixed times, so that the same document has the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(given.namelist()):
            data = given.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2026-01-01T00:00:00Z", data)
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(info, data)
    return out.getvalue()


def printed(source: Source) -> bytes:
    """Return a PDF with a running head, page numbers, hard-wrapped lines and a ruled table."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    canvas.setTitle(source.known["title"])
    sheet = _Sheet(canvas, source.known["place"] + "人民政府公报")
    paragraphs = [one for article in source.articles for one in article]
    at = 0
    while at < len(paragraphs):
        if paragraphs[at][0].kind == "header":
            last = at + 1
            while last < len(paragraphs) and paragraphs[last][0].kind == "row":
                last += 1
            sheet.table([one[0].text.split("|") for one in paragraphs[at:last]])
            at = last
            continue
        sheet.paragraph(paragraphs[at])
        at += 1
    sheet.close()
    canvas.save()
    return out.getvalue()


class _Sheet:
    """Fills pages from top to bottom."""

    def __init__(self, canvas: object, head: str) -> None:
        self.canvas, self.head, self.page, self.line = canvas, head, 1, 0

    def _y(self) -> float:
        return 770 - 19 * self.line

    def _room(self, lines: int) -> None:
        if self.line + lines > _LINES:
            self.close()
            self.page, self.line = self.page + 1, 0

    def close(self) -> None:
        """Put head and number on the page and end it."""
        self.canvas.setFont("STSong-Light", 9)
        self.canvas.drawString(72, 805, self.head)
        self.canvas.drawCentredString(297, 40, f"— {self.page} —")
        self.canvas.showPage()

    def paragraph(self, units: list[Unit]) -> None:
        """Set a paragraph: a heading in the middle of the line, a text wrapped."""
        text = "".join(unit.text for unit in units).replace(BREAK, "")
        heading = units[0].kind == "heading"
        text = text if heading else "\u3000\u3000" + text
        for low in range(0, len(text), _WIDTH):
            self._room(1)
            self.canvas.setFont("STSong-Light", 13)
            part = text[low : low + _WIDTH]
            if heading:
                self.canvas.drawCentredString(297, self._y(), part)
            else:
                self.canvas.drawString(72, self._y(), part)
            self.line += 1

    def table(self, rows: list[list[str]]) -> None:
        """Draw a ruled table."""
        self._room(len(rows) + 1)
        widths = [190, 80, 60, 60, 60][: len(rows[0])]
        top = self._y() + 13
        self.canvas.setFont("STSong-Light", 10)
        for row in rows:
            x = 72
            for cell, width in zip(row, widths, strict=True):
                self.canvas.rect(x, self._y() - 6, width, 19)
                self.canvas.drawString(x + 4, self._y(), cell.strip())
                x += width
            self.line += 1
        self.canvas.rect(72, self._y() + 13, sum(widths), top - self._y() - 13)
        self.line += 1
