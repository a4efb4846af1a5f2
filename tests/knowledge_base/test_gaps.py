"""Gathering what was not answered."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from knowledge_base.gaps import OpenQuestion, find_gaps, is_same
from knowledge_base.search import Searcher

MORNING = datetime(2026, 11, 23, 10, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def searcher(small_index, encoder) -> Searcher:
    return Searcher.open(small_index, encoder)


def asked(*texts: str, conversations=None) -> list[OpenQuestion]:
    """Return questions, each in a conversation of its own unless told."""
    return [
        OpenQuestion(
            text,
            (conversations or [f"c{place}" for place in range(len(texts))])[place],
            MORNING + timedelta(hours=place),
            "not_understood",
        )
        for place, text in enumerate(texts)
    ]


def test_given_questions_about_two_things_when_gathered_then_each_has_its_own_gap(searcher):
    found = find_gaps(
        asked("护照丢了怎么补", "护照不见了怎么补办", "护照遗失补办", "结婚登记要带什么", "领结婚证要带什么材料"),
        searcher,
    )

    assert [(gap.count, gap.item_id) for gap in found.shown] == [(3, "passport-reissue"), (2, "marriage-registration")]
    first = found.shown[0]
    assert (first.first, first.last) == (MORNING, MORNING + timedelta(hours=2))
    assert first.near[0].item_id == "passport-reissue" and first.near[0].score > 0.3
    assert first.whys == {"not_understood": 3}


def test_given_what_no_item_is_near_when_gathered_then_a_missing_item_is_proposed(searcher):
    (gap,) = find_gaps(asked("今天股票会涨吗", "明天股票会涨吗"), searcher).shown
    assert gap.item_id is None


def test_given_one_person_asking_again_and_again_when_gathered_then_nothing_of_it_is_shown(searcher):
    questions = asked("护照丢了怎么补", "护照不见了怎么补办", conversations=["c1", "c1"])

    assert find_gaps(questions, searcher).shown == ()
    assert find_gaps(questions, searcher).withheld == 2
    assert len(find_gaps(questions, searcher, least=1).shown) == 1


def test_given_a_long_story_when_gathered_then_it_counts_and_is_not_shown(searcher):
    story = "护照丢了怎么补办，我昨天在虚构路那家奶茶店上班的时候被人拿走了，老板是我表哥，下周三还要飞大阪"
    (gap,) = find_gaps(asked("护照丢了怎么补", story, "护照丢了怎么补办"), searcher).shown

    assert gap.count == 3
    assert story not in gap.examples and set(gap.examples) == {"护照丢了怎么补", "护照丢了怎么补办"}


def test_given_the_same_words_when_gathered_then_they_are_one_sentence_that_counts_twice(searcher):
    (gap,) = find_gaps(asked("护照丢了怎么补？", "护照丢了怎么补"), searcher).shown
    assert (gap.count, gap.conversations, len(gap.examples)) == (2, 2, 1)


def test_given_a_decision_when_more_of_the_same_is_asked_then_it_is_the_same_gap_and_another_is_not(searcher):
    (before,) = find_gaps(asked("护照丢了怎么补", "护照不见了怎么补办"), searcher).shown
    (after,) = find_gaps(asked("护照遗失了要补", "护照被偷了补办一本", "护照丢了补办"), searcher).shown
    (other,) = find_gaps(asked("结婚登记要带什么", "领结婚证要带什么材料"), searcher).shown

    assert is_same(before.centre, after.centre)
    assert not is_same(before.centre, other.centre)


@pytest.mark.parametrize("texts", [(), ("？？", "。。")])
def test_given_nothing_or_only_signs_when_gathered_then_there_is_no_gap(searcher, texts):
    assert find_gaps(asked(*texts), searcher).shown == ()
