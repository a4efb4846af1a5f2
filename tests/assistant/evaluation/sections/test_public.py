"""Public data: what is measured on it, and what is said without it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.evaluation.sections import public
from assistant.evaluation.trial import Subject
from assistant.nlu import resources
from assistant.settings import Settings

PAIRS = [
    ("大厅里能复印吗", "复印机在便民服务区，一般免费。"),
    ("几点停止取号", "下班前十五分钟不再发放号码，已取号的办完为止。"),
    ("导盲犬能进大厅吗", "工作犬可以由主人带入，其他宠物请留在外面。"),
]


def test_given_answers_and_questions_then_both_rankings_are_measured_and_compared(prepared: Settings):
    encoder, glossary = resources.encoder_at(prepared.encoder), resources.glossary_at(prepared.data)

    assert public.ranks_of_search(PAIRS, encoder, glossary) == [1, 1, 1]
    assert public.ranks_of_bigrams(PAIRS)[0] == 1


def test_given_two_rankings_then_the_difference_is_paired():
    figures = {figure.name: figure.estimate for figure in public.answer_figures([1, 1, 2, 0], [1, 3, 1, 0])}

    assert figures["answers: hit@1"].value == figures["answers, BM25 over bigrams: hit@1"].value == 0.5
    ahead = figures["answers: hit@1 above BM25 over bigrams"]
    assert ahead.value == 0 and ahead.low < 0 < ahead.high


def test_given_no_public_data_then_the_section_says_that_it_was_skipped(
    prepared: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("WENBAN_SHARED", str(tmp_path))

    measured = public.measure(Subject(prepared, lambda: pytest.fail("nobody is to be asked")))

    assert measured.figures == () and sum("Skipped" in note for note in measured.notes) == 2


def test_given_utterances_then_near_ones_are_left_out_and_items_answered_counted(
    assistant, prepared: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    rows = [("weather", "今天下雨吗"), ("health", "感冒吃什么药"), ("app", "护照丢了怎么补")]
    path = tmp_path / public.UTTERANCES
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(json.dumps({"label": label, "text": text}) for label, text in rows), "utf-8")
    monkeypatch.setenv("WENBAN_SHARED", str(tmp_path))

    measured = public.measure(Subject(prepared, lambda: assistant))

    assert {figure.name: figure.estimate.value for figure in measured.figures} == {
        "utterances answered with an item": 0.5,
        "utterances answered from a passage": 0.0,
    }
    assert [row[0] for row in measured.tables[0].rows] == ["app", "weather"]
