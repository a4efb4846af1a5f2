from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from storage.applications import Applications, ApplicationState
from storage.appointments import Slot, WantedSeat
from storage.checklists import Checklists
from storage.conversations import Conversations
from storage.follow_ups import FollowUps
from storage.handoffs import Handoffs, MessageRole
from storage.left_messages import LeftMessages
from storage.models import Base
from storage.personal_values import PersonalKind, PersonalValues
from storage.provisional_checks import CheckLimits, ProvisionalChecks
from storage.provisional_numbers import ProvisionalNumbers
from storage.rating_records import FollowUpOutcome
from storage.ratings import Given, RatedKind, Ratings, Subject
from storage.reports import Reports
from storage.retention import Retention
from storage.staff import Staff, StaffRole
from storage.transcripts import TranscriptRole, Transcripts

KEPT = {"alembic_version", "audit_entries", "audit_head", "counters", "staff_accounts", "staff_sessions"}
LIMITS = CheckLimits(3, timedelta(hours=1), 3, timedelta(hours=1), timedelta(hours=1))


@pytest.fixture
def applications(database):
    return Applications(database)


@pytest.fixture
def retention(database):
    return Retention(database)


def rows(database) -> dict[str, int]:
    """How many rows each table of citizens' data has, empty ones left out."""
    with database.session() as session:
        counts = {
            table.name: session.execute(select(func.count()).select_from(table)).scalar()
            for table in Base.metadata.sorted_tables
            if table.name not in KEPT
        }
    return {name: count for name, count in counts.items() if count}


def use(database, conversation_id, identity) -> str:
    """Leave something in every table, and return the receipt number."""
    Conversations(database).bind(conversation_id, identity, "web")
    PersonalValues(database, {kind: kind.name for kind in PersonalKind}).put(
        conversation_id, PersonalKind.PHONE, "13900000001"
    )
    Transcripts(database).append(conversation_id, TranscriptRole.CITIZEN, {"text": "x"})
    applications = Applications(database, {"item": "police"})
    draft = applications.create_draft(conversation_id, "item")
    seat = WantedSeat(Slot("hall", "north", date(2026, 11, 24), "9:00"), 5, conversation_id)
    holder = identity.id_number if identity else None
    receipt = applications.submit(draft.id, holder, seat=seat).receipt_number
    ProvisionalNumbers(database).give(receipt)
    ProvisionalChecks(database, LIMITS).ask(conversation_id, conversation_id)
    handoffs = Handoffs(database)
    handoff = handoffs.open(conversation_id, "asked_for", "x")
    handoffs.post(handoff.id, MessageRole.CITIZEN, "x")
    handoffs.close(handoff.id)
    Reports(database).create(conversation_id, "noise", "x", "x", "x")
    LeftMessages(database).leave("13900000001", "x", conversation_id)
    Checklists(database).add(conversation_id, {"item": "x"})
    return receipt


def test_a_citizen_is_deleted_everywhere(database, retention, identity):
    use(database, "one", identity)
    use(database, "two", identity)
    assert set(retention.conversations_of(identity.id_number)) == {"one", "two"}
    counts = retention.delete_citizen(identity.id_number)
    assert rows(database) == {}
    assert counts["conversations"] == 2


def test_others_stay(database, retention, identity):
    use(database, "mine", identity)
    use(database, "other", None)
    retention.delete_citizen(identity.id_number)
    assert set(rows(database).values()) == {1}
    retention.delete_conversation("other")
    assert rows(database) == {}


def test_an_application_made_for_a_citizen_by_another_is_theirs(database, retention, applications):
    draft = applications.create_draft("helper", "item")
    applications.submit(draft.id, "310101199304180027")
    retention.delete_citizen("310101199304180027")
    assert applications.of_conversation("helper") == ()


def test_nothing_fresh_is_purged(database, retention, identity):
    use(database, "one", identity)
    before = rows(database)
    assert retention.purge_expired() == {}
    assert rows(database) == before


def test_idle_drafts_go_after_their_time(applications, retention, clock):
    applications.create_draft("one", "item")
    clock.pass_(days=31)
    assert retention.purge_expired() == {"applications": 1}


def test_a_conversation_goes_and_its_ended_application_stays(database, retention, applications, identity, clock):
    receipt = use(database, "one", identity)
    clock.pass_(days=91)
    # a running application keeps the conversation
    retention.purge_expired()
    assert "conversations" in rows(database)
    # an ended one does not
    applications.transition(receipt, ApplicationState.ACCEPTED)
    applications.transition(receipt, ApplicationState.ISSUED)
    retention.purge_expired()
    left = rows(database)
    assert "conversations" not in left and "transcript_entries" not in left and "personal_values" not in left
    assert left["applications"] == 1
    clock.pass_(days=365 * 3 + 1)
    retention.purge_expired()
    assert rows(database) == {}


def test_what_was_never_bound_goes_too(database, retention, clock):
    Transcripts(database).append("unbound", TranscriptRole.CITIZEN, {"text": "x"})
    clock.pass_(days=91)
    assert retention.purge_expired() == {"transcript_entries": 1}


def test_a_conversation_that_an_application_of_theirs_was_made_in_goes_with_them(
    database, retention, applications, identity
):
    # given a helper who spoke for a citizen and for somebody else, never signed in
    Transcripts(database).append("helper", TranscriptRole.CITIZEN, {"text": "x"})
    PersonalValues(database, {kind: kind.name for kind in PersonalKind}).put("helper", PersonalKind.PHONE, "1")
    Reports(database).create("helper", "noise", "x", "x", "x")
    for number in (identity.id_number, "110105194912310021"):
        applications.submit(applications.create_draft("helper", "item").id, number)
    applications.create_draft("helper", "item")
    assert retention.conversations_of(identity.id_number) == ("helper",)
    # when the citizen is deleted
    retention.delete_citizen(identity.id_number)
    # then only what is the other person's is left
    assert rows(database) == {"applications": 1, "application_events": 1}
    assert len(applications.of_citizen("110105194912310021")) == 1


def test_which_conversations_are_kept(database, retention, identity):
    Conversations(database).bind("one", identity, "web")
    assert retention.kept_of(["one", "two"]) == {"one"}


@pytest.mark.parametrize("filed", ["report", "message"])
def test_given_a_filed_application_when_its_year_is_over_then_it_goes_with_what_was_filed(
    database, retention, applications, clock, filed
):
    # given a report or a message, accepted and never more than that
    Conversations(database).bind("one", None, "web")
    receipt = applications.submit(applications.create_draft("one", "citizen-report").id).receipt_number
    if filed == "report":
        Reports(database).create("one", "noise", "x", "x", "x", receipt)
    else:
        LeftMessages(database).leave("13900000001", "x", "one", receipt)
    applications.transition(receipt, ApplicationState.ACCEPTED)
    # when less than a year has passed, then it stays
    clock.pass_(days=364)
    assert retention.purge_expired() == {}
    # when the year is over, then everything goes, the conversation that it kept too
    clock.pass_(days=2)
    retention.purge_expired()
    assert rows(database) == {}


def test_given_an_accepted_application_that_was_not_filed_when_a_year_passes_then_it_stays(
    retention, applications, clock
):
    receipt = applications.submit(applications.create_draft("one", "item").id).receipt_number
    applications.transition(receipt, ApplicationState.ACCEPTED)
    clock.pass_(days=366)
    retention.purge_expired()
    assert applications.by_receipt(receipt) is not None


def test_given_a_handoff_of_a_conversation_never_bound_when_it_has_ended_then_it_goes_with_the_strays(
    database, retention, clock
):
    handoffs = Handoffs(database)
    ended, waiting = handoffs.open("unbound", "asked_for", "x"), handoffs.open("other", "asked_for", "x")
    for handoff in (ended, waiting):
        handoffs.post(handoff.id, MessageRole.CITIZEN, "x")
    handoffs.close(ended.id)
    clock.pass_(days=91)
    assert retention.purge_expired() == {"handoffs": 1, "handoff_messages": 1}
    assert handoffs.get(waiting.id) == waiting


def test_given_an_appointment_when_its_day_is_long_over_then_the_seat_goes_and_the_application_stays(
    retention, applications, clock
):
    seat = WantedSeat(Slot("hall", "north", date(2026, 11, 24), "9:00"), 1)
    receipt = applications.submit(applications.create_draft("one", "item").id, seat=seat).receipt_number
    clock.pass_(days=31)
    assert retention.purge_expired() == {}
    clock.pass_(days=1)
    assert retention.purge_expired() == {"appointments": 1}
    assert applications.by_receipt(receipt) is not None


@pytest.fixture
def supervisor(database):
    return Staff(database).create("supervisor", "a long password", StaffRole.SUPERVISOR).id


@pytest.fixture
def followed(database, supervisor, identity):
    """A conversation that was rated low, with a note in its follow-up, whose id is returned."""
    Conversations(database).bind("one", identity, "web")
    ratings, follow_ups = Ratings(database), FollowUps(database)
    asked = ratings.ask(Subject(RatedKind.CONVERSATION, "one", "one"))
    ratings.give(asked.id, "one", Given(1, (), "等了很久"), date(2026, 11, 26))
    follow_up = follow_ups.pending()[0].id
    follow_ups.add_note(follow_up, supervisor, "电话已打通")
    ratings.ask(Subject(RatedKind.FOLLOW_UP, follow_up, "one"))
    return follow_up


def test_ratings_and_follow_ups_are_deleted_with_the_citizen(database, retention, followed, identity):
    counts = retention.delete_citizen(identity.id_number)
    assert rows(database) == {}
    assert (counts["ratings"], counts["follow_ups"], counts["follow_up_notes"]) == (2, 1, 1)


def test_ratings_and_follow_ups_are_deleted_with_the_conversation(database, retention, followed):
    retention.delete_conversation("one")
    assert rows(database) == {}


def test_an_open_follow_up_keeps_its_conversation_and_a_closed_one_its_year(
    database, retention, followed, supervisor, clock
):
    clock.pass_(days=400)
    retention.purge_expired()
    assert set(rows(database)) == {"conversations", "ratings", "follow_ups", "follow_up_notes"}
    FollowUps(database).close(followed, supervisor, FollowUpOutcome.UNREACHABLE, "x", None)
    retention.purge_expired()
    assert rows(database) == {}


def test_a_rating_outlives_its_conversation(database, retention, clock):
    Conversations(database).bind("one", None, "web")
    asked = Ratings(database).ask(Subject(RatedKind.CONVERSATION, "one", "one"))
    Ratings(database).give(asked.id, "one", Given(5))
    clock.pass_(days=91)
    assert retention.purge_expired() == {"conversations": 1}
    clock.pass_(days=275)
    assert retention.purge_expired() == {"ratings": 1}
