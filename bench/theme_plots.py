"""Draw how the shipped theme reader errs on the twelve test places: `python bench/theme_plots.py`.

Writes docs/themes-confusion.png (the model's theme by the readers') and docs/themes-reliability.png (accuracy by
probability, ten bins of equal width, with 95 % Wilson intervals; and accuracy of the surest clauses). Only clauses to
which both readers gave the same theme count.
"""

from __future__ import annotations

from pathlib import Path

import altair as alt
import numpy as np
import pandas as pd
from scipy.stats import binomtest
from themes import SHARED, Corpus, load_classifier, test_places

from pipeline.themes.codebook import CODES

DOCS = Path(__file__).parents[1] / "docs"
_BINS = 10


def confusion(truth: np.ndarray, best: np.ndarray) -> alt.TopLevelMixin:
    """Draw the shares of each of the readers' themes that the model gives each theme, with counts."""
    counts = pd.crosstab(truth, best).reindex(index=list(CODES), columns=list(CODES), fill_value=0)
    cells = counts.rename_axis("readers").reset_index().melt("readers", var_name="model", value_name="n")
    cells["share"] = cells["n"] / cells.groupby("readers")["n"].transform("sum")
    base = alt.Chart(cells[cells["n"].gt(0)]).encode(
        x=alt.X("model", sort=list(CODES), title="theme by the model", axis=alt.Axis(orient="top", labelAngle=-60)),
        y=alt.Y("readers", sort=list(CODES), title="theme by both readers"),
    )
    colour = alt.Color("share", scale=alt.Scale(scheme="cividis", domain=[0, 1]), title="of the readers' theme")
    ink = alt.when(alt.datum.share > 0.5).then(alt.value("black")).otherwise(alt.value("white"))  # noqa: PLR2004
    return (base.mark_rect().encode(color=colour) + base.mark_text().encode(text="n", color=ink)).properties(
        width=560, height=520
    )


def reliability(right: np.ndarray, p: np.ndarray) -> alt.TopLevelMixin:
    """Draw accuracy by probability, and accuracy by coverage."""
    bins = np.minimum((p * _BINS).astype(int), _BINS - 1)
    rows = []
    for one in np.unique(bins):
        kept = right[bins == one]
        ends = binomtest(int(kept.sum()), len(kept)).proportion_ci(method="wilson")
        rows.append((p[bins == one].mean(), kept.mean(), ends.low, ends.high, len(kept)))
    table = pd.DataFrame(rows, columns=["p", "right", "low", "high", "n"])
    whole = alt.Scale(domain=[0, 1])
    at = alt.X("p", scale=whole, title="probability of the theme")
    base = alt.Chart(table).encode(x=at)
    diagonal = alt.Chart(pd.DataFrame({"p": [0, 1], "right": [0, 1]})).mark_line(strokeDash=[4, 4], color="gray")
    points = (
        diagonal.encode(x=at, y=alt.Y("right", scale=whole, title="share right"))
        + base.mark_rule().encode(y="low", y2="high")
        + base.mark_point(filled=True, size=60).encode(y="right")
        + base.mark_text(dy=14, dx=14).encode(y="right", text="n")
    ).properties(width=340, height=320, title="Reliability, with clauses a bin")
    sure = np.cumsum(right[np.argsort(-p, kind="stable")]) / np.arange(1, len(p) + 1)
    share = np.arange(1, len(p) + 1) / len(p)
    line = pd.DataFrame({"coverage": share, "right": sure})[share >= 0.05][::5]  # noqa: PLR2004 - too few before
    curve = alt.Chart(line).mark_line(clip=True).encode(
        x=alt.X("coverage", scale=whole, axis=alt.Axis(format="%"), title="clauses kept, surest first"),
        y=alt.Y("right", scale=alt.Scale(domain=[0.88, 1]), title="share right"),
    )  # fmt: skip
    return points | curve.properties(width=340, height=320, title="Accuracy by coverage")


def main() -> None:
    """Write the pictures."""
    alt.data_transformers.disable_max_rows()
    test, _ = test_places(Corpus(SHARED / "corpus"))
    known = test["theme"].ne("").to_numpy()
    model = load_classifier("themes-plan")
    p = model.probabilities(*(test[one].tolist() for one in ("text", "doc_id", "context")), None)[known]
    truth, best = test.loc[known, "theme"].to_numpy(), np.array(model.codes)[p.argmax(1)]
    pictures = {"confusion": confusion(truth, best), "reliability": reliability(truth == best, p.max(1))}
    for name, picture in pictures.items():
        picture.save(DOCS / f"themes-{name}.png", scale_factor=1.5)
        print(f"docs/themes-{name}.png")


if __name__ == "__main__":
    main()
