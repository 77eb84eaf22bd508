"""Web pages of known text: the templates written after the extractor was finished (`UNSEEN`); see `web_pages.py`."""

# ruff: noqa: E501, SIM905 - pages and words as they are written
from __future__ import annotations

from html import escape

from web_pages import Around, Template, grid


def gazette(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """A page of an official gazette: a column of issues, a table about the text, voices and speeds of reading aloud."""
    issues = "".join(
        f"<li><a href='/i/{n}'>{around.say(f'2021年第{n:02}期（总第{300 + n}期）')}</a></li>" for n in range(1, 13)
    )
    facts = "".join(
        f"<div class='xx-item'><label>{around.say(key)}</label><span>{around.say(value)}</span></div>"
        for key, value in (
            ("索引号：", "11330000002489/2021-0014"),
            ("文　　号：", "云政函〔2021〕24号"),
            ("公开方式：", "主动公开"),
            ("有效性：", "有效"),
        )
    )
    speeds = "".join(f"<i>{around.say(one)}</i>" for one in ("0.8x", "1.0x", "1.5x", "2.0x"))
    body = "".join(
        f'<p style="text-align: justify; text-indent: 2em;"><span>{escape(one)}</span></p>' for one in paragraphs
    )
    return f"""<!DOCTYPE html><html><head><title>{escape(title)}</title></head><body><div class="gb-head">{around.menu()}</div>
<div class="gb-wrap"><div class="gb-left"><h4>{around.say("所属公报")}</h4><ul>{issues}</ul></div>
<div class="gb-right"><div class="xx-box">{facts}</div><div class="gb-tit">{escape(title)}</div>
<div class="gb-bar"><span>{around.say("语音播报")}</span>{speeds} <span>{around.say("发布时间：2021-04-14 20:08")}</span> <span>{around.say("浏览量：1234")}</span></div>
<div class="gb-text">{body}{grid(rows)}</div><div class="gb-dl"><a href=a.pdf>{around.say("PDF版本")}</a> <a href=a.ofd>{around.say("OFD版本")}</a></div></div></div>
<div class="gb-foot">{around.foot()}</div></body></html>"""


def one_table_a_paragraph(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """An editor's page where each paragraph has a row of its own in a table of one column."""
    body = "".join(f"<tr><td class=p14 height=26>&nbsp;&nbsp;&nbsp; {escape(one)}</td></tr>\n" for one in paragraphs)
    news = "".join(f"<tr><td>·{one}</td></tr>" for one in [around.links(1, "font") for _ in range(9)])
    return f"""<html><head><title>{around.say("云泽市情网")}</title></head><body topmargin=0><table width=780 align=center><tr><td>{around.menu()}</td></tr></table>
<table width=780 align=center><tr><td width=560 valign=top><table width=100%><tr><td align=center><font class=bt>{escape(title)}</font></td></tr>
<tr><td align=center height=30>{around.say("阅读次数：662")} {around.say("添加时间：2007-3-9")}</td></tr>{body}<tr><td>{grid(rows, "border=1 bordercolor=#000000")}</td></tr></table></td>
<td width=220 valign=top><table><tr><td bgcolor=#eeeeee>{around.say("相关文章")}</td></tr>{news}</table>
<table><tr><td bgcolor=#eeeeee>{around.say("站内公告")}</td></tr><tr><td>{around.brief()}</td></tr></table></td></tr></table>
<table width=780 align=center><tr><td align=center>{around.foot()}</td></tr></table></body></html>"""


def tabs(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """Text in the open one of several tabs; the others, of other documents, are hidden."""
    other = "".join(f"<p>{around.brief()}</p>" for _ in range(8))
    body = "".join(f"<p>{escape(one)}</p>" for one in paragraphs)
    return f"""<!doctype html><html><head><title>{escape(title)}</title><style>
.tab-pane {{ display: none; }} .tab-pane.active {{ display: block; }}</style></head><body><div role=navigation>{around.menu()}</div>
<h1>{escape(title)}</h1><ul class="tab-nav"><li>{around.say("规划全文")}</li><li>{around.say("规划解读")}</li><li>{around.say("新闻发布会")}</li></ul>
<div class="tab-content"><div class="pane" style="display:block">{body}{grid(rows)}</div><div class="pane" style="display:none">{other}</div>
<div class="pane" style="display:none">{other}</div></div><div role=contentinfo>{around.foot()}</div></body></html>"""


def portal_news(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """A news portal: an advertisement and a video inside the text, a lead, editors, declarations, many columns below."""
    body = [f"<p>　　{escape(one)}</p>" for one in paragraphs]
    advert = f'<div class="ad-in"><a href="/ad">{around.say("广告：云泽特产节火热报名中")}</a></div>'
    video = f'<div class="video"><video src=a.mp4></video><p class="cap">{around.say("视频加载中，请稍候")}</p></div>'
    middle = len(body) // 2
    columns = "".join(
        f"<div class=col><h5>{around.say(name)}</h5><ul>{around.links(9)}</ul></div>"
        for name in ("要闻", "财经", "社会", "图片")
    )
    return f"""<html><head><meta charset=gbk><title>{escape(title)}--云泽频道--某某网</title></head><body><div class="channel">{around.menu()}</div>
<div class="p_path"><a href=/>{around.say("某某网")}</a>>><a href=/y>{around.say("云泽频道")}</a></div><div class="text_title"><h1>{escape(title)}</h1>
<p class="sou">{around.say("2016年03月09日08:12")} {around.say("来源：")}<a href=/d>{around.say("云泽日报")}</a></p></div>
<div class="text_con"><div class="box_con">{"".join(body[:middle])}{advert}{video}{"".join(body[middle:])}{grid(rows)}<div class="edit">{around.say("(责编：张某、李某)")}</div></div></div>
<div class="message"><p>{around.say("声明：本网转载此文出于传递更多信息之目的，不代表本网观点，如有侵权请与我们联系删除。")}</p></div>
<div class="cols">{columns}</div><div id="copyright">{around.foot()}</div></body></html>"""


def plain_breaks(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """Bare text in the body with two breaks between paragraphs, the links at the top and the end in the same run."""
    body = "<br><br>\n".join(escape(one) for one in paragraphs)
    return f"""<html><title>{escape(title)}</title><body>
<a href=index.html>{around.say("返回目录")}</a> <a href=next.html>{around.say("下一章")}</a><br><br>
<b>{escape(title)}</b><br><br>
{body}<br><br>{grid(rows)}<br>
<a href=index.html>{around.say("返回目录")}</a> <a href=next.html>{around.say("下一章")}</a><br>{around.foot()}</body></html>"""


def application(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """A page rendered from components: names that mean nothing, deep nesting, lists of articles with their heads."""

    def deep(inside: str) -> str:
        return "<div data-v-7ba5bd90>" * 14 + inside + "</div>" * 14

    body = "".join(
        deep(f'<div class="css-1xk{n}"><span class="css-9a">{escape(one)}</span></div>')
        for n, one in enumerate(paragraphs)
    )
    cards = "".join(
        deep(
            f'<div class="css-77"><a href="/a/{n}" class="css-78">{around.headline()}</a><div class="css-79">{around.brief()}</div></div>'
        )
        for n in range(9)
    )
    return f"""<!doctype html><html><head><title>{escape(title)}</title></head><body><div id="root"><div class="css-0"><div class="css-1">{around.menu()}</div>
<div class="css-2"><div class="css-3"><h1 class="css-4">{escape(title)}</h1><div class="css-5"><time>{around.say("2024-01-20")}</time></div>
<div class="css-6">{body}{grid(rows)}</div></div><div class="css-8">{cards}</div></div><div class="css-99">{around.foot()}</div></div></div>
<script>window.__DATA__ = {{"text": "{escape(paragraphs[0])}"}}</script></body></html>"""


UNSEEN: dict[str, Template] = {
    "gazette": gazette, "table_rows": one_table_a_paragraph, "tabs": tabs, "portal_news": portal_news,
    "plain_breaks": plain_breaks, "application": application,
}  # fmt: skip
