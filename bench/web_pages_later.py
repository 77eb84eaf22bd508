"""Web pages of known text: templates first measured unseen, then corrected for (`LATER`); see `web_pages.py`."""

# ruff: noqa: E501, SIM905 - pages and words as they are written
from __future__ import annotations

from html import escape

from web_pages import Around, Template, grid


def lines_in_blocks(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """A page of a form: each paragraph in a block of its own, everything inside one form, end tags missing."""
    body = "\n".join(f'<div style="TEXT-INDENT: 2em">{escape(one)}</div>' for one in paragraphs)
    return f"""<html><head><title>{around.say("云泽市人民政府门户网站")}</title></head><body><form id=aspnetForm method=post action=show.aspx>
<input type=hidden name=__VIEWSTATE value="{"dDw0" * 300}">
<table id=Head1 width=960 align=center><tr><td>{around.menu()}<tr><td><marquee>{around.say("欢迎访问云泽市人民政府门户网站，今天是2014年5月6日。")}</marquee></table>
<table width=960 align=center><tr><td><span id=lblPath>{around.say("首页")} → {around.say("发展规划")} → {around.say("正文")}</span></td></tr>
<tr><td align=center><span id=lblTitle><b>{escape(title)}</b></span></td></tr>
<tr><td align=center><span>{around.say("作者：发改委　来源：本站原创　更新时间：2014-5-6 10:22:31　点击数：512")}</span></td></tr>
<tr><td id=lblContent>{body}{grid(rows, 'border="1" cellspacing="0"')}</td></tr>
<tr><td>{around.say("上一条：")}<a href=1.aspx>{around.headline()}</a><br>{around.say("下一条：")}<a href=2.aspx>{around.headline()}</a></td></tr></table>
<table width=960 align=center><tr><td align=center>{around.foot()}<br>{around.say("地址：云泽市人民路1号　邮编：000000　电话：0000-0000000")}</td></tr></table></form></body></html>"""


def notice_and_plan(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """A notice and the plan it hands on, in two blocks without names; a list of files beside them."""
    half = max(1, len(paragraphs) // 4)
    notice = "".join(f"<p>{escape(one)}</p>" for one in paragraphs[:half])
    plan = "".join(f"<p>{escape(one)}</p>" for one in paragraphs[half:])
    files = "".join(
        f"<dd><a href='/f{i}'>{around.headline()}</a> <span>{around.say('2019-08-0' + str(i))}</span></dd>"
        for i in range(1, 8)
    )
    return f"""<!doctype html><html><head><title>{escape(title)}-云泽市人民政府办公室</title></head><body>
<div id="top"><ul><li><a href=/>{around.say("网站首页")}</a><li><a href=/a>{around.say("机构职能")}</a><li><a href=/b>{around.say("政策法规")}</a></ul></div>
<div id="mid"><div id="l"><dl><dt>{around.say("最新文件")}</dt>{files}</dl></div>
<div id="r"><h1>{escape(title)}</h1><div><div>{notice}</div><div>{plan}{grid(rows)}</div></div>
<div><a href="javascript:window.print()">{around.say("打印本页")}</a> <a href="javascript:window.close()">{around.say("关闭窗口")}</a></div></div></div>
<div id="end"><p>{around.foot()}</p></div></body></html>"""


def phone_page(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """A page of an account of a chat service: sections and spans, no paragraphs."""
    body = "".join(
        f'<section style="margin: 0 16px;line-height: 2em;"><span style="letter-spacing: 1px;"><span leaf="">{escape(one)}</span></span></section>'
        "<section><br></section>"
        for one in paragraphs
    )
    return f"""<html><head><meta property="og:title" content="{escape(title)}"><title></title></head><body id="activity-detail">
<div id="js_article" class="rich_media"><div class="rich_media_inner"><h1 class="rich_media_title" id="activity-name">{escape(title)}</h1>
<div id="meta_content" class="rich_media_meta_list"><span>{around.say("原创")}</span> <span>{around.say("云泽发布")}</span> <em>{around.say("2021年03月05日 18:20")}</em></div>
<div class="rich_media_content" id="js_content" style="visibility: visible;"><section data-role="outer">{body}{grid(rows)}</section></div>
<div class="rich_media_tool"><div>{around.say("阅读原文")}</div><div>{around.say("阅读 3021")}</div><div>{around.say("赞 18")} {around.say("在看 9")}</div></div>
<div class="discuss_container"><p>{around.say("写留言")}</p>{"".join(f"<div><p>{around.comment()}</p></div>" for _ in range(6))}</div>
<div class="qr_code_pc"><p>{around.say("微信扫一扫关注该公众号")}</p></div></div></div></body></html>"""


def listed(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """The text as items of a list, with links to other pages inside its sentences."""

    def linked(text: str) -> str:
        middle = len(text) // 2
        if len(text) < 60:
            return escape(text)
        return f'{escape(text[:middle])}<a href="/tag/{middle}" target=_blank>{escape(text[middle : middle + 6])}</a>{escape(text[middle + 6 :])}'

    body = "".join(f"<li>{linked(one)}</li>" for one in paragraphs)
    hot = "".join(f"<p><b>{i}</b> <a href='/h{i}'>{around.headline()}</a></p>" for i in range(1, 11))
    return f"""<!DOCTYPE html><html lang=zh><head><title>{escape(title)}_规划_云泽网</title></head><body>
<div class="site-nav">{around.menu()}</div><div class="layout"><div class="col-main"><h1>{escape(title)}</h1>
<p class="byline">{around.say("2018-09-01 08:00")} {around.say("来源：云泽日报")} <a href="#c">{around.say("我要评论")}</a></p>
<div class="article-body"><ul style="list-style:none">{body}</ul>{grid(rows)}</div>
<p class="end">{around.say("（责任编辑：王某）")}</p><div class="tags">{around.say("标签：")}<a href=/t1>{around.say("规划")}</a> <a href=/t2>{around.say("发展")}</a></div></div>
<div class="col-sub"><h3>{around.say("24小时热文")}</h3>{hot}<h3>{around.say("视频推荐")}</h3>{around.links(8, "p")}</div></div>
<div class="copyright">{around.foot()}</div></body></html>"""


def frames_of_links(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """A page of the 1990s: capital tags, a column of links, the text between rules, nothing closed."""
    body = "".join(f"<P>　　{escape(one)}\n" for one in paragraphs)
    column = "".join(
        f'<A HREF="{i}.HTM">{around.say("栏目" + str(i) + "：" + word)}</A><BR>'
        for i, word in enumerate("概况 政务 经济 社会 文化 旅游 招商 服务".split())
    )
    return f"""<HTML><BODY BGCOLOR=#FFFFFF><TABLE WIDTH=100% BORDER=0><TR><TD WIDTH=15% VALIGN=TOP BGCOLOR=#CCCCFF>{column}
<TD WIDTH=85%><CENTER><H2>{escape(title)}</H2><SMALL>{around.say("（云泽信息港 1999年12月1日）")}</SMALL></CENTER><HR>
{body}<CENTER>{grid(rows)}</CENTER><HR><CENTER><A HREF="index.htm">{around.say("返回主页")}</A> <A HREF="mailto:x@example.cn">{around.say("给我们写信")}</A>
<P>{around.say("您是第 003912 位访问者")}<P>{around.foot()}</CENTER></TABLE>"""


def word_export(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """A page saved by a word processor inside the page of a site; words of the text on lines of their own in the markup."""

    def broken(text: str) -> str:
        return "\n".join(escape(text[at : at + 30]) for at in range(0, len(text), 30))

    body = "\n".join(
        f"<p class=MsoNormal align=left style='text-align:left;text-indent:21.0pt;mso-pagination:widow-orphan'><span\nlang=EN-US style='display:none'>&nbsp;</span><span\nstyle='font-family:宋体'>{broken(one)}</span><span lang=EN-US><o:p></o:p></span></p>"
        for one in paragraphs
    )
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>{escape(title)}</title><!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->
<style><!-- p.MsoNormal {{margin:0cm; font-family:"Times New Roman";}} --></style></head><body lang=ZH-CN>
<div class=pagehead><a href=/>{around.say("云泽市发展和改革委员会")}</a>　<a href=/zc>{around.say("政策文件")}</a>　<a href=/gh>{around.say("规划计划")}</a></div>
<div class=Section1 style='layout-grid:15.6pt'><p class=MsoNormal align=center><b><span style='font-size:18.0pt'>{escape(title)}</span></b></p>
{body}{grid(rows, "class=MsoNormalTable border=1 cellpadding=0")}</div>
<div class=pagefoot>{around.say("文件下载：")}<a href=a.doc>{around.say("规划全文下载")}</a><br>{around.foot()}</div></body></html>"""


def panels(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """A page with panels beside the text: a summary of it, questions and answers, a list of other texts with their heads."""
    questions = "".join(
        f"<div class=qa><p>{around.say('问：某项政策何时实施？' + str(i))}</p><p>{around.brief()}</p></div>"
        for i in range(4)
    )
    cards = "".join(
        f'<a class="card" href="/c{i}"><h4>{around.headline()}</h4><p>{around.brief()}</p></a>' for i in range(6)
    )
    body = "".join(f"<p>{escape(one)}</p>\n" for one in paragraphs)
    return f"""<!doctype html><html><head><title>{escape(title)} | 云泽市</title></head><body><header class="site-header"><div>{around.menu()}</div></header>
<main><div class="abstract-box"><strong>{around.say("内容摘要")}</strong><p>{around.brief()}</p></div>
<h1>{escape(title)}</h1><div class="detail">{body}{grid(rows)}</div>
<section class="interact"><h3>{around.say("政策问答")}</h3>{questions}</section>
<section class="more"><h3>{around.say("更多文件")}</h3>{cards}</section></main>
<div class="fixed-tools"><button>{around.say("返回顶部")}</button><button>{around.say("无障碍")}</button></div><footer>{around.foot()}</footer></body></html>"""


def paged(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """A long text laid out in pages that all stand in the document, with links between them, and letters in quotes."""
    size = max(1, len(paragraphs) // 4)
    parts = [paragraphs[at : at + size] for at in range(0, len(paragraphs), size)]
    body = "".join(
        f'<div class="page" id="page{i}">'
        + "".join(f"<blockquote>{escape(one)}</blockquote>" for one in part)
        + "</div>"
        for i, part in enumerate(parts)
    )
    links = "".join(f'<a href="?p={i}">{i}</a> ' for i in range(len(parts)))
    return f"""<html><head><title>{escape(title)}</title></head><body><div class="hd"><div class="logo">{around.say("云泽年鉴")}</div><div>{around.menu()}</div></div>
<div class="crumb">{around.say("当前位置")}：<a href=/>{around.say("年鉴首页")}</a>-<a href=/z>{around.say("专记")}</a></div>
<div class="bd"><h2>{escape(title)}</h2><div class="reader">{body}{grid(rows)}</div><div class="pagebar">{around.say("共4页")} {links}<a href="?p=1">{around.say("下一页")}</a></div>
<div class="lnk"><span>{around.say("延伸阅读")}</span>{around.links(12, "div")}</div></div><div class="ft">{around.foot()}</div></body></html>"""


LATER: dict[str, Template] = {
    "lines_in_blocks": lines_in_blocks, "notice_and_plan": notice_and_plan, "phone_page": phone_page, "listed": listed,
    "frames_of_links": frames_of_links, "word_export": word_export, "panels": panels, "paged": paged,
}  # fmt: skip
