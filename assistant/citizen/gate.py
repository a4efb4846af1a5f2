"""The gate: what must hold for every way in, before Rasa's agent sees a message.

Every channel, Rasa's own webhooks included, hands its messages to `Agent.handle_message`; the gate is that method.
"""

from __future__ import annotations

import logging
import re
from contextlib import suppress
from dataclasses import replace
from typing import Any

from rasa.core.channels.channel import UserMessage
from zhconv import convert

from actions.flows.fields import is_attempt
from actions.flows.place_fields import FreeText
from actions.flows.steps import Expected
from actions.reply import Reply
from actions.services import Services
from actions.status import AnswerStatus
from actions.turn import UNHEARD
from assistant.citizen.answer_approval import AnswerApproval
from assistant.citizen.dialogue_agent import DialogueAgent
from assistant.citizen.emergencies import EmergencyRecogniser
from assistant.citizen.identity import OwnMessage, conversation_of
from assistant.citizen.muted_channel import MutedByPerson, as_message
from assistant.citizen.notices import Notices
from assistant.citizen.office_gate import OfficeGate, OfficeTurn
from assistant.citizen.person_gate import PersonGate, Verdict
from assistant.citizen.personal_data import PersonalDataGuard
from assistant.citizen.provisional_gate import ProvisionalGate
from assistant.complaints import place_of
from assistant.english.gate import EnglishGate
from assistant.nlu.decision import Outcome
from assistant.nlu.reading import HEARD
from assistant.ratings.book import RatingBook
from assistant.ratings.gate import RatingGate
from storage.audit import AuditTrail
from storage.errors import StorageError
from storage.standing import Standing

logger = logging.getLogger(__name__)

_MEANINGFUL = re.compile(r"\w")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ud800-\udfff]")


class GatedAgent(DialogueAgent):
    """Rasa's agent behind the gate."""

    emergencies: EmergencyRecogniser
    guard: PersonalDataGuard
    max_characters: int
    notices: Notices
    persons: PersonGate
    office: OfficeGate
    provisional: ProvisionalGate
    english: EnglishGate
    ratings: RatingGate
    approval: AnswerApproval | None = None
    """where a server lets staff approve answers first"""

    def open_gate(
        self,
        services: Services,
        emergencies: EmergencyRecogniser,
        guard: PersonalDataGuard,
        audit: AuditTrail,
        max_characters: int,
    ) -> None:
        """Give the gate what it works with; without it no message passes."""
        self.services = services
        self.emergencies = emergencies
        self.guard = guard
        self.max_characters = max_characters
        self.notices = Notices(services)
        self.persons = PersonGate(services, guard)
        self.ratings = RatingGate(RatingBook(services, guard))
        self.office = OfficeGate(services)
        self.provisional = ProvisionalGate(services, audit)
        self.english = EnglishGate(services)

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """Check, mask and defuse the message, then let the dialogue handle it.

        A message that is empty, too long or an emergency, or that a person is to answer, never reaches the dialogue.
        Whatever fails becomes a reply; nothing of the message is logged, and only masked words are kept.
        """
        text = _CONTROL.sub("", message.text or "").strip()
        message.metadata = _how_it_came(message) if isinstance(message, OwnMessage) else None
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
        recognised = self.emergencies.recognise(text[: self.max_characters], _is_an_answer(expected, text))
        emergency = self.english.emergency(text[: self.max_characters], recognised)
        if emergency is not None:
            await _send(message, emergency)
            with suppress(StorageError):  # the number to call is said whatever becomes of the rest
                _number(message, self.persons.keep_for_person(message.sender_id, text, standing))
                message.text = self._masked(message.sender_id, text, expected)
                self.persons.stand_by(message.sender_id, message.text)
            return
        verdict = self._at_the_gate(message.sender_id, text, standing)
        _number(message, verdict.person_seq)
        is_free = verdict.reply is None and not verdict.leaves_message
        asked = self.provisional.take(message.sender_id, text, standing) if is_free else None
        if asked is not None:
            text, expected, verdict = asked.shown, None, replace(verdict, reply=asked.reply)
        message.text = self._masked(message.sender_id, text, expected)
        if standing.awaits_rating and expected is None and verdict.reply is None:
            verdict = replace(verdict, reply=self.ratings.take(message.sender_id, message.text))
        channel = message.output_channel
        message.output_channel = muted = MutedByPerson(channel, self.services.handoffs)
        try:
            await self._answer(message, verdict, standing)
        finally:
            message.output_channel = channel
        if verdict.reply is None:
            self.persons.settle(verdict.offer, muted.offered)
        self.services.conversations.touch(message.sender_id, standing.last_seen)

    async def _answer(self, message: UserMessage, verdict: Verdict, standing: Standing) -> None:
        if standing.has_decided and self.approval is not None:
            await self._tell_decided(self.approval, message)
        if verdict.reply is not None:
            await _send(message, verdict.reply)
        if verdict.leaves_message:
            await self.begin_message(message)
        elif verdict.leaves:
            await self.set_aside(message.sender_id)
        elif verdict.reply is None:
            await self._talk(message, standing)
        if standing.has_notices and not self.services.handoffs.is_with_person(message.sender_id):
            news = self.notices.reply_for(message.sender_id)
            if news is not None:
                await _send(message, news)

    async def _tell_decided(self, approval: AnswerApproval, message: UserMessage) -> None:
        """Say first what was decided about earlier answers, unless a person has the conversation."""
        if not self.services.handoffs.is_with_person(message.sender_id):
            for decided in approval.replies_for(message.sender_id):
                await _send(message, decided)

    async def _talk(self, message: UserMessage, standing: Standing) -> None:
        """Name the outcome of what is said in fixed words about an application; the rest is the dialogue's."""
        office = self.office.take(message.sender_id, message.text, standing)
        if office is not None and office.if_about is not None:
            tracker = await self.tracker_store.retrieve(message.sender_id)
            focus = (tracker.get_slot("focus") if tracker else None) or {}
            office = office if focus.get("item") in (None, *office.if_about) else None
        if office is not None:
            await self.begin(message, office)
        elif self.approval is not None and not standing.has_draft:
            await self.approval.through(message, self._understand)
        else:
            await self._understand(message, standing.has_draft)

    async def _understand(self, message: UserMessage, has_draft: bool = False) -> None:
        """Answer what is asked in English; the rest is the dialogue's."""
        turn = self.english.take(message.sender_id, message.text, has_draft)
        if turn is None:
            await self.dialogue(message)
        elif turn.wants_person:
            await self.begin(message, OfficeTurn(Outcome.PERSON))
        else:
            for reply in turn.replies:
                await _send(message, reply)
            if not turn.applying:
                await self.remember(message, turn)

    def _standing(self, conversation_id: str) -> Standing:
        with suppress(StorageError):  # an emergency is answered even when nothing can be read
            return self.services.standings.of(conversation_id)
        return Standing(last_seen=None, has_handoff=False, has_draft=False, has_notices=False)

    def _at_the_gate(self, conversation_id: str, text: str, standing: Standing) -> Verdict:
        texts = self.services.texts
        if not text:
            return Verdict(Reply(AnswerStatus.NOT_UNDERSTOOD, texts("empty")))
        verdict = self.persons.take(conversation_id, text, standing)
        if verdict.reply is not None:
            return verdict
        if len(text) > self.max_characters:
            too_long = texts("too_long", length=len(text), limit=self.max_characters)
            return Verdict(Reply(AnswerStatus.NOT_UNDERSTOOD, too_long))
        if not _MEANINGFUL.search(text):
            return Verdict(Reply(AnswerStatus.NOT_UNDERSTOOD, texts("only_symbols")))
        return verdict

    def _masked(self, conversation_id: str, text: str, expected: Expected | None) -> str:
        if self.persons.asks_for_person(text):
            expected = None  # no place and no name, whatever was asked
        masked = self.guard.mask(conversation_id, text[: self.max_characters], expected)
        return _defused(convert(masked, "zh-cn"))


def _how_it_came(message: OwnMessage) -> dict[str, Any]:
    return {HEARD: message.heard, **({} if message.question_heard else {UNHEARD: True})}


def _is_an_answer(expected: Expected | None, text: str) -> bool:
    """Tell whether a text is what the running application asked for: a choice, a place, a name, a number, a date."""
    if expected is None or expected.kind is None or isinstance(expected.kind, FreeText):
        return False
    return is_attempt(expected.kind, text)


def _number(message: UserMessage, person_seq: int | None) -> None:
    """Note the number under which a message was kept for a person."""
    if isinstance(message, OwnMessage):
        message.person_seq = person_seq


def _defused(text: str) -> str:
    """Return the text so that Rasa takes no leading slash for an intent of the client's choosing."""
    return "／" + text.lstrip("/") if text.startswith("/") else text


async def _send(message: UserMessage, reply: Reply) -> None:
    channel = message.output_channel
    if channel is None:
        return
    await channel.send_response(message.sender_id, as_message(reply))
