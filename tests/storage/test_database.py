from __future__ import annotations

from datetime import date, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from storage.conversations import Conversations
from storage.database import Database
from storage.encryption import Cipher
from storage.errors import (
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseFull,
    DatabaseReadOnly,
    DatabaseUnreachable,
    NewerSchema,
    SchemaMissing,
)
from storage.models import Base
from storage.personal_values import PersonalKind, PersonalValues
from storage.transcripts import TranscriptRole, Transcripts
from tests.databases import only_sqlite


def test_the_migrations_make_the_tables_of_the_models(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_upgrading_again_changes_nothing(open_database):
    Conversations(open_database()).bind("one", None, "web")
    assert Conversations(open_database()).get("one") is not None


@only_sqlite
def test_sqlite_writes_ahead_without_waiting_for_the_disk(database):
    with database.session() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert session.execute(text("PRAGMA synchronous")).scalar() == 1
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_database_of_a_newer_release_is_refused(open_database):
    database = open_database()
    with database.writing("test") as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchema, match="9999"):
        database.upgrade()


def test_missing_tables_are_named(tmp_path, key):
    database = Database(f"sqlite:///{tmp_path / 'empty.db'}", Cipher(key))
    with pytest.raises(SchemaMissing):
        Conversations(database).get("one")


def test_a_file_that_is_no_database_is_named(tmp_path, key):
    path = tmp_path / "notes.db"
    path.write_bytes(b"these are my notes, and no database at all" * 40)
    with pytest.raises(DatabaseDamaged):
        Database(f"sqlite:///{path}", Cipher(key)).upgrade()


def test_a_folder_that_cannot_be_made_is_named(tmp_path, key):
    (tmp_path / "file").write_text("x")
    with pytest.raises(DatabaseUnreachable):
        Database(f"sqlite:///{tmp_path / 'file' / 'wenban.db'}", Cipher(key))


@only_sqlite
def test_a_full_disk_is_named(database):
    # given a database that may not grow
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    database.close()
    with database.session() as session:
        session.execute(text(f"PRAGMA max_page_count = {pages}"))
    # when more is written than fits
    with pytest.raises(DatabaseFull):
        for _ in range(50):
            Transcripts(database).append("one", TranscriptRole.CITIZEN, {"text": "x" * 5000})


@only_sqlite
def test_a_read_only_database_is_named(database):
    with database.session() as session:
        session.execute(text("PRAGMA query_only = 1"))
    with pytest.raises(DatabaseReadOnly):
        Conversations(database).bind("one", None, "web")


@only_sqlite
def test_a_lock_held_too_long_is_named(open_database, monkeypatch):
    monkeypatch.setattr("storage.database.BUSY_TIMEOUT_SECONDS", 0.05)
    holder, other = open_database(), open_database()
    with holder.writing("one"), pytest.raises(DatabaseBusy):
        Conversations(other).bind("one", None, "web")


@only_sqlite
def test_nothing_personal_stands_in_the_file(database, database_path, identity):
    """Search the raw bytes as UTF-8, as JSON escapes, as base64 and as hexadecimal."""
    import base64
    import json

    # given every kind of personal data in every table that takes some
    secrets = ["张示例", "310101199304180027", "13900000001", "6222020000000000018", "示例路一号", "路灯坏了"]
    write_everything(database, identity)
    database.close()
    # when the files are read as they lie on the disk
    raw = b"".join(path.read_bytes() for path in database_path.parent.glob("wenban.db*"))
    # then none of it is there
    for secret in secrets:
        plain = secret.encode()
        forms = [plain, json.dumps(secret)[1:-1].encode(), plain.hex().encode(), secret.encode("utf-16-le")]
        forms += [base64.b64encode(b"\0" * shift + plain)[4 if shift else 0 : -4] for shift in range(3)]
        for form in forms:
            assert form not in raw


def write_everything(database, identity) -> None:
    from storage.application_records import NewFile
    from storage.applications import Applications, ApplicationState
    from storage.appointments import Slot, WantedSeat
    from storage.audit import AuditTrail
    from storage.handoffs import Handoffs, MessageRole
    from storage.left_messages import LeftMessages
    from storage.outbox import Outbox, OutboxState
    from storage.reports import Reports

    Conversations(database).bind("one", identity, "web")
    values = PersonalValues(database, {kind: kind.name for kind in PersonalKind})
    for kind, value in identity.as_mapping().items():
        if isinstance(value, str):
            values.put("one", PersonalKind(kind if kind in PersonalKind._value2member_map_ else "phone"), value)
    Transcripts(database).append("one", TranscriptRole.CITIZEN, {"text": "我叫张示例，住示例路一号"})
    applications = Applications(database, {"item": "police"})
    draft = applications.create_draft("one", "item")
    seat = WantedSeat(Slot("hall", "north", date(2026, 11, 24), "9:00"), 1, "matter")
    context = {"identity": identity.as_mapping()}
    applications.submit(draft.id, identity.id_number, identity.as_mapping(), context, seat)
    receipt = applications.of_conversation("one")[0].receipt_number
    file = NewFile("张示例的证明.pdf", "application/pdf", "张示例310101199304180027".encode(), "ABCD")
    applications.transition(receipt, ApplicationState.ACCEPTED, "张示例", files=[file])
    (claimed,) = Outbox(database).claim_due("police", OutboxState.WAITING, timedelta(minutes=1))
    Outbox(database).delivered(claimed, "GA-310101199304180027", timedelta(minutes=1))
    handoff = Handoffs(database).open("one", "asked_for", "张示例 13900000001")
    Handoffs(database).post(handoff.id, MessageRole.CITIZEN, "我的卡号6222020000000000018")
    Reports(database).create("one", "report", "路灯坏了", "示例路一号", "13900000001")
    LeftMessages(database).leave("13900000001", "请回电张示例", "one")
    AuditTrail(database).append("clerk", "viewed", receipt, {"name": "张示例"})
