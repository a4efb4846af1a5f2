from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from storage.audit import AuditFaultKind, AuditTrail, AuditWanted
from storage.audit_anchor import AuditAnchor
from storage.audit_records import head_seal
from tests.databases import only_sqlite

COLUMNS = "at, actor, action, subject, details_sealed, previous_hash, hash"
SWAP = (
    "UPDATE audit_entries SET seq = 100 WHERE seq = 2",
    "UPDATE audit_entries SET seq = 2 WHERE seq = 4",
    "UPDATE audit_entries SET seq = 4 WHERE seq = 100",
)


@pytest.fixture
def anchor(database, tmp_path):
    return AuditAnchor(tmp_path / "elsewhere" / "audit-anchor", database.cipher)


@pytest.fixture
def trail(database):
    trail = AuditTrail(database)
    write(trail, 1, 6)
    return trail


@pytest.fixture
def anchored(database, anchor):
    """A trail whose end an anchor outside the database knows."""
    trail = AuditTrail(database, anchor)
    write(trail, 1, 6)
    return trail


def write(trail, first: int, below: int) -> None:
    for number in range(first, below):
        trail.append("clerk", "viewed", f"application {number}", {"fields": ["phone"], "look": number})


def tamper(database, *statements: str) -> None:
    with database.writing("tamper") as session:
        for statement in statements:
            session.execute(text(statement))


def faults_of(trail) -> list[tuple[str, int, int]]:
    return [(fault.kind.value, fault.seq, fault.last) for fault in trail.verify()]


def test_an_honest_trail_holds(trail, open_database):
    assert trail.verify() == ()
    assert AuditTrail(open_database()).verify() == ()
    assert [entry.seq for entry in trail.entries()] == [5, 4, 3, 2, 1]
    entry = trail.entries("application 3")[0]
    assert (entry.actor, entry.action, entry.details) == ("clerk", "viewed", {"fields": ["phone"], "look": 3})


@pytest.mark.parametrize(
    ("statements", "faults"),
    [
        (["UPDATE audit_entries SET actor = 'nobody' WHERE seq = 2"], [("edited", 2, 2)]),
        (["UPDATE audit_entries SET action = 'seen' WHERE seq >= 3"], [("edited", 3, 5)]),
        (["UPDATE audit_entries SET subject = 'application 9' WHERE seq = 5"], [("edited", 5, 5)]),
        (["UPDATE audit_entries SET at = '2020-01-01 00:00:00.000000' WHERE seq = 1"], [("edited", 1, 1)]),
        (
            [
                "UPDATE audit_entries SET details_sealed ="
                " (SELECT details_sealed FROM audit_entries WHERE seq = 3) WHERE seq = 4"
            ],
            [("edited", 4, 4)],
        ),
        (["UPDATE audit_entries SET hash = '00' WHERE seq = 3"], [("edited", 3, 3)]),
        (["DELETE FROM audit_entries WHERE seq = 3"], [("missing", 3, 3)]),
        (["DELETE FROM audit_entries WHERE seq IN (2, 3)"], [("missing", 2, 3)]),
        (["DELETE FROM audit_entries WHERE seq = 1"], [("missing", 1, 1)]),
        (["DELETE FROM audit_entries WHERE seq >= 4"], [("end_missing", 4, 5)]),
        (["DELETE FROM audit_entries"], [("end_missing", 1, 5)]),
        (
            [
                "DELETE FROM audit_entries WHERE seq = 3",
                "UPDATE audit_entries SET seq = seq - 1 WHERE seq = 4",
                "UPDATE audit_entries SET seq = seq - 1 WHERE seq = 5",
            ],
            [("edited", 3, 4), ("end_missing", 5, 5)],
        ),
        (SWAP, [("edited", 2, 2), ("edited", 4, 4)]),
        (["DELETE FROM audit_head"], [("head_missing", 5, 5)]),
        (["UPDATE audit_head SET length = 4"], [("head_edited", 5, 5)]),
        (
            [f"INSERT INTO audit_entries SELECT 6, {COLUMNS} FROM audit_entries WHERE seq = 5"],
            [("edited", 6, 6), ("added", 6, 6)],
        ),
    ],
)
def test_tampering_shows_where_it_was_done(trail, database, statements, faults):
    tamper(database, *statements)
    assert faults_of(trail) == faults


@only_sqlite
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET at = 'never' WHERE seq = 3",
        "UPDATE audit_entries SET details_sealed = 'no bytes' WHERE seq = 3",
        "UPDATE audit_entries SET details_sealed = x'00', hash = 7 WHERE seq = 3",
    ],
)
def test_a_row_that_cannot_even_be_read_is_told_and_hides_no_other(trail, database, statement):
    tamper(database, statement)
    assert faults_of(trail) == [("edited", 3, 3)]
    assert [entry.seq for entry in trail.entries() if entry.is_genuine] == [5, 4, 2, 1]


def test_an_edited_row_is_marked_where_it_is_listed(trail, database):
    tamper(
        database,
        "UPDATE audit_entries SET actor = 'nobody' WHERE seq = 2",
        "UPDATE audit_entries SET details_sealed = hash_bytes.b FROM"
        " (SELECT previous_hash AS a, details_sealed AS b FROM audit_entries WHERE seq = 1) AS hash_bytes WHERE seq = 4",
    )
    assert [(entry.seq, entry.is_genuine) for entry in trail.entries()] == [
        (5, True),
        (4, False),
        (3, True),
        (2, False),
        (1, True),
    ]


def test_a_cut_end_still_shows_when_the_trail_goes_on(trail, database):
    tamper(database, "DELETE FROM audit_entries WHERE seq >= 4")
    trail.append("clerk", "viewed", "application 6")
    assert faults_of(trail) == [("missing", 4, 5)]


def test_a_forged_head_still_shows_when_the_trail_goes_on(trail, database):
    tamper(database, "DELETE FROM audit_entries WHERE seq = 5", "UPDATE audit_head SET length = 4")
    trail.append("clerk", "viewed", "application 6")
    assert faults_of(trail) == [("head_edited", 5, 5)]


def test_an_older_head_put_back_with_its_rows_shows_by_the_anchor(anchored, database, anchor):
    older = f"UPDATE audit_head SET length = 3, seal = '{head_seal(database.cipher, 3)}'"
    tamper(database, "DELETE FROM audit_entries WHERE seq > 3", older)
    assert AuditTrail(database).verify() == ()  # the database alone cannot tell
    assert faults_of(anchored) == [("end_missing", 4, 5)]

    write(anchored, 14, 15)
    assert faults_of(anchored) == [("end_missing", 5, 5)]
    write(anchored, 15, 18)
    assert faults_of(anchored) == [("replaced", 5, 5)]
    assert anchor.read().seq == 5


def test_a_row_of_another_history_does_not_follow(trail, database):
    kept = "CREATE TABLE kept AS SELECT * FROM audit_entries WHERE seq = 5"
    older = f"UPDATE audit_head SET length = 3, seal = '{head_seal(database.cipher, 3)}'"
    tamper(database, kept, "DELETE FROM audit_entries WHERE seq > 3", older)
    write(trail, 14, 16)
    assert trail.verify() == ()

    tamper(
        database,
        "DELETE FROM audit_entries WHERE seq = 5",
        f"INSERT INTO audit_entries SELECT seq, {COLUMNS} FROM kept",
    )
    assert faults_of(trail) == [("unlinked", 5, 5)]


def test_an_anchor_moves_on_with_the_trail_and_is_the_owners_alone(anchored, anchor):
    held = anchor.read()
    assert (held.seq, held.since) == (5, 1)
    assert anchor.path.stat().st_mode & 0o777 == 0o600
    assert anchored.verify() == ()

    anchor.move(3, "0" * 64)
    assert anchor.read() == held


def test_a_trail_that_another_process_wrote_on_is_anchored_by_the_next_entry(anchored, anchor, open_database):
    write(AuditTrail(open_database()), 6, 8)
    assert (anchor.read().seq, anchored.verify()) == (5, ())
    write(anchored, 8, 9)
    assert anchor.read().seq == 8


@pytest.mark.parametrize("written", ["", "5 abc", "9 {hash} 1 {seal}", "x {hash} 1 {seal}"])
def test_an_anchor_of_another_hand_is_told_and_stays(anchored, anchor, written):
    _, hash_, _, seal = anchor.path.read_text().split()
    anchor.path.write_text(written.format(hash=hash_, seal=seal))
    assert faults_of(anchored) == [("anchor_broken", 5, 5)]

    write(anchored, 6, 7)
    assert [fault.kind for fault in anchored.verify()] == [AuditFaultKind.ANCHOR_BROKEN]


def test_an_anchor_that_cannot_be_written_stops_nobody_and_is_logged(database, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    trail = AuditTrail(database, AuditAnchor(tmp_path / "file" / "anchor", database.cipher))
    write(trail, 1, 3)
    assert len(trail.entries()) == 2
    assert "anchor of the audit trail" in caplog.text


def test_an_empty_trail_holds(database):
    assert AuditTrail(database).verify() == ()


def test_a_check_goes_step_by_step_and_leaves_out_what_is_written_meanwhile(database, monkeypatch):
    monkeypatch.setattr("storage.audit_check.STEP", 2)
    trail = AuditTrail(database)
    write(trail, 1, 6)
    check = trail.check()
    check.step()
    assert (check.done, check.length, check.is_done) == (2, 5, False)

    write(trail, 6, 9)
    assert (check.finish(), check.done) == ((), 5)


def test_entries_are_narrowed_counted_and_gone_through(database, clock):
    trail = AuditTrail(database)
    trail.append("anna", "read", "one")
    clock.pass_(hours=1)
    since = clock()
    trail.append("bai", "read", "one")
    trail.append("bai", "write", "two")
    clock.pass_(hours=1)
    trail.append("anna", "write", "one")

    def seqs(**wanted):
        meant = AuditWanted(**wanted)
        found = [entry.seq for entry in trail.entries(wanted=meant)]
        assert found == [entry.seq for entry in trail.every(meant)] and len(found) == trail.count(meant)
        return found

    assert seqs() == [4, 3, 2, 1]
    assert seqs(actor="bai") == [3, 2]
    assert seqs(actions=["write"], subject="one") == [4]
    assert seqs(actions=[]) == []
    assert seqs(since=since, until=clock()) == [3, 2]
    assert seqs(below=3) == [2, 1]
    assert [entry.seq for entry in trail.entries(limit=1, wanted=AuditWanted(below=4))] == [3]


def test_going_through_everything_takes_a_part_at_a_time(trail, monkeypatch):
    monkeypatch.setattr("storage.audit._BATCH", 2)
    assert [entry.seq for entry in trail.every(AuditWanted())] == [5, 4, 3, 2, 1]


def test_writers_at_the_same_time_keep_one_chain(open_database, anchor):
    trails = [AuditTrail(open_database(), anchor) for _ in range(3)]

    def write_five(trail):
        for number in range(5):
            trail.append("clerk", "viewed", str(number))

    threads = [threading.Thread(target=write_five, args=(trail,)) for trail in trails]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(trails[0].entries()) == 15
    assert trails[0].verify() == ()
    assert anchor.read().seq == 15
