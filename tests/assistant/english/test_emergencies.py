"""Emergencies told of in English."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.citizen.emergency_classifier import LOOK_ALIKES, load_examples
from assistant.english.emergencies import EnglishEmergencies, check_english_emergencies
from assistant.english.words import is_latin

SAID = yaml.safe_load((Path(__file__).parents[2] / "data" / "english_emergencies.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def emergencies(data: Path) -> EnglishEmergencies:
    return EnglishEmergencies.load(data)


@pytest.mark.parametrize("said", SAID, ids=lambda said: said["text"])
def test_given_a_message_when_it_tells_of_danger_then_the_number_is_known_and_paperwork_is_none(emergencies, said):
    kind = emergencies.recognise(said["text"])

    assert (kind and kind.number) == said.get("number")


def test_given_the_english_examples_of_the_classifier_when_they_are_read_then_nearly_all_are_told_by_a_cue(
    emergencies, data
):
    examples = load_examples(data / "emergencies" / "examples.yml")
    english = {name: [text for text in texts if is_latin(text)] for name, texts in examples.items()}
    dangers = [text for name, texts in english.items() if name != LOOK_ALIKES for text in texts]

    missed = [text for text in dangers if emergencies.recognise(text) is None]
    false = [text for text in english[LOOK_ALIKES] if emergencies.recognise(text) is not None]

    assert len(dangers) >= 30 and len(missed) <= 3, missed
    assert len(false) <= 2, false


def test_given_questions_about_items_when_they_are_read_then_no_cue_tells_of_danger(emergencies, data):
    asked = [
        one["text"]
        for part in ("open", "locked")
        for one in yaml.safe_load((data / "eval" / part / "english.yml").read_text(encoding="utf-8"))
    ]

    assert [text for text in asked if emergencies.recognise(text)] == []


def test_given_the_shipped_kinds_when_they_are_checked_then_each_is_answered_in_english(data):
    assert check_english_emergencies(data) == []
