"""What a turn comes to."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.catalogue_holder import CatalogueHolder
from assistant.nlu.decision import Outcome
from assistant.nlu.outcomes import OutcomeJudge
from assistant.nlu.reading import ConversationState, Linking, Quoted, Ranked, Reading

DATA = Path(__file__).parents[3] / "data"
FLAGSHIP = "no-criminal-record-certificate"


@pytest.fixture(scope="module")
def judge() -> OutcomeJudge:
    return OutcomeJudge.load(DATA, CatalogueHolder(DATA))


def linking(item: str = "passport-first", verdict: str = "answer", facet: str = "general", **more) -> Linking:
    confidence = more.pop("confidence", {"answer": 0.95, "clarify": 0.6, "unsure": 0.1}[verdict])
    return Linking(
        (Ranked(item, 2.0, confidence),),
        confidence,
        more.pop("in_scope", 0.95),
        facet,
        more.pop("facet_probability", 0.9),
        verdict=verdict,
        passage=more.pop("passage", None),
    )


def reading(text: str, intent: str = "ask", confidence: float = 0.9, found: Linking | None = None) -> Reading:
    return Reading(text, text, intent, confidence, found or linking())


def test_given_a_sure_item_when_it_is_asked_about_then_it_is_answered(judge):
    decision = judge.decide(reading("护照多少钱", found=linking(facet="fee")), ConversationState())

    assert (decision.outcome, decision.item, decision.facet) == (Outcome.ANSWER, "passport-first", "fee")


def test_given_an_item_with_a_flow_when_it_is_wanted_then_the_flow_starts(judge):
    decision = judge.decide(reading("我要开无犯罪证明", "apply", found=linking(FLAGSHIP)), ConversationState())

    assert (decision.outcome, decision.item) == (Outcome.APPLICATION, FLAGSHIP)


@pytest.mark.parametrize(
    ("said", "item", "outcome"),
    [
        ("我要把身份证挂失掉", "id-card-loss-report", Outcome.APPLICATION),
        ("身份证补领一张", "id-card-reissue", Outcome.ANSWER),
        ("签注居住证", "residence-permit-endorsement", Outcome.APPLICATION),
        ("想约个下周的号", "service-hall-appointment", Outcome.APPLICATION),
        ("先说社保卡补办", "social-security-card-reissue", Outcome.ANSWER),
        ("身份证挂失怎么弄", "id-card-loss-report", Outcome.ANSWER),
    ],
)
def test_given_words_of_doing_when_the_item_has_a_flow_then_it_starts_unless_it_is_only_talked_about(
    judge, said, item, outcome
):
    assert judge.decide(reading(said, "ask", found=linking(item)), ConversationState()).outcome is outcome


def test_given_an_item_without_a_flow_when_it_is_wanted_then_the_way_is_answered(judge):
    decision = judge.decide(reading("我要办护照", "apply", found=linking(facet="apply")), ConversationState())

    assert (decision.outcome, decision.facet) == (Outcome.ANSWER, "apply")


def test_given_an_item_with_a_flow_when_a_question_is_asked_then_it_is_answered(judge):
    decision = judge.decide(
        reading("无犯罪证明要多久啊？", "apply", found=linking(FLAGSHIP, facet="time")), ConversationState()
    )

    assert (decision.outcome, decision.facet) == (Outcome.ANSWER, "time")


@pytest.mark.parametrize(
    ("intent", "verdict", "in_scope", "outcome"),
    [
        ("ask", "clarify", 0.9, Outcome.CLARIFY),
        ("ask", "unsure", 0.8, Outcome.NOT_UNDERSTOOD),
        ("ask", "unsure", 0.05, Outcome.DECLINE),
        ("out_of_scope", "unsure", 0.5, Outcome.DECLINE),
        ("greet", "unsure", 0.1, Outcome.CHAT),
        ("abuse", "clarify", 0.4, Outcome.CHAT),
        ("harmful", "clarify", 0.5, Outcome.REFUSE),
        ("human", "answer", 0.9, Outcome.PERSON),
    ],
)
def test_given_no_conversation_when_a_message_comes_then_intent_and_certainty_decide(
    judge, intent, verdict, in_scope, outcome
):
    found = linking(verdict=verdict, in_scope=in_scope)

    assert judge.decide(reading("某事", intent, found=found), ConversationState()).outcome is outcome


def test_given_an_item_in_focus_when_a_question_names_no_service_then_it_is_about_the_focus(judge):
    state = ConversationState(focus={"item": "passport-first", "facet": "materials"})
    found = linking("senior-card", "clarify", "time")

    decision = judge.decide(reading("那要多久？", found=found), state)

    assert (decision.outcome, decision.item, decision.facet) == (Outcome.ANSWER, "passport-first", "time")


def test_given_an_item_in_focus_when_a_new_service_is_named_then_the_topic_moves_and_keeps_the_facet(judge):
    state = ConversationState(focus={"item": "passport-first", "facet": "fee"})

    decision = judge.decide(reading("那社保卡呢", found=linking("social-security-card-apply")), state)

    assert (decision.item, decision.facet) == ("social-security-card-apply", "fee")


def test_given_choices_when_the_second_is_named_then_it_is_answered_with_its_facet(judge):
    offered = [
        {"label": "居民身份证遗失补领", "item": "id-card-reissue", "facet": "fee", "does": "ask"},
        {"label": "居民身份证到期或损坏换领", "item": "id-card-renewal", "facet": "fee", "does": "ask"},
    ]

    decision = judge.decide(reading("第二个", "inform"), ConversationState(offered=offered))

    assert (decision.outcome, decision.item, decision.facet) == (Outcome.ANSWER, "id-card-renewal", "fee")


def test_given_a_person_was_offered_when_the_citizen_says_yes_then_a_person_is_called(judge):
    offered = [
        {"label": "转人工", "does": "person", "answers": "affirm"},
        {"label": "再试", "does": "chat", "answers": "deny"},
    ]

    assert judge.decide(reading("好的", "affirm"), ConversationState(offered=offered)).outcome is Outcome.PERSON
    assert judge.decide(reading("不用", "deny"), ConversationState(offered=offered)).outcome is Outcome.CHAT


def in_flow(phase: str = "ask", field: str | None = "purpose", type: str | None = "choice") -> ConversationState:
    expecting = {"item": FLAGSHIP, "phase": phase, "field": field, "type": type}
    return ConversationState(in_application=True, expecting=expecting, focus={"item": FLAGSHIP})


@pytest.mark.parametrize("said", ["出国", "求职用的", "第一个"])
def test_given_an_application_asks_when_an_answer_comes_then_it_is_a_reply_whatever_the_intent(judge, said):
    found = linking("passport-first", "answer", confidence=0.95)

    assert judge.decide(reading(said, "ask", found=found), in_flow()).outcome is Outcome.REPLY


def test_given_an_application_when_a_question_is_asked_then_it_is_answered_about_the_item(judge):
    decision = judge.decide(reading("那要多久？", found=linking("senior-card", "clarify", "time")), in_flow())

    assert (decision.outcome, decision.item, decision.facet) == (Outcome.ANSWER, FLAGSHIP, "time")


@pytest.mark.parametrize("intent", ["affirm", "deny", "correct", "cancel", "wait"])
def test_given_a_read_back_when_a_reply_comes_then_the_form_decides(judge, intent):
    found = linking(verdict="unsure")

    assert judge.decide(reading("某话", intent, found=found), in_flow("confirm")).outcome is Outcome.REPLY


def test_given_an_application_when_a_person_is_wanted_then_a_person_is_called(judge):
    assert judge.decide(reading("转人工", "human"), in_flow()).outcome is Outcome.PERSON


@pytest.mark.parametrize("intent", ["inform", "ask", "out_of_scope", "greet", "correct", "track"])
@pytest.mark.parametrize("verdict", ["answer", "clarify", "unsure"])
def test_given_a_receipt_number_when_no_application_is_filled_in_then_it_is_tracked_whatever_the_intent(
    judge, intent, verdict
):
    found, state = linking(verdict=verdict, facet="fee"), ConversationState(focus={"item": "passport-first"})

    assert judge.decide(reading("20261123-0000018", intent, found=found), state).outcome is Outcome.TRACK


QUOTED = Quoted("hotline-12345", "全天有人接听。")


@pytest.mark.parametrize("verdict", ["clarify", "unsure"])
def test_given_no_sure_item_but_a_passage_when_asked_then_it_is_answered_from_the_passage(judge, verdict):
    decision = judge.decide(
        reading("12345能办什么", found=linking(verdict=verdict, passage=QUOTED)), ConversationState()
    )

    assert (decision.outcome, decision.passage, decision.item) == (Outcome.PASSAGE, QUOTED, None)
    assert decision.as_json()["passage"] == {"id": "hotline-12345", "said": "全天有人接听。"}


def test_given_a_passage_when_the_wish_is_harmful_then_it_is_refused(judge):
    found = linking(verdict="unsure", in_scope=0.1, passage=QUOTED)

    assert judge.decide(reading("伪造证件", "harmful", found=found), ConversationState()).outcome is Outcome.REFUSE


def test_given_an_offered_rest_when_it_is_picked_then_the_passage_is_read_to_its_end(judge):
    state = ConversationState(offered=({"label": "看全文", "does": "read", "passage": "hotline-12345"},))

    assert judge.decide(reading("看全文"), state).passage == Quoted("hotline-12345", None)


def test_given_a_running_application_when_a_passage_answers_a_question_then_it_is_answered(judge):
    state = ConversationState(in_application=True, expecting={"item": FLAGSHIP, "phase": "ask", "field": "phone"})
    found = linking(verdict="unsure", passage=QUOTED)

    assert judge.decide(reading("12345热线能办什么？", found=found), state).outcome is Outcome.PASSAGE


def test_given_a_flow_that_is_wanted_when_the_search_is_not_quite_sure_then_it_starts_all_the_same(judge):
    likely = Linking((Ranked(FLAGSHIP, 2.0, 0.97),), 0.6, 0.6, "apply", 0.9, verdict="unsure")
    unlikely = Linking((Ranked(FLAGSHIP, 2.0, 0.5),), 0.3, 0.6, "apply", 0.9, verdict="unsure")

    assert (
        judge.decide(reading("我要办这个证明", "apply", found=likely), ConversationState()).outcome
        is Outcome.APPLICATION
    )
    assert judge.decide(reading("我要办这个证明", "apply", found=unlikely), ConversationState()).outcome is not (
        Outcome.APPLICATION
    )


def test_given_an_item_in_focus_when_it_is_wanted_now_then_its_flow_starts(judge):
    state = ConversationState(focus={"item": FLAGSHIP, "facet": "steps"})

    decision = judge.decide(reading("要得，那你给我办一个嘛", "apply", found=linking(FLAGSHIP, "unsure")), state)

    assert (decision.outcome, decision.item) == (Outcome.APPLICATION, FLAGSHIP)
