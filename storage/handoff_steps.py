"""The steps of a handoff's row: only those that the state machine knows, and only by whoever has it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from storage.errors import HandoffTaken, TransitionRefused
from storage.handoff_records import ACTIVE, NEXT_STATES, HandoffState


def move(row: Any, state: HandoffState, now: datetime) -> None:
    """Move a handoff on; raise TransitionRefused for a step that does not exist."""
    current = HandoffState(row.state)
    if state not in NEXT_STATES[current]:
        raise TransitionRefused(f"A handoff cannot go from {current.value} to {state.value}.")
    row.state = state.value
    if state is HandoffState.QUEUED:
        row.queued_at = row.queued_at or now
    elif state not in ACTIVE:
        row.ended_at = now


def check_holder(row: Any, staff_id: str | None) -> None:
    """Raise HandoffTaken unless the member of staff has the conversation; None is the program itself."""
    if staff_id is not None and (row.state != HandoffState.WITH_PERSON.value or row.staff_id != staff_id):
        raise HandoffTaken("This conversation is no longer with this member of staff.")


def kept_for_nobody(row: Any) -> None:
    """Open a handoff to everybody."""
    row.meant_for_staff = row.meant_for_department = row.meant_at = None
