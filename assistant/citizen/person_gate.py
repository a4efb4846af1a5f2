"""What a citizen's message means while a person is offered, waited for, or has the conversation."""

from __future__ import annotations

from dataclasses import dataclass

from actions.reply import Reply
from actions.services import Services
from actions.status import AnswerStatus
from assistant.citizen.handoff_words import HandoffWords
from assistant.citizen.muted_channel import SILENT
from assistant.citizen.personal_data import PersonalDataGuard
from storage.errors import TransitionRefused
from storage.handoffs import Handoff, HandoffReason, HandoffState, MessageRole
from storage.standing import Standing

PASSING = frozenset({HandoffReason.LOW_CONFIDENCE.value, HandoffReason.FLOW_FAILED.value})
"""reasons of offers that the next message accepts or declines; others stand for a while"""
LONGEST_FOR_PERSON = 5000
"""characters of a message that are kept for a person, who reads more at once than the assistant does"""
_QUOTED = 5
"""messages of the person that are told again"""


@dataclass(frozen=True)
class Verdict:
    """What becomes of a message: a reply that is made already, or the dialogue's, or the flow that takes a message."""

    reply: Reply | None = None
    leaves: bool = False
    """the citizen has left the queue, back to the assistant"""
    leaves_message: bool = False
    """the flow that takes a message begins; whoever was in the queue has left it"""
    offer: Handoff | None = None
    """the offer that stood when the message came"""
    person_seq: int | None = None
    """the number under which it was kept for the person"""


class PersonGate:
    """Keep the assistant out of conversations that a person has, and let citizens out of the queue."""

    def __init__(self, services: Services, guard: PersonalDataGuard) -> None:
        """Keep what it works with; `guard` masks what a person said before it is told again."""
        self._services = services
        self._handoffs = services.handoffs
        self._texts = services.handoff_texts
        self._guard = guard
        self._words = HandoffWords.load(services.data / "texts" / "handoff_words.yml")

    def take(self, conversation_id: str, text: str, standing: Standing) -> Verdict:
        """Return what becomes of a message, and keep it for the person where there is one."""
        handoff = self._handoffs.active(conversation_id) if standing.has_handoff else None
        if handoff is not None and handoff.state is HandoffState.WITH_PERSON:
            seq = self._posted(handoff, text)
            return Verdict(SILENT, person_seq=seq) if seq else Verdict()
        if handoff is not None and handoff.state is HandoffState.QUEUED:
            return self._while_waiting(handoff, text)
        if self._words.begins_message(text):
            return Verdict(leaves_message=True, offer=handoff)
        if self._words.asks_what_was_said(text):
            return Verdict(self._said_before(conversation_id), offer=handoff)
        return Verdict(offer=handoff)

    def asks_for_person(self, text: str) -> bool:
        """Tell whether a message does nothing but ask for a person."""
        return self._words.asks_for_person(text)

    def keep_for_person(self, conversation_id: str, text: str, standing: Standing) -> int | None:
        """Keep a message for the person who has the conversation or will; for one that is answered all the same.

        Returns the number under which it is kept, None where there is no such person.
        """
        handoff = self._handoffs.active(conversation_id) if standing.has_handoff else None
        kept = handoff is not None and handoff.state is not HandoffState.OFFERED
        return self._posted(handoff, text) if handoff is not None and kept else None

    def stand_by(self, conversation_id: str, masked: str) -> None:
        """Note an emergency: should the citizen ask for a person, they come first; who waits already, moves up."""
        self._handoffs.open(conversation_id, HandoffReason.EMERGENCY, masked)

    def settle(self, offer: Handoff | None, offered_again: bool) -> None:
        """End an offer that the message after it has not accepted."""
        if offer is not None and offer.reason in PASSING and not offered_again:
            self._handoffs.decline(offer.id)

    def _while_waiting(self, handoff: Handoff, text: str) -> Verdict:
        leaves_message = self._words.leaves_message(text)
        if leaves_message or self._words.leaves(text):
            if self._handoffs.leave(handoff.id, leaves_message):
                left = self._left(handoff.conversation_id, leaves_message)
                return Verdict(left, not leaves_message, leaves_message)
            handoff = self._handoffs.active(handoff.conversation_id) or handoff  # taken this very moment
        seq = self._posted(handoff, text)
        if seq is None:
            return Verdict()
        room = self._services.waiting_room
        waits = handoff.state is not HandoffState.WITH_PERSON
        place = room.place_of(handoff.conversation_id) if waits else None
        if place is None:
            return Verdict(SILENT, person_seq=seq)
        told = Reply(AnswerStatus.HANDED_OVER, room.said(place, again=True), choices=room.ways_out())
        return Verdict(told, person_seq=seq)

    def _left(self, conversation_id: str, leaves_message: bool) -> Reply:
        if leaves_message:
            return Reply(AnswerStatus.HANDOFF_LEFT, self._texts("left_for_message"))
        applications = self._services.applications
        kept = applications.active_draft(conversation_id) or applications.paused_draft(conversation_id)
        return Reply(AnswerStatus.HANDOFF_LEFT, self._texts("left_queue_application" if kept else "left_queue"))

    def _posted(self, handoff: Handoff, text: str) -> int | None:
        try:
            return self._handoffs.post(handoff.id, MessageRole.CITIZEN, text[:LONGEST_FOR_PERSON]).seq
        except TransitionRefused:
            return None  # handed back this very moment

    def _said_before(self, conversation_id: str) -> Reply | None:
        """Return what the person said who had the conversation last, personal data masked; None if nobody had it."""
        handoff = self._handoffs.last_with_person(conversation_id)
        if handoff is None:
            return None
        said = [one.text for one in self._handoffs.messages(handoff.id) if one.role is MessageRole.STAFF][-_QUOTED:]
        lines = [self._texts("person_said")] if said else []
        lines += [self._texts("person_said_line", text=self._masked(conversation_id, one)) for one in said]
        if handoff.note:
            lines.append(self._texts("person_noted", note=self._masked(conversation_id, handoff.note)))
        return Reply(AnswerStatus.ANSWERED, "\n".join(lines or [self._texts("person_said_nothing")]))

    def _masked(self, conversation_id: str, text: str) -> str:
        return self._guard.mask(conversation_id, text)
