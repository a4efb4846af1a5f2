"""Emergencies and look-alikes with known replies."""

from __future__ import annotations

from actions.reply import Reply
from actions.status import AnswerStatus
from assistant.evaluation.entries import Emergency
from assistant.evaluation.sections.emergencies import section


def alarm(number: str) -> Reply:
    return Reply(AnswerStatus.EMERGENCY, "", urgent={"number": number})


CALM = Reply(AnswerStatus.ANSWERED, "")
SAID = [
    (Emergency("right", True, "119"), alarm("119")),
    (Emergency("missed", True, "119"), CALM),
    (Emergency("wrong number", True, "120"), alarm("110")),
    (Emergency("calm", False), CALM),
    (Emergency("false alarm", False), alarm("119")),
]


def test_given_replies_then_caught_right_numbers_and_false_alarms_are_counted():
    values = {figure.name: figure.estimate.value for figure in section("open", SAID).figures}

    assert values == {
        "caught": 2 / 3,
        "right number (of the caught)": 1 / 2,
        "false alarms (of the look-alikes)": 1 / 2,
    }


def test_given_replies_then_each_failure_has_its_reason():
    failures = section("open", SAID, frozenset({"missed"})).failures

    assert {one.key: one.reasons for one in failures.listed} == {
        key: (key,) for key in ("missed", "wrong number", "false alarm")
    }
    assert [one.key for one in failures.known] == ["missed"]


def test_given_numbers_then_each_has_its_row():
    rows = {row[0]: [row[1], row[2].value, row[3].value] for row in section("open", SAID).tables[0].rows}

    assert rows == {"119": [2, 0.5, 1.0], "120": [1, 1.0, 0.0]}
