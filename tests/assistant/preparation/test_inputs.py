"""Each thing that is built knows what it is built from."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.preparation.inputs import data_inputs, dialogue_inputs, emergency_inputs, index_inputs
from assistant.settings import Settings


def settings(home: Path) -> Settings:
    return Settings(home, home / "var", home / "data", "encoder", "sqlite://", "sqlite://")


@pytest.mark.parametrize(
    ("inputs", "file"),
    [
        (data_inputs, "data/items/a.yml"),
        (data_inputs, "data/asks/a.yml"),
        (data_inputs, "data/flows/a.yml"),
        (data_inputs, "data/cases.yml"),
        (data_inputs, "data/texts/facts.yml"),
        (data_inputs, "data/texts/flow_words.yml"),
        (data_inputs, "data/texts/certificates.yml"),
        (dialogue_inputs, "data/nlu/a.yml"),
        (dialogue_inputs, "data/rules/a.yml"),
        (dialogue_inputs, "data/asks/a.yml"),
        (dialogue_inputs, "domain/a.yml"),
        (dialogue_inputs, "config.yml"),
        (emergency_inputs, "data/emergencies/examples.yml"),
        (emergency_inputs, "data/nlu/a.yml"),
        (index_inputs, "data/items/a.yml"),
        (index_inputs, "data/asks/a.yml"),
    ],
)
def test_given_what_something_is_built_from_when_it_changes_then_it_is_built_again(tmp_path, inputs, file):
    before = inputs(settings(tmp_path))

    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text("changed")

    assert inputs(settings(tmp_path)) != before
