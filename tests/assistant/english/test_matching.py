"""Which item a question in English asks for, measured on questions of their own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.english.matching import EnglishMatcher
from assistant.english.ways import load_strangers, load_ways
from assistant.evaluation.leaks import leaks
from knowledge_base.items import Catalogue, load_catalogue

LEAST_RIGHT = 0.9
MOST_WRONG = 0.05
MOST_STRANGERS_ANSWERED = 0.07


@pytest.fixture(scope="module")
def catalogue(data: Path) -> Catalogue:
    return load_catalogue(data)


@pytest.fixture(scope="module")
def matcher(data: Path, catalogue: Catalogue) -> EnglishMatcher:
    return EnglishMatcher.load(data / "english", catalogue.items)


def questions(data: Path, part: str) -> list[dict[str, Any]]:
    return yaml.safe_load((data / "eval" / part / "english.yml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Measured:
    """Shares of the questions that an item answers, the last one of those that none does."""

    nearest_right: float
    answered_wrong: float
    strangers_answered: float


def measured(matcher: EnglishMatcher, asked: list[dict[str, Any]]) -> Measured:
    inside = [(matcher.match(one["text"]), one["items"]) for one in asked if one["items"]]
    outside = [matcher.match(one["text"]) for one in asked if not one["items"]]
    return Measured(
        sum(bool(match.ranked) and match.ranked[0][0] in items for match, items in inside) / len(inside),
        sum(match.item is not None and match.item not in items for match, items in inside) / len(inside),
        sum(match.item is not None for match in outside) / len(outside),
    )


@pytest.mark.parametrize("part", ["open", "locked"])
def test_given_questions_of_their_own_when_they_are_matched_then_the_right_item_is_found(matcher, data, part):
    found = measured(matcher, questions(data, part))

    assert found.nearest_right >= LEAST_RIGHT, found
    assert found.answered_wrong <= MOST_WRONG, found
    assert found.strangers_answered <= MOST_STRANGERS_ANSWERED, found


def test_given_the_locked_questions_when_they_are_held_against_the_ways_of_asking_then_none_is_among_them(
    data, catalogue
):
    ways = [way for ways in load_ways(data / "english").values() for way in ways]
    names = [item.english_name for item in catalogue.items.values()]
    asked = [one["text"] for one in questions(data, "locked")]

    assert leaks(asked, [*ways, *names, *load_strangers(data / "english")]) == []


def test_given_both_parts_when_they_are_compared_then_no_question_is_in_both_and_items_are_known(data, catalogue):
    parts = {part: questions(data, part) for part in ("open", "locked")}
    texts = {part: {one["text"].lower() for one in asked} for part, asked in parts.items()}

    assert not texts["open"] & texts["locked"]
    assert sum(bool(one["items"]) for one in parts["locked"]) >= 60
    assert {item for asked in parts.values() for one in asked for item in one["items"]} <= set(catalogue.items)


def test_given_an_english_name_when_it_is_said_then_that_item_is_meant(matcher, catalogue):
    for item in catalogue.items.values():
        assert matcher.match(item.english_name).item == item.item_id


def test_given_one_word_that_many_items_share_when_it_is_said_then_they_are_offered(matcher):
    match = matcher.match("passport")

    assert match.item is None
    assert set(match.choices) == {"passport-first", "passport-renewal", "passport-reissue"}


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("How do I renew my passport?", True),
        ("passport 丢了怎么办", False),
        ("Zhang San", False),
        ("thank you", False),
        ("cancel", False),
        ("12345", False),
        ("qwertz uiop asdf", False),
    ],
)
def test_given_a_message_when_it_is_no_question_in_english_then_the_dialogue_has_it(matcher, text, english):
    assert matcher.is_english(text) is english


def test_given_no_item_with_an_english_name_when_something_is_asked_then_nothing_is_found(data):
    assert EnglishMatcher.load(data / "english", {}).match("lost my passport").choices == ()
