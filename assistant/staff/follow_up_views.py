"""Follow-ups as the supervisor's page reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from actions.services import Services
from assistant.ratings.book import RatingBook
from storage.follow_ups import FollowUp, FollowUpNote, FollowUpState

PHONE = "phone"
"""the field of a flow that asks for a telephone number"""


class FollowUpViews:
    """Say how a follow-up stands, and what the rating was that it is about."""

    def __init__(self, services: Services, book: RatingBook) -> None:
        """Keep what names are looked up in."""
        self._services = services
        self._book = book

    def lines(self, follow_ups: Iterable[FollowUp]) -> list[dict[str, Any]]:
        """Return follow-ups as a list shows them: nothing that a citizen wrote."""
        names = self._book.staff_names()
        return [self._line(one, names) for one in follow_ups]

    def whole(self, follow_up: FollowUp, notes: tuple[FollowUpNote, ...]) -> dict[str, Any]:
        """Return a follow-up with the citizen's comment, what staff wrote, and how it ended."""
        rating, given = follow_up.rating, follow_up.rating.given
        assert given is not None and rating.rated_at is not None
        names = self._book.staff_names()
        conversation = self._services.conversations.get(rating.subject.conversation_id)
        return {
            **self._line(follow_up, names),
            "comment": given.comment,
            "item": self._book.item_name(rating.subject) or None,
            "rated_at": rating.rated_at.isoformat(),
            "rated_staff": names.get(rating.subject.staff_id or ""),
            "conversation_kept": conversation is not None,
            "contacted_at": follow_up.contacted_at.isoformat() if follow_up.contacted_at else None,
            "closed_by": names.get(follow_up.closed_by or ""),
            "agrees": follow_up.agrees,
            "findings": follow_up.findings,
            "notes": [
                {
                    "by": names.get(note.staff_id, ""),
                    "text": note.text,
                    "told": note.told,
                    "at": note.at.isoformat(),
                }
                for note in notes
            ],
        }

    def _line(self, follow_up: FollowUp, names: Mapping[str, str]) -> dict[str, Any]:
        rating, given = follow_up.rating, follow_up.rating.given
        assert given is not None
        reasons = self._book.policy.reasons
        return {
            "follow_up_id": follow_up.id,
            "state": follow_up.state.value,
            "standing": self._standing(follow_up),
            "level": given.level,
            "level_label": self._book.policy.labels[given.level],
            "service": self._book.name_of(rating.subject, names),
            "kind": rating.subject.kind.value,
            "reasons": [reasons[code].label for code in given.reasons if code in reasons],
            "opened_at": follow_up.opened_at.isoformat(),
            "due_on": follow_up.due_on.isoformat(),
            "days_left": self._days_left(follow_up.due_on),
            "assigned_to": follow_up.assigned_to,
            "assigned_name": names.get(follow_up.assigned_to or ""),
            "outcome": follow_up.outcome.value if follow_up.outcome else None,
            "closed_at": follow_up.closed_at.isoformat() if follow_up.closed_at else None,
            "second": self._second(follow_up.second_level),
        }

    def contact(self, follow_up: FollowUp) -> dict[str, Any]:
        """Return the citizen's telephone number, where one is known, and the comment with its personal data."""
        subject, given = follow_up.rating.subject, follow_up.rating.given
        conversation = self._services.conversations.get(subject.conversation_id)
        phone = conversation.identity.phone if conversation and conversation.identity else None
        if phone is None:
            filed = self._services.applications.of_conversation(subject.conversation_id)
            phone = next((one.fields[PHONE] for one in filed if one.fields.get(PHONE)), None)
        comment = given.comment if given else ""
        return {"phone": phone, "comment": self._services.personal_values.reveal(subject.conversation_id, comment)}

    def _standing(self, follow_up: FollowUp) -> str:
        """Return `done`, `overdue`, `due_soon` or `open`: days are working days, and the last one is not over yet."""
        if follow_up.state is FollowUpState.CLOSED:
            return "done"
        if follow_up.due_on < self._services.clock().date():
            return "overdue"
        return "due_soon" if self._days_left(follow_up.due_on) <= self._book.policy.due_soon_days else "open"

    def _days_left(self, due_on: date) -> int:
        return self._services.calendar.working_days_left(self._services.clock().date(), due_on)

    def _second(self, level: int | None) -> Mapping[str, Any] | None:
        return None if level is None else {"level": level, "label": self._book.policy.labels[level]}
