"""Rasa's tracker store, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SlotSet, UserUttered

from assistant.tracker_store import TURNS_KEPT, BoundedTrackerStore

DOMAIN = Domain.from_dict(
    {
        "slots": {name: {"type": "any", "mappings": [{"type": "custom"}]} for name in ("focus", "offered")},
        "forms": {"application_form": {"required_slots": []}},
    }
)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path) -> BoundedTrackerStore:
    if request.param == "postgresql":
        return BoundedTrackerStore(DOMAIN, request.getfixturevalue("postgresql").new_database())
    return BoundedTrackerStore(DOMAIN, f"sqlite:///{tmp_path / 'tracker.db'}")


def take(store, conversation, *events) -> None:
    """Take one turn: a message, and what became of it."""

    async def turn() -> None:
        tracker = await store.get_or_create_tracker(conversation)
        for event in (UserUttered("你好"), *events):
            tracker.update(event, DOMAIN)
        await store.save(tracker)

    asyncio.run(turn())


def retrieved(store, conversation):
    return asyncio.run(store.retrieve(conversation))


def test_given_no_conversation_when_retrieved_then_there_is_none(store):
    assert retrieved(store, "nobody") is None


def test_given_a_long_conversation_when_retrieved_then_its_latest_turns_stand_on_its_slots_and_form(store):
    take(store, "one", SlotSet("focus", "passport"), SlotSet("offered", [1]), ActiveLoop("application_form"))
    take(store, "one", SlotSet("focus", "id-card"))
    for _ in range(3 * TURNS_KEPT):
        take(store, "one")

    tracker = retrieved(store, "one")

    assert (tracker.get_slot("focus"), tracker.get_slot("offered")) == ("id-card", [1])
    assert tracker.active_loop_name == "application_form"
    assert sum(isinstance(event, UserUttered) for event in tracker.events) == TURNS_KEPT


def test_given_a_form_that_ended_long_ago_when_retrieved_then_none_is_active(store):
    take(store, "one", ActiveLoop("application_form"))
    take(store, "one", ActiveLoop(None), SlotSet("offered", None))
    for _ in range(2 * TURNS_KEPT):
        take(store, "one")

    assert retrieved(store, "one").active_loop_name is None


def test_given_two_conversations_when_one_is_retrieved_then_nothing_of_the_other_is_there(store):
    take(store, "one", SlotSet("focus", "passport"))
    take(store, "two", SlotSet("focus", "id-card"))

    assert retrieved(store, "one").get_slot("focus") == "passport"


def test_given_a_store_when_opened_again_then_every_event_is_there_once(store):
    for _ in range(3 * TURNS_KEPT):
        take(store, "one", SlotSet("focus", "passport"))

    again = BoundedTrackerStore(DOMAIN, store.engine.url.render_as_string(hide_password=False))
    full = asyncio.run(again.retrieve_full_tracker("one"))

    assert sum(isinstance(event, UserUttered) for event in full.events) == 3 * TURNS_KEPT


def test_given_a_long_conversation_when_its_slots_are_looked_for_then_no_event_is_read_on_the_way(store):
    if store.engine.dialect.name != "sqlite":
        pytest.skip("the plan is SQLite's")
    statements = []

    def heard(_connection, _cursor, statement, parameters, *_) -> None:
        statements.append((statement, parameters))

    sa.event.listen(store.engine, "before_cursor_execute", heard)
    for _ in range(2 * TURNS_KEPT):
        take(store, "one", SlotSet("focus", "passport"))
    statements.clear()

    retrieved(store, "one")

    statement, parameters = next(one for one in statements if "UNION ALL" in one[0])
    with store.engine.connect() as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    searches = [step for step in plan if step.startswith(("SEARCH events", "SCAN events"))]
    assert searches
    assert all(
        "PRIMARY KEY" in step or "events_by_kind (sender_id=? AND type_name=? AND action_name" in step
        for step in searches
    ), plan
