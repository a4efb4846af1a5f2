from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from storage.transcripts import TranscriptRole, Transcripts
from storage.turn_counts import Tally, TurnCounts, TurnOutcome, Way

BEIJING = timezone(timedelta(hours=8))
MONDAY = datetime(2026, 11, 23, tzinfo=BEIJING)
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def turn(database, clock):
    """Say something and have it answered, at a moment."""
    transcripts = Transcripts(database)

    def take(at: datetime, status: str, conversation: str = "one", **about: object) -> None:
        clock.moment = at
        transcripts.append(conversation, TranscriptRole.CITIZEN, {"text": "…"})
        transcripts.append(conversation, TranscriptRole.ASSISTANT, {"text": "…"}, TurnOutcome(status, **about))

    return take


def test_given_turns_when_counted_then_each_has_its_hour_and_a_conversation_begins_once(database, turn):
    turn(MONDAY.replace(hour=9, minute=5), "answered")
    turn(MONDAY.replace(hour=9, minute=59), "clarified")
    turn(MONDAY.replace(hour=10), "answered", "two")

    hours = TurnCounts(database).sums(MONDAY, TUESDAY).hours

    assert hours == {(date(2026, 11, 23), 9): Tally(2, 1), (date(2026, 11, 23), 10): Tally(1, 1)}


def test_given_a_turn_just_after_local_midnight_when_counted_then_it_is_the_new_days(database, turn):
    turn(TUESDAY - timedelta(seconds=1), "answered")
    turn(TUESDAY, "answered", "two")  # Monday still in UTC

    counts = TurnCounts(database)

    assert list(counts.sums(MONDAY, TUESDAY).hours) == [(date(2026, 11, 23), 23)]
    assert list(counts.sums(TUESDAY, TUESDAY + timedelta(days=1)).hours) == [(date(2026, 11, 24), 0)]


def test_given_a_period_that_ends_within_a_day_when_read_then_later_hours_are_left_out(database, turn):
    turn(MONDAY.replace(hour=15), "answered")
    turn(TUESDAY.replace(hour=9), "answered")
    turn(TUESDAY.replace(hour=10), "answered")

    assert TurnCounts(database).sums(MONDAY, TUESDAY.replace(hour=10)).statuses == {"answered": 2}


def test_given_turns_about_items_when_read_then_they_are_told_by_status_and_way(database, turn):
    turn(MONDAY, "answered", item_id="passport", facet="fee")
    turn(MONDAY, "answered", item_id="passport", facet="materials", way=Way.SPOKEN)
    turn(MONDAY, "flow_asked", item_id="passport")
    turn(MONDAY, "not_understood")

    counts = TurnCounts(database)

    assert counts.by_item(MONDAY, TUESDAY) == {"passport": {"answered": 2, "flow_asked": 1}}
    assert counts.sums(MONDAY, TUESDAY).ways == {Way.TYPED: 3, Way.SPOKEN: 1}


def test_given_a_reply_that_ends_no_turn_when_kept_then_nothing_is_counted(database):
    Transcripts(database).append("one", TranscriptRole.ASSISTANT, {"text": "…"})

    assert TurnCounts(database).sums(datetime(2026, 1, 1), datetime(2027, 1, 1)).statuses == {}
