"""Fixed words about one's applications at the gate."""

from __future__ import annotations

import pytest

from actions.back_office import Looked
from assistant.citizen.office_gate import OfficeGate
from assistant.nlu.decision import Outcome
from storage.standing import Standing
from storage.supplements import Wanted

ITEM = "senior-allowance"
IDLE = Standing(last_seen=None, has_handoff=False, has_draft=False, has_notices=False)
FILLING = Standing(last_seen=None, has_handoff=False, has_draft=True, has_notices=False)


@pytest.fixture
def gate(services):
    return OfficeGate(services)


@pytest.fixture
def submit(services):
    def submit_(item: str = ITEM, conversation: str = "one") -> str:
        draft = services.applications.create_draft(conversation, item)
        return services.applications.submit(draft.id).receipt_number

    return submit_


@pytest.fixture
def asked_for(services, submit):
    """An application that waits for something of its citizen."""

    def asked_for_() -> str:
        receipt, office = submit(), services.back_office
        office.ask_for(Looked(receipt, office.desk.entry(receipt).version, "c" * 32), Wanted(("居民户口簿",)))
        return receipt

    return asked_for_


@pytest.mark.parametrize("said", ["催一下", "能不能快点", "补正"])
def test_given_nothing_applied_for_when_the_words_are_said_then_the_dialogue_has_them(gate, said):
    assert gate.take("one", said, IDLE) is None


def test_given_an_open_application_when_it_is_reminded_of_then_the_dialogue_is_told_so(gate, submit):
    submit()

    turn = gate.take("one", "帮我催一下", FILLING)

    assert (turn.outcome, dict(turn.entities), turn.if_about) == (Outcome.TRACK, {"reminder": ""}, None)


def test_given_a_number_when_it_is_said_with_the_reminder_then_it_is_passed_on(gate, submit):
    receipt = submit()

    assert gate.take("one", f"{receipt} 催一下", IDLE).entities == {"reminder": receipt}


def test_given_words_that_only_ask_for_speed_when_something_is_filled_in_then_they_are_an_answer(gate, submit):
    submit()

    assert gate.take("one", "能不能快点", FILLING) is None
    assert gate.take("one", "能不能快点", IDLE).if_about == {ITEM}


def test_given_only_a_report_or_an_ended_application_when_reminded_then_nothing_is_meant(gate, submit, services):
    submit("citizen-report")
    services.connector.cancel(submit())

    assert gate.take("one", "催一下", IDLE) is None


def test_given_two_that_wait_when_the_answer_begins_then_it_is_for_the_one_named_or_the_first(gate, asked_for):
    first, second = asked_for(), asked_for()

    assert gate.take("one", "现在补正", IDLE).expecting["opening"] == first
    assert gate.take("one", f"{second} 补正", IDLE).expecting["opening"] == second
    assert gate.take("stranger", "现在补正", IDLE) is None
