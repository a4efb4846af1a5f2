"""Telling those who wait for a person their place: when they begin to wait, and whenever it moves."""

from __future__ import annotations

from datetime import datetime, timedelta

from actions.services import Services
from actions.waiting_room import Place
from assistant.citizen.hub import ConversationHub
from assistant.citizen.notices import FOREIGN
from assistant.citizen.wire import Event, EventType

AT_MOST_EVERY = timedelta(seconds=10)
"""how often one conversation is told of a place that moves"""

_Told = tuple[int, bool]
"""how many wait before, and whether nobody is at the desk"""


class QueuePlaces:
    """Publish places as events. What was told last is read from the transcript after a restart."""

    def __init__(self, services: Services, hub: ConversationHub) -> None:
        """Keep the waiting room and the hub."""
        self._room = services.waiting_room
        self._clock = services.clock
        self._hub = hub
        self._told: dict[str, tuple[_Told, datetime]] = {}

    def tell(self, conversation_id: str) -> list[Event]:
        """Tell a conversation its place now; nothing where it does not wait."""
        place = self._room.place_of(conversation_id)
        return [] if place is None else [self._publish(place)]

    def tell_moved(self) -> int:
        """Tell those whose place has moved since they were told last, each at most every ten seconds.

        Returns how many were told. A conversation of another channel has no events: it hears of it at its next message.
        """
        waiting = [place for place in self._room.places() if FOREIGN not in place.conversation_id]
        self._forget({place.conversation_id for place in waiting})
        moved = [place for place in waiting if self._has_moved(place)]
        for place in moved:
            self._publish(place)
        return len(moved)

    def _has_moved(self, place: Place) -> bool:
        if place.conversation_id not in self._told:
            last = self._last_told(place.conversation_id)
            if last is None:
                return True
            self._told[place.conversation_id] = last
        told, at = self._told[place.conversation_id]
        return told != _standing(place) and self._clock() - at >= AT_MOST_EVERY

    def _last_told(self, conversation_id: str) -> tuple[_Told, datetime] | None:
        for event in reversed(self._hub.since(conversation_id, 0)):
            if event.type is EventType.HANDOFF_QUEUED:
                payload = event.payload
                told = (int(payload["position"]), payload.get("estimated_seconds") is None)
                return told, datetime.fromisoformat(str(event.at))
        return None

    def _publish(self, place: Place) -> Event:
        self._told[place.conversation_id] = (_standing(place), self._clock())
        payload = {**place.payload, "text": self._room.said(place, again=True)}
        return self._hub.publish(place.conversation_id, EventType.HANDOFF_QUEUED, payload)

    def _forget(self, waiting: set[str]) -> None:
        for conversation_id in self._told.keys() - waiting:
            del self._told[conversation_id]


def _standing(place: Place) -> _Told:
    return place.ahead, place.seconds is None
