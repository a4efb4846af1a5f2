"""Delete conversations, applications and handoffs with everything that hangs on them.

All is done in the caller's transaction; each function returns the number of rows by table.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy.orm import Session

from storage.batches import batches, delete_rows, ids_of
from storage.models import (
    AnswerDraftRow,
    ApplicationEventRow,
    ApplicationRow,
    AppointmentRow,
    ChecklistRow,
    ConversationRow,
    DocumentRow,
    DraftRequestRow,
    HandoffMessageRow,
    HandoffRow,
    HeldAnswerRow,
    KioskVisitRow,
    LeftMessageRow,
    OutboxRow,
    PersonalValueRow,
    ProvisionalCheckRow,
    ProvisionalNumberRow,
    ReminderRow,
    ReportRow,
    SupplementRow,
    TranscriptRow,
)
from storage.rating_retention import delete_ratings_of


def delete_conversations(session: Session, conversation_ids: list[str], with_applications: bool) -> Counter[str]:
    """Delete conversations with what was said in them; their applications, reports and messages only where told."""
    counts: Counter[str] = Counter()
    for ids in batches(conversation_ids):
        handoffs = ids_of(session.query(HandoffRow.id).filter(HandoffRow.conversation_id.in_(ids)))
        counts += delete_handoffs(session, handoffs)
        conversational = (
            PersonalValueRow,
            TranscriptRow,
            HeldAnswerRow,
            ChecklistRow,
            KioskVisitRow,
            ProvisionalCheckRow,
        )
        for table in conversational:
            counts += delete_rows(session.query(table).filter(table.conversation_id.in_(ids)))
        if with_applications:
            counts += delete_messages(session, ids)
            applications = session.query(ApplicationRow.id).filter(ApplicationRow.conversation_id.in_(ids))
            counts += delete_applications(session, ids_of(applications))
        counts += delete_rows(session.query(ConversationRow).filter(ConversationRow.id.in_(ids)))
    return counts


def delete_applications(session: Session, application_ids: list[str]) -> Counter[str]:
    """Delete applications with their history, their documents and whatever waits to be done for them."""
    counts: Counter[str] = Counter()
    for ids in batches(application_ids):
        for table in (
            DocumentRow,
            ApplicationEventRow,
            ProvisionalNumberRow,
            OutboxRow,
            AppointmentRow,
            SupplementRow,
            ReminderRow,
        ):
            counts += delete_rows(session.query(table).filter(table.application_id.in_(ids)))
        counts += delete_rows(session.query(ApplicationRow).filter(ApplicationRow.id.in_(ids)))
    return counts


def delete_handoffs(session: Session, handoff_ids: list[str]) -> Counter[str]:
    """Delete handoffs with what was said and drafted in them."""
    counts: Counter[str] = Counter()
    for ids in batches(handoff_ids):
        requests = session.query(DraftRequestRow.id).filter(DraftRequestRow.handoff_id.in_(ids))
        counts += delete_drafts(session, ids_of(requests))
        counts += delete_rows(session.query(HandoffMessageRow).filter(HandoffMessageRow.handoff_id.in_(ids)))
        counts += delete_rows(session.query(HandoffRow).filter(HandoffRow.id.in_(ids)))
    return counts


def delete_drafts(session: Session, request_ids: list[str]) -> Counter[str]:
    """Delete questions that staff had answers drafted for, with the drafts."""
    counts: Counter[str] = Counter()
    for ids in batches(request_ids):
        counts += delete_rows(session.query(AnswerDraftRow).filter(AnswerDraftRow.request_id.in_(ids)))
        counts += delete_rows(session.query(DraftRequestRow).filter(DraftRequestRow.id.in_(ids)))
    return counts


def delete_messages(session: Session, conversation_ids: list[str]) -> Counter[str]:
    """Delete the reports, the messages and the ratings left in conversations."""
    counts: Counter[str] = Counter()
    for ids in batches(conversation_ids):
        counts += delete_ratings_of(session, ids)
        for table in (ReportRow, LeftMessageRow):
            counts += delete_rows(session.query(table).filter(table.conversation_id.in_(ids)))
    return counts
