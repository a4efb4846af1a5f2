from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

from sqlalchemy import text

from storage.agents import AGENT, Agent, agent_of
from storage.applications import Applications

AGENT_OF_MOTHER = Agent(
    "张示例",
    "310*************27",
    "父母",
    "子女",
    "我是被代办人的子女，已经得到本人授权。",
    "是的",
    datetime(2026, 11, 23, 18, 0, tzinfo=timezone(timedelta(hours=8))),
)


def test_given_an_agent_when_it_is_submitted_with_an_application_then_it_is_read_back_whole(database):
    applications = Applications(database)
    draft = applications.create_draft("one", "item")
    submitted = applications.submit(draft.id, None, {}, {"applicant": "代办", AGENT: AGENT_OF_MOTHER.as_mapping()})

    assert agent_of(applications.by_receipt(submitted.receipt_number)) == AGENT_OF_MOTHER


def test_given_an_application_without_an_agent_when_looked_at_then_there_is_none(database):
    draft = Applications(database).create_draft("one", "item")

    assert agent_of(draft) is None
    assert agent_of(replace(draft, context={AGENT: None})) is None


def test_given_an_agent_when_it_is_kept_then_nothing_of_it_is_in_clear(database):
    applications = Applications(database)
    draft = applications.create_draft("one", "item")
    applications.submit(draft.id, None, {}, {AGENT: AGENT_OF_MOTHER.as_mapping()})

    with database.session() as session:
        kept = bytes(session.execute(text("SELECT content_sealed FROM applications")).scalar())

    assert AGENT_OF_MOTHER.name.encode() not in kept and b"310***" not in kept
