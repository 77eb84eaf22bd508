"""The encoders behind one protocol: the shipped one, and transformers made here."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.params import Embed
from pipeline.themes import THEMES, load_encoder
from pipeline.themes.ngram_encoder import NgramEncoder

TEXTS = ["建设高标准农田", "新建中小学校", "", "稳定粮食产量，推进乡村振兴", "5G"]


def check_encoder(given: Embed) -> None:
    encoder = load_encoder(given)
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension) and vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.all(np.isclose(lengths, 1, atol=1e-4) | (lengths == 0))
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(vectors, alone, atol=1e-4)


def test_the_shipped_encoder() -> None:
    check_encoder(Embed())
    encoder = load_encoder(Embed())
    same, near, far = encoder.encode(
        ["建设高标准农田，稳定粮食产量", "推进农田水利建设，保障粮食安全", "新建医院，增加床位"]
    )
    assert same @ near > same @ far


def test_an_ngram_encoder_trained_twice_is_the_same(tmp_path: Path) -> None:
    texts = [f"第{n}条 建设高标准农田，发展现代农业。推进学校建设{n}" for n in range(40)]
    for name in ("a", "b"):
        NgramEncoder.fit(texts, "tiny", 4, 2, 500, 0).save(tmp_path / name)
    assert (tmp_path / "a/model.safetensors").read_bytes() == (tmp_path / "b/model.safetensors").read_bytes()
    check_encoder(Embed(encoder=str(tmp_path / "a")))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    folder = tmp_path_factory.mktemp("tiny")
    signs = sorted(set("".join(TEXTS)) - {"5", "G"})
    vocab = {sign: at for at, sign in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *signs, "g", "5"])}
    tokenizer = BertTokenizerFast(vocab=vocab)
    assert tokenizer.vocab_size == len(vocab)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocab), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).eval().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def test_a_transformer_from_a_folder(tiny: Path) -> None:
    from transformers import AutoTokenizer

    ids = AutoTokenizer.from_pretrained(tiny)(TEXTS[0])["input_ids"]
    assert AutoTokenizer.from_pretrained(tiny).unk_token_id not in ids
    check_encoder(Embed(encoder=str(tiny)))


def test_a_hub_model_needs_a_revision() -> None:
    with pytest.raises(ValueError, match="revision"):
        load_encoder(Embed(encoder="BAAI/bge-small-zh-v1.5"))


def test_a_hub_out_of_reach_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(OSError, match="out of reach"):
        load_encoder(Embed(encoder="nobody/nothing", revision="0" * 40))


def test_the_codebook_has_the_themes_of_the_guidelines() -> None:
    codes = ("overall innovation industry digital demand infrastructure reform rural urban regional opening culture"
             " environment education health welfare governance security party")  # fmt: skip
    assert [one.code for one in THEMES] == codes.split()
