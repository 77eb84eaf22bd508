"""What a figure shows, in words: made from its data, in English and Chinese."""

from __future__ import annotations

import pandas as pd

_TOLD = 3


def shares(rows: pd.DataFrame, language: str) -> str:
    """Tell the greatest and the least themes by their mean share."""
    n = rows["document"].nunique()
    order = ["theme_zh" if language == "zh" else "theme_en"]
    mean = rows.groupby(order, sort=False)["share"].mean().sort_values(ascending=False, kind="stable")
    few, last = mean.head(_TOLD), mean.tail(1)
    if language == "zh":
        told = "、".join(f"{name}（{value:.1%}）" for name, value in few.items())
        return f"图：{n}份文件各主题的小句占比。占比最高的是{told}；最低的是{last.index[0]}（{last.iloc[0]:.1%}）。"
    told = ", ".join(f"{name} ({value:.1%})" for name, value in few.items())
    return (
        f"Shares of clauses by theme in {n} document{'s' if n > 1 else ''}. The greatest are {told}; "
        f"the least is {last.index[0]} ({last.iloc[0]:.1%})."
    )


def distances(rows: pd.DataFrame, language: str) -> str:
    """Tell which document is farthest from the others, and which nearest."""
    far, near = rows.iloc[0], rows.iloc[-1]
    if language == "zh":
        return (
            f"图：{len(rows)}份文件的主题分布与其他文件均值的JS散度及其区间。差异最大的是{far['document']}"
            f"（{far['jsd_corrected']:.3f}比特），最小的是{near['document']}（{near['jsd_corrected']:.3f}比特）。"
        )
    return (
        f"Jensen-Shannon divergence of the themes of {len(rows)} documents from the mean of the others, with "
        f"intervals. The farthest is {far['document']} ({far['jsd_corrected']:.3f} bits), the nearest "
        f"{near['document']} ({near['jsd_corrected']:.3f} bits)."
    )


def plan_map(rows: pd.DataFrame, language: str) -> str:
    """Tell how many documents and clusters the map has, and its two farthest documents."""
    ordered = rows.sort_values(["x", "document"])["document"].tolist()
    first, last = ordered[0], ordered[-1]
    n = rows["cluster"].nunique()
    if language == "zh":
        return f"图：{len(rows)}份文件按主题分布的二维图，共{n}类；第一轴两端是{first}和{last}。"
    return (
        f"Map of {len(rows)} documents by their themes, in {n} cluster{'s' if n > 1 else ''}; at the ends of the "
        f"first axis stand {first} and {last}."
    )
