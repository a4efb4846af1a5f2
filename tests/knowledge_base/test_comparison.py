"""What tells items apart."""

from __future__ import annotations

from knowledge_base.comparison import compare
from knowledge_base.items import load_catalogue


def test_given_neighbours_when_compared_then_what_either_guide_says_comes_first(write_data, item, other, answer_texts):
    items = load_catalogue(write_data(item, other)).items

    answer = compare([items["library-card"], items["museum-card"]], answer_texts)

    told = [sentence for sentence in answer.sentences if sentence.field == "neighbours"]
    assert [sentence.item_id for sentence in told] == ["library-card", "museum-card"]
    assert "博物馆卡不能借书" in answer.text


def test_given_a_field_that_is_the_same_when_compared_then_it_is_left_out(write_data, item, other, answer_texts):
    other["fee"] = item["fee"]
    other["time_limits"] = {"legal": None, "promised": 7}
    items = load_catalogue(write_data(item, other)).items

    answer = compare([items["library-card"], items["museum-card"]], answer_texts)

    assert "fee" not in {sentence.field for sentence in answer.sentences}
    times = [sentence for sentence in answer.sentences if sentence.field == "time_limits"]
    assert "3 个工作日" in times[1].text and times[1].item_id == "library-card"
    assert "7 个工作日" in times[2].text and times[2].item_id == "museum-card"


def test_given_strangers_when_compared_then_their_guides_are_held_against_each_other(catalogue, answer_texts):
    items = catalogue.items

    answer = compare([items["dog-licence"], items["senior-allowance"]], answer_texts)

    assert {sentence.item_id for sentence in answer.sentences} == {"dog-licence", "senior-allowance"}
    assert "neighbours" not in {sentence.field for sentence in answer.sentences}
