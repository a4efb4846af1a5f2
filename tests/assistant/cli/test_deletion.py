"""Citizens are forgotten, as typed."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

import pytest

from assistant.settings import Settings
from assistant.staff.accounts import open_database
from storage.applications import Applications
from storage.audit import AuditTrail
from storage.conversations import Conversations
from storage.identity import Identity
from storage.transcripts import TranscriptRole, Transcripts

PERSON = Identity("张示例", "310101199304180027")
LONG_AGO = datetime.now().astimezone() - timedelta(days=200)


def leave_events(settings: Settings, at: datetime, *senders: str) -> None:
    """Leave what Rasa's tracker store keeps of conversations."""
    settings.var.mkdir(exist_ok=True)
    with sqlite3.connect(settings.var / "tracker.db") as tracker:
        tracker.execute("CREATE TABLE IF NOT EXISTS events (sender_id TEXT, timestamp REAL)")
        tracker.executemany("INSERT INTO events VALUES (?, ?)", [(one, at.timestamp()) for one in senders])


def senders(settings: Settings) -> set[str]:
    with sqlite3.connect(settings.var / "tracker.db") as tracker:
        return {sender for (sender,) in tracker.execute("SELECT sender_id FROM events")}


def test_given_a_citizen_when_deleted_by_number_then_every_database_forgets_them_and_the_audit_says_so(
    settings, wenban
):
    database = open_database(settings)
    for conversation, who in (("mine", PERSON), ("other", None)):
        Conversations(database).bind(conversation, who, "web")
        Transcripts(database).append(conversation, TranscriptRole.CITIZEN, {"text": "x"})
    applications = Applications(database)
    applications.submit(applications.create_draft("typed-in", "item").id, PERSON.id_number)
    leave_events(settings, datetime.now(), "mine", "typed-in", "other")

    # the number is asked for, and is written nowhere
    ran = wenban("citizens", "delete", "--id-number", typed="310101 19930418 0027\ny\n")

    assert ran.exit_code == 0
    assert "tracker_events" in ran.stdout and PERSON.id_number not in ran.stdout
    assert senders(settings) == {"other"}
    assert Conversations(database).get("mine") is None
    assert Conversations(database).get("other") is not None
    assert applications.of_citizen(PERSON.id_number) == ()
    entry = AuditTrail(database).entries()[0]
    assert (entry.action, entry.details["conversations"], entry.details["tracker_events"]) == ("delete-citizen", 1, 2)
    assert PERSON.id_number not in str(entry)


def test_given_a_conversation_when_deleted_then_only_it_is_gone(settings, wenban):
    database = open_database(settings)
    for conversation in ("one", "two"):
        Conversations(database).bind(conversation, None, "web")

    ran = wenban("citizens", "delete", "--conversation", "one", "--yes")

    assert "Deleted 1 row(s)." in ran.stdout
    assert Conversations(database).get("one") is None
    assert Conversations(database).get("two") is not None


@pytest.mark.parametrize("words", [(), ("--id-number", "--conversation", "one")])
def test_given_neither_or_both_when_deleting_then_nothing_is_deleted(wenban, words):
    assert wenban("citizens", "delete", *words).exit_code == 2


def test_given_a_doubt_when_asked_again_then_nothing_is_deleted(settings, wenban):
    database = open_database(settings)
    Conversations(database).bind("one", PERSON, "web")

    ran = wenban("citizens", "delete", "--id-number", typed=f"{PERSON.id_number}\nn\n")

    assert ran.exit_code == 1
    assert Conversations(database).get("one") is not None


def test_given_old_conversations_when_purged_then_rasas_events_of_them_go_too(settings, wenban):
    database = open_database(settings)
    Conversations(database).bind("fresh", None, "web")
    leave_events(settings, LONG_AGO, "gone", "rest:gone", "fresh")
    leave_events(settings, datetime.now(), "rest:new")

    ran = wenban("storage", "purge")

    assert ran.exit_code == 0 and "tracker_events" in ran.stdout
    assert senders(settings) == {"fresh", "rest:new"}


def test_given_no_tracker_yet_when_purged_then_none_is_made(settings, wenban):
    assert "Deleted 0 row(s)." in wenban("storage", "purge").stdout
    assert not (settings.var / "tracker.db").exists()
