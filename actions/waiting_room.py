"""Those who wait for a person: their places, how long it will take, and how that is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actions.clock import Clock
from actions.opening_hours import OpeningHours, moment_in_words
from actions.reply import Choice
from actions.texts import Texts
from actions.waiting import DeskPractice, expected_waits, wait_in_words
from storage.desk_measures import DeskMeasures
from storage.handoffs import Handoffs
from storage.staff import DESK_ROLES


@dataclass(frozen=True)
class Place:
    """A place in the queue."""

    conversation_id: str
    ahead: int
    """how many wait before"""
    seconds: int | None
    """how long it is expected to take; None where nobody is at the desk, so that nothing can be said"""

    @property
    def payload(self) -> dict[str, Any]:
        """The place as pages read it."""
        return {"position": self.ahead, "estimated_seconds": self.seconds}


class WaitingRoom:
    """Tell places and waiting times, and say them."""

    def __init__(
        self,
        handoffs: Handoffs,
        measures: DeskMeasures,
        practice: DeskPractice,
        hours: OpeningHours,
        texts: Texts,
        clock: Clock,
    ) -> None:
        """Keep what the places and the waiting times come from; `texts` are those of data/texts/handoff.yml."""
        self.practice = practice
        self.measures = measures
        self._handoffs = handoffs
        self._hours = hours
        self._texts = texts
        self._clock = clock

    def places(self) -> tuple[Place, ...]:
        """Return the place of each conversation that waits, the first first."""
        waiting = self._handoffs.queue()
        if not waiting:
            return ()
        waits = expected_waits(len(waiting), self.measures.state(DESK_ROLES), self.practice)
        return tuple(
            Place(one.conversation_id, ahead, None if waits is None else round(waits[ahead]))
            for ahead, one in enumerate(waiting)
        )

    def place_of(self, conversation_id: str) -> Place | None:
        """Return the place of a conversation, or None where it does not wait."""
        return next((place for place in self.places() if place.conversation_id == conversation_id), None)

    def said(self, place: Place, again: bool = False) -> str:
        """Return the place in words; `again` for somebody who waits already and has said something more."""
        key = "already_queued" if again else "queued"
        if place.seconds is not None:
            return self._texts(key, place=self._in_words(place), wait=wait_in_words(place.seconds, self._texts))
        opens = self.opens_in_words()
        if opens is not None:
            return self._texts("already_queued_closed", place=self._in_words(place), when=opens)
        return self._texts(f"{key}_nobody_there", place=self._in_words(place))

    def _in_words(self, place: Place) -> str:
        return self._texts("place_behind", ahead=place.ahead) if place.ahead else self._texts("place_next")

    def ways_out(self) -> tuple[Choice, ...]:
        """Return what somebody who waits may pick; the gate understands the labels, whatever the dialogue waits for."""
        return tuple(Choice(self._texts(key), does="chat") for key in ("leave_message", "leave_queue"))

    def is_open(self) -> bool:
        """Tell whether people are on duty now."""
        return self._hours.is_open(self._clock())

    def opens_in_words(self) -> str | None:
        """Return when people are on duty next, in words; None where they are now, or where that is not known."""
        now = self._clock()
        opens = self._hours.next_opening(now)
        return None if opens is None or opens == now else moment_in_words(opens, now, self._texts)

    def closed_in_words(self) -> str:
        """Return what is said to somebody who wants a person outside the hours."""
        opens = self.opens_in_words()
        if opens is None:
            return self._texts("out_of_hours_unknown", hours=self._hours.label)
        return self._texts("out_of_hours", hours=self._hours.label, when=opens)
