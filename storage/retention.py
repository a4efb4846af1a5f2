"""Delete what is no longer needed, and everything of a citizen who asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlalchemy.orm import Session

from storage.application_states import ApplicationState
from storage.batches import batches, delete_rows, ids_of
from storage.conversations import CITIZEN
from storage.database import Database
from storage.deletion import delete_applications, delete_conversations, delete_drafts, delete_handoffs, delete_messages
from storage.models import (
    ApplicationRow,
    AppointmentRow,
    ChecklistRow,
    ConversationRow,
    DraftRequestRow,
    HandoffRow,
    HeldAnswerRow,
    LeftMessageRow,
    PersonalValueRow,
    ProvisionalCheckRow,
    ReportRow,
    StaffSessionRow,
    TranscriptRow,
)
from storage.provisional_checks import KEPT
from storage.rating_retention import delete_expired_ratings, followed_conversations

ENDED = (ApplicationState.ISSUED.value, ApplicationState.REFUSED.value, ApplicationState.WITHDRAWN.value)


@dataclass(frozen=True)
class RetentionPeriods:
    """How long each kind of data is kept after its last use: no longer than its purpose needs.

    The Personal Information Protection Law of China asks for the shortest period that the purpose allows; the
    figures are the operator's choice.
    """

    draft: timedelta = timedelta(days=30)
    conversation: timedelta = timedelta(days=90)
    application: timedelta = timedelta(days=365 * 3)
    report: timedelta = timedelta(days=365)
    """of a report or a message, and of the application that it was filed with"""
    appointment: timedelta = timedelta(days=30)
    """of the seat, counted from its day; the application says the same for longer, encrypted"""
    rating: timedelta = timedelta(days=365)
    """of a rating with its comment and its follow-up, once that is closed"""


class Retention:
    """The audit trail is not deleted from: it names no citizen."""

    def __init__(self, database: Database, periods: RetentionPeriods | None = None) -> None:
        self._database = database
        self.periods = periods or RetentionPeriods()

    def delete_conversation(self, conversation_id: str) -> Mapping[str, int]:
        """Delete everything of a conversation, its applications included; return the rows by table."""
        with self._database.writing(conversation_id) as session:
            return dict(delete_conversations(session, [conversation_id], with_applications=True))

    def delete_citizen(self, id_number: str) -> Mapping[str, int]:
        """Delete every application of a person and every conversation they occur in; return the rows by table.

        Those are the conversations bound to the person and those in which an application in their name was made.
        What was submitted in them in another person's name stays.
        """
        index = self._database.cipher.blind_index(id_number, CITIZEN)
        with self._database.writing(index) as session:
            conversations = _conversations_of(session, index)
            applications = ids_of(session.query(ApplicationRow.id).filter_by(citizen_index=index))
            for ids in batches(conversations):
                applications += ids_of(
                    session.query(ApplicationRow.id).filter(
                        ApplicationRow.conversation_id.in_(ids), ApplicationRow.citizen_index.is_(None)
                    )
                )
            counts = delete_applications(session, applications)
            counts += delete_messages(session, conversations)
            counts += delete_conversations(session, conversations, with_applications=False)
            return dict(counts)

    def conversations_of(self, id_number: str) -> tuple[str, ...]:
        """Return the ids of a person's conversations, for those who keep more under them (a tracker store)."""
        index = self._database.cipher.blind_index(id_number, CITIZEN)
        with self._database.session() as session:
            return tuple(_conversations_of(session, index))

    def kept_of(self, conversation_ids: Iterable[str]) -> frozenset[str]:
        """Return which of these conversations are in the storage."""
        with self._database.session() as session:
            return frozenset(
                found
                for ids in batches(list(conversation_ids))
                for found in ids_of(session.query(ConversationRow.id).filter(ConversationRow.id.in_(ids)))
            )

    def purge_expired(self, now: datetime | None = None) -> Mapping[str, int]:
        """Delete what has outlived its period; return the rows by table.

        A conversation with an application, a handoff or a follow-up that has not ended is kept until it has.
        """
        moment = now or self._database.now()
        counts: Counter[str] = Counter()
        with self._database.writing("retention") as session:
            drafts = session.query(ApplicationRow.id).filter(
                ApplicationRow.state == ApplicationState.DRAFT.value,
                ApplicationRow.updated_at < moment - self.periods.draft,
            )
            old = session.query(ApplicationRow.id).filter(
                ApplicationRow.state.in_(ENDED),
                ApplicationRow.updated_at < moment - self.periods.application,
            )
            filed = self._filed(session, moment - self.periods.report)
            counts += delete_applications(session, [*ids_of(drafts), *ids_of(old), *filed])
            counts += delete_conversations(
                session, self._expired_conversations(session, moment), with_applications=False
            )
            counts += self._delete_strays(session, moment)
            counts += delete_expired_ratings(session, moment - self.periods.rating)
        return dict(counts)

    @staticmethod
    def _filed(session: Session, limit: datetime) -> list[str]:
        """Return the applications that were filed as a report or a message before a moment: they stay accepted."""
        reports = session.query(ReportRow.number).filter(ReportRow.at < limit)
        messages = session.query(LeftMessageRow.number).filter(LeftMessageRow.at < limit)
        numbers = (ApplicationRow.receipt_number.in_(filed) for filed in (reports, messages))
        return ids_of(session.query(ApplicationRow.id).filter(or_(*numbers)))

    def _expired_conversations(self, session: Session, moment: datetime) -> list[str]:
        running = session.query(ApplicationRow.conversation_id).filter(ApplicationRow.state.notin_(ENDED))
        with_person = session.query(HandoffRow.conversation_id).filter(HandoffRow.ended_at.is_(None))
        return ids_of(
            session.query(ConversationRow.id).filter(
                ConversationRow.last_seen < moment - self.periods.conversation,
                ConversationRow.id.notin_(running),
                ConversationRow.id.notin_(with_person),
                ConversationRow.id.notin_(followed_conversations(session)),
            )
        )

    def _delete_strays(self, session: Session, moment: datetime) -> Counter[str]:
        """Delete old rows of conversations that were never bound, old reports, messages and sessions.

        A handoff that has not ended is kept until it has. What was drafted in one goes with it, what was drafted for a
        question by phone or letter as soon as a conversation would.
        """
        known = session.query(ConversationRow.id)
        limit = moment - self.periods.conversation
        report_limit = moment - self.periods.report
        handoffs = session.query(HandoffRow.id).filter(
            HandoffRow.ended_at < limit, HandoffRow.conversation_id.notin_(known)
        )
        counts = delete_handoffs(session, ids_of(handoffs))
        requests = session.query(DraftRequestRow.id).filter(
            DraftRequestRow.at < limit, DraftRequestRow.handoff_id.is_(None)
        )
        counts += delete_drafts(session, ids_of(requests))
        queries = [
            session.query(PersonalValueRow).filter(
                PersonalValueRow.created_at < limit, PersonalValueRow.conversation_id.notin_(known)
            ),
            session.query(TranscriptRow).filter(TranscriptRow.at < limit, TranscriptRow.conversation_id.notin_(known)),
            session.query(HeldAnswerRow).filter(HeldAnswerRow.at < limit, HeldAnswerRow.conversation_id.notin_(known)),
            session.query(ChecklistRow).filter(
                ChecklistRow.made_at < limit, ChecklistRow.conversation_id.notin_(known)
            ),
            session.query(ReportRow).filter(ReportRow.at < report_limit),
            session.query(LeftMessageRow).filter(LeftMessageRow.at < report_limit),
            session.query(AppointmentRow).filter(AppointmentRow.day < (moment - self.periods.appointment).date()),
            session.query(ProvisionalCheckRow).filter(ProvisionalCheckRow.at < moment - KEPT),
            session.query(StaffSessionRow).filter(StaffSessionRow.expires_at < moment),
        ]
        return sum((delete_rows(query) for query in queries), counts)


def _conversations_of(session: Session, index: str) -> list[str]:
    """Return the conversations bound to a person, and those that an application in their name was made in."""
    bound = ids_of(session.query(ConversationRow.id).filter_by(citizen_index=index))
    applied = ids_of(session.query(ApplicationRow.conversation_id).filter_by(citizen_index=index))
    return list(dict.fromkeys([*bound, *applied]))
