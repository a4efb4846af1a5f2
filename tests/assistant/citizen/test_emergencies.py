"""Emergencies are caught by rule; paperwork about them is not one."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.citizen.emergencies import EmergencyRules

ROOT = Path(__file__).parents[3]
EXAMPLES = yaml.safe_load((ROOT / "tests" / "data" / "emergencies_examples.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rules() -> EmergencyRules:
    return EmergencyRules.load(ROOT / "data" / "emergencies.yml")


@pytest.mark.parametrize("text", EXAMPLES["caught"])
def test_given_somebody_in_danger_when_they_write_then_a_number_is_given(rules, text):
    assert rules.recognise(text) is not None


@pytest.mark.parametrize("text", EXAMPLES["not_caught"])
def test_given_paperwork_or_an_idiom_when_it_sounds_alike_then_it_is_no_emergency(rules, text):
    assert rules.recognise(text) is None


def test_given_every_kind_when_it_is_answered_then_the_reply_names_its_number(rules):
    for emergency in rules._emergencies:
        assert emergency.number in emergency.reply, emergency.kind
