"""The pieces that invented documents of the harnesses are made of: each is a way into some rule of the reader."""

from __future__ import annotations

from fuzz_draw import Draw
from reading_checks import story, wrapped

ENUMERATORS = (
    "一、", "二、", "三、", "十一、", "（一）", "（二）", "(三)", "1.", "2．", "3、", "11.", "（1）", "2)", "①", "②", "⑩", "第一章 ", "第二章", "第十二章　",
    "第一节 ", "第二节", "第一篇 ", "第三编", "第一条 ", "第二条　", "专栏1 ", "专栏 2", "专 栏", "专栏三", "表1 ", "图2 ", "附件1", "一是", "二是", "首先，", "——",
    "● ", "· ", "1.1 ", "1.1.2 ", "§3 ", "Ⅰ.", "ⅱ、", "A. ", "壹、", "第〇章", "第百章", "0.", "第十　章", "㈠", "⒈", "❶",
)  # fmt: skip
TITLES = (
    "总体要求", "指导思想", "主要目标", "加快建设绿色港口", "推进乡村振兴", "保障措施", "云泽市国民经济和社会发展规划纲要", "关于云泽市建议的说明", "政府工作报告",
    "大力发展现代农业。", "石化产业。", "目 录", "目录", "【目录】", "目次", "前言", "指标", "十五五时期主要指标", "“十五五”目标", "注：", "备注：", "续表", "名词解释",
)  # fmt: skip
PROSE = (
    "坚持稳中求进，推动高质量发展。", "到2030年，", "力争通", "过五年努力，", "新优", "势的必由之路，", "全省有125", "万人次参加培训。", "“揭榜，挂帅”", "（含试点，示范）", "各位代表：",
    "；", "。", "，", "、", "：", "！", "？", "”", "“", "‘", "’", "（", "）", "《", "》", "【", "】", "[", "]", "(", ")", "'", '"', "…", "……", "——", "—",
    "雲澤市堅持發展經濟，推進鄉村振興。", "建设用地", "量子科技35产业", "实现100%覆盖", "GDP growth", "http://a.example/b", "2025年3月5日", "二〇二五年", "各部门单位", "业建成区垃圾分类",
)  # fmt: skip
FURNITURE = (
    "— 9 —", "—10—", "- 11 -", "第 3 页 共 9 页", "第4页", "12", "13", "14", "15", "iv", "v", "ⅵ", "（上接第1版）", "（下转第3版）", "(紧接第二版)", "上接第1版", "下转第 4 版",
    "责任编辑：张三", "【责任编辑：李四】", "本版编辑 王五", "（责编：赵六）", "来源：云泽日报", "打印本页", "关闭窗口", "分享到：", "首页 > 政务公开 > 规划", "上一篇：", "下一篇：",
    "版权所有", "总体要求……1", "第一章 要求…………………3", "第二章 目标......12", "第三节 任务 · · · · · 15", "第一章 要求……1第二章 目标……9第三章 任务……12", "云泽市规划纲要", "Page 3 of 9",
    "[1]", "[^1]", "[^2]: 注解。", "①注解", "¹", "注1：", "〔2025〕3号", "* ", "※",
)  # fmt: skip
TABLES = (
    "指标 | 单位 | 2025年 | 2030年 | 属性", "城镇化率 | % | 60 | 65 | 预期性", "粮食产量 | 万吨 |  | ≥90 | 约束性", " |  |  |  | ", "类别\t指标\t单位\t2030年", "一\t桥梁\t座\t[5]",
    "序号", "指标", "单位", "2025年", "2030年目标", "属性", "年均/累计", "约束性", "预期性", "桥梁长度", "公里", "渡口数量", "个", "—", "＞5", "[3.5]", "25—27", "与经济增长同步", "其中：甲类",
    "万元", "%", "6.5左右", "经济发展", "（5项）", "| --- | --- |", "| 甲 | 乙 |", "|", " | ", "||", "单位：万元", "序号 指标 单位 2025年 2030年 属性", "1 城镇化率 % 60 65 预期性",
)  # fmt: skip
SPACES = (
    "\n",
    "\n",
    "\n",
    "\n\n",
    "",
    " ",
    "\u3000\u3000",
    "\r\n",
    "\n\f\n",
    "\f",
    "\t",
    "\r",
    "\v",
    "\x85",
    "\u2028",
    "\u2029",
    "\xa0",
    "\n\n\n",
    "\u200b",
    "\ufeff",
)
CHARACTERS = ("\0", "\x07", "\x1c", "\xad", "\u200d", "\u202e", "\ue5e5", "\uffff", "\U0002a700", "\u0301", "〇", "○", "Ａ", "ﬁ", "⼀", "㎡", "﹒", "﹐", "①", "𝟗", "٣", "¼")  # fmt: skip
WORDS = (ENUMERATORS, TITLES, PROSE, FURNITURE, TABLES)


def piece(draw: Draw) -> str:
    """Return a piece of text: a word of the lists, a character, prose, or print that is wrapped and paged."""
    kind = draw.below(17)
    if kind < 9:
        return draw.choice(WORDS[min(kind, 8) % len(WORDS)])
    if kind == 9:
        return draw.choice(ENUMERATORS) + draw.choice(TITLES)
    if kind == 10:
        return draw.choice(CHARACTERS)
    if kind == 11:
        return draw.choice(ENUMERATORS) + draw.choice(TITLES) + story(draw.below(6) + 1, draw.below(256))
    if kind == 12:
        return draw.choice(WORDS[draw.below(len(WORDS))]) * draw.choice((2, 3, 8, 40, 300))
    if kind == 13:
        return printed(draw)
    if kind == 14:
        return table(draw)
    if kind == 15:
        return contents(draw)
    return story(draw.below(12) + 1, draw.below(256))


def printed(draw: Draw) -> str:
    """Return wrapped prose with a running head and a page number now and then."""
    width, indent = draw.below(30) + 8, draw.choice(("", "\u3000\u3000", "  "))
    head, rows = draw.choice(("", "云泽市规划纲要", "第一章 要求")), draw.below(20) + 4
    blank, feed = draw.choice(("", "\n")), draw.choice(("\n", "\n\f"))
    lines: list[str] = []
    for _ in range(draw.below(8) + 2):
        opening = draw.choice(("", *ENUMERATORS[:12]))
        lines += wrapped(opening + story(draw.below(5) + 1, draw.below(256)), width, indent)
        lines[-1] += blank
    pages = [lines[at : at + rows] for at in range(0, len(lines), rows)]
    mark = draw.choice(("{}", "— {} —", "第{}页", "{}\n"))
    return feed.join("\n".join([*([head] if head else []), *page, mark.format(n)]) for n, page in enumerate(pages, 1))


def contents(draw: Draw) -> str:
    """Return a table of contents, and the headings that it names."""
    titles = [draw.choice(ENUMERATORS[:30]) + draw.choice(TITLES[:6]) for _ in range(draw.below(6) + 2)]
    leader = draw.choice(("……", "......", " · · · · · ", "\t", " ", ""))
    lines = [f"{title}{leader}{number}" for number, title in enumerate(titles, 3)]
    head = draw.choice(("目录\n", "目 录\n\n", "", "【目录】\n"))
    return head + draw.choice(("\n", "\n", "")).join(lines) + "\n" + "\n".join(titles[: draw.below(9)])


def table(draw: Draw) -> str:
    """Return a table of a few rows, a row or a cell a line."""
    between = draw.choice((" | ", "\t", "\n", " ", "|"))
    columns = [draw.choice(TABLES[6:]) for _ in range(draw.below(6) + 2)]
    rows = [columns]
    for number in range(draw.below(6) + 1):
        rows.append([str(number + 1), *(draw.choice(TABLES[13:34]) for _ in columns[1:])])
    return "\n".join(between.join(row) for row in rows)


def text(draw: Draw, most: int = 60) -> str:
    """Return a text of up to so many pieces."""
    found: list[str] = []
    while draw.left > 4 and len(found) < 2 * most:
        found += [piece(draw), draw.choice(SPACES)]
    return "".join(found)[:60_000]
