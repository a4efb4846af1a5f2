"""The lists of the desk: who waits, whom each member of staff talks with, whom a colleague left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.services import Services
from actions.texts import Texts
from storage.handoff_reads import HandoffReads, MessageCounts
from storage.handoffs import Handoff, HandoffState
from storage.staff import Staff, StaffAccount


@dataclass(frozen=True)
class DeskSnapshot:
    """The desk at one moment, read once for everybody who looks at it."""

    live: tuple[Handoff, ...]
    """those that wait or that a person has, in the queue's order"""
    unattended: tuple[Handoff, ...]
    counts: Mapping[str, MessageCounts]
    names: Mapping[str, str]
    """of staff that conversations are kept for, by id"""


class DeskLists:
    """Read the lists, and tell them as the page of one member of staff shows them."""

    def __init__(self, services: Services, staff: Staff, departments: Mapping[str, str], texts: Texts) -> None:
        """Keep where they come from; `departments` are the labels by key, `texts` those of data/texts/staff.yml."""
        self._handoffs = services.handoffs
        self._reads = HandoffReads(services.database)
        self._staff = staff
        self._departments = departments
        self._texts = texts

    def read(self) -> DeskSnapshot:
        """Return the desk as it is now."""
        live = self._handoffs.live()
        kept = any(one.meant_for_staff for one in live)
        return DeskSnapshot(
            live,
            self._handoffs.unattended(),
            self._reads.counts([one.id for one in live]),
            {one.id: one.display_name for one in self._staff.accounts()} if kept else {},
        )

    def told(self, desk: DeskSnapshot, account: StaffAccount) -> dict[str, Any]:
        """Return the lists of a member of staff: what was transferred to them first, then the queue's order.

        `unanswered` are those of `waiting` that were taken from them, who had not answered in time.
        """
        waiting = [one for one in desk.live if one.state is HandoffState.QUEUED]
        waiting.sort(key=lambda one: not (one.is_meant and one.is_open_to(account.id, account.department)))
        mine = [one for one in desk.live if one.state is HandoffState.WITH_PERSON and one.staff_id == account.id]

        def rows(handoffs: Any) -> list[dict[str, Any]]:
            return [self._row(one, desk, account) for one in handoffs]

        return {
            "waiting": rows(waiting),
            "unanswered": rows(one for one in waiting if one.unanswered_by == account.id),
            "mine": rows(mine),
            "others": rows(desk.unattended),
        }

    def row(self, handoff: Handoff, account: StaffAccount) -> dict[str, Any]:
        """Return one handoff as the page shows it."""
        counts = self._reads.counts([handoff.id])
        names = {one.id: one.display_name for one in self._staff.accounts()} if handoff.meant_for_staff else {}
        return self._row(handoff, DeskSnapshot((), (), counts, names), account)

    def _row(self, handoff: Handoff, desk: DeskSnapshot, account: StaffAccount) -> dict[str, Any]:
        counts = desk.counts.get(handoff.id, MessageCounts())
        return {
            "handoff_id": handoff.id,
            "conversation_id": handoff.conversation_id,
            "state": handoff.state.value,
            "reason": handoff.reason,
            "reason_label": self._texts(f"reason_{handoff.reason}"),
            "summary": handoff.summary,
            "urgency": handoff.urgency,
            "since": (handoff.queued_at or handoff.opened_at).isoformat(),
            "last_seq": counts.last,
            "unread": counts.unread,
            "read_by_citizen": handoff.read_by_citizen,
            "unanswered": handoff.unanswered_by == account.id,
            "meant": self._meant(handoff, desk, account),
        }

    def _meant(self, handoff: Handoff, desk: DeskSnapshot, account: StaffAccount) -> dict[str, Any] | None:
        """Return whom a conversation is kept for, and whether that is this member of staff; None for nobody."""
        if not handoff.is_meant:
            return None
        if handoff.meant_for_department is not None:
            name = self._departments.get(handoff.meant_for_department, handoff.meant_for_department)
        else:
            name = desk.names.get(str(handoff.meant_for_staff), "")
        return {"mine": handoff.is_open_to(account.id, account.department), "name": name}
