"""What is left of a visit after it was erased: what was handed in, under an id that nobody has."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest

from storage.applications import Applications, ApplicationState
from storage.approvals import HeldAnswers
from storage.checklists import Checklists
from storage.conversations import Conversations
from storage.handoffs import Handoffs, HandoffState, MessageRole
from storage.kiosk_visits import KioskVisits
from storage.left_messages import LeftMessages
from storage.models import (
    ApplicationRow,
    Base,
    ConversationRow,
    HandoffMessageRow,
    HandoffRow,
    LeftMessageRow,
    RatingRow,
    ReportRow,
)
from storage.personal_values import PersonalKind, PersonalValues
from storage.ratings import Given, RatedKind, Ratings, Subject
from storage.reports import Reports
from storage.transcripts import TranscriptRole, Transcripts
from storage.visit_ids import VISIT, WIPED
from tests.databases import only_sqlite

VISIT_ID = f"{VISIT}0123456789abcdef"
WORDS = "隔壁半夜装修"
CLERK = "c" * 32


@pytest.fixture
def visits(database):
    kept = KioskVisits(database)
    kept.begin(VISIT_ID, "大厅 一号机", timedelta(seconds=120))
    return kept


@pytest.fixture
def applications(database):
    return Applications(database)


def speak(database, conversation_id, identity=None) -> None:
    """Leave behind what a conversation leaves while nothing is handed in."""
    Conversations(database).bind(conversation_id, identity, "kiosk")
    PersonalValues(database, {kind: kind.name for kind in PersonalKind}).put(
        conversation_id, PersonalKind.PHONE, "13900000001"
    )
    Transcripts(database).append(conversation_id, TranscriptRole.CITIZEN, {"text": WORDS})
    Applications(database).create_draft(conversation_id, "item")
    Checklists(database).add(conversation_id, {"item": "x"})
    HeldAnswers(database).hold(conversation_id, WORDS, {"text": "x"}, "item")


def mentions(database, conversation_id) -> set[str]:
    """The tables in which a conversation's id still stands."""
    found = set()
    with database.session() as session:
        for table in Base.metadata.sorted_tables:
            texts = [column for column in table.columns if str(column.type).startswith("VARCHAR")]
            if any(session.query(table).filter(column == conversation_id).first() for column in texts):
                found.add(table.name)
    return found


def test_given_a_visit_when_it_is_erased_then_its_id_stands_nowhere_and_others_keep_everything(
    database, visits, identity
):
    speak(database, VISIT_ID, identity)
    speak(database, "another", identity)

    counts = visits.erase(VISIT_ID)

    assert mentions(database, VISIT_ID) == set()
    everything = {
        "applications",
        "checklists",
        "conversations",
        "held_answers",
        "personal_values",
        "transcript_entries",
    }
    assert mentions(database, "another") == everything
    assert {table for table, rows in counts.items() if rows} == {*everything, "kiosk_visits"}


def test_given_a_submitted_application_when_the_visit_is_erased_then_it_is_found_by_its_number_and_its_citizen(
    database, visits, applications, identity
):
    draft = applications.create_draft(VISIT_ID, "item")
    receipt = applications.submit(draft.id, identity.id_number, {"full_name": identity.full_name}).receipt_number
    unfinished = applications.create_draft(VISIT_ID, "item")

    visits.erase(VISIT_ID)

    kept = applications.by_receipt(receipt)
    assert kept.fields == {"full_name": identity.full_name}
    assert kept.conversation_id.startswith(WIPED)
    assert applications.of_citizen(identity.id_number) == (kept,)
    assert applications.of_conversation(VISIT_ID) == ()
    with database.session() as session:
        assert session.get(ApplicationRow, unfinished.id) is None


def test_given_an_application_of_an_erased_visit_when_it_moves_on_then_nobody_waits_to_be_told(
    database, visits, applications, identity
):
    receipt = applications.submit(applications.create_draft(VISIT_ID, "item").id, identity.id_number).receipt_number
    applications.transition(receipt, ApplicationState.ACCEPTED)
    assert applications.conversations_with_notices() == (VISIT_ID,)

    visits.erase(VISIT_ID)
    applications.transition(receipt, ApplicationState.ISSUED)

    assert applications.conversations_with_notices() == ()
    assert [event.state for event in applications.events(receipt)][-1] is ApplicationState.ISSUED


def test_given_reports_messages_and_ratings_when_the_visit_is_erased_then_they_stay_without_it(database, visits):
    Reports(database).create(VISIT_ID, "noise", WORDS, "x", "x")
    LeftMessages(database).leave("13900000001", "x", VISIT_ID)
    ratings = Ratings(database)
    given = ratings.ask(Subject(RatedKind.CONVERSATION, VISIT_ID, VISIT_ID))
    ratings.give(given.id, VISIT_ID, Given(5, (), ""))
    ratings.ask(Subject(RatedKind.HANDOFF, "handoff", VISIT_ID))

    visits.erase(VISIT_ID)

    assert mentions(database, VISIT_ID) == set()
    with database.session() as session:
        assert session.query(ReportRow).count() == session.query(LeftMessageRow).count() == 1
        (rating,) = session.query(RatingRow)
    assert (rating.id, rating.awaits) == (given.id, None)


@pytest.mark.parametrize(
    ("steps", "ends_as"),
    [
        ((), HandoffState.CLOSED),
        (("enqueue",), HandoffState.RETURNED),
        (("enqueue", "take"), HandoffState.CLOSED),
    ],
)
def test_given_a_clerk_was_called_when_the_visit_is_erased_then_the_call_ends_and_only_its_reason_and_times_stay(
    database, visits, steps, ends_as
):
    handoffs = Handoffs(database)
    handoff = handoffs.open(VISIT_ID, "called", WORDS)
    for step in steps:
        handoff = handoffs.take(handoff.id, CLERK) if step == "take" else handoffs.enqueue(handoff.id)
    handoffs.post(handoff.id, MessageRole.CITIZEN, WORDS)

    visits.erase(VISIT_ID)

    kept = handoffs.get(handoff.id)
    assert (kept.state, kept.reason, kept.summary, kept.note) == (ends_as, "called", "", "")
    assert kept.ended_at is not None and kept.conversation_id.startswith(WIPED)
    assert handoffs.active(VISIT_ID) is None
    with database.session() as session:
        assert session.query(HandoffMessageRow).count() == 0
        assert session.query(HandoffRow).count() == 1


def test_given_an_unknown_visit_when_it_is_erased_then_nothing_happens(database, visits):
    assert not any(visits.erase(f"{VISIT}unknown").values())
    assert visits.left("大厅 一号机", with_open=True) == (VISIT_ID,)


@only_sqlite
def test_given_a_visit_when_it_is_erased_then_its_id_is_in_no_byte_of_the_files(
    database, database_path, visits, identity
):
    for number in range(40):
        speak(database, f"other-{number}", identity)
        if number % 4 == 0:
            speak(database, VISIT_ID, None)
    files = list(database_path.parent.glob("wenban.db*"))
    assert any(VISIT_ID.encode() in file.read_bytes() for file in files)

    visits.erase(VISIT_ID)
    assert database.empty_log()

    assert not any(VISIT_ID.encode() in file.read_bytes() for file in database_path.parent.glob("wenban.db*"))
    with database.session() as session:
        assert session.query(ConversationRow).count() == 40


@only_sqlite
def test_given_somebody_reads_when_the_log_is_emptied_then_it_is_told_that_it_is_not(database, visits):
    reader = sqlite3.connect(database.engine.url.database, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM conversations").fetchone()
    Conversations(database).bind("another", None, "kiosk")
    impatient = database.engine.raw_connection()
    impatient.execute("PRAGMA busy_timeout=1")
    impatient.close()

    assert not database.empty_log()

    reader.execute("COMMIT")
    assert database.empty_log()
