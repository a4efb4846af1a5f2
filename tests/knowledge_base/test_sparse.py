"""Vocabularies and linear models read one sentence at a time."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from knowledge_base.sparse import LinearModel, Vocabulary

DOCUMENTS = [["a", "b"], ["a", "c", "c"], ["a"]]


def test_given_documents_then_rare_terms_weigh_more_and_rows_have_length_one() -> None:
    vocabulary = Vocabulary.fit(DOCUMENTS)
    places, weights = vocabulary.weigh(["a", "b"])
    assert weights[list(places).index(vocabulary.positions["b"])] > weights[0]
    assert np.isclose(np.linalg.norm(weights), 1)


def test_given_unknown_terms_only_then_the_row_is_empty() -> None:
    places, weights = Vocabulary.fit(DOCUMENTS).weigh(["z"])
    assert len(places) == len(weights) == 0


def test_given_a_least_count_then_rarer_terms_are_left_out() -> None:
    assert set(Vocabulary.fit(DOCUMENTS, least=2).positions) == {"a"}


def test_given_a_model_then_one_document_scores_as_the_matrix_product() -> None:
    vocabulary = Vocabulary.fit(DOCUMENTS)
    weights = np.arange(6, dtype=np.float16).reshape(3, 2)
    model = LinearModel(vocabulary, weights, np.array([1.0, -1.0], dtype=np.float32))
    expected = vocabulary.matrix(DOCUMENTS).toarray() @ weights.astype(np.float32) + model.bias
    assert np.allclose([model.scores(document) for document in DOCUMENTS], expected, atol=1e-5)


def test_given_a_saved_model_then_it_loads_as_it_was(tmp_path: Path) -> None:
    model = LinearModel(Vocabulary.fit(DOCUMENTS), np.ones((3, 2), np.float16), np.zeros(2, np.float32))
    model.save(tmp_path, "model")
    assert np.allclose(LinearModel.load(tmp_path, "model").scores(["a", "c"]), model.scores(["a", "c"]))
