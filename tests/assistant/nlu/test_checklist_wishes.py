"""Who asks for the list of everything that is needed, and of which item."""

from __future__ import annotations

import pytest

from actions.checklists import CHECKLIST
from assistant.nlu.decision import Outcome
from assistant.nlu.reading import ConversationState
from tests.assistant.nlu.test_outcomes import judge, linking, reading

__all__ = ["judge"]

FLAGSHIP, PERMIT = "no-criminal-record-certificate", "residence-permit-endorsement"
TALKED_OF = ConversationState(focus={"item": PERMIT, "facet": "time", "facts": {}})
UNSURE = linking("passport-reissue", "unsure", in_scope=0.3)


@pytest.mark.parametrize(
    "said",
    [
        "给我一份告知单",
        "一次性告知单打印一张",
        "材料清单打印一下",
        "把要带的材料列个单子",
        "材料清单发我",
        "帮我把要准备的材料打印出来",
        "要带的东西列张清单给我",
        "办事清单来一份",
    ],
)
def test_given_an_item_talked_of_when_the_list_is_wanted_then_it_is_for_that(judge, said):
    decision = judge.decide(reading(said, found=UNSURE), TALKED_OF)

    assert (decision.outcome, decision.item, decision.facet) == (Outcome.CHECKLIST, PERMIT, CHECKLIST)


def test_given_an_item_that_is_named_when_the_list_is_wanted_then_it_is_for_that_one(judge):
    said = reading("无犯罪记录证明的材料清单打印一份", found=linking(FLAGSHIP))

    for state in (ConversationState(), TALKED_OF):
        decision = judge.decide(said, state)
        assert (decision.outcome, decision.item) == (Outcome.CHECKLIST, FLAGSHIP)


def test_given_several_items_when_the_list_is_wanted_then_the_choice_asks_for_it_too(judge):
    said = reading("出入境办证大厅材料清单发我一份", found=linking("passport-first", "clarify"))

    decision = judge.decide(said, ConversationState())

    assert (decision.outcome, decision.facet) == (Outcome.CLARIFY, CHECKLIST)


def test_given_a_choice_that_asks_for_the_list_when_it_is_picked_then_the_list_is_made(judge):
    offered = [{"label": "代办", "item": PERMIT, "facet": CHECKLIST, "facts": {"applicant": "代办"}, "does": "ask"}]
    state = ConversationState(offered=offered, focus={"item": PERMIT, "facet": CHECKLIST, "choosing": "applicant"})

    decision = judge.decide(reading("代办", "inform", found=UNSURE), state)

    assert (decision.outcome, decision.item, decision.facts) == (Outcome.CHECKLIST, PERMIT, {"applicant": "代办"})


def test_given_an_application_when_the_list_is_wanted_then_it_is_for_what_is_applied_for(judge):
    state = ConversationState(
        in_application=True,
        expecting={"item": FLAGSHIP, "phase": "ask", "field": "purpose", "type": "choice"},
        focus={"item": FLAGSHIP, "facet": "apply", "facts": {}},
    )

    decision = judge.decide(reading("先把材料清单打印给我", found=UNSURE), state)

    assert (decision.outcome, decision.item) == (Outcome.CHECKLIST, FLAGSHIP)


def test_given_a_text_that_is_asked_for_when_it_speaks_of_a_list_then_it_is_the_answer(judge):
    state = ConversationState(
        in_application=True,
        expecting={"item": "citizen-report", "phase": "ask", "field": "content", "type": "text"},
    )

    assert judge.decide(reading("窗口的材料清单写错了", "inform", found=UNSURE), state).outcome is Outcome.REPLY


@pytest.mark.parametrize(
    "said",
    [
        "社保缴费清单怎么打印",
        "交材料的单子丢了怎么办",
        "告知单是什么意思",
        "材料要打印几份",
        "进出境记录打印一份",
        "你们窗口不给告知单，我要投诉",
        "银行流水单子要吗",
    ],
)
def test_given_another_list_or_a_question_about_one_when_it_is_said_then_none_is_made(judge, said):
    decision = judge.decide(reading(said, found=linking(PERMIT, facet="materials")), TALKED_OF)

    assert decision.outcome is not Outcome.CHECKLIST


def test_given_nothing_talked_of_when_the_list_is_wanted_then_the_decision_stays(judge):
    decision = judge.decide(
        reading("加计扣除留存的材料清单发我一份", "out_of_scope", found=UNSURE), ConversationState()
    )

    assert decision.outcome is Outcome.DECLINE


def test_given_a_statement_that_was_asked_for_when_it_is_made_then_it_is_a_reply(judge):
    state = ConversationState(
        in_application=True,
        expecting={"item": FLAGSHIP, "phase": "authorise", "field": "authorisation", "type": "choice"},
    )

    for said in ("我声明属实", "她同意的", "还没有授权"):
        assert judge.decide(reading(said, "ask", found=linking(PERMIT)), state).outcome is Outcome.REPLY


def test_given_nothing_named_and_nothing_talked_of_when_the_list_is_wanted_then_it_is_asked_which(judge):
    decision = judge.decide(reading("给我一份告知单", "out_of_scope", found=UNSURE), ConversationState())

    assert (decision.outcome, decision.item) == (Outcome.CHECKLIST, None)
