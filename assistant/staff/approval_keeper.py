"""What keeps the answers that wait for approval by itself: none waits for ever, none is told twice or never."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from actions.services import Services
from assistant.citizen.answer_approval import AnswerApproval
from assistant.staff.queue_keeper import ACTOR
from storage.approvals import HeldAnswer, HeldState
from storage.audit import AuditTrail
from storage.errors import AlreadyDecided


class ApprovalKeeper:
    """One step does all that is due; whoever runs it says what time it is."""

    def __init__(self, services: Services, approval: AnswerApproval, audit: AuditTrail) -> None:
        """Keep what a step works with."""
        self._database = services.database
        self._handoffs = services.handoffs
        self._approval = approval
        self._audit = audit

    def step(self, now: datetime) -> None:
        """End what has waited too long or what a person answers meanwhile, and tell what was not told."""
        for held in self._approval.held.waiting():
            if self._handoffs.is_with_person(held.conversation_id):
                self._settle(held, HeldState.OVERTAKEN)
            elif now - held.at >= self._approval.rules.waiting_time:
                self._settle(held, HeldState.EXPIRED)
        self._approval.tell_untold()

    def _settle(self, held: HeldAnswer, state: HeldState) -> None:
        with suppress(AlreadyDecided):  # somebody was quicker
            with self._database.together():
                decided = self._approval.held.decide(held.id, state)
                self._audit.append(ACTOR, f"{state.value}-held-answer", held.conversation_id, {"answer": held.id})
            self._approval.tell(decided)
