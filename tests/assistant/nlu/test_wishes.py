"""Which items the pieces of a sentence stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.catalogue_holder import CatalogueHolder
from assistant.nlu.joints import Joint
from assistant.nlu.reading import ConversationState, Linking, Part, Ranked, Reading
from assistant.nlu.topics import Topics
from assistant.nlu.wishes import compared_items, several_wishes

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="module")
def topics() -> Topics:
    return Topics.load(DATA, CatalogueHolder(DATA))


def linking(verdict: str, confidence: float, **candidates: float) -> Linking:
    ranked = tuple(Ranked(item.replace("_", "-"), 0.0, share) for item, share in candidates.items())
    return Linking(ranked, confidence, 0.95, "general", 0.9, verdict=verdict)


def reading(joint: Joint, *parts: Part, whole: Linking = Linking()) -> Reading:
    return Reading("", "", "ask", 0.9, whole, joint, parts)


LOST_CARD = Part("身份证丢了", linking("answer", 0.95, id_card_reissue=0.9))


def test_given_two_sure_pieces_when_judged_then_both_are_wished_for(topics):
    passport = Part("护照也丢了", linking("answer", 0.95, passport_reissue=0.9))

    wishes = several_wishes(reading(Joint.WISHES, LOST_CARD, passport), topics)

    assert [wish.item for wish in wishes] == ["id-card-reissue", "passport-reissue"]


def test_given_a_piece_that_may_be_several_steps_of_one_thing_when_judged_then_it_comes_last_and_is_asked(topics):
    passport = Part(
        "护照多少钱", linking("clarify", 0.2, passport_first=0.5, passport_renewal=0.3, passport_reissue=0.1)
    )

    wishes = several_wishes(reading(Joint.WISHES, passport, LOST_CARD), topics)

    assert [wish.item for wish in wishes] == ["id-card-reissue", "passport-first"]
    assert wishes[1].candidates == ("passport-first", "passport-renewal", "passport-reissue")


@pytest.mark.parametrize(
    "other",
    [
        Part("天气也不错", linking("unsure", 0.1, passport_first=0.2)),
        Part("身份证也没了", linking("answer", 0.9, id_card_reissue=0.9)),
        Part("也交了社保", linking("clarify", 0.3, passport_first=0.3, dog_licence=0.3)),
    ],
)
def test_given_a_piece_that_asks_for_nothing_of_its_own_when_judged_then_there_is_one_wish(topics, other):
    assert several_wishes(reading(Joint.WISHES, LOST_CARD, other), topics) == ()


def test_given_a_sentence_that_surely_is_about_a_third_thing_when_judged_then_there_is_one_wish(topics):
    passport = Part("护照也丢了", linking("answer", 0.95, passport_reissue=0.9))
    whole = linking("answer", 0.95, household_certificate=0.9)

    assert several_wishes(reading(Joint.WISHES, LOST_CARD, passport, whole=whole), topics) == ()


def test_given_what_points_to_the_conversation_when_compared_then_it_is_what_was_offered_or_talked_of(topics):
    these = reading(Joint.COMPARISON, Part(""))
    offered = [{"item": "id-card-reissue"}, {"item": "id-card-renewal"}, {"does": "none"}]

    assert compared_items(these, ConversationState(offered=offered), topics) == ("id-card-reissue", "id-card-renewal")
    talked_of = ConversationState(focus={"item": "passport-first", "earlier": ["hk-macau-permit"]})
    assert compared_items(these, talked_of, topics) == ("passport-first", "hk-macau-permit")
    assert compared_items(these, ConversationState(), topics) == ()


def test_given_one_side_named_when_compared_then_the_other_is_the_item_in_focus(topics):
    named = Part("港澳通行证", linking("answer", 0.9, hk_macau_permit=0.9))
    state = ConversationState(focus={"item": "passport-first"})

    assert compared_items(reading(Joint.COMPARISON, Part(""), named), state, topics) == (
        "passport-first",
        "hk-macau-permit",
    )


def test_given_a_side_that_names_no_item_when_compared_then_nothing_is(topics):
    known = Part("护照", linking("answer", 0.9, passport_first=0.9))
    unknown = Part("苹果", Linking((Ranked("dog-licence", 0.0, 0.3),), 0.01, 0.01))

    assert compared_items(reading(Joint.COMPARISON, known, unknown), ConversationState(), topics) == ()
