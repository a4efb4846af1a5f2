"""Messages about what the conversation is about already."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from actions.catalogue_holder import CatalogueHolder
from assistant.nlu.dialogue_cues import DialogueCues
from assistant.nlu.follow_ups import BASIS, FollowUps
from assistant.nlu.reading import ConversationState, Linking, Ranked, Reading
from assistant.nlu.signs import Signs
from assistant.nlu.topics import Topics

DATA = Path(__file__).parents[3] / "data"
INHERITANCE = "real-estate-inheritance"


@pytest.fixture(scope="module")
def follow_ups() -> FollowUps:
    cues = yaml.safe_load((DATA / "texts" / "dialogue.yml").read_text(encoding="utf-8"))
    return FollowUps(Signs(DialogueCues.from_mapping(cues), ()), Topics.load(DATA, CatalogueHolder(DATA)))


def about(item: str, **focus) -> ConversationState:
    return ConversationState(focus={"item": item, "facet": "conditions", **focus})


def read(
    text: str,
    *candidates: tuple[str, float],
    verdict: str = "unsure",
    confidence: float = 0.1,
    in_scope: float = 0.3,
    intent: tuple[str, float] = ("ask", 0.9),
    facet: tuple[str, float] = ("general", 0.5),
) -> Reading:
    ranked = tuple(Ranked(item, 0.0, probability) for item, probability in candidates)
    return Reading(text, text, *intent, Linking(ranked, confidence, in_scope, *facet, verdict=verdict))


@pytest.mark.parametrize(
    "reading",
    [
        read("没有遗嘱", ("dog-licence", 0.2), intent=("deny", 0.5)),
        read("兄弟姐妹不肯来签字怎么办", (INHERITANCE, 0.4), intent=("out_of_scope", 0.7), in_scope=0.01),
        read("那要等到啥时候", ("passport-first", 0.3), facet=("time", 0.9), in_scope=0.001),
        read("外地房子也管用不", ("real-estate-transfer", 0.6), verdict="clarify", confidence=0.4, in_scope=0.9),
        read("税收多少", ("deed-tax", 0.7), verdict="answer", confidence=0.8, in_scope=0.9),
    ],
)
def test_given_nothing_else_that_is_clear_when_judged_then_it_stays_with_the_item(follow_ups, reading):
    assert follow_ups.stays(reading, about(INHERITANCE)).item == INHERITANCE


@pytest.mark.parametrize(
    "reading",
    [
        read("附近哪家馆子好吃", ("open-restaurant", 0.4), intent=("out_of_scope", 0.8), in_scope=0.001),
        read("嗯嗯好的", intent=("inform", 0.7), in_scope=0.0),
        read("谢谢", intent=("thanks", 0.9)),
        read("社保卡丢了怎么办", ("social-security-card-reissue", 0.95), verdict="answer", confidence=0.95),
        read("护照和签证", ("passport-first", 0.5), verdict="clarify", confidence=0.6, in_scope=0.9),
        read("驾照", ("driver-licence-renewal", 0.4), verdict="clarify", confidence=0.3, in_scope=0.9),
        read("对了，狗证要年审吗", ("dog-licence", 0.8), verdict="answer", confidence=0.9, in_scope=0.9),
    ],
)
def test_given_something_else_that_is_clear_when_judged_then_it_does_not_stay(follow_ups, reading):
    assert follow_ups.stays(reading, about(INHERITANCE)) is None


def test_given_a_choice_among_items_when_it_is_open_then_nothing_stays_with_the_one_before(follow_ups):
    reading = read("没有遗嘱", (INHERITANCE, 0.9))

    assert follow_ups.stays(reading, ConversationState(focus={"item": INHERITANCE}, clarifying=True)) is None


def test_given_an_earlier_item_when_it_is_gone_back_to_by_name_then_it_is_answered(follow_ups):
    reading = read("回到护照", ("passport-first", 0.4), ("passport-reissue", 0.4), verdict="clarify")

    assert follow_ups.plain(reading, about("dog-licence", earlier=["passport-reissue"])).item == "passport-reissue"


def test_given_only_another_thing_when_it_has_the_same_step_then_that_is_asked_of_it(follow_ups):
    reading = read("那护照呢", ("passport-first", 0.6), ("passport-reissue", 0.2), verdict="clarify")

    decision = follow_ups.plain(reading, about("id-card-reissue"))

    assert (decision.item, decision.facet) == ("passport-reissue", "conditions")


def test_given_reasons_when_another_item_is_surely_named_then_it_is_not_the_one_in_focus_that_answers(follow_ups):
    state = about("passport-first")
    named = read("居住证为什么要签注", ("residence-permit-endorsement", 0.9), verdict="answer", confidence=0.9)

    assert follow_ups.plain(read("为什么要交这个"), state).facet == BASIS
    assert follow_ups.plain(named, state) is None


@pytest.mark.parametrize(("said", "facts"), [("不知道", {"household": None}), ("外地的", {})])
def test_given_the_question_that_decides_when_replied_to_then_it_is_about_the_same_part(follow_ups, said, facts):
    reading = read(said, ("remote-medical-filing", 0.7), verdict="answer", confidence=0.7, intent=("inform", 0.6))

    decision = follow_ups.replied(reading, about("id-card-temporary", choosing="household"))

    assert (decision.item, decision.facet, decision.facts) == ("id-card-temporary", "conditions", facts)
