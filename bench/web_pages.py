"""Web pages of known text: the templates that the extractor was developed on (`SEEN`).

Each template is given a title, paragraphs and table rows, and returns a page; what it adds around the text comes from
`Around`, which keeps a list of it.
"""

# ruff: noqa: E501, SIM905 - pages and words as they are written
from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

_SUBJECTS = (
    "市政府 市发展改革委 市财政局 省科技厅 市教育局 县人民医院 开发区管委会 市交通运输局 市文旅局 市应急局".split()
)
_DEEDS = "召开全体会议 发布年度公告 开展专项检查 举办招商推介 公示拟聘人员 启动春季植树 组织应急演练 回应群众关切 表彰先进集体".split()
_PLACES = "云泽 兰坪新城 禾阳 西城区 燕溪 豫宁".split()
_VOICES = "写得很好，支持一下！ 希望早日落实，老百姓盼着呢。 请问我们小区什么时候改造？ 公交线路能不能再加几条？ 点赞，家乡越来越好了。".split()


@dataclass
class Around:
    """Draws what stands around a text, and remembers it."""

    draw: random.Random
    said: list[str] = field(default_factory=list)
    only: int | None = None
    """How many of the paragraphs stand on the page, without the table; None for all."""

    def say(self, text: str) -> str:
        """Remember a line of navigation and return it."""
        self.said.append(text)
        return escape(text)

    def headline(self) -> str:
        """Return the title of some other news."""
        place, subject, deed = (self.draw.choice(one) for one in (_PLACES, _SUBJECTS, _DEEDS))
        return self.say(f"{place}{subject}{deed}（第{self.draw.randrange(10, 999)}期）")

    def links(self, n: int, tag: str = "li") -> str:
        """Return n links to other news."""
        return "".join(f"<{tag}><a href='/n/{i}.html'>{self.headline()}</a></{tag}>" for i in range(n))

    def menu(self) -> str:
        """Return the links of a menu."""
        words = "首页 走进我市 政务公开 政务服务 互动交流 专题专栏 数据开放 政府信息".split()
        return " | ".join(f"<a href='/{i}'>{self.say(one)}</a>" for i, one in enumerate(words))

    def brief(self) -> str:
        """Return some lines of prose on other news."""
        subject, deed = self.draw.choice(_SUBJECTS), self.draw.choice(_DEEDS)
        return self.say(
            f"近日，{subject}{deed}，有关负责同志到场并讲话，要求各单位认真落实（记者{self.draw.randrange(100, 999)}）。"
        )

    def comment(self) -> str:
        """Return what a reader says of the text."""
        return self.say(f"网友{self.draw.randrange(10**5)}：{self.draw.choice(_VOICES)}{self.draw.choice(_VOICES)}")

    def foot(self) -> str:
        """Return the line at the foot of a site."""
        return f"{self.say('主办：云泽市人民政府办公室 版权所有')} {self.say('备案号：云ICP备00000001号 网站标识码：9900000001')}"


Template = Callable[[str, list[str], list[list[str]], Around], str]


def grid(rows: list[list[str]], attributes: str = "border=1") -> str:
    """Return a table of rows."""
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in rows)
    return f"<table {attributes}>{body}</table>"


def modern(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """A page of a present system: blocks with class names, share buttons, related news."""
    body = "\n".join(f"<p>{escape(one)}</p>" for one in paragraphs)
    return f"""<!DOCTYPE html><html><head><meta charset=utf-8><title>{escape(title)}_云泽市人民政府</title></head><body>
<div class="header"><div class="topbar"><a href=/>{around.say("无障碍浏览")}</a></div><div class="nav">{around.menu()}</div></div>
<div class="crumbs">{around.say("当前位置：")}<a href=/>{around.say("网站首页")}</a> &gt; <a>{around.say("规划计划")}</a></div>
<div class="wrap"><h1 class="title">{escape(title)}</h1>
<div class="info"><span>{around.say("发布日期：2021-03-01 09:30")}</span><span>{around.say("来源：市政府办公室")}</span>
<span>{around.say("字号：[大 中 小]")}</span><a href="#">{around.say("打印")}</a></div>
<div class="TRS_Editor">{body}{grid(rows)}</div>
<div class="share">{around.say("分享到：")}<a href="#">{around.say("微信")}</a><a href="#">{around.say("微博")}</a></div>
<div class="ewm"><img src=q.png><p>{around.say("扫一扫在手机打开当前页")}</p></div>
<div class="related"><h3>{around.say("相关新闻")}</h3><ul>{around.links(8)}</ul></div></div>
<div class="footer">{around.foot()}</div></body></html>"""


def table_and_breaks(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """A page of the 2000s: columns by tables, the text in one cell with line breaks and blanks."""
    body = "<br>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(one)}" for one in paragraphs)
    return f"""<HTML><HEAD><TITLE>{around.say("云泽政府网")}</TITLE></HEAD><BODY>
<TABLE width=776 align=center><TR><TD colspan=2>{around.menu()}</TD></TR>
<TR><TD width=180 valign=top><TABLE><TR><TD>{around.say("最新动态")}</TD></TR>{"".join(f"<TR><TD>{one}</TD></TR>" for one in around.links(20, "font").split("</font>") if one)}</TABLE></TD>
<TD valign=top><p align=center><font size=4 color=red><b>{escape(title)}</b></font></p>
<p align=center>{around.say("2003-2-18 　 点击次数：3021")}</p><hr>
<font size=3>{body}</font><br><br>{grid(rows)}
<p align=right>{around.say("【打印本页】")} {around.say("【关闭窗口】")}</p></TD></TR>
<TR><TD colspan=2 align=center>{around.foot()}</TD></TR></TABLE></BODY></HTML>"""


def nested_tables(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """Tables within tables; the text pasted from a word processor."""
    body = "\n".join(
        f'<p class="MsoNormal" style="text-indent:32pt;line-height:28pt"><span style="font-size:16pt;font-family:仿宋_GB2312">{escape(one)}<o:p></o:p></span></p>'
        for one in paragraphs
    )
    side = "".join(
        f"<tr><td><img src=d.gif></td><td>{one}</td></tr>" for one in [around.links(1, "span") for _ in range(15)]
    )
    return f"""<html><head><title>{escape(title)}</title></head><body><center>
<table width=1000><tr><td><table width=100%><tr><td>{around.menu()}</td></tr></table></td></tr>
<tr><td><table><tr><td>{around.say("您现在的位置：首页 >> 规划计划 >> 正文")}</td></tr></table>
<table width=100%><tr><td width=750><table><tr><td align=center class=bt>{escape(title)}</td></tr>
<tr><td align=center>{around.say("来源：市政府办")} {around.say("时间：2009-05-06")}</td></tr>
<tr><td><table><tr><td>{body}{grid(rows, "class=MsoTableGrid border=1")}</td></tr></table></td></tr></table></td>
<td valign=top><table><tr><td colspan=2>{around.say("热点新闻")}</td></tr>{side}</table></td></tr></table></td></tr>
<tr><td><table><tr><td align=center>{around.foot()}</td></tr></table></td></tr></table></center></body></html>"""


def font_soup(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """Text cut into fonts and spans in the middle of words, paragraphs without an end tag."""

    def soup(text: str) -> str:
        cut = (
            sorted(around.draw.sample(range(1, max(2, len(text))), min(4, max(1, len(text) - 2))))
            if len(text) > 8
            else [1]
        )
        parts = [text[low:high] for low, high in zip([0, *cut], [*cut, len(text)], strict=True)]
        return "".join(
            f'<font face="宋体"><span style="font-size:14px" lang="ZH-CN">{escape(one)}</span></font>' for one in parts
        )

    body = "\n".join(f"<p><font size=3>　　{soup(one)}</font>" for one in paragraphs)
    return f"""<html><head><title>{escape(title)}</title></head><body>
<div align=center><font size=2>{around.menu()}</font></div>
<p align=center><strong><font size=5>{soup(title)}</font></strong></p>
<p align=center>{around.say("（发布时间：2012年4月5日　浏览次数：88）")}</p>
{body}<p>{grid(rows)}
<p align=center><a href=javascript:print()>{around.say("打印")}</a>　<a href=javascript:close()>{around.say("关闭")}</a>
<p>{around.say("上一篇：")}{around.links(1, "span")}<p>{around.say("下一篇：")}{around.links(1, "span")}
<hr><p align=center>{around.foot()}</body></html>"""


def sidebar(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """A column of news with their first lines stands before the text."""
    news = "".join(
        f"<div class=item><a href=/x>{around.headline()}</a><p>{around.brief()}</p><em>{around.say('2020-11-02')}</em></div>"
        for _ in range(12)
    )
    body = "".join(f"<p>　　{escape(one)}</p>" for one in paragraphs)
    return f"""<html><head><title>{escape(title)} - 云泽市</title></head><body>
<nav>{around.menu()}</nav><div class="main clearfix"><div class="w280 fl"><h3>{around.say("要闻速递")}</h3>{news}</div>
<div class="w900 fr"><h2>{escape(title)}</h2><div>{around.say("2020-12-01 来源：云泽日报")} {around.say("作者：王某")}</div>
<div class="zw">{body}{grid(rows)}</div></div></div><div class="bottom">{around.foot()}</div></body></html>"""


def related_long(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """A short text and far longer lists of other news around it."""
    around.only = 5
    few = paragraphs[: around.only]
    body = "".join(f"<p>{escape(one)}</p>" for one in few)
    boxes = "".join(
        f"<div class=box><div class=hd>{around.say(name)}</div><ul>{around.links(30)}</ul></div>"
        for name in ("相关链接", "热点排行", "推荐阅读")
    )
    return f"""<html><head><title>{escape(title)}</title></head><body><div id=nav>{around.menu()}</div>
<div id=article><h1>{escape(title)}</h1>{body}</div>{boxes}<div id=foot>{around.foot()}</div></body></html>"""


def hidden_text(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """Menus, a dialog and stray words are hidden in several ways."""

    def laced(text: str) -> str:
        return (
            f"{escape(text[:6])}<span style='font-size:0'>{around.say('本文转自云泽网')}</span>{escape(text[6:])}"
            if len(text) > 30
            else escape(text)
        )

    body = "".join(f"<p>{laced(one)}</p>" for one in paragraphs)
    return f"""<html><head><title>{escape(title)}</title><style>.m-menu{{display:none}}</style></head><body>
<div class="m-menu"><p>{around.brief()}</p><ul>{around.links(20)}</ul></div><div aria-hidden="true">{around.brief()}</div>
<div hidden><p>{around.brief()}</p></div><div class=top>{around.menu()}</div>
<div class=content><h1>{escape(title)}</h1>{body}{grid(rows)}</div>
<div style="display: none;"><p>{around.brief()}</p><p>{around.brief()}</p></div>
<noscript>{around.say("请启用浏览器的脚本功能，以便正常浏览本网站。")}</noscript><footer>{around.foot()}</footer></body></html>"""


def comments(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """What readers say takes as much room as the text."""
    said = "".join(
        f"<div class=c-item><p>{around.comment()}</p><span>{around.say('3天前')}</span></div>" for _ in range(40)
    )
    body = "".join(f"<p>{escape(one)}</p>" for one in paragraphs)
    return f"""<html><head><title>{escape(title)}</title></head><body><header>{around.menu()}</header>
<article><h1>{escape(title)}</h1><p class=meta>{around.say("发布时间：2022-01-09")}</p>{body}{grid(rows)}</article>
<section class="pinglun"><h3>{around.say("网友评论")}</h3>{said}</section><footer>{around.foot()}</footer></body></html>"""


def preformatted(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """The text stands in pre, its lines broken at 38 characters."""
    lines = []
    for one in paragraphs:
        indented = f"　　{one}"
        lines += [indented[at : at + 38] for at in range(0, len(indented), 38)]
    return f"""<html><head><title>{escape(title)}</title></head><body><table width=760><tr><td>{around.menu()}</td></tr><tr><td>
<h3 align=center>{escape(title)}</h3><pre>
{escape(chr(10).join(lines))}
</pre>{grid(rows)}</td></tr><tr><td>{around.foot()}</td></tr></table></body></html>"""


def official(title: str, paragraphs: list[str], rows: list[list[str]], around: Around) -> str:
    """A page of documents: a table about the document above, code for phones and pages below."""
    facts = [
        ("索 引 号：", "000014349/2021-00001"),
        ("主题分类：", "国民经济管理"),
        ("发文机关：", "云泽市人民政府"),
        ("成文日期：", "2021年03月01日"),
    ]
    table = "".join(f"<tr><td><b>{around.say(key)}</b></td><td>{around.say(value)}</td></tr>" for key, value in facts)
    body = "".join(f'<p style="text-indent: 2em;">{escape(one)}</p>' for one in paragraphs)
    return f"""<!DOCTYPE html><html><head><title>{escape(title)}_政府信息公开</title></head><body>
<div class="wrapper"><div class="BreadcrumbNav">{around.say("首页 > 政策 > 规划")}</div>
<div class="policyLibraryOverview_header"><table>{table}</table></div>
<div class="pages-title">{escape(title)}</div><div id="UCAP-CONTENT" class="pages_content">{body}{grid(rows)}</div>
<div class="editor"><span>{around.say("责任编辑：李某某")}</span></div><div class=pchide>{around.say("扫一扫，手机打开当前页")}</div>
<div class="xgwj"><p>{around.say("相关文件")}</p>{around.links(6, "p")}</div></div><div class=foot>{around.foot()}</div></body></html>"""


SEEN: dict[str, Template] = {
    "modern": modern, "table_and_breaks": table_and_breaks, "nested_tables": nested_tables, "font_soup": font_soup,
    "sidebar": sidebar, "related_long": related_long, "hidden_text": hidden_text, "comments": comments,
    "preformatted": preformatted, "official": official,
}  # fmt: skip
