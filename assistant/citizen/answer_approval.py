"""Approval of answers: what waits for a member of staff's yes, and how its conversation hears of the decision."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from rasa.core.channels.channel import UserMessage

from actions.approval_rules import ApprovalRules
from actions.reply import Choice, Reply, merge
from actions.services import Services
from actions.status import AnswerStatus
from actions.texts import Texts
from assistant.citizen.held_channel import HeldChannel
from assistant.citizen.hub import ConversationHub
from assistant.citizen.muted_channel import as_message
from assistant.citizen.notices import FOREIGN
from assistant.citizen.wire import EventType, reply_payload
from storage.approvals import SENT, HeldAnswer, HeldAnswers, HeldState
from storage.handoffs import Handoff, HandoffReason, HandoffState

BY_PERSON = (HeldState.REFUSED, HeldState.OVERTAKEN)
"""states in which a person answers instead"""
_QUOTED = 60
"""characters of a question that are quoted where an answer does not come"""


class AnswerApproval:
    """Hold answers back, and tell conversations what was decided about them.

    Our own conversations hear of it in an event. One of another channel has none: it hears of it at its next message.
    """

    def __init__(self, services: Services, rules: ApprovalRules, hub: ConversationHub) -> None:
        """Keep what it works with."""
        self.held = HeldAnswers(services.database)
        self.rules = rules
        self.texts = Texts.load(services.data / "texts" / "approvals.yml")
        self._services = services
        self._hub = hub

    async def through(self, message: UserMessage, dialogue: Callable[[UserMessage], Awaitable[None]]) -> None:
        """Let the dialogue handle a message; an answer that is to be approved first waits, the citizen is told so."""
        channel: Any = message.output_channel
        message.output_channel = held = HeldChannel(channel)
        try:
            await dialogue(message)
        finally:
            message.output_channel = channel
            waiting = self._hold(message, held.replies())
            if waiting is None:
                await held.let_out()
            else:
                await channel.send_response(message.sender_id, as_message(waiting))

    def _hold(self, message: UserMessage, replies: list[Reply] | None) -> Reply | None:
        """Hold the turn's answer where it is to be approved, and return what is said instead.

        A turn that also asks for something, such as the next field of an application, never waits.
        """
        answer = merge(replies or ())
        if answer is None or any(one.status is not AnswerStatus.ANSWERED for one in replies or ()):
            return None
        reason = self.rules.why_held(answer, self._services.waiting_room.is_open())
        if reason is None or self._services.handoffs.is_with_person(message.sender_id):
            return None
        held = self.held.hold(message.sender_id, message.text or "", answer.as_json(), reason.value)
        return replace(
            answer,
            status=AnswerStatus.AWAITING_APPROVAL,
            text=self.texts("awaiting"),
            choices=(),
            citations=(),
            plain_text=None,
            notice=None,
            approval=held.id,
        )

    def tell(self, held: HeldAnswer) -> None:
        """Tell a conversation of ours what was decided, once, however often this is called; the others hear later.

        Where a person answers, those need not hear of it: they hear the person.
        """
        if FOREIGN in held.conversation_id:
            if held.state in BY_PERSON:
                self.held.mark_told(held.id)
            return
        if not self._was_told(held):
            type_, payload = self._event(held)
            if self._hub.publish(held.conversation_id, type_, payload).seq is None:
                return  # it could not be kept: it is told again
        self.held.mark_told(held.id)

    def tell_untold(self) -> None:
        """Tell what was decided and not told, because the program ended in between."""
        for held in self.held.untold():
            if held.state is HeldState.REFUSED:
                self.queue_for_person(held)
            self.tell(held)

    def queue_for_person(self, held: HeldAnswer) -> Handoff:
        """Return the conversation's handoff, which waits now for whoever takes it, or is with a person already."""
        handoffs, summary = self._services.handoffs, self.texts("summary", question=held.question)
        handoff = handoffs.open(held.conversation_id, HandoffReason.ANSWER_REFUSED, summary)
        return handoffs.enqueue(handoff.id, summary) if handoff.state is HandoffState.OFFERED else handoff

    def replies_for(self, conversation_id: str) -> Iterator[Reply]:
        """Yield what a conversation of another channel has not heard yet, each marked as told once it is taken."""
        if FOREIGN not in conversation_id:
            return
        for held in self.held.untold(conversation_id):
            yield self._reply(held)
            self.held.mark_told(held.id)

    def answer(self, held: HeldAnswer) -> Reply:
        """Return the answer as it is sent: what was edited stands in place of the assistant's words."""
        reply = Reply.from_json(held.reply)
        return reply if held.sent is None else replace(reply, text=held.sent, plain_text=None)

    def _event(self, held: HeldAnswer) -> tuple[EventType, dict[str, Any]]:
        about = {"approval": held.id, "question": held.question}
        if held.state in SENT:
            answer = self.answer(held)
            payload = reply_payload(replace(answer, choices=()) if self._went_on(held) else answer, 0.0)
            return EventType.ANSWER_APPROVED, {**payload, **about, "edited": held.state is HeldState.EDITED}
        choices = [{"label": choice.label} for choice in self._ways_on(held)]
        withdrawn = {"outcome": held.state.value, "text": self._withdrawn(held), "choices": choices}
        return EventType.ANSWER_WITHDRAWN, {**withdrawn, **about}

    def _reply(self, held: HeldAnswer) -> Reply:
        if held.state not in SENT:
            return Reply(AnswerStatus.HANDOFF_OFFERED, self._withdrawn(held), choices=self._ways_on(held))
        answer = self.answer(held)
        return replace(answer, text=f"{self.texts('approved', question=_quoted(held.question))}\n{answer.text}")

    def _withdrawn(self, held: HeldAnswer) -> str:
        question = _quoted(held.question)
        if held.state is not HeldState.EXPIRED:
            return self.texts("refused", question=question)
        if self._services.waiting_room.is_open():
            return self.texts("expired", question=question)
        return self.texts("expired_closed", question=question, hours=self._services.hours.label)

    def _ways_on(self, held: HeldAnswer) -> tuple[Choice, ...]:
        """Return what may be picked where an answer does not come; the dialogue understands the words."""
        return (Choice(self.texts("call_person"), does="person"),) if held.state is HeldState.EXPIRED else ()

    def _went_on(self, held: HeldAnswer) -> bool:
        """Tell whether the citizen has said more since: the dialogue would take the answer's choices for others."""
        said = (event for event in self._hub.since(held.conversation_id, 0) if event.type is EventType.MESSAGE)
        later = [event for event in said if datetime.fromisoformat(str(event.at)) >= held.at]
        return len(later) > 1  # the first is the question itself, kept at the end of its turn

    def _was_told(self, held: HeldAnswer) -> bool:
        kinds = (EventType.ANSWER_APPROVED, EventType.ANSWER_WITHDRAWN)
        return any(
            event.type in kinds and event.payload.get("approval") == held.id
            for event in self._hub.since(held.conversation_id, 0)
        )


def _quoted(question: str) -> str:
    return question if len(question) <= _QUOTED else question[:_QUOTED] + "…"
