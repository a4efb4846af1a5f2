"""When a rating is asked for."""

from __future__ import annotations

import pytest

from actions.reply import Reply
from actions.status import AnswerStatus
from storage.handoffs import HandoffReason
from tests.assistant.citizen.gated import FIRE, say

GOODBYE = Reply(AnswerStatus.SMALLTALK, "再见")


def kinds(happenings, conversation="one"):
    return [payload["subject"]["kind"] for payload in happenings.asked(conversation)]


def test_given_a_person_who_closed_when_a_step_is_taken_then_it_is_asked_once(services, asker, happenings, now):
    happenings.answered("one")
    handoff = happenings.with_clerk("one")
    asker.step(now())
    assert happenings.asked("one") == []

    services.handoffs.close(handoff)
    asker.step(now())
    asker.step(now())

    (asked,) = happenings.asked("one")
    assert asked["subject"] == {"kind": "handoff", "id": handoff, "name": "人工服务（王小民）"}
    assert asked["text"] == "工作人员王小民的服务已结束。您对这次服务满意吗？"
    assert [(one["level"], one["label"]) for one in asked["levels"]] == [
        (5, "非常满意"),
        (4, "满意"),
        (3, "基本满意"),
        (2, "不满意"),
        (1, "非常不满意"),
    ]
    assert [one["asks_why"] for one in asked["levels"]] == [False, False, False, True, True]
    assert "态度不好" in [one["label"] for one in asked["reasons"]]


def test_given_a_person_who_handed_back_when_asked_then_the_item_talked_about_is_rated_too(
    services, asker, book, happenings, now
):
    happenings.answered("one", item="passport-reissue")
    services.handoffs.hand_back(happenings.with_clerk("one"))

    asker.step(now())

    rating = book.ratings.get(happenings.asked("one")[0]["rating_id"], "one")
    assert (rating.subject.item_id, rating.subject.staff_id) == ("passport-reissue", happenings.clerk)


def test_given_a_person_who_said_nothing_when_they_close_then_nothing_is_asked(services, asker, happenings, now):
    services.handoffs.close(happenings.with_clerk("one", said=""))

    asker.step(now())

    assert happenings.asked("one") == []


def test_given_an_application_issued_when_its_result_was_told_then_it_is_asked_about(asker, happenings, now):
    happenings.issued("one")

    asker.step(now())

    (asked,) = happenings.asked("one")
    assert asked["subject"]["kind"] == "application"
    assert asked["text"].startswith("《") and "《《" not in asked["text"]


def test_given_an_appointment_that_is_booked_when_a_step_is_taken_then_it_is_not_asked_about(asker, happenings, now):
    happenings.issued("one", "service-hall-appointment")

    asker.step(now())

    assert happenings.asked("one") == []


def test_given_a_person_has_the_conversation_when_an_application_is_issued_then_it_is_asked_afterwards(
    services, asker, happenings, now
):
    handoff = happenings.with_clerk("one")
    happenings.issued("one")
    asker.step(now())
    assert happenings.asked("one") == []

    services.handoffs.close(handoff)
    asker.step(now())

    assert sorted(kinds(happenings)) == ["application", "handoff"]


def test_given_an_emergency_when_the_person_closes_then_nothing_is_asked(services, asker, happenings, now):
    services.handoffs.close(happenings.with_clerk("one", reason=HandoffReason.EMERGENCY))
    happenings.answered("one")

    asker.step(now())
    asker.conversation_left("one")

    assert happenings.asked("one") == []


def test_given_an_emergency_told_to_the_assistant_when_the_citizen_says_goodbye_then_nothing_is_asked(
    gate, asker, happenings
):
    happenings.answered("one")
    say(gate, "one", FIRE)

    assert asker.after_turn("one", "谢谢再见", GOODBYE) == []


def test_given_a_conversation_of_another_channel_when_its_service_ended_then_it_is_not_asked(
    services, asker, happenings, now
):
    services.handoffs.close(happenings.with_clerk("rest:one"))

    asker.step(now())

    assert happenings.asked("rest:one") == []


def test_given_a_service_that_ended_long_ago_when_the_server_starts_then_it_is_not_asked_about(
    services, asker, happenings, now
):
    services.handoffs.close(happenings.with_clerk("one"))
    now.advance(hours=73)

    asker.step(now())

    assert happenings.asked("one") == []


@pytest.mark.parametrize("words", ["谢谢，再见", "没有别的问题了", "拜拜"])
def test_given_an_answer_when_the_citizen_says_goodbye_then_it_is_asked_once(asker, happenings, words):
    happenings.answered("one")

    (event,) = asker.after_turn("one", words, GOODBYE)

    assert event.payload["subject"]["kind"] == "conversation"
    assert asker.after_turn("one", words, GOODBYE) == []


def test_given_thanks_in_the_middle_when_nothing_ends_then_nothing_is_asked(asker, happenings):
    happenings.answered("one")

    assert asker.after_turn("one", "谢谢", Reply(AnswerStatus.SMALLTALK, "不客气")) == []


@pytest.mark.parametrize("status", ["smalltalk", "not_understood", "clarified", "flow_asked"])
def test_given_nothing_was_answered_when_the_citizen_leaves_then_nothing_is_asked(asker, happenings, status):
    happenings.answered("one", status)

    assert asker.conversation_left("one") == []


def test_given_a_person_was_asked_about_today_when_the_citizen_leaves_then_nothing_more_is_asked(
    services, asker, happenings, now
):
    happenings.answered("one")
    services.handoffs.close(happenings.with_clerk("one"))
    asker.step(now())

    assert asker.conversation_left("one") == []
    now.advance(hours=25)
    assert len(asker.conversation_left("one")) == 1


def test_given_an_application_half_filled_in_when_the_citizen_leaves_then_nothing_is_asked(services, asker, happenings):
    happenings.answered("one")
    services.applications.create_draft("one", "no-criminal-record-certificate")

    assert asker.conversation_left("one") == []


def test_given_one_who_waits_for_a_person_when_they_leave_then_nothing_is_asked(services, asker, happenings):
    happenings.answered("one")
    services.handoffs.enqueue(services.handoffs.open("one", HandoffReason.ASKED_FOR, "x").id)

    assert asker.conversation_left("one") == []
