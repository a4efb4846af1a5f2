"""A number said in a clip waits for its yes where every process finds it, encrypted, and not for long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assistant.speech.kept_number import KeptNumber
from assistant.speech.read_back import HeardSoFar

MOBILE = "13800138000"
HEARD = HeardSoFar(("item", "ask", "phone"), "phone", MOBILE, 1)


@pytest.fixture
def asked(conversation: Callable[..., Any]) -> Any:
    """Return a conversation in the middle of an application."""
    citizen = conversation()
    citizen.say("我想申请办理有无犯罪证明")
    return citizen


def kept(citizen: Any) -> KeptNumber:
    return KeptNumber(citizen.assistant.services, citizen.id)


def test_given_a_number_is_kept_then_another_process_finds_it_and_the_draft_is_as_it_was(asked: Any) -> None:
    applications = asked.assistant.services.applications
    before = applications.active_draft(asked.id)
    kept(asked).keep(HEARD)

    assert kept(asked).load() == HEARD
    after = applications.active_draft(asked.id)
    assert (after.fields, after.phase, after.asked_field) == (before.fields, before.phase, before.asked_field)


def test_given_it_is_kept_then_it_is_not_in_clear_in_the_database(asked: Any) -> None:
    kept(asked).keep(HEARD)
    services = asked.assistant.services

    with services.database.session() as session:
        rows = session.connection().exec_driver_sql("select * from applications").fetchall()
    assert not any(
        MOBILE.encode() in (value if isinstance(value, bytes) else str(value).encode()) for row in rows for value in row
    )


def test_given_ten_minutes_then_it_is_forgotten(asked: Any, clock: Any) -> None:
    kept(asked).keep(HEARD)
    clock.advance(minutes=9)
    assert kept(asked).load() == HEARD
    clock.advance(minutes=2)
    assert kept(asked).load() == HeardSoFar()


def test_given_something_is_said_meanwhile_then_it_is_forgotten(asked: Any) -> None:
    from storage.transcripts import TranscriptRole

    kept(asked).keep(HEARD)
    asked.assistant.services.transcripts.append(asked.id, TranscriptRole.CITIZEN, {"type": "message", "text": "等等"})

    assert kept(asked).load() == HeardSoFar()


def test_given_nothing_waits_any_more_then_nothing_is_kept(asked: Any) -> None:
    kept(asked).keep(HEARD)
    kept(asked).keep(HeardSoFar(HEARD.stands))

    assert asked.assistant.services.applications.active_draft(asked.id).context["heard"] is None
    assert kept(asked).load() == HeardSoFar()


def test_given_no_application_then_there_is_nothing_to_keep_it_in(conversation: Callable[..., Any]) -> None:
    citizen = conversation()
    kept(citizen).keep(HEARD)

    assert kept(citizen).load() == HeardSoFar()
