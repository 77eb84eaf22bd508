"""Tables for LaTeX: booktabs, Chinese by xelatex with xeCJK."""

from __future__ import annotations

from collections.abc import Sequence

_SPECIAL = {one: f"\\{one}" for one in "&%$#_{}"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_SPECIAL["\\"] = r"\textbackslash{}"


def tabular(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a tabular of cells that are text already."""
    lines = [
        " & ".join("".join(_SPECIAL.get(sign, sign) for sign in one) for one in row) + r" \\"
        for row in [columns, *rows]
    ]
    head = [rf"\begin{{tabular}}{{{'l' * len(columns)}}}", r"\toprule", lines[0], r"\midrule"]
    return "\n".join([*head, *lines[1:], r"\bottomrule", r"\end{tabular}"])


def document(body: str) -> str:
    """Return a page that holds a tabular, as xelatex takes it."""
    head = r"\documentclass{standalone}", r"\usepackage{booktabs}", r"\usepackage{xeCJK}", r"\begin{document}"
    return "\n".join([*head, body, r"\end{document}"]) + "\n"
