"""Where ratings are asked for and given, whoever asks and in whatever way they are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from actions.applications import item_name, title_of
from actions.services import Services
from actions.texts import Texts
from assistant.citizen.personal_data import PersonalDataGuard
from assistant.ratings.policy import RatingPolicy
from storage.follow_ups import FollowUps
from storage.ratings import LOW_LEVELS, Given, RatedKind, Rating, Ratings, Subject
from storage.staff import Staff


class RatingBook:
    """Ask, give, and say how a rating looks on the wire."""

    def __init__(self, services: Services, guard: PersonalDataGuard) -> None:
        """Open the storage of ratings; `guard` masks what citizens write."""
        self.policy = RatingPolicy.load(services.data / "ratings.yml")
        self.texts = Texts.load(services.data / "texts" / "ratings.yml")
        self.ratings = Ratings(services.database, self.policy.periods)
        self.follow_ups = FollowUps(services.database)
        self._services = services
        self._staff = Staff(services.database)
        self._guard = guard

    def ask(self, subject: Subject) -> dict[str, Any] | None:
        """Note that a service is asked about; return the event's payload, or None where it has been before."""
        rating = self.ratings.ask(subject)
        if rating is None:
            return None
        labels, name = self.policy.labels, self.name_of(subject, self.staff_names())
        return {
            "rating_id": rating.id,
            "subject": {
                "kind": subject.kind.value,
                "id": subject.id,
                "name": name,
            },
            "text": self._question(subject),
            "levels": [
                {"level": level, "label": label, "asks_why": level in LOW_LEVELS} for level, label in labels.items()
            ],
            "reasons": [
                {"reason": reason.code, "label": reason.label} for reason in self.policy.reasons_for(subject.kind)
            ],
            "longest_comment": self.policy.longest_comment,
        }

    def give(
        self, rating_id: str, conversation_id: str, level: int, reasons: Sequence[str] = (), comment: str = ""
    ) -> Rating:
        """Keep a rating, personal data of its comment masked; a low one is followed up, a second one is not.

        Raises RatingUnknown, RatingClosed.
        """
        subject = self.ratings.get(rating_id, conversation_id).subject
        masked = self._guard.mask(conversation_id, comment) if comment else ""
        due_on = None if subject.kind is RatedKind.FOLLOW_UP else self._due_on(level)
        return self.ratings.give(rating_id, conversation_id, Given(level, tuple(reasons), masked), due_on)

    def awaiting(self, conversation_id: str) -> Rating | None:
        """Return the rating that the citizen's next words may answer."""
        return self.ratings.awaiting(conversation_id, self._services.clock() - self.policy.words_within)

    def rated_payload(self, rating: Rating) -> dict[str, Any]:
        """Return what the event says of a rating that was given; the comment stays out of it."""
        assert rating.given is not None
        given = rating.given
        return {
            "rating_id": rating.id,
            "level": given.level,
            "label": self.policy.labels[given.level],
            "reasons": list(given.reasons),
            "thanks": self.thanks(rating),
        }

    def thanks(self, rating: Rating) -> str:
        """Return what a citizen is told who has rated a service."""
        assert rating.given is not None
        level = self.policy.labels[rating.given.level]
        if rating.is_low and rating.subject.kind is RatedKind.FOLLOW_UP:
            return self.texts("thanks_second", level=level)
        due_on = self.follow_ups.due_on(rating.id) if rating.is_low else None
        if due_on is None:
            return self.texts("thanks", level=level)
        return self.texts("thanks_low", level=level, month=due_on.month, day=due_on.day)

    def name_of(self, subject: Subject, staff: Mapping[str, str]) -> str:
        """Return what a service is called; `staff` has the names by account id."""
        if subject.kind is RatedKind.HANDOFF:
            name = staff.get(subject.staff_id or "")
            return self.texts("subject_handoff_named", name=name) if name else self.texts("subject_handoff")
        if subject.kind is RatedKind.APPLICATION:
            return self.texts("subject_application", item=self.item_name(subject))
        return self.texts(f"subject_{subject.kind.value}")

    def staff_names(self) -> Mapping[str, str]:
        """Return how each member of staff is shown, by account id."""
        return {one.id: one.display_name for one in self._staff.accounts()}

    def item_name(self, subject: Subject) -> str:
        """Return what the item of a service is called; empty where there is none."""
        return title_of(item_name(self._services, subject.item_id)) if subject.item_id else ""

    def _question(self, subject: Subject) -> str:
        if subject.kind is RatedKind.HANDOFF:
            name = self.staff_names().get(subject.staff_id or "")
            return self.texts("ask_handoff", name=name) if name else self.texts("ask_handoff_nameless")
        return self.texts(f"ask_{subject.kind.value}", item=self.item_name(subject))

    def _due_on(self, level: int) -> date | None:
        days = self.policy.working_days.get(level)
        today = self._services.clock().date()
        return None if days is None else self._services.calendar.add_working_days(today, days)
