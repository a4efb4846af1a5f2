"""The gate: what must hold for every way in, before Rasa's agent sees a message.

Every channel, Rasa's own webhooks included, hands its messages to `Agent.handle_message`; the gate is that method.
"""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from zhconv import convert

from actions.flows.fields import is_attempt
from actions.flows.place_fields import FreeText
from actions.flows.steps import Expected
from actions.reply import REPLY_KEY, Reply
from actions.services import Services
from actions.status import AnswerStatus
from assistant.citizen.emergencies import EmergencyRecogniser
from assistant.citizen.identity import OwnMessage, conversation_of
from assistant.citizen.notices import Notices
from assistant.citizen.personal_data import PersonalDataGuard
from assistant.complaints import place_of
from assistant.nlu.reading import HEARD
from storage.errors import StorageError, TransitionRefused
from storage.handoffs import HandoffState, MessageRole
from storage.standing import Standing

logger = logging.getLogger(__name__)

_MEANINGFUL = re.compile(r"\w")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ud800-\udfff]")


class GatedAgent(Agent):
    """Rasa's agent behind the gate."""

    services: Services
    emergencies: EmergencyRecogniser
    guard: PersonalDataGuard
    max_characters: int
    notices: Notices

    def open_gate(
        self,
        services: Services,
        emergencies: EmergencyRecogniser,
        guard: PersonalDataGuard,
        max_characters: int,
    ) -> None:
        """Give the gate what it works with; without it no message passes."""
        self.services = services
        self.emergencies = emergencies
        self.guard = guard
        self.max_characters = max_characters
        self.notices = Notices(services)

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """Check, mask and defuse the message, then let the dialogue handle it.

        A message that is empty, too long or an emergency, or that a person is to answer, never reaches the dialogue.
        Whatever fails becomes a reply; nothing of the message is logged, and only masked words are kept.
        """
        text = _CONTROL.sub("", message.text or "").strip()
        message.metadata = {HEARD: message.heard} if isinstance(message, OwnMessage) else None
        message.text = ""  # until it is masked
        try:
            await self._take(message, text)
        except Exception as error:
            # Only where it failed: an error's own message may quote what the citizen said.
            logger.error("A turn failed: %s at %s", type(error).__name__, place_of(error))
            await _send(message, Reply(AnswerStatus.ERROR, self.services.texts("error")))
        return getattr(message.output_channel, "messages", None)

    async def _take(self, message: UserMessage, text: str) -> None:
        message.sender_id = conversation_of(message, self.services.database.cipher)
        standing = self._standing(message.sender_id)
        expected = self.services.engine.expected(message.sender_id) if standing.has_draft else None
        emergency = self.emergencies.recognise(text[: self.max_characters], _is_an_answer(expected, text))
        if emergency is not None:
            await _send(message, Reply(AnswerStatus.EMERGENCY, emergency.reply, urgent={"number": emergency.number}))
            with suppress(StorageError):  # the number to call is said whatever becomes of the rest
                self._to_the_person(message.sender_id, text, standing)
                message.text = self._masked(message.sender_id, text, expected)
            return
        reply = self._at_the_gate(message.sender_id, text, standing)
        message.text = self._masked(message.sender_id, text, expected)
        if reply is None:
            await super().handle_message(message)
        else:
            await _send(message, reply)
        news = self.notices.reply_for(message.sender_id) if standing.has_notices else None
        if news is not None:
            await _send(message, news)
        self.services.conversations.touch(message.sender_id, standing.last_seen)

    def _standing(self, conversation_id: str) -> Standing:
        with suppress(StorageError):  # an emergency is answered even when nothing can be read
            return self.services.standings.of(conversation_id)
        return Standing(last_seen=None, has_handoff=False, has_draft=False, has_notices=False)

    def _at_the_gate(self, conversation_id: str, text: str, standing: Standing) -> Reply | None:
        texts = self.services.texts
        if not text:
            return Reply(AnswerStatus.NOT_UNDERSTOOD, texts("empty"))
        if len(text) > self.max_characters:
            return Reply(AnswerStatus.NOT_UNDERSTOOD, texts("too_long", length=len(text), limit=self.max_characters))
        handed_over = self._to_the_person(conversation_id, text, standing)
        if handed_over is not None:
            return handed_over
        if not _MEANINGFUL.search(text):
            return Reply(AnswerStatus.NOT_UNDERSTOOD, texts("only_symbols"))
        return None

    def _to_the_person(self, conversation_id: str, text: str, standing: Standing) -> Reply | None:
        """Keep the citizen's words for the person, if there is one; the assistant itself then stays silent."""
        handoff = self.services.handoffs.active(conversation_id) if standing.has_handoff else None
        if handoff is None or handoff.state not in (HandoffState.QUEUED, HandoffState.WITH_PERSON):
            return None
        try:
            self.services.handoffs.post(handoff.id, MessageRole.CITIZEN, text)
        except TransitionRefused:
            return None  # handed back this very moment
        if handoff.state is HandoffState.WITH_PERSON:
            return Reply(AnswerStatus.HANDED_OVER, "")
        waiting = [one.id for one in self.services.handoffs.queue()]
        ahead = waiting.index(handoff.id) if handoff.id in waiting else 0
        return Reply(AnswerStatus.HANDED_OVER, self.services.texts("already_queued", ahead=ahead))

    def _masked(self, conversation_id: str, text: str, expected: Expected | None) -> str:
        masked = self.guard.mask(conversation_id, text[: self.max_characters], expected)
        return _defused(convert(masked, "zh-cn"))


def _is_an_answer(expected: Expected | None, text: str) -> bool:
    """Tell whether a text is what the running application asked for: a choice, a place, a name, a number, a date."""
    if expected is None or expected.kind is None or isinstance(expected.kind, FreeText):
        return False
    return is_attempt(expected.kind, text)


def _defused(text: str) -> str:
    """Return the text so that Rasa takes no leading slash for an intent of the client's choosing."""
    return "／" + text.lstrip("/") if text.startswith("/") else text


async def _send(message: UserMessage, reply: Reply) -> None:
    channel = message.output_channel
    if channel is None:
        return
    await channel.send_response(message.sender_id, {"text": reply.text, "custom": {REPLY_KEY: reply.as_json()}})
