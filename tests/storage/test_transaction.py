"""A deed and its entry in the audit trail: both, or neither."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import text

from storage.audit import AuditTrail
from storage.audit_anchor import AuditAnchor
from storage.errors import AuditUnwritten, DatabaseBusy, DatabaseFull
from storage.kiosk_visits import KioskVisits
from storage.left_messages import LeftMessages
from storage.models import KioskVisitRow
from storage.transcripts import TranscriptRole, Transcripts
from tests.databases import only_sqlite

only_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
WITHIN_SECONDS = 20


@pytest.fixture
def anchor(database, tmp_path):
    return AuditAnchor(tmp_path / "elsewhere" / "audit-anchor", database.cipher)


@pytest.fixture
def trail(database, anchor):
    return AuditTrail(database, anchor)


@pytest.fixture
def messages(database):
    return LeftMessages(database)


def leave(messages: LeftMessages) -> str:
    return messages.leave("13900000001", "请回电", "one")


def numbers(messages: LeftMessages) -> list[str]:
    return [one.number for one in messages.waiting()]


def hide_trail(database) -> None:
    with database.writing("test") as session:
        session.execute(text("ALTER TABLE audit_entries RENAME TO hidden"))


def bring_trail_back(database) -> None:
    with database.writing("test") as session:
        session.execute(text("ALTER TABLE hidden RENAME TO audit_entries"))


def actions(trail: AuditTrail) -> list[str]:
    return [entry.action for entry in reversed(trail.entries())]


def test_given_a_deed_and_its_entry_when_they_end_then_both_stand_and_the_anchor_knows(
    database, trail, messages, anchor
):
    with database.together():
        trail.append("clerk", "message-done", "one")
        number = leave(messages)
        assert numbers(messages) == [number]  # what was written is read
        assert anchor.read() is None

    assert (numbers(messages), actions(trail)) == ([number], ["message-done"])
    assert (trail.verify(), anchor.read().seq) == ((), 1)


def test_given_a_trail_that_takes_no_entry_when_something_is_done_then_it_is_not_done(
    database, trail, messages, anchor
):
    trail.append("clerk", "before", "one")
    hide_trail(database)

    with pytest.raises(AuditUnwritten), database.together():
        leave(messages)
        trail.append("clerk", "message-done", "one")
    with pytest.raises(AuditUnwritten):
        trail.append("clerk", "read", "one")

    bring_trail_back(database)
    assert numbers(messages) == [] and actions(trail) == ["before"]
    trail.append("clerk", "after", "one")
    assert (actions(trail), trail.verify(), anchor.read().seq) == (["before", "after"], (), 2)


def test_given_a_deed_that_fails_when_its_entry_was_given_then_it_is_not_there(database, trail, messages, anchor):
    with pytest.raises(RuntimeError), database.together():
        leave(messages)
        trail.append("clerk", "message-done", "one")
        raise RuntimeError

    assert (numbers(messages), actions(trail), anchor.read()) == ([], [], None)
    leave(messages)  # what comes after is a transaction of its own again
    assert len(numbers(messages)) == 1


def test_given_a_process_that_is_killed_between_deed_and_entry_when_asked_then_neither_is_there(
    open_database, trail, messages
):
    trail.append("clerk", "before", "one")
    child = os.fork()
    if child == 0:
        try:
            own = open_database()
            with own.together():
                AuditTrail(own).append("clerk", "message-done", "one")
                leave(LeftMessages(own))
                os._exit(7)
        finally:
            os._exit(1)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert (numbers(messages), actions(trail), trail.verify()) == ([], ["before"], ())


def test_given_a_part_that_fails_when_its_error_is_caught_then_it_alone_is_undone(database, trail, messages, anchor):
    with database.together():
        first = leave(messages)
        trail.append("clerk", "first", "one")
        with pytest.raises(RuntimeError), database.together():
            leave(messages)
            trail.append("clerk", "second", "one")
            raise RuntimeError
        third = leave(messages)
        trail.append("clerk", "third", "one")

    assert (sorted(numbers(messages)), actions(trail)) == (sorted([first, third]), ["first", "third"])
    assert (trail.verify(), anchor.read().seq) == ((), 2)


def test_given_several_at_once_when_each_does_and_enters_then_one_chain_tells_of_every_deed(open_database, anchor):
    def do_five(database, failing: bool) -> None:
        trail, messages = AuditTrail(database, anchor), LeftMessages(database)
        for _ in range(5):
            try:
                with database.together():
                    trail.append("clerk", "failed" if failing else "done", "one")
                    leave(messages)
                    if failing:
                        raise RuntimeError
            except RuntimeError:
                continue

    databases = [open_database() for _ in range(2)]
    threads = [
        threading.Thread(target=do_five, args=(database, failing))
        for database in databases
        for failing in (False, True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    trail = AuditTrail(databases[0], anchor)
    assert (actions(trail), len(numbers(LeftMessages(databases[0])))) == (["done"] * 10, 10)
    assert (trail.verify(), anchor.read().seq) == ((), 10)


@only_postgresql
def test_given_entries_that_are_given_first_and_last_when_both_want_one_lock_then_neither_waits_for_ever(open_database):
    met, ended = threading.Barrier(2), []

    def entry_first(database) -> None:
        with database.together():
            AuditTrail(database).append("clerk", "first", "one")
            met.wait(WITHIN_SECONDS)
            leave(LeftMessages(database))
        ended.append("first")

    def entry_last(database) -> None:
        with database.together():
            leave(LeftMessages(database))
            met.wait(WITHIN_SECONDS)
            AuditTrail(database).append("clerk", "last", "one")
        ended.append("last")

    threads = [threading.Thread(target=one, args=(open_database(),)) for one in (entry_first, entry_last)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WITHIN_SECONDS)
    assert ended == ["last", "first"]


@only_postgresql
def test_given_what_was_read_in_a_transaction_when_another_changed_it_then_it_is_read_anew(open_database):
    mine, other = open_database(), open_database()
    KioskVisits(mine).begin("visit", "hall", timedelta(hours=1))

    with mine.together():
        with mine.session() as session:
            kept = session.get(KioskVisitRow, "visit")
        assert kept.state == "open"
        KioskVisits(other).offer("visit", "code", timedelta(minutes=1))
        KioskVisits(other).take_over("code")

        assert KioskVisits(mine).is_moved("visit")
        assert not KioskVisits(mine).end("visit")


@only_sqlite
def test_given_a_writer_who_holds_the_database_when_something_is_to_be_done_then_that_is_told(
    open_database, monkeypatch
):
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_SECONDS", 0.05)
    holder, other = open_database(), open_database()
    with holder.together(), pytest.raises(DatabaseBusy), other.together():
        leave(LeftMessages(other))
    assert numbers(LeftMessages(other)) == []


@only_sqlite
def test_given_a_disk_that_fills_up_in_the_middle_when_it_is_told_then_nothing_was_done(database, trail, messages):
    with database.session() as session:
        pages = session.execute(text("PRAGMA page_count")).scalar()
    database.close()
    with pytest.raises(DatabaseFull), database.together() as transaction:
        transaction.session.execute(text(f"PRAGMA max_page_count = {pages}"))
        leave(messages)
        with suppress(DatabaseFull):  # whoever goes on all the same writes nothing more
            for _ in range(50):
                Transcripts(database).append("one", TranscriptRole.CITIZEN, {"text": "x" * 5000})
        leave(messages)
        trail.append("clerk", "message-done", "one")

    database.close()
    assert (numbers(messages), actions(trail)) == ([], [])
