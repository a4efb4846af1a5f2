"""The shipped encoder, through sentence-transformers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge_base.encoder import Encoder, EncoderUnavailable


def test_given_sentences_then_vectors_have_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode(["护照过期了", "结婚登记要带什么", ""])
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, encoder.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_given_one_or_many_then_a_sentence_has_the_same_vector_in_the_right_place(encoder: Encoder) -> None:
    texts = ["护照过期了", "我想把公积金取出来付房租,要怎么办", "签注"]
    together = encoder.encode(texts)
    assert all(
        np.allclose(encoder.encode([text])[0], vector, atol=1e-4) for text, vector in zip(texts, together, strict=True)
    )


def test_given_no_sentence_then_no_vector(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_given_two_ways_to_say_one_thing_then_they_are_nearer_than_another_thing(encoder: Encoder) -> None:
    lost, mistyped, other = encoder.encode(["居住证丢了怎么补", "居住正不见了想补一张", "夫妻离婚要带什么"])
    assert lost @ mistyped > lost @ other + 0.3


def test_given_a_very_long_text_then_it_is_read_up_to_its_limit(encoder: Encoder) -> None:
    assert encoder.encode(["证" * 5000]).shape == (1, encoder.dimension)


def test_given_a_folder_that_is_not_there_then_a_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="There is no encoder folder"):
        Encoder(tmp_path / "missing").warm_up()


def test_given_a_folder_without_a_model_then_a_sentence_says_so(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text('[{"idx": 0, "name": "0", "path": "x", "type": "knowledge_base.none.None"}]')
    with pytest.raises(EncoderUnavailable, match="cannot be loaded"):
        Encoder(tmp_path).warm_up()


def test_given_two_models_then_their_fingerprints_differ(encoder: Encoder, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    assert encoder.fingerprint == Encoder(encoder.name_or_path).fingerprint
    assert encoder.fingerprint != Encoder(tmp_path).fingerprint


def test_given_the_shipped_model_then_it_is_small(encoder: Encoder) -> None:
    size = sum(path.stat().st_size for path in Path(encoder.name_or_path).rglob("*") if path.is_file())
    assert size < 12e6
