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


@pytest.mark.parametrize(("text", "numbers"), EXAMPLES["numbers"].items())
def test_given_a_kind_of_danger_when_it_is_told_then_the_number_is_the_right_one(rules, text, numbers):
    emergency = rules.recognise(text)

    assert emergency is not None
    assert emergency.number in numbers


@pytest.mark.parametrize("text", EXAMPLES["not_caught"])
def test_given_paperwork_or_an_idiom_when_it_sounds_alike_then_it_is_no_emergency(rules, text):
    assert rules.recognise(text) is None


def test_given_a_paperwork_word_when_somebody_lies_there_all_the_same_then_it_is_an_emergency(rules):
    assert rules.recognise("我来办身份证，大厅里有人晕倒了") is not None
    assert rules.recognise("去年有人在大厅晕倒了，能开证明吗") is None


def test_given_an_idiom_when_it_stands_beside_real_danger_then_only_the_idiom_is_overlooked(rules):
    assert rules.recognise("房价要杀人") is None
    assert rules.recognise("刚才还在说房价要杀人，他突然晕倒了") is not None


def test_given_a_broken_pattern_when_the_rules_are_read_then_it_is_an_error(tmp_path):
    path = tmp_path / "emergencies.yml"
    path.write_text("words: {a: '{unknown}'}\nidioms: []\nlook_alikes: []\nemergencies: []\n", encoding="utf-8")

    with pytest.raises(KeyError):
        EmergencyRules.load(path)


def test_given_every_kind_when_it_is_answered_then_the_reply_names_its_number(rules):
    for emergency in rules._emergencies:
        assert emergency.number in emergency.reply, emergency.kind
