"""What is said aloud though nobody asked: the words of a person, an answer that was waited for, news of a case."""

from __future__ import annotations

import re

from actions.services import Services
from actions.texts import Texts
from assistant.citizen.hub import ConversationHub
from assistant.citizen.wire import Event, EventType
from assistant.speech.driver import SpeechDriver
from voice.language.spoken_form import spoken_form
from voice.session.reply import SpokenReply
from voice.synthesis.sentences import sentences

_SAID = frozenset(
    {
        EventType.AGENT_MESSAGE,
        EventType.AGENT_LEFT,
        EventType.ANSWER_APPROVED,
        EventType.ANSWER_WITHDRAWN,
        EventType.APPLICATION_ISSUED,
    }
)
_NUMBER = re.compile(r"\d{4}")
"""digits that may be somebody's number"""


class News:
    """Tell a conversation's spoken session what comes unasked."""

    def __init__(self, services: Services, texts: Texts, hub: ConversationHub, conversation_id: str) -> None:
        """Keep the conversation, and the wording (data/texts/speech.yml)."""
        self._services = services
        self._texts = texts
        self._hub = hub
        self._conversation_id = conversation_id

    async def follow(self, driver: SpeechDriver) -> None:
        """Tell it what comes, until nothing more does or this is cancelled."""
        queue = self._hub.listen(self._conversation_id)
        try:
            while (event := await queue.get()) is not None:
                told = self.of(event, driver.check.hall)
                if told is not None:
                    driver.tell(driver.session.announced, told)
        finally:
            self._hub.leave(self._conversation_id, queue)

    def of(self, event: Event, hall: bool) -> SpokenReply | None:
        """Return what is said of an event, None for nothing; in a hall a person's numbers are left to the screen."""
        text = str(event.payload.get("text") or "")
        if event.type not in _SAID or not spoken_form(text):
            return None
        if event.payload.get("language") or (hall and event.type is EventType.AGENT_MESSAGE and _NUMBER.search(text)):
            text = self._texts("on_screen")
        with_person = self._services.handoffs.active(self._conversation_id) is not None
        return SpokenReply(tuple(sentences(text)), with_person=with_person)
