from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from storage.audit import AuditTrail


@pytest.fixture
def trail(database):
    trail = AuditTrail(database)
    for number in range(1, 6):
        trail.append("clerk", "viewed", f"application {number}", {"fields": ["phone"], "look": number})
    return trail


def tamper(database, statement: str) -> None:
    with database.writing("tamper") as session:
        session.execute(text(statement))


def test_an_honest_trail_holds(trail, open_database):
    assert trail.verify() == ()
    assert AuditTrail(open_database()).verify() == ()
    assert [entry.seq for entry in trail.entries()] == [5, 4, 3, 2, 1]
    entry = trail.entries("application 3")[0]
    assert (entry.actor, entry.action, entry.details) == ("clerk", "viewed", {"fields": ["phone"], "look": 3})


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE audit_entries SET actor = 'nobody' WHERE seq = 2", 2),
        ("UPDATE audit_entries SET subject = 'application 9' WHERE seq = 5", 5),
        ("UPDATE audit_entries SET at = '2020-01-01 00:00:00.000000' WHERE seq = 1", 1),
        (
            "UPDATE audit_entries SET details_sealed = (SELECT details_sealed FROM audit_entries WHERE seq = 3) WHERE seq = 4",
            4,
        ),
        ("UPDATE audit_entries SET hash = '00' WHERE seq = 3", 3),
        ("DELETE FROM audit_entries WHERE seq = 3", 3),
        ("DELETE FROM audit_entries WHERE seq = 1", 1),
        ("DELETE FROM audit_entries WHERE seq = 5", 5),
        ("DELETE FROM audit_entries", 1),
        ("DELETE FROM audit_head", 5),
        ("UPDATE audit_head SET length = 4", 4),
        (
            "INSERT INTO audit_entries SELECT 6, at, actor, action, subject, details_sealed, hash, hash"
            " FROM audit_entries WHERE seq = 5",
            6,
        ),
    ],
)
def test_tampering_shows(trail, database, statement, seq):
    tamper(database, statement)
    assert seq in [fault.seq for fault in trail.verify()]


def test_a_cut_end_still_shows_when_the_trail_goes_on(trail, database):
    tamper(database, "DELETE FROM audit_entries WHERE seq >= 4")
    trail.append("clerk", "viewed", "application 6")
    assert [fault.seq for fault in trail.verify()] == [4]


def test_a_forged_head_still_shows_when_the_trail_goes_on(trail, database):
    tamper(database, "DELETE FROM audit_entries WHERE seq = 5")
    tamper(database, "UPDATE audit_head SET length = 4")
    trail.append("clerk", "viewed", "application 6")
    assert trail.verify() != ()


def test_an_empty_trail_holds(database):
    assert AuditTrail(database).verify() == ()


def test_writers_at_the_same_time_keep_one_chain(open_database):
    trails = [AuditTrail(open_database()) for _ in range(3)]

    def write(trail):
        for number in range(5):
            trail.append("clerk", "viewed", str(number))

    threads = [threading.Thread(target=write, args=(trail,)) for trail in trails]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(trails[0].entries()) == 15
    assert trails[0].verify() == ()
