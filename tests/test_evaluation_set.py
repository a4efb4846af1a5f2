"""The evaluation set stays apart from everything that is trained on, and covers what it is to measure."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import yaml

from assistant.evaluation import find_leaks
from assistant.settings import Settings


def load(data: Path, name: str) -> list[dict]:
    return yaml.safe_load((data / "eval" / name).read_text(encoding="utf-8"))


def test_given_the_evaluation_set_when_held_against_the_training_texts_then_nothing_is_in_both(project):
    settings = Settings.from_environment({"WENBAN_HOME": str(project)})

    assert find_leaks(settings) == []


def test_given_the_questions_when_counted_then_every_item_is_asked_about(project, data):
    from knowledge_base.items import load_catalogue

    asked = Counter(question["item"] for question in load(data, "questions.yml"))

    assert set(asked) == set(load_catalogue(data).items)
    assert sum(asked.values()) >= 400
    assert min(asked.values()) >= 2


def test_given_the_other_parts_when_counted_then_they_are_large_enough(data):
    emergencies = Counter(entry["emergency"] for entry in load(data, "emergencies.yml"))

    assert len(load(data, "out_of_scope.yml")) >= 120
    assert emergencies[True] >= 30 and emergencies[False] >= 60
    assert len(load(data, "dialogues.yml")) >= 60
