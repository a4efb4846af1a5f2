"""The tables. Columns named `*_sealed` hold encrypted values, columns named `*_index` keyed hashes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import declarative_base

from storage.columns import UtcDateTime

Base: Any = declarative_base()

CONVERSATION_ID = String(128)
KEY = String(32)  # uuid4, hexadecimal
HASH = String(64)


class ConversationRow(Base):
    __tablename__ = "conversations"
    id = Column(CONVERSATION_ID, primary_key=True)
    channel = Column(String(32), nullable=False)
    demo = Column(Boolean, nullable=False, default=False)
    identity_sealed = Column(LargeBinary)
    citizen_index = Column(HASH, index=True)
    created_at = Column(UtcDateTime, nullable=False)
    last_seen = Column(UtcDateTime, nullable=False, index=True)


class PersonalValueRow(Base):
    __tablename__ = "personal_values"
    conversation_id = Column(CONVERSATION_ID, primary_key=True)
    kind = Column(String(32), primary_key=True)
    number = Column(Integer, primary_key=True)
    value_sealed = Column(LargeBinary, nullable=False)
    value_index = Column(HASH, nullable=False)
    created_at = Column(UtcDateTime, nullable=False, index=True)
    __table_args__ = (UniqueConstraint("conversation_id", "kind", "value_index", name="uq_personal_values_value"),)


class TranscriptRow(Base):
    __tablename__ = "transcript_entries"
    conversation_id = Column(CONVERSATION_ID, primary_key=True)
    seq = Column(Integer, primary_key=True)
    role = Column(String(16), nullable=False)
    payload_sealed = Column(LargeBinary, nullable=False)
    at = Column(UtcDateTime, nullable=False, index=True)


class KioskVisitRow(Base):
    """A visit to a machine in a hall; a visit that was erased has none."""

    __tablename__ = "kiosk_visits"
    conversation_id = Column(CONVERSATION_ID, primary_key=True)
    machine = Column(String(128), nullable=False)
    state = Column(String(16), nullable=False)
    left_at = Column(UtcDateTime, nullable=False)
    code_index = Column(HASH, unique=True)
    code_until = Column(UtcDateTime)
    __table_args__ = (Index("ix_kiosk_visits_state_left", "state", "left_at"),)


class TurnCountRow(Base):
    """How many turns of an hour ended so, on the installation's clock; an empty text stands for none."""

    __tablename__ = "turn_counts"
    day = Column(Date, primary_key=True)
    hour = Column(Integer, primary_key=True, autoincrement=False)
    channel = Column(String(16), primary_key=True)
    status = Column(String(32), primary_key=True)
    item_id = Column(String(128), primary_key=True)
    facet = Column(String(32), primary_key=True)
    turns = Column(Integer, nullable=False)
    conversations = Column(Integer, nullable=False)
    __table_args__ = {"sqlite_with_rowid": False}  # kept in the order of its key, in which it is summed up


class ApplicationRow(Base):
    __tablename__ = "applications"
    id = Column(KEY, primary_key=True)
    conversation_id = Column(CONVERSATION_ID, nullable=False)
    item_id = Column(String(128), nullable=False)
    state = Column(String(16), nullable=False)
    content_sealed = Column(LargeBinary, nullable=False)
    phase = Column(String(16), nullable=False)
    asked_field = Column(String(64))
    failures = Column(Integer, nullable=False, default=0)
    receipt_number = Column(String(32), unique=True)
    citizen_index = Column(HASH, index=True)
    created_at = Column(UtcDateTime, nullable=False)
    updated_at = Column(UtcDateTime, nullable=False)
    submitted_at = Column(UtcDateTime)
    __table_args__ = (
        Index("ix_applications_conversation_state", "conversation_id", "state"),
        Index("ix_applications_state_updated", "state", "updated_at"),
        Index("ix_applications_submitted", "submitted_at", "item_id"),
    )


class ApplicationEventRow(Base):
    __tablename__ = "application_events"
    id = Column(Integer, primary_key=True, autoincrement=True)
    application_id = Column(KEY, ForeignKey("applications.id", ondelete="CASCADE"), nullable=False, index=True)
    conversation_id = Column(CONVERSATION_ID, nullable=False)
    state = Column(String(16), nullable=False)
    note_sealed = Column(LargeBinary)
    at = Column(UtcDateTime, nullable=False)
    told = Column(Boolean, nullable=False, default=False)
    staff_id = Column(KEY)
    __table_args__ = (
        Index("ix_application_events_told", "conversation_id", "told"),
        Index("ix_application_events_at", "at", "state"),
    )


class SupplementRow(Base):
    """What staff asked for beside an application (补正), and the citizen's answer."""

    __tablename__ = "application_supplements"
    id = Column(Integer, primary_key=True, autoincrement=True)
    application_id = Column(KEY, ForeignKey("applications.id", ondelete="CASCADE"), nullable=False, index=True)
    request_sealed = Column(LargeBinary, nullable=False)
    asked_by = Column(KEY, nullable=False)
    asked_at = Column(UtcDateTime, nullable=False)
    answer_sealed = Column(LargeBinary)
    answered_at = Column(UtcDateTime)


class ReminderRow(Base):
    """A citizen's reminder (催办) of an application."""

    __tablename__ = "application_reminders"
    id = Column(Integer, primary_key=True, autoincrement=True)
    application_id = Column(KEY, ForeignKey("applications.id", ondelete="CASCADE"), nullable=False, index=True)
    at = Column(UtcDateTime, nullable=False)


class DocumentRow(Base):
    __tablename__ = "application_documents"
    id = Column(KEY, primary_key=True)
    application_id = Column(KEY, ForeignKey("applications.id", ondelete="CASCADE"), nullable=False, index=True)
    name_sealed = Column(LargeBinary, nullable=False)
    media_type = Column(String(64), nullable=False)
    content_sealed = Column(LargeBinary, nullable=False)
    content_seal = Column(HASH, nullable=False)
    code_index = Column(HASH, unique=True)
    created_at = Column(UtcDateTime, nullable=False)


class OutboxRow(Base):
    __tablename__ = "outbox"
    application_id = Column(KEY, ForeignKey("applications.id", ondelete="CASCADE"), primary_key=True)
    connector = Column(String(64), nullable=False)
    state = Column(String(16), nullable=False)
    reference_sealed = Column(LargeBinary)
    attempts = Column(Integer, nullable=False, default=0)
    last_failure = Column(String(64))
    failing_since = Column(UtcDateTime, index=True)
    due_at = Column(UtcDateTime)
    lease = Column(KEY)
    leased_until = Column(UtcDateTime)
    queued_at = Column(UtcDateTime, nullable=False)
    delivered_at = Column(UtcDateTime)
    __table_args__ = (Index("ix_outbox_due", "connector", "state", "due_at"),)


class AppointmentRow(Base):
    """One seat of a window; neither two applications nor two of one person's for a matter and day have the same."""

    __tablename__ = "appointments"
    application_id = Column(KEY, ForeignKey("applications.id", ondelete="CASCADE"), primary_key=True)
    schedule = Column(String(64), nullable=False)
    place = Column(String(128), nullable=False)
    day = Column(Date, nullable=False, index=True)
    window = Column(String(64), nullable=False)
    seat = Column(Integer, nullable=False)
    holder_index = Column(HASH)
    __table_args__ = (
        UniqueConstraint("schedule", "place", "day", "window", "seat", name="uq_appointments_seat"),
        UniqueConstraint("holder_index", name="uq_appointments_holder"),
    )


class HandoffRow(Base):
    __tablename__ = "handoffs"
    id = Column(KEY, primary_key=True)
    conversation_id = Column(CONVERSATION_ID, nullable=False)
    state = Column(String(16), nullable=False)
    reason = Column(String(64), nullable=False)
    summary_sealed = Column(LargeBinary, nullable=False)
    staff_id = Column(KEY)
    opened_at = Column(UtcDateTime, nullable=False)
    queued_at = Column(UtcDateTime)
    taken_at = Column(UtcDateTime)
    ended_at = Column(UtcDateTime)
    urgency = Column(Integer, nullable=False, default=0)
    note_sealed = Column(LargeBinary)
    unanswered_by = Column(KEY)
    outcome = Column(String(32))
    meant_for_staff = Column(KEY)
    meant_for_department = Column(String(64))
    meant_at = Column(UtcDateTime)
    read_by_staff = Column(Integer, nullable=False, default=0)
    read_by_citizen = Column(Integer, nullable=False, default=0)
    __table_args__ = (
        Index("ix_handoffs_conversation_state", "conversation_id", "state"),
        Index("ix_handoffs_state_queued", "state", "queued_at"),
        Index("ix_handoffs_queued", "queued_at"),
    )


class HandoffMessageRow(Base):
    __tablename__ = "handoff_messages"
    handoff_id = Column(KEY, ForeignKey("handoffs.id", ondelete="CASCADE"), primary_key=True)
    seq = Column(Integer, primary_key=True)
    role = Column(String(16), nullable=False)
    text_sealed = Column(LargeBinary, nullable=False)
    at = Column(UtcDateTime, nullable=False)


class LeftMessageRow(Base):
    __tablename__ = "left_messages"
    number = Column(String(32), primary_key=True)
    conversation_id = Column(CONVERSATION_ID, index=True)
    phone_sealed = Column(LargeBinary, nullable=False)
    text_sealed = Column(LargeBinary, nullable=False)
    at = Column(UtcDateTime, nullable=False, index=True)
    done_at = Column(UtcDateTime)


class ReportRow(Base):
    __tablename__ = "reports"
    number = Column(String(32), primary_key=True)
    conversation_id = Column(CONVERSATION_ID, nullable=False, index=True)
    kind = Column(String(64), nullable=False)
    content_sealed = Column(LargeBinary, nullable=False)
    at = Column(UtcDateTime, nullable=False, index=True)


class ChecklistRow(Base):
    __tablename__ = "checklists"
    id = Column(KEY, primary_key=True)
    conversation_id = Column(CONVERSATION_ID, nullable=False, index=True)
    content_sealed = Column(LargeBinary, nullable=False)
    made_at = Column(UtcDateTime, nullable=False, index=True)


class StaffAccountRow(Base):
    __tablename__ = "staff_accounts"
    id = Column(KEY, primary_key=True)
    name = Column(String(64), nullable=False, unique=True)
    display_name = Column(String(64), nullable=False)
    role = Column(String(16), nullable=False)
    password_hash = Column(String(256), nullable=False)
    failures = Column(Integer, nullable=False, default=0)
    locked_until = Column(UtcDateTime)
    enabled = Column(Boolean, nullable=False, default=True)
    department = Column(String(64))
    created_at = Column(UtcDateTime, nullable=False)


class StaffSessionRow(Base):
    __tablename__ = "staff_sessions"
    token_hash = Column(HASH, primary_key=True)
    staff_id = Column(KEY, ForeignKey("staff_accounts.id", ondelete="CASCADE"), nullable=False, index=True)
    created_at = Column(UtcDateTime, nullable=False)
    expires_at = Column(UtcDateTime, nullable=False, index=True)


class AuditRow(Base):
    __tablename__ = "audit_entries"
    seq = Column(Integer, primary_key=True, autoincrement=False)
    at = Column(UtcDateTime, nullable=False)
    actor = Column(String(128), nullable=False)
    action = Column(String(64), nullable=False)
    subject = Column(String(256), nullable=False)
    details_sealed = Column(LargeBinary, nullable=False)
    previous_hash = Column(HASH, nullable=False)
    hash = Column(HASH, nullable=False)
    __table_args__ = (Index("ix_audit_entries_action", "action", "at"),)


class AuditHeadRow(Base):
    """The one row that says how long the audit trail is; its seal needs the key, so a cut end shows."""

    __tablename__ = "audit_head"
    id = Column(Integer, primary_key=True, autoincrement=False)
    length = Column(Integer, nullable=False)
    seal = Column(HASH, nullable=False)


class CounterRow(Base):
    __tablename__ = "counters"
    name = Column(String(64), primary_key=True)
    value = Column(Integer, nullable=False)


class GuideRevisionRow(Base):
    __tablename__ = "guide_revisions"
    id = Column(KEY, primary_key=True)
    item_id = Column(String(128), nullable=False)
    number = Column(Integer, nullable=False)
    state = Column(String(16), nullable=False)
    content_sealed = Column(LargeBinary, nullable=False)
    base_sealed = Column(LargeBinary, nullable=False)
    base_id = Column(KEY)
    author_id = Column(KEY, ForeignKey("staff_accounts.id"), nullable=False)
    decided_by = Column(KEY, ForeignKey("staff_accounts.id"))
    why = Column(String(500), nullable=False, default="")
    remark = Column(String(500), nullable=False, default="")
    effective_from = Column(UtcDateTime)
    effective_until = Column(UtcDateTime)
    version = Column(Integer, nullable=False)
    created_at = Column(UtcDateTime, nullable=False)
    updated_at = Column(UtcDateTime, nullable=False)
    submitted_at = Column(UtcDateTime)
    decided_at = Column(UtcDateTime)
    __table_args__ = (
        UniqueConstraint("item_id", "number", name="uq_guide_revisions_number"),
        Index("ix_guide_revisions_state", "state", "effective_from"),
    )


class GapDecisionRow(Base):
    __tablename__ = "gap_decisions"
    id = Column(KEY, primary_key=True)
    state = Column(String(16), nullable=False)
    encoder = Column(String(64), nullable=False)
    centre_sealed = Column(LargeBinary, nullable=False)
    staff_id = Column(KEY, ForeignKey("staff_accounts.id"), nullable=False)
    at = Column(UtcDateTime, nullable=False)


class DraftRequestRow(Base):
    __tablename__ = "draft_requests"
    id = Column(KEY, primary_key=True)
    handoff_id = Column(KEY, ForeignKey("handoffs.id", ondelete="CASCADE"))
    message_seq = Column(Integer)
    staff_id = Column(KEY, ForeignKey("staff_accounts.id"), nullable=False)
    question_sealed = Column(LargeBinary, nullable=False)
    is_sure = Column(Boolean, nullable=False)
    at = Column(UtcDateTime, nullable=False, index=True)
    __table_args__ = (Index("ix_draft_requests_message", "handoff_id", "message_seq"),)


class AnswerDraftRow(Base):
    __tablename__ = "answer_drafts"
    id = Column(KEY, primary_key=True)
    request_id = Column(KEY, ForeignKey("draft_requests.id", ondelete="CASCADE"), nullable=False, index=True)
    rank = Column(Integer, nullable=False)
    item_id = Column(String(128), nullable=False)
    facet = Column(String(32), nullable=False)
    proposed_sealed = Column(LargeBinary, nullable=False)
    fields = Column(Text)
    outcome = Column(String(16))
    sent_sealed = Column(LargeBinary)
    distance = Column(Integer)
    kept = Column(Float)
    decided_by = Column(KEY, ForeignKey("staff_accounts.id"))
    decided_at = Column(UtcDateTime)


class StaffChangeDecisionRow(Base):
    """What an editor decided about what staff change in a field's sentences."""

    __tablename__ = "staff_change_decisions"
    item_id = Column(String(128), primary_key=True)
    field = Column(String(32), primary_key=True)
    state = Column(String(16), nullable=False)
    staff_id = Column(KEY, ForeignKey("staff_accounts.id"), nullable=False)
    at = Column(UtcDateTime, nullable=False)


class HeldAnswerRow(Base):
    """An answer of the assistant that a member of staff is to approve before the citizen sees it."""

    __tablename__ = "held_answers"
    id = Column(KEY, primary_key=True)
    conversation_id = Column(CONVERSATION_ID, nullable=False)
    state = Column(String(16), nullable=False)
    item_id = Column(String(128))
    reason = Column(String(16), nullable=False)
    content_sealed = Column(LargeBinary, nullable=False)
    sent_sealed = Column(LargeBinary)
    decided_by = Column(KEY, ForeignKey("staff_accounts.id"))
    at = Column(UtcDateTime, nullable=False)
    decided_at = Column(UtcDateTime)
    told = Column(Boolean, nullable=False, default=False)
    __table_args__ = (
        Index("ix_held_answers_state", "state", "at"),
        Index("ix_held_answers_told", "conversation_id", "told"),
    )


class RatingRow(Base):
    """One question how a service was; without a level while it is not answered."""

    __tablename__ = "ratings"
    id = Column(KEY, primary_key=True)
    conversation_id = Column(CONVERSATION_ID, nullable=False)
    subject_kind = Column(String(16), nullable=False)
    subject_id = Column(CONVERSATION_ID, nullable=False)
    item_id = Column(String(128))
    staff_id = Column(KEY)
    awaits = Column(String(16))
    level = Column(Integer)
    reasons = Column(String(200), nullable=False, default="")
    comment_sealed = Column(LargeBinary)
    asked_at = Column(UtcDateTime, nullable=False)
    rated_at = Column(UtcDateTime, index=True)
    changed_at = Column(UtcDateTime)
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", name="uq_ratings_subject"),
        Index("ix_ratings_conversation_asked", "conversation_id", "asked_at"),
    )


class FollowUpRow(Base):
    __tablename__ = "follow_ups"
    id = Column(KEY, primary_key=True)
    rating_id = Column(KEY, ForeignKey("ratings.id", ondelete="CASCADE"), nullable=False, unique=True)
    state = Column(String(16), nullable=False)
    due_on = Column(Date, nullable=False)
    opened_at = Column(UtcDateTime, nullable=False)
    assigned_to = Column(KEY, ForeignKey("staff_accounts.id"))
    contacted_at = Column(UtcDateTime)
    closed_at = Column(UtcDateTime)
    closed_by = Column(KEY, ForeignKey("staff_accounts.id"))
    outcome = Column(String(16))
    agrees = Column(Boolean)
    findings_sealed = Column(LargeBinary)
    __table_args__ = (Index("ix_follow_ups_state_due", "state", "due_on"),)


class FollowUpNoteRow(Base):
    __tablename__ = "follow_up_notes"
    follow_up_id = Column(KEY, ForeignKey("follow_ups.id", ondelete="CASCADE"), primary_key=True)
    seq = Column(Integer, primary_key=True)
    staff_id = Column(KEY, ForeignKey("staff_accounts.id"), nullable=False)
    text_sealed = Column(LargeBinary, nullable=False)
    told = Column(Boolean, nullable=False)
    at = Column(UtcDateTime, nullable=False)
