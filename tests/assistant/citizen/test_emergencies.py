"""Emergencies are recognised at the gate; paperwork about them is none."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assistant.citizen.emergencies import EmergencyRecogniser, KindsDiffer, check_emergencies, load_kinds
from assistant.citizen.emergency_classifier import LOOK_ALIKES, EmergencyClassifier, load_examples

ROOT = Path(__file__).parents[3]
EXAMPLES = yaml.safe_load((ROOT / "tests" / "data" / "emergencies_examples.yml").read_text(encoding="utf-8"))
KNOWN = frozenset(EXAMPLES["known_failures"])


def known(texts):
    """Mark the sentences that are known to be read wrong."""
    return [pytest.param(text, marks=pytest.mark.xfail) if text in KNOWN else text for text in texts]


@pytest.fixture(scope="module")
def recogniser(prepared) -> EmergencyRecogniser:
    return EmergencyRecogniser.load(prepared.data, prepared.emergency_model)


@pytest.mark.parametrize("text", known(EXAMPLES["caught"]))
def test_given_somebody_in_danger_when_they_write_then_a_number_is_given(recogniser, text):
    assert recogniser.recognise(text) is not None


@pytest.mark.parametrize("text", known(EXAMPLES["numbers"]))
def test_given_a_kind_of_danger_when_it_is_told_then_the_number_is_the_right_one(recogniser, text):
    emergency = recogniser.recognise(text)

    assert emergency is not None
    assert emergency.number in EXAMPLES["numbers"][text]


@pytest.mark.parametrize("text", known(EXAMPLES["not_caught"]))
def test_given_paperwork_or_an_idiom_when_it_sounds_alike_then_it_is_no_emergency(recogniser, text):
    assert recogniser.recognise(text) is None


def test_given_the_known_failures_when_counted_then_they_are_few():
    told = sum(len(EXAMPLES[key]) for key in ("caught", "numbers", "not_caught"))

    assert len(KNOWN) <= 0.04 * told


def test_given_the_test_sentences_when_held_against_the_examples_then_none_is_trained_on():
    trained = {
        text for texts in load_examples(ROOT / "data" / "emergencies" / "examples.yml").values() for text in texts
    }

    assert trained.isdisjoint([*EXAMPLES["caught"], *EXAMPLES["numbers"], *EXAMPLES["not_caught"]])


def test_given_every_kind_when_it_is_answered_then_the_reply_names_its_number(data):
    for kind in load_kinds(data / "emergencies" / "kinds.yml").values():
        assert kind.number in kind.reply, kind.name


def test_given_the_examples_when_read_then_they_are_of_the_known_kinds(data):
    kinds = set(load_kinds(data / "emergencies" / "kinds.yml"))

    assert set(load_examples(data / "emergencies" / "examples.yml")) == {*kinds, LOOK_ALIKES}


def test_given_a_classifier_when_saved_and_loaded_then_it_reads_the_same(tmp_path):
    fitted = EmergencyClassifier.fit(
        {
            "fire": ["家里着火了", "厨房起火了"],
            "medical": ["我爸晕倒了", "她没呼吸了"],
            LOOK_ALIKES: ["火灾证明去哪里开"],
        },
        ["身份证丢了怎么办"],
    )
    fitted.save(tmp_path)

    loaded = EmergencyClassifier.load(tmp_path)

    assert loaded.danger("厨房着火了") == fitted.danger("厨房着火了") > loaded.danger("火灾证明怎么开")
    assert loaded.kind("妈妈晕倒了") == "medical"


def test_given_kinds_that_the_classifier_does_not_know_when_put_together_then_it_is_refused(data, recogniser):
    kinds = load_kinds(data / "emergencies" / "kinds.yml")
    kinds.pop("water")

    with pytest.raises(KindsDiffer):
        EmergencyRecogniser(kinds, recogniser._classifier)


def test_given_kinds_and_examples_when_they_differ_then_each_difference_is_an_error(tmp_path, data):
    (tmp_path / "kinds.yml").write_text("fire: {number: 119, reply: 119, cues: [着火]}\n", encoding="utf-8")
    (tmp_path / "examples.yml").write_text("flood: [水淹进来了]\nlook_alikes: []\n", encoding="utf-8")

    assert [finding.message for finding in check_emergencies(tmp_path)] == [
        "has no examples of fire.",
        "has no kind flood.",
    ]
    assert check_emergencies(data / "emergencies") == []
