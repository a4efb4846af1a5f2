"""Passages in the search index."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.encoder import Encoder
from knowledge_base.index import IndexDamaged, build_index, current_version, open_index
from knowledge_base.passages.loading import load_passages
from knowledge_base.passages.passage import Passage
from knowledge_base.search import Searcher
from knowledge_base.text import normalise

TODAY = date(2026, 11, 23)


def quiet(stage: str, share: float) -> None:
    """Take progress and say nothing."""


@pytest.fixture(scope="module")
def passages(data: Path) -> list[Passage]:
    return load_passages(data / "passages", data)


@pytest.fixture(scope="module")
def folder(small: Any, passages, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("index")
    build_index(small.items[:2], {}, small.out_of_scope, encoder, out, quiet, passages=passages)
    return out


def found(searcher: Searcher, text: str, today: date = TODAY) -> list[Any]:
    return list(searcher.passages(searcher.search(text), today))


@pytest.mark.parametrize(
    ("asked", "passage"),
    [
        ("什么是告知承诺制啊", "promise-based-service"),
        ("告之承诺制是什么", "promise-based-service"),
        ("导盲犬可以带进大厅吗", "hall-visit-rules.6"),
        ("政府信息公开怎么申请", "government-information-request"),
    ],
)
def test_given_a_question_that_a_passage_answers_then_it_is_first_and_sure(folder, encoder, asked, passage):
    best = found(Searcher.open(folder, encoder), asked)[0]

    assert best.passage.passage_id == passage and best.answers and best.said == best.passage.text


@pytest.mark.parametrize(
    "asked", ["明天会下雨吗", "银行卡丢了怎么挂失", "窗口", "证", "帮我写首诗", "怎么做一张假的结婚证"]
)
def test_given_something_that_no_passage_answers_then_none_is_sure(folder, encoder, asked):
    assert not any(one.answers for one in found(Searcher.open(folder, encoder), asked))


def test_given_a_passage_that_no_longer_holds_then_it_is_not_found(small, passages, encoder, tmp_path):
    over = [replace(passage, expires=date(2026, 11, 1)) for passage in passages[:3]]
    build_index(small.items[:2], {}, {}, encoder, tmp_path, quiet, passages=over)
    searcher = Searcher.open(tmp_path, encoder)

    assert found(searcher, over[0].title) == []
    assert len(found(searcher, over[0].title, date(2026, 10, 31))) == 3


def test_given_one_passage_more_then_the_other_vectors_are_taken_over_and_a_searcher_takes_it_up(
    small, passages, encoder, tmp_path
):
    build_index(small.items[:2], {}, {}, encoder, tmp_path, quiet, passages=passages[:-1])
    searcher = Searcher.open(tmp_path, encoder)
    encoded: list[str] = []
    counted = Encoder(encoder.name_or_path)
    counted.encode = lambda texts: encoded.extend(texts) or encoder.encode(texts)  # type: ignore[method-assign]
    build_index(small.items[:2], {}, {}, counted, tmp_path, quiet, passages=passages)

    assert searcher.reload_if_changed()
    assert normalise(passages[-1].name) in encoded
    assert normalise(passages[0].name) not in encoded
    assert found(searcher, passages[-1].text)[0].passage == passages[-1]


def test_given_a_damaged_file_of_the_passages_then_the_index_is_refused(folder, encoder):
    path = folder / current_version(folder) / "passages" / "passages.json"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    try:
        with pytest.raises(IndexDamaged, match="passages.json"):
            open_index(folder, encoder)
    finally:
        path.write_bytes(whole)


def test_given_an_index_without_passages_then_none_are_found(small, encoder, tmp_path):
    build_index(small.items[:2], {}, {}, encoder, tmp_path, quiet)

    assert found(Searcher.open(tmp_path, encoder), "什么是告知承诺制") == []
