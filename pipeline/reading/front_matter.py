"""Front matter: what a file says of itself between two lines of dashes at its head."""

from __future__ import annotations

import re

import yaml

FRONT_MATTER = re.compile(
    r"\A\s*---[ \t]*\r?\n(?=[ \t]*(?:[^\s:：-][^:：\n]{0,40}[:：]|\#|-{3,}))(?:(?!-{3,}[ \t]*\r?$).*\n)*?"
    r"-{3,}[ \t]*\r?(?=\n|\Z)",
    re.M,
)
_ENTRY = re.compile(r"^([^\s:：#\"'-][^\n:：]{0,30}?)[ \t]*[:：][ \t]*(\S.*?)?[ \t]*\r?$", re.M)
_MAX = 8000
_KEYS = {
    "title": ("title", "标题", "题名", "名称"),
    "published": ("published", "date", "publish_date", "published_at", "pubdate", "release_date",
                  "发布日期", "发布时间", "日期", "时间"),
    "place": ("place", "region", "city", "province", "location", "area", "地区", "地方", "城市", "省份", "地点"),
    "year": ("year", "年份", "年度"),
    "url": ("url", "link", "source_url", "permalink", "source", "链接", "网址", "来源"),
    "issuer": ("issuer", "publisher", "author", "agency", "发文机关", "发布机构", "作者"),
    "licence": ("licence", "license"),
}  # fmt: skip


def read_front_matter(text: str) -> dict[str, str]:
    """Return what the front matter of a text says, under the names title, published, place, year, url, issuer, licence.

    It is read as YAML; where it is none, each line `key: value` is read by itself. `url` is a web address only.
    """
    front = FRONT_MATTER.match(text[: 2 * _MAX])
    if front is None:
        return {}
    body = front.group().strip().strip("-")[:_MAX]
    given = {key.strip().lower(): value for key, value in _entries(body).items()}
    found: dict[str, str] = {}
    for name, keys in _KEYS.items():
        values = [given[key] for key in keys if given.get(key)]
        if name == "url":
            values = [one for one in values if one.startswith(("http://", "https://"))]
        if values:
            found[name] = values[0]
    return found


def _entries(body: str) -> dict[str, str]:
    try:
        given = yaml.safe_load(body)
    except (yaml.YAMLError, ValueError, RecursionError):
        given = None
    if isinstance(given, dict):
        return {str(key): _text(value) for key, value in given.items()}
    return {key: (value or "").strip("\"'") for key, value in _ENTRY.findall(body)}


def _text(value: object) -> str:
    """Return a value as text; of a list the first."""
    if isinstance(value, list):
        return _text(value[0]) if value and not isinstance(value[0], list) else ""
    return "" if value is None or isinstance(value, dict) else " ".join(str(value).split())
