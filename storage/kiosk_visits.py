"""Visits to the machines in halls: whose turn it is, whether they are still there, and the way on to a telephone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum

from sqlalchemy import and_, or_, true

from storage.database import Database
from storage.models import KioskVisitRow
from storage.visit_erasure import erase_visit
from storage.visit_ids import VISIT

LEFT_TO_OTHERS_AFTER = timedelta(minutes=10)
"""how long a machine is given to erase its own visits"""
_CODE = "handover code"  # the scope of keyed hashes over codes


class VisitState(str, Enum):
    """Where a visit stands."""

    OPEN = "open"
    MOVED = "moved"
    """it goes on on a telephone, and is no longer the machine's"""
    OVER = "over"
    """nobody may speak in it any more; it is to be erased"""


AT_MACHINE, ON_PHONE = 1, 2
"""the generations of a visit's tokens"""
_GENERATIONS = {VisitState.OPEN.value: AT_MACHINE, VisitState.MOVED.value: ON_PHONE}


class KioskVisits:
    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, conversation_id: str, machine: str, lasts: timedelta) -> None:
        """Note that a visit begins at a machine; untouched it is left after a while."""
        with self._database.writing(conversation_id) as session:
            session.add(
                KioskVisitRow(
                    conversation_id=conversation_id,
                    machine=machine,
                    state=VisitState.OPEN.value,
                    left_at=self._database.now() + lasts,
                )
            )

    def touch(self, conversation_id: str, lasts: timedelta) -> bool:
        """Note that somebody is there; say whether the visit is still open."""
        now = self._database.now()
        with self._database.writing(conversation_id) as session:
            rows = session.query(KioskVisitRow).filter(
                KioskVisitRow.conversation_id == conversation_id,
                KioskVisitRow.state == VisitState.OPEN.value,
                KioskVisitRow.left_at > now,
            )
            return bool(rows.update({KioskVisitRow.left_at: now + lasts}, synchronize_session=False))

    def generation(self, conversation_id: str) -> int | None:
        """Return which of a conversation's tokens holds, None where none does.

        It is 1 at the machine and 2 on a telephone; a visit that is over, left or erased has none. Of conversations
        elsewhere, whose tokens hold for ever, it is 0.
        """
        if not conversation_id.startswith(VISIT):
            return 0
        with self._database.session() as session:
            found = (
                session.query(KioskVisitRow.state, KioskVisitRow.left_at)
                .filter(KioskVisitRow.conversation_id == conversation_id)
                .first()
            )
        if found is None or (found.state == VisitState.OPEN.value and found.left_at <= self._database.now()):
            return None
        return _GENERATIONS.get(found.state)

    def end(self, conversation_id: str) -> bool:
        """Let no token of the visit hold from now on; say whether it is to be erased, as one that moved is not."""
        with self._database.writing(conversation_id) as session:
            rows = session.query(KioskVisitRow).filter(
                KioskVisitRow.conversation_id == conversation_id, KioskVisitRow.state != VisitState.MOVED.value
            )
            ended = {KioskVisitRow.state: VisitState.OVER.value, KioskVisitRow.code_index: None}
            return bool(rows.update(ended, synchronize_session=False))

    def left(self, machine: str, with_open: bool = False) -> tuple[str, ...]:
        """Return the visits that a machine is to erase: its own that were left or are over, `with_open` all of them.

        Those of another machine are among them once it has not erased them for a while: it may be gone, or renamed.
        """
        now = self._database.now()
        is_own = KioskVisitRow.machine == machine
        is_over = or_(KioskVisitRow.state == VisitState.OVER.value, KioskVisitRow.left_at <= now)
        is_due = or_(
            and_(is_own, true() if with_open else is_over), KioskVisitRow.left_at <= now - LEFT_TO_OTHERS_AFTER
        )
        with self._database.session() as session:
            rows = session.query(KioskVisitRow.conversation_id).filter(
                KioskVisitRow.state != VisitState.MOVED.value, is_due
            )
            return tuple(conversation_id for (conversation_id,) in rows)

    def is_moved(self, conversation_id: str) -> bool:
        """Tell whether a visit goes on on a telephone."""
        with self._database.session() as session:
            row = session.get(KioskVisitRow, conversation_id)
            return row is not None and row.state == VisitState.MOVED.value

    def offer(self, conversation_id: str, code: str, lasts: timedelta) -> bool:
        """Let whoever has the code take the visit over, once, for a while; say whether the visit is open.

        Of the code a keyed hash is kept. An earlier code of the visit holds no longer.
        """
        index = self._database.cipher.blind_index(code, _CODE)
        with self._database.writing(conversation_id) as session:
            rows = session.query(KioskVisitRow).filter_by(conversation_id=conversation_id, state=VisitState.OPEN.value)
            offered = {KioskVisitRow.code_index: index, KioskVisitRow.code_until: self._database.now() + lasts}
            return bool(rows.update(offered, synchronize_session=False))

    def take_over(self, code: str) -> str | None:
        """Give the visit to whoever has the code and return its conversation; None for a code that does not hold."""
        now, index = self._database.now(), self._database.cipher.blind_index(code, _CODE)
        with self._database.writing(index) as session:
            row = (
                session.query(KioskVisitRow)
                .filter(
                    KioskVisitRow.code_index == index,
                    KioskVisitRow.code_until > now,
                    KioskVisitRow.state == VisitState.OPEN.value,
                    KioskVisitRow.left_at > now,
                )
                .with_for_update()
                .first()
            )
            if row is None:
                return None
            row.state, row.code_index, row.code_until = VisitState.MOVED.value, None, None
            return str(row.conversation_id)

    def erase(self, conversation_id: str) -> Mapping[str, int]:
        """Delete what was said and left unfinished in a visit, and the visit; return the deleted rows by table."""
        with self._database.writing(conversation_id) as session:
            return erase_visit(session, self._database.cipher, conversation_id, self._database.now())
