"""What becomes of transferred conversations that nobody comes for: they are opened to everybody."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.services import Services
from actions.texts import Texts
from assistant.staff.queue_keeper import ACTOR
from storage.audit import AuditTrail
from storage.handoff_transfers import HandoffTransfers, somebody_there
from storage.handoffs import Handoff, MessageRole
from storage.staff import DESK_ROLES, Staff


class TransferKeeper:
    """One step does all that is due; whoever runs it says what time it is."""

    def __init__(self, services: Services, staff: Staff, audit: AuditTrail, texts: Texts) -> None:
        """Keep what a step works with; `texts` are those of data/texts/staff.yml."""
        practice = services.waiting_room.practice
        self._absent_for = timedelta(minutes=practice.meant_absent_minutes)
        self._kept_for = timedelta(minutes=practice.meant_minutes)
        self._database = services.database
        self._handoffs = services.handoffs
        self._transfers = HandoffTransfers(services.database)
        self._staff = staff
        self._audit = audit
        self._texts = texts
        self._seen: dict[str, datetime] = {}
        """when somebody whom a conversation is kept for was signed in last; after a restart, the transfer counts"""

    def step(self, now: datetime) -> None:
        """Open those that are kept for too long, or for somebody who is signed in no longer."""
        kept = self._transfers.kept()
        self._seen = {one.id: self._seen[one.id] for one in kept if one.id in self._seen}
        if not kept:
            return
        present = [(one.id, one.department) for one in self._staff.present() if one.role in DESK_ROLES]
        for handoff in kept:
            if somebody_there(handoff, present):
                self._seen[handoff.id] = now
            if handoff.meant_at is not None and self._is_due(handoff, handoff.meant_at, now):
                self._open(handoff, handoff.meant_at)

    def _is_due(self, handoff: Handoff, meant_at: datetime, now: datetime) -> bool:
        seen = max(self._seen.get(handoff.id, meant_at), meant_at)
        return now - seen >= self._absent_for or now - meant_at >= self._kept_for

    def _open(self, handoff: Handoff, meant_at: datetime) -> None:
        with self._database.together():
            if self._transfers.open_to_all(handoff.id, meant_at) is None:
                return  # taken this very moment
            self._handoffs.post(handoff.id, MessageRole.SYSTEM, self._texts("meant_opened"))
            self._audit.append(ACTOR, "open-transferred", handoff.conversation_id)
