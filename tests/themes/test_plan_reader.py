"""The shipped theme reader and its encoder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from pipeline.themes import load_classifier
from pipeline.themes.plan_encoder import PlanEncoder
from pipeline.themes.plan_reader import ThemeReader
from pipeline.themes.plan_text import plain
from pipeline.themes.weights import model_folder

TEXTS = [
    "新建农村公路300公里",
    "推进医疗保障制度改革",
    "加快5G网络建设",
    "坚持党的全面领导",
    "提高粮食产能",
    "建设国家实验室和高水平研究型大学",
]


@pytest.fixture(scope="module")
def reader() -> ThemeReader:
    model = load_classifier("themes-plan")
    assert isinstance(model, ThemeReader)
    return model


def test_numbers_and_forms_are_one_to_the_encoder() -> None:
    assert plain("增长 ６.５％，达到1,200 亿元") == plain("增长7%，达到300亿元")


def test_the_encoder_computes_what_transformers_computes(reader: ThemeReader) -> None:
    torch = pytest.importorskip("torch")
    from transformers import BertConfig, BertModel

    encoder = reader.encoder
    words = encoder.weights["embeddings.word_embeddings.weight"]
    config = BertConfig(
        vocab_size=len(words), hidden_size=words.shape[1], num_hidden_layers=len(encoder.dense),
        num_attention_heads=encoder.n_heads, intermediate_size=4 * words.shape[1],
        max_position_embeddings=len(encoder.weights["embeddings.position_embeddings.weight"]), type_vocab_size=1,
    )  # fmt: skip
    model = BertModel(config, add_pooling_layer=False).eval()
    model.load_state_dict(dict(encoder.weights))
    for text in TEXTS:
        ids = [2, *encoder.tokenizer.encode(plain(text), add_special_tokens=False).ids]
        with torch.inference_mode():
            wanted = model(torch.tensor([ids])).last_hidden_state.mean(1)[0].numpy()
        got = encoder.encode([text])[0]
        assert float(wanted @ got / np.linalg.norm(wanted) / np.linalg.norm(got)) > 0.999  # 8 bits


def test_a_vector_does_not_depend_on_the_batch(reader: ThemeReader) -> None:
    together = reader.encoder.encode([*TEXTS, *TEXTS])
    alone = np.vstack([reader.encoder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together[: len(TEXTS)], alone, atol=1e-4)
    np.testing.assert_array_equal(together[: len(TEXTS)], together[len(TEXTS) :])


def test_probabilities_are_such_and_themes_plain(reader: ThemeReader) -> None:
    p = reader.probabilities(TEXTS, ["a"] * len(TEXTS), [""] * len(TEXTS), None)
    np.testing.assert_allclose(p.sum(1), 1, atol=1e-5)
    themes = [reader.codes[one] for one in p.argmax(1)]
    assert themes[1] == "welfare" or themes[1] == "health"
    assert themes[2:5] == ["digital", "party", "rural"]


def test_documents_do_not_see_each_other(reader: ThemeReader) -> None:
    alone = reader.probabilities(TEXTS[:3], ["a"] * 3, ["交通"] * 3, None)
    both = reader.probabilities([*TEXTS[:3], *TEXTS], ["a"] * 3 + ["b"] * 6, ["交通"] * 3 + [""] * 6, None)
    np.testing.assert_allclose(both[:3], alone, atol=1e-4)


def test_nothing_gives_nothing(reader: ThemeReader) -> None:
    assert reader.probabilities([], [], [], None).shape == (0, len(reader.codes))


def test_a_folder_without_its_tokenizer_is_named(tmp_path: object) -> None:
    config = json.loads((model_folder("themes-plan") / "config.json").read_text(encoding="utf-8"))
    with pytest.raises(FileNotFoundError, match=r"tokenizer\.json is missing"):
        PlanEncoder.of(tmp_path, config, {})  # type: ignore[arg-type]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(model_folder("themes-plan"), tmp_path / "mine"))


def test_layers_trained_again_take_the_place_of_those_of_the_model(reader: ThemeReader, copied: Path) -> None:
    given = (TEXTS, ["a"] * len(TEXTS), [""] * len(TEXTS), None)
    again = ThemeReader.load(copied).probabilities(*given)
    np.testing.assert_array_equal(again, reader.probabilities(*given))
    config = json.loads((copied / "config.json").read_text(encoding="utf-8"))
    del config["reader"]
    (copied / "config.json").write_text(json.dumps(config), encoding="utf-8")
    assert not np.allclose(ThemeReader.load(copied).probabilities(*given), again, atol=1e-3)


def test_damaged_layers_are_named(copied: Path) -> None:
    (copied / "reader.safetensors").write_bytes(b"12345678")
    with pytest.raises(ValueError, match=r"reader\.safetensors is no whole safetensors file"):
        ThemeReader.load(copied)


def test_absent_layers_are_named(copied: Path) -> None:
    (copied / "reader.safetensors").unlink()
    with pytest.raises(FileNotFoundError, match=r"reader\.safetensors is missing"):
        ThemeReader.load(copied)
