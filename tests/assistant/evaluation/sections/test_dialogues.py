"""Dialogues with known replies."""

from __future__ import annotations

from actions.reply import ApplicationView, Reply
from actions.status import AnswerStatus
from assistant.evaluation.entries import Turn
from assistant.evaluation.sections.dialogues import Held, section


def held(dialogue: str, number: int, expect: dict, reply: Reply) -> Held:
    return Held(dialogue, number, Turn("说", expect), reply)


ANSWERED = Reply(AnswerStatus.ANSWERED, "好的", item="a", facet="fee")
SUBMITTED = Reply(AnswerStatus.SUBMITTED, "", item="a", application=ApplicationView("1", "submitted", ""))
HELD = [
    held("good", 1, {"status": ["answered", "clarified"], "item": "a"}, ANSWERED),
    held("good", 2, {"status": "submitted", "state": "submitted"}, SUBMITTED),
    held("bad", 1, {}, ANSWERED),
    held("bad", 2, {"status": "answered", "item": "b", "facet": "time"}, ANSWERED),
]


def test_given_replies_then_turns_and_whole_dialogues_are_counted():
    measured = section("open", HELD)

    assert [figure.estimate.value for figure in measured.figures] == [0.75, 0.5]
    assert [(row[0], row[1], row[2].value) for row in measured.tables[0].rows] == [(1, 2, 1.0), (2, 2, 0.5)]


def test_given_a_wrong_turn_then_what_was_expected_and_what_came_is_told():
    (failure,) = section("open", HELD, frozenset({"bad/2", "good/1"})).failures.listed

    assert (failure.key, failure.reasons, failure.known) == ("bad/2", ("item", "facet"), True)
    assert failure.expected == "item b, facet time"
    assert failure.got == "item a, facet fee: 好的"
    assert section("open", HELD, frozenset({"good/1"})).failures.recovered == ("good/1",)
