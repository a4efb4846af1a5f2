"""Calling a clerk to the machine: the visit goes into the staff's queue with the machine's name."""

from __future__ import annotations

from actions.texts import Texts
from assistant.citizen.channel import CitizenChannel
from assistant.kiosk.settings import KioskSettings
from storage.handoffs import HandoffReason, HandoffState


class ClerkCall:
    """Queue visits whose citizen asks for somebody to come."""

    def __init__(self, citizens: CitizenChannel, kiosk: KioskSettings, texts: Texts) -> None:
        """Keep the citizens' side; `texts` are those of data/texts/kiosk.yml."""
        self._citizens = citizens
        self._services = citizens.assistant.services
        self._kiosk = kiosk
        self._texts = texts

    async def call(self, conversation_id: str) -> str:
        """Call a clerk and return what the citizen is told; called again, the visit keeps its place.

        Outside the desk's hours nobody is called, and the citizen is told when somebody is there.
        """
        services, room = self._services, self._services.waiting_room
        handoff = services.handoffs.active(conversation_id)
        if handoff is not None and handoff.state is HandoffState.WITH_PERSON:
            return self._texts("called_with_person")
        if not room.is_open():
            return self._closed()
        focus = await self._citizens.assistant.focus_of(conversation_id)
        item = services.catalogue.items.get(str(focus.get("item")))
        summary = "｜".join([self._texts("call_summary", place=self._kiosk.place), *([item.name] if item else [])])
        handoff = services.handoffs.open(conversation_id, HandoffReason.CALLED, summary)
        if handoff.state is HandoffState.OFFERED:
            services.handoffs.enqueue(handoff.id, summary)
        self._citizens.places.tell(conversation_id)
        place = room.place_of(conversation_id)
        if place is not None and place.seconds is None:
            return self._texts("called_nobody_there")
        return self._texts("called", machine=self._kiosk.machine)

    def _closed(self) -> str:
        when, hours = self._services.waiting_room.opens_in_words(), self._services.hours.label
        if when is None:
            return self._texts("call_closed_unknown", hours=hours)
        return self._texts("call_closed", hours=hours, when=when)
