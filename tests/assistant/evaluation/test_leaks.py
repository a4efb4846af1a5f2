"""Sentences that something was trained on."""

from __future__ import annotations

from assistant.evaluation.entries import Dialogue, Emergency, Part, Question, Stranger, Turn
from assistant.evaluation.leaks import kept_apart, leaks, training_sentences


def test_given_a_near_copy_then_it_is_a_leak_and_an_own_wording_is_not():
    found = leaks(["护照丢了怎么办？", "狗证在哪办呢"], ["护照丢了怎么办", "结婚登记要带什么"])

    assert [(leak.text, leak.trained, leak.likeness) for leak in found] == [("护照丢了怎么办？", "护照丢了怎么办", 1.0)]


def test_given_two_likenesses_then_the_likest_training_sentence_is_named():
    found = leaks(["身份证丢了怎么补办"], ["身份证丢了怎么补", "身份证丢了怎么补办呀"], likeness=0.5)

    assert [leak.trained for leak in found] == ["身份证丢了怎么补办呀"]


def test_given_nothing_in_common_or_nothing_trained_then_nothing_leaks():
    assert leaks(["身份证"], ["护照丢了"]) == leaks(["身份证"], []) == []


def test_given_a_part_then_its_sentences_are_kept_apart_but_for_what_everybody_says_in_a_dialogue():
    part = Part(
        "open",
        (Question("问", "a", "fee"),),
        (Stranger("外", "chat"),),
        (Emergency("急", True, "110"),),
        (Dialogue("d", (Turn("是的"),)),),
    )

    assert kept_apart(part) == ["问", "外", "急"]


def test_given_the_project_then_asks_intents_and_both_sides_of_emergencies_are_training_sentences(data):
    import yaml

    examples = yaml.safe_load((data / "emergencies" / "examples.yml").read_text("utf-8"))
    intents = yaml.safe_load((data / "nlu" / "intents.yml").read_text("utf-8"))["nlu"]
    outside = yaml.safe_load((data / "asks" / "out_of_scope.yml").read_text("utf-8"))

    sentences = set(training_sentences(data))

    assert {examples["fire"][0], examples["look_alikes"][0], outside["near_miss"][0]} <= sentences
    assert intents[0]["examples"].splitlines()[0].removeprefix("- ") in sentences
