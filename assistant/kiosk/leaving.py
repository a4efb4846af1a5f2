"""The ends of a visit at a machine that its clients notice: it is over, or goes on on a telephone."""

from __future__ import annotations

from actions.texts import Texts
from assistant.citizen.hub import ConversationHub
from assistant.citizen.wire import EventType
from assistant.speech.channel import SpeechChannel
from storage.kiosk_visits import KioskVisits


class Leaving:
    """Close what is open of a visit in this process."""

    def __init__(self, kept: KioskVisits, hub: ConversationHub, speech: SpeechChannel, texts: Texts) -> None:
        """Keep the visits, and where their clients are connected; `texts` are those of data/texts/kiosk.yml."""
        self.kept = kept
        self.texts = texts
        self._hub = hub
        self._speech = speech
        self._moved_last: str | None = None

    def show_out(self, conversation_id: str) -> None:
        """Close every socket of a visit, after what has still to be sent."""
        self._hub.dismiss(conversation_id)
        self._speech.end(conversation_id)

    def move_out(self, conversation_id: str) -> None:
        """Tell the machine that the visit goes on elsewhere, and close its sockets; later ones are the telephone's."""
        if conversation_id == self._moved_last:
            return
        self._moved_last = conversation_id
        self._hub.tell(conversation_id, EventType.CONVERSATION_MOVED, {"text": self.texts("moved")})
        self.show_out(conversation_id)

    def take_over(self, code: str) -> str | None:
        """Give a visit to the telephone that has its code; return the conversation, None where the code is no good."""
        conversation_id = self.kept.take_over(code)
        if conversation_id is not None:
            self.move_out(conversation_id)
        return conversation_id
