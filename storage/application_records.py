"""What the store of applications gives out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.application_states import ApplicationState

ASKING = "ask"  # the phase of a new draft
PAUSED = "paused"  # the phase of a draft that was set aside and can be resumed


@dataclass(frozen=True)
class Application:
    """A draft or an application; `context` is what the flow engine must remember beside the fields."""

    id: str
    conversation_id: str
    item_id: str
    state: ApplicationState
    fields: Mapping[str, Any]
    context: Mapping[str, Any]
    phase: str
    asked_field: str | None
    failures: int
    receipt_number: str | None
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None


@dataclass(frozen=True)
class DraftPosition:
    """Where an active draft stands, read without decrypting anything."""

    id: str
    item_id: str
    phase: str
    asked_field: str | None


@dataclass(frozen=True)
class ApplicationEvent:
    state: ApplicationState
    at: datetime
    note: str = ""
    staff_id: str | None = None
    """who of the staff did it; None of the citizen and of what went by itself"""


@dataclass(frozen=True)
class Notice:
    """A change of state that the conversation has not been told of."""

    id: int
    receipt_number: str
    item_id: str
    state: ApplicationState
    at: datetime
    note: str = ""


@dataclass(frozen=True)
class NewFile:
    """A file to be kept with an application."""

    name: str
    media_type: str
    content: bytes
    verification_code: str | None = None


@dataclass(frozen=True)
class Document:
    """A delivered file, without its content."""

    id: str
    receipt_number: str
    conversation_id: str
    name: str
    media_type: str
    created_at: datetime


@dataclass(frozen=True)
class DocumentFile(Document):
    """A delivered file."""

    content: bytes
