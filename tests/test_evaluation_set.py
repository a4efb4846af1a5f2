"""The evaluation set stays apart from everything that is trained on, and covers what it is to measure."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assistant.evaluation.entries import LOCKED, OPEN, PARTS, Part, load_known_failures, load_part
from assistant.evaluation.leaks import kept_apart, leaks, training_sentences
from knowledge_base.items import load_catalogue


@pytest.fixture(scope="module")
def parts(data: Path) -> dict[str, Part]:
    return {name: load_part(data / "eval", name) for name in PARTS}


@pytest.fixture(scope="module")
def training(data: Path) -> list[str]:
    return training_sentences(data)


@pytest.mark.parametrize("name", PARTS)
def test_given_a_part_when_held_against_the_training_texts_then_nothing_is_in_both(parts, training, name):
    assert leaks(kept_apart(parts[name]), training) == []


def test_given_both_parts_when_counted_then_every_item_is_asked_about_often_enough(parts, data):
    asked = Counter(question.item for part in parts.values() for question in part.questions)

    assert set(asked) == set(load_catalogue(data).items)
    assert sum(asked.values()) >= 1200
    assert min(asked.values()) >= 2


def test_given_both_parts_when_compared_then_the_locked_one_asks_about_items_of_its_own(parts):
    asked = {name: Counter(question.item for question in part.questions) for name, part in parts.items()}

    assert not set(asked[OPEN]) & set(asked[LOCKED])
    assert 0.35 <= sum(asked[LOCKED].values()) / sum(sum(count.values()) for count in asked.values()) <= 0.45


def test_given_both_parts_when_compared_then_no_sentence_and_no_dialogue_is_in_both(parts):
    sentences = {
        name: {*kept_apart(part), *(dialogue.id for dialogue in part.dialogues)} for name, part in parts.items()
    }

    assert not sentences[OPEN] & sentences[LOCKED]


def test_given_both_parts_when_counted_then_the_other_lists_are_large_enough(parts):
    emergencies = Counter(entry.emergency for part in parts.values() for entry in part.emergencies)

    assert sum(len(part.out_of_scope) for part in parts.values()) >= 120
    assert emergencies[True] >= 30 and emergencies[False] >= 60
    assert sum(len(part.dialogues) for part in parts.values()) >= 120


def test_given_the_known_failures_when_looked_up_then_the_open_part_holds_each(parts, data):
    part = parts[OPEN]
    held = {
        "questions": {question.text for question in part.questions},
        "out_of_scope": {stranger.text for stranger in part.out_of_scope},
        "emergencies": {emergency.text for emergency in part.emergencies},
        "dialogues": {
            f"{dialogue.id}/{number}" for dialogue in part.dialogues for number in range(1, len(dialogue.turns) + 1)
        },
    }

    for section, keys in load_known_failures(data / "eval").items():
        assert keys <= held[section]
