"""Words by which web pages name what is not their text: in classes and ids, at the head of boxes, in short lines."""

# ruff: noqa: E501, SIM905 - lists of words
from __future__ import annotations

import re

_STRONG = frozenset(
    "nav navbar navigation menu submenu breadcrumb breadcrumbs crumb crumbs footer foot sidebar aside share bdshare bshare"
    " jiathis social related relate relation xgxw xgyd xgwz xglj xgwj xiangguan recommend recommended tuijian copyright"
    " banquan friendlink friendlinks friendlinkwrap yqlj youlian searchbox login toolbar"
    " qrcode ewm erweima pagination pager popup modal cookie skiplink breadnav dqwz weizhi leftnav rightnav topnav subnav mainnav"
    " hotnews ranking rank fenxiang dayin qr".split()
)
_COMMENTS = frozenset("comment comments pinglun reply replies discuss guestbook liuyan gentie".split())
_ABSTRACT = frozenset("summary abstract zhaiyao daodu intro lead description".split())
_WEAK = frozenset(
    "head header top topbar banner logo side left right hot links link search tool tools print tag tags keywords location position"
    " path lanmu tab tabs ad ads advert gg float tips bottom bot info meta source time date"
    " prev next page pages list lists news newslist other more column menuitem wza accessibility statement weixin weibo btn button"
    " editor bianji jiucuo feedback subscribe promo widget".split()
)
_TEXT = frozenset(
    "content contents article text zhengwen main body trs editor detail ucap con art wz zw txt news_content vsb mod_content"
    " articlecontent contenttext maintext pagecontent conttext contentbox bt title doc document newscontent xlcontent".split()
)
_ENOUGH, _MAX_ABSTRACT = 200, 0.3
_WORD = re.compile(r"[a-z]+")

BOX_HEAD = re.compile(
    r"[\s【\[《<〖■●◆▶▪>｜|·]*(?:相关(?:新闻|链接|稿件|文章|文档|阅读|信息|解读|报道|推荐|政策|内容|专题|资讯|文件|附件下载)|延伸阅读|推荐(?:阅读|新闻|文章)"
    r"|(?:热门|热点|最新|最近|今日|图片|本站|滚动)(?:新闻|文章|推荐|资讯|信息|动态|排行|关注|点击|专题|公告|更新|发布)|猜你喜欢|为您推荐"
    r"|您可能(?:还)?(?:喜欢|感兴趣)\S{0,6}|友情链接|要闻(?:速递|导读)?|(?:点击|阅读|新闻|一周|本周|本月|热点)?排行榜?|网站导航|栏目导航|信息导航"
    r"|快速(?:通道|链接|导航)|常用链接|专题专栏|站内搜索|分享(?:到|至)?|上一篇|下一篇|版权(?:声明|所有|说明)|免责声明|网站声明)[\s】\]》>〗:：（(\d)）条更多>»…]*"
)
"""The head of a box of links."""

COMMENTS_HEAD = re.compile(
    r"[\s【\[]*(?:(?:网友|网民|读者|用户|最新|热门|全部|精彩)(?:评论|留言|跟帖)|(?:发表|查看|我要|文章)评论|评论(?:区|列表)?|跟帖)[\s】\]:：（(\d)）条更多>»…]*"
)
"""The head of what readers say."""

SHORT = re.compile(
    r"^(?:您|你)?(?:现在|当前|所在|目前|所处)?(?:的|所在)?的?位置\s*[:：]|^(?:网站)?首\s*页(?:\s*[>›»/\-—|→·]|$)"
    r"|^(?:微信|手机)?(?:扫一扫|扫码|扫描)|扫一扫.{0,12}(?:打开|分享|关注|浏览|查看)|^.{0,8}二维码$|手机(?:上|端)?(?:打开|查看|浏览|阅读)(?:当前|本)"
    r"|^[【\[（(〖]?\s*(?:打\s*印(?:本[页文稿])?|关\s*闭(?:窗口|本页)?|收\s*藏(?:本[页文])?|返回(?:顶部|首页|主页|列表|上一页)?|分享(?:到|至)?|复制链接|我要纠错|纠错"
    r"|回到顶部|顶部|保存|下载(?:全文|本文)?|转发|点赞|评论|举报|登录|注册|加入收藏|设为首页|繁體(?:版)?|繁体(?:版)?|简体(?:版)?|English|EN"
    r"|无障碍(?:浏览|阅读)?|长者(?:版|模式|助手)|大字版|关怀版|朗读|语音播报|听全文|更多)\s*(?:[】\])）〗>»：:|]|$|\s)"
    r"|^[【\[（(〖]?\s*(?:字\s*[号体](?:大小|选择)?|视力保护色?|背景色?|文字大小)\s*[:：\s【\[（(]|^[【\[（(]?\s*[大中小]\s*[】\])）]?$"
    r"|^[【\[]?大\s*[|/、\s]\s*中\s*[|/、\s]\s*小|^[AT][+\-]$|^[上下]一[篇页条则](?:\s*[:：]|$)|^(?:浏览|阅读|点击|访问|查看)(?:次数|量|数|率|人数)\s*[:：\d]"
    r"|版权所有|ICP备|公网安备|网安备|网站标识码|标识码\s*[:：]|^(?:主办|承办|主管|协办|运维|技术支持|维护|版权)(?:单位|方)?\s*[:：]|^联系我们$|^网站地图$"
    r"|^您是(?:本站)?第.{0,20}(?:访问者|访客|访问)|建议使用.{0,20}浏览器|Copyright|©|All Rights Reserved|^(?:分享到)?\s*(?:微信|微博|新浪微博|腾讯微博|QQ空间|QQ|朋友圈)(?:\s|$)"
    r"|^(?:PDF|OFD|文字|图片)版本?$|^\d\.\d+x$|^(?:转载请注明|如需转载)",
    re.I,
)
"""A short line that is no part of any text, wherever it stands."""

EDGE_LINE = re.compile(
    r"^(?:[（(【\[]\s*)?(?:(?:发布|发表|更新|录入|上传|公开|公布|生成|成文|发文|印发|施行|生效|实施|废止|入库|编辑)?(?:日期|时间)"
    r"|(?:信息|文章|稿件|新闻|内容|资料)?来源|来\s+源|作\s*者|撰稿人?|供稿|录入|审核|签发|稿源|发布(?:机构|单位|者|人)|发文(?:机关|单位|字号)|索\s*引\s*号"
    r"|主题分类|主\s*题\s*词|公开(?:方式|形式|类别|属性|范围|时限)|有\s*效\s*性|效力(?:状态)?|统一编号|信息分类|分类(?:名称)?|体裁分类|组配分类|服务对象"
    r"|关键[字词]|标\s*签|栏目|浏览(?:次数|量)?|点击(?:次数|量|数)?|阅读(?:次数|量)?|文\s*号|名\s*称|标\s*题|内容概述|信息名称|信息索引)\s*(?:[:：|]|\s\|)"
    r"|^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:$|[|　\s]*(?:来源|来\s*源|作者|浏览|阅读|点击|【|字[号体]))|^来源\s*[:：]?$|^[-\d]*\s*次$"
)
"""A line about a text that stands before or after it."""

KEPT_LINK = re.compile(r"附\s*件|附\s*[录表图]|第[一二三四五六七八九十百]+[编篇部章节]")
"""A line of links that belongs to the text."""


def names_a_box(names: str, weight: float, rest: float) -> bool:
    """Tell whether class and id name an element that holds no part of the text.

    Args:
        names: As `html_style.names_of` gives them.
        weight: The element's share of the prose of the page, 0 to 1: the more it holds, the surer its name has to be.
        rest: How many characters outside links the page holds beside it.
    """
    words = set(_WORD.findall(names))
    strong, weak, text = words & (_STRONG | _COMMENTS), words & _WEAK, words & _TEXT
    if strong:
        return weight < (0.3 if text else 0.8) or (not text and bool(words & _COMMENTS) and rest > _ENOUGH)
    if words & _ABSTRACT and weight < _MAX_ABSTRACT:
        return True
    return bool(weak) and weight < (0.0 if text else 0.02)
