"""What a citizen's words mean while a rating is asked for, at the gate."""

from __future__ import annotations

from datetime import date

import pytest

from actions.status import AnswerStatus as Status
from storage.follow_ups import FollowUpOutcome
from storage.ratings import Given
from tests.assistant.citizen.gated import FIRE, PERSON, say


@pytest.fixture
def asked(asker, book, happenings):
    """A conversation that was asked how it was; return its rating as it is now."""
    happenings.answered("one")
    (event,) = asker.conversation_left("one")
    return lambda: book.ratings.get(event.payload["rating_id"], "one")


def test_given_a_question_when_a_level_is_said_then_it_is_kept_and_never_reaches_the_dialogue(gate, asked):
    reply = say(gate, "one", "很满意")

    assert (reply.status, reply.text) == (Status.RATED, "感谢您的评价：非常满意。")
    assert asked().given == Given(5)
    assert gate.below.heard == []


def test_given_a_low_level_when_it_is_said_then_the_reason_is_asked_and_kept_and_it_is_followed_up(gate, book, asked):
    reply = say(gate, "one", "不满意")
    assert "哪里没做好" in reply.text
    labels = [choice.label for choice in reply.choices]
    assert "等得太久" in labels and "态度不好" not in labels and labels[-1] == "不说了"

    reply = say(gate, "one", "等得太久")

    assert reply.text == "感谢您的评价：不满意。您说的我们会认真核实，11月30日前请专人处理。"
    assert asked().given == Given(2, ("time",), "")
    assert [one.due_on for one in book.follow_ups.pending()] == [date(2026, 11, 30)]
    assert gate.below.heard == []


def test_given_a_reason_in_own_words_when_it_is_said_then_it_is_kept_with_personal_data_masked(gate, asked):
    say(gate, "one", "非常不满意")

    say(gate, "one", "问题没解决，打我13812345678")

    assert asked().given == Given(1, ("unsolved",), "问题没解决，打我[手机号1]")


def test_given_level_and_reason_in_one_message_when_it_is_said_then_nothing_more_is_asked(gate, asked):
    reply = say(gate, "one", "不满意，等了一个小时")

    assert asked().given == Given(2, ("time",), "等了一个小时")
    assert reply.choices == ()


@pytest.mark.parametrize("words", ["身份证丢了怎么办", "好的", "满意，那护照怎么办"])
def test_given_a_question_when_something_else_is_said_then_the_dialogue_has_it_and_the_card_stands(gate, asked, words):
    reply = say(gate, "one", words)

    assert reply.status is Status.ANSWERED and gate.below.heard == [words]
    assert asked().given is None


def test_given_a_reason_is_asked_when_another_question_comes_then_it_is_answered(gate, asked):
    say(gate, "one", "不满意")

    assert say(gate, "one", "护照多少钱").text == "答：护照多少钱"
    assert asked().given == Given(2)


def test_given_a_no_when_it_is_said_then_no_words_are_taken_for_a_rating_any_more(gate, asked):
    assert say(gate, "one", "不评价").text == "好的，不打扰您了。"

    assert say(gate, "one", "很满意").status is Status.ANSWERED
    assert asked().given is None


def test_given_half_an_hour_later_when_a_level_is_said_then_it_is_no_answer(gate, asked, now):
    now.advance(minutes=31)

    assert say(gate, "one", "很满意").status is Status.ANSWERED


def test_given_nothing_is_asked_when_a_level_is_said_then_the_dialogue_has_it(gate):
    assert say(gate, "one", "很满意").status is Status.ANSWERED


def test_given_a_question_when_an_emergency_is_told_then_it_is_one(gate, asked):
    assert say(gate, "one", f"不满意，{FIRE}").status is Status.EMERGENCY


def test_given_a_question_when_a_person_has_the_conversation_then_the_words_are_theirs(services, gate, asked, clerk):
    say(gate, "one", PERSON)
    handoff = services.handoffs.active("one")
    services.handoffs.take(handoff.id, clerk)

    say(gate, "one", "很满意")

    assert asked().given is None
    assert [message.text for message in services.handoffs.messages(handoff.id)] == ["很满意"]


def test_given_an_application_is_filled_in_when_a_level_is_said_then_it_is_an_answer_to_that(services, gate, asked):
    services.engine.start("one", "no-criminal-record-certificate")

    assert say(gate, "one", "一般").status is Status.ANSWERED
    assert asked().given is None


def test_given_a_second_rating_when_it_is_low_then_it_is_thanked_for_and_not_followed_up(
    gate, asker, book, asked, clerk
):
    say(gate, "one", "不满意")
    (follow_up,) = book.follow_ups.pending()
    book.follow_ups.close(follow_up.id, clerk, FollowUpOutcome.UNREACHABLE, "x", None)
    asker.ask_again("one", follow_up.id, None)

    reply = say(gate, "one", "不满意，没解决")

    assert reply.text == "感谢您的评价：不满意。我们已记录。"
    assert book.follow_ups.pending() == ()
    assert book.follow_ups.get(follow_up.id).second_level == 2
