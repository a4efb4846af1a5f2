"""Which part of a guide is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from knowledge_base.corpus import IndexedItem, make_corpus
from knowledge_base.facet_examples import facet_examples, load_facet_phrases
from knowledge_base.facets import FacetClassifier, shared_terms


@pytest.fixture(scope="module")
def classifier(small: Any) -> FacetClassifier:
    found = FacetClassifier.fit(small.corpus)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("办护照要带什么材料", "materials"),
        ("签注要多少钱", "fee"),
        ("护照几天能拿到", "time"),
        ("在哪里办结婚证", "place"),
        ("我妈年纪大了腿脚不方便,她护照过期了,想问问办这个要交多少钱", "fee"),
        ("残疾证去哪个地方办", "place"),
    ],
)
def test_given_a_question_then_its_facet_is_found_also_late_and_of_unknown_items(
    classifier: FacetClassifier, text: str, facet: str
) -> None:
    assert classifier.predict(text)[0] == facet


def test_given_terms_of_one_item_only_then_the_classifier_does_not_read_them() -> None:
    documents = [["passport", "fee"], ["permit", "fee"], ["passport", "place"], ["dog"], ["cat"]]
    assert shared_terms(documents, [0, 1, 0, 2, 3], least=2) == [["fee"], ["fee"], [], [], []]


def test_given_a_saved_classifier_then_it_answers_as_before(classifier: FacetClassifier, tmp_path: Path) -> None:
    classifier.save(tmp_path)
    assert FacetClassifier.load(tmp_path).predict("要多少钱") == classifier.predict("要多少钱")


def test_given_one_facet_only_then_there_is_no_classifier() -> None:
    corpus = make_corpus([IndexedItem("a", "甲")], {"a": {"fee": ["多少钱", "贵吗"]}}, {})
    assert FacetClassifier.fit(corpus) is None


def test_given_asks_then_examples_hold_them_and_the_facet_of_each_variant_stays(small: Any) -> None:
    asks = [sentence for sentence in small.corpus.sentences if sentence.kind == "ask"]
    examples = facet_examples(asks)
    assert [example.text for example in examples[: len(asks)]] == [ask.text for ask in asks]
    fees = {ask.text for ask in asks if ask.label == "fee"} | set(load_facet_phrases()["fee"])
    assert all(any(fee in example.text for fee in fees) for example in examples if example.facet == "fee")
