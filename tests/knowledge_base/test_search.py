"""Finding the item a citizen means."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from knowledge_base import Searcher
from knowledge_base.encoder import Encoder
from knowledge_base.index import IndexedItem, build_index, current_version
from knowledge_base.search import EncoderMissing
from knowledge_base.thresholds import Decision


@pytest.fixture(scope="module")
def searcher(small_index: Path, encoder: Encoder) -> Searcher:
    return Searcher.open(small_index, encoder)


@pytest.mark.parametrize(
    ("text", "item_id"),
    [
        ("护照被偷了怎么办", "passport-reissue"),
        ("護照過期了想換一本", "passport-renewal"),
        ("居住正掉了补一张", "residence-permit-reissue"),
        ("房租太贵了，能不能用公积金付房租", "housing-fund-rent-withdrawal"),
        ("单位入职要我开一张没犯过罪的证明", "no-criminal-record-certificate"),
    ],
)
def test_given_a_wish_in_own_words_then_the_item_comes_first(searcher: Searcher, text: str, item_id: str) -> None:
    result = searcher.search(text)
    assert result.best is not None
    assert result.best.item_id == item_id


def test_given_a_clear_question_then_it_is_answered_and_its_facet_known(searcher: Searcher) -> None:
    result = searcher.search("有无犯罪记录证明要带什么材料")
    assert searcher.decide(result) is Decision.ANSWER
    assert result.facet == "materials"


@pytest.mark.parametrize("text", ["今天会下雨吗", "给我讲个笑话", "帮我写一段代码"])
def test_given_a_question_from_outside_then_it_is_not_answered(searcher: Searcher, text: str) -> None:
    assert searcher.decide(searcher.search(text)) is not Decision.ANSWER


@pytest.mark.parametrize("text", ["", "   ", "。。。？", "😀😀"])
def test_given_no_words_then_nothing_is_found(searcher: Searcher, text: str) -> None:
    result = searcher.search(text)
    assert result.candidates == ()
    assert searcher.decide(result) is Decision.UNSURE


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'; DROP TABLE items; --", "证" * 5000, "\x00\u202e", "1"]
)
def test_given_odd_input_then_a_result_comes_back(searcher: Searcher, text: str) -> None:
    assert 0 <= searcher.search(text).confidence <= 1


def test_given_candidates_then_they_are_ordered_and_limited(searcher: Searcher) -> None:
    result = searcher.search("护照", limit=3)
    scores = [candidate.score for candidate in result.candidates]
    assert len(scores) == 3
    assert scores == sorted(scores, reverse=True)
    assert 0 <= result.confidence <= result.in_scope <= 1


def test_given_the_vector_of_the_text_then_the_result_is_the_same(searcher: Searcher) -> None:
    text = "房租能用公积金付吗"
    assert searcher.search(text, vector=searcher.vector(text)) == searcher.search(text)


def test_given_no_encoder_then_a_vector_is_needed(small_index: Path, searcher: Searcher) -> None:
    alone = Searcher.open(small_index)
    assert alone.search("护照丢了", vector=searcher.vector("护照丢了")).candidates
    with pytest.raises(EncoderMissing):
        alone.search("护照丢了")


def test_given_the_channels_then_their_rows_can_be_looked_at(small: Any, searcher: Searcher) -> None:
    rows, scores = searcher.channel_scores("护照丢了")
    assert scores.shape == (len(rows), len(small.items) + 1)
    assert np.isfinite(scores).all()


def test_given_a_new_index_then_it_is_taken_over_while_searches_go_on(
    small: Any, index_copy: Path, encoder: Encoder
) -> None:
    searcher = Searcher.open(index_copy, encoder)
    assert not searcher.reload_if_changed()
    failures: list[Exception] = []
    stop = threading.Event()

    def keep_searching() -> None:
        while not stop.is_set():
            try:
                assert searcher.search("护照丢了").candidates
            except Exception as error:
                failures.append(error)

    thread = threading.Thread(target=keep_searching)
    thread.start()
    items = [*small.items, IndexedItem("dog-licence", "养犬登记", ("狗证", "养狗证"), ("给家里的狗办证",))]
    build_index(items, small.asks, small.out_of_scope, encoder, index_copy, lambda stage, share: None)
    assert searcher.reload_if_changed()
    stop.set()
    thread.join()

    best = searcher.search("给狗办养犬登记").best
    assert failures == []
    assert best is not None
    assert best.item_id == "dog-licence"


def test_given_a_new_index_when_it_is_followed_then_searches_go_on_in_the_old_one_until_it_is_loaded(
    small: Any, index_copy: Path, encoder: Encoder
) -> None:
    searcher = Searcher.open(index_copy, encoder)
    before = current_version(index_copy)
    build_index(small.items[1:], small.asks, small.out_of_scope, encoder, index_copy, lambda stage, share: None)
    searcher.follow()
    assert searcher.manifest.version == before
    assert searcher.search("护照丢了").candidates
    for thread in threading.enumerate():
        if thread.name == "index-reload":
            thread.join()
    assert searcher.manifest.version == current_version(index_copy) != before


def test_given_an_index_that_is_gone_when_it_is_followed_then_the_old_one_stays(
    index_copy: Path, encoder: Encoder
) -> None:
    searcher = Searcher.open(index_copy, encoder)
    (index_copy / "current").unlink()
    searcher.follow()
    assert searcher.search("护照丢了").candidates


def test_given_a_damaged_new_index_then_the_old_one_stays(index_copy: Path, encoder: Encoder) -> None:
    searcher = Searcher.open(index_copy, encoder)
    version = current_version(index_copy)
    (index_copy / "current").write_text("0000000000000000", "utf-8")
    assert not searcher.reload_if_changed()
    assert searcher.manifest.version == version
    assert searcher.search("护照丢了").candidates
