import pandas as pd
import pytest
from small_corpus import corpus

from pipeline.comparison.correction import Errors
from pipeline.params import Compare
from pipeline.stages.compare import Comparison, compare

PARAMS = Compare(bootstrap=50)
FIGURES = [f"{one}{unit}{kind}" for unit in ("", "_chars") for kind in ("", "_corrected") for one in ("share", "low", "high")]  # fmt: skip


def run(frames: dict[str, pd.DataFrame], params: Compare = PARAMS) -> Comparison:
    return compare(frames, params)


def test_the_tables_of_a_small_corpus():
    found = run(corpus())
    assert found.theme_shares.groupby("doc_id")["share"].sum().tolist() == pytest.approx([1, 1, 1])
    alone = found.theme_attention[found.theme_attention["by"].eq("place") & found.theme_attention["year"].isna()]
    figures = ["n_clauses", *FIGURES]
    own = found.theme_shares.sort_values(["place", "theme"])[figures]  # a document a place
    pd.testing.assert_frame_equal(alone[figures].reset_index(drop=True), own.reset_index(drop=True))
    matrix = found.indicator_matrix.set_index("place")
    assert matrix.loc["云泽市", "gdp_growth"] == 7.0
    assert set(found.divergence["kind"]) == {"pair", "mean"}
    assert found.alignment["cosine"].max() == pytest.approx(1)
    assert found.reuse["containment"].between(0, 1).all()


def test_the_order_of_the_rows_makes_no_difference():
    frames = corpus()
    mixed = {name: frame.sample(frac=1, random_state=3).reset_index(drop=True) for name, frame in frames.items()}
    plain, other = run(frames), run(mixed)
    for name in Comparison.__slots__:
        pd.testing.assert_frame_equal(getattr(plain, name), getattr(other, name))


def test_another_seed_moves_the_intervals_only():
    one, other = run(corpus()), run(corpus(), Compare(bootstrap=50, seed=15))
    pd.testing.assert_series_equal(one.theme_shares["share"], other.theme_shares["share"])
    assert not one.theme_shares["low"].equals(other.theme_shares["low"])


def test_input_is_left_as_it_was():
    frames = corpus()
    before = {name: frame.copy(deep=True) for name, frame in frames.items()}
    run(frames)
    for name, frame in frames.items():
        pd.testing.assert_frame_equal(frame, before[name])


def test_a_single_document_compares_with_nobody():
    found = run(corpus({"lanping": ("澜坪市", 6.5, 2025)}))
    assert found.divergence.empty
    assert found.reuse.empty
    assert not found.theme_shares.empty


def test_clauses_without_their_section_are_an_error():
    frames = corpus()
    frames["sections"] = frames["sections"].iloc[1:]
    with pytest.raises(ValueError, match="sections table lacks"):
        run(frames)


def test_empty_tables_keep_the_columns_and_their_types():
    frames = corpus()
    empty = {name: frame if name == "documents" else frame.iloc[:0] for name, frame in frames.items()}
    full, bare = run(frames), run(empty)
    for name in ("divergence", "alignment", "reuse"):
        assert getattr(bare, name).empty
        assert getattr(bare, name).dtypes.equals(getattr(full, name).dtypes)
    assert bare.indicators.columns.tolist() == full.indicators.columns.tolist()
    assert len(bare.indicator_matrix) == 3


def test_themes_of_ones_own_are_not_corrected_by_errors_of_other_themes():
    frames = corpus()
    frames["themes"] = frames["themes"].assign(theme="mine")
    found = run(frames)
    assert found.theme_shares["share_corrected"].isna().all()
    assert found.theme_shares["share"].eq(1).all()


def counted(frames: dict[str, pd.DataFrame], *, with_lengths: bool) -> Errors:
    """Every clause was read as it was called, but for the first, which was called what the last is."""
    theme = frames["themes"].set_index("clause_id")["theme"].loc[frames["clauses"]["clause_id"]].tolist()
    codes = sorted(set(theme))
    lengths = frames["clauses"]["text"].str.len().tolist() if with_lengths else None
    clusters = frames["clauses"]["section_id"].tolist()
    return Errors.counted(clusters, theme, [theme[-1], *theme[1:]], codes, lengths)


def test_shares_of_characters_are_corrected_beside_those_of_clauses(tmp_path):
    frames = corpus()
    (tmp_path / "e.json").write_text(counted(frames, with_lengths=True).to_json("sections"), encoding="utf-8")
    shares = run(frames, Compare(bootstrap=50, errors=str(tmp_path / "e.json"))).theme_shares
    assert shares[FIGURES].notna().all(axis=None)
    by_document = shares.groupby("doc_id")[["share_chars", "share_chars_corrected"]].sum()
    assert by_document.to_numpy().ravel() == pytest.approx(1)
    # What the labels say of all documents together is what the correction gives of all of them.
    first = frames["clauses"].iloc[0]
    called = frames["themes"].set_index("clause_id").loc[first["clause_id"], "theme"]
    total = frames["clauses"].groupby("doc_id")["text"].agg(lambda texts: texts.str.len().sum())
    own = shares[shares["theme"] == called].set_index("doc_id")
    moved = ((own["share_chars"] - own["share_chars_corrected"]) * total).sum()
    assert moved == pytest.approx(len(first["text"]))


def test_without_counted_lengths_characters_stay_as_counted(tmp_path):
    frames = corpus()
    (tmp_path / "e.json").write_text(counted(frames, with_lengths=False).to_json("sections"), encoding="utf-8")
    shares = run(frames, Compare(bootstrap=50, errors=str(tmp_path / "e.json"))).theme_shares
    assert shares["share_corrected"].notna().all() and shares["share_chars"].notna().all()
    assert shares[["share_chars_corrected", "low_chars_corrected", "high_chars_corrected"]].isna().all(axis=None)
