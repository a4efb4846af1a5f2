"""What stands between a spoken turn of a conversation and the assistant: numbers are made sure of first."""

from __future__ import annotations

from actions.flows.steps import Expected
from actions.services import Services
from actions.texts import Texts
from assistant.citizen.awaited import ID_NUMBER_END, awaited
from assistant.citizen.provisional_words import ProvisionalWords
from assistant.speech.hall import Shown, SpokenIdNumbers
from assistant.speech.read_back import HeardSoFar, ReadBack, Said
from assistant.speech.spoken_digits import asks_for_number, joined_figures
from storage.handoffs import HandoffState
from voice.session.reply import SpokenReply

_WITH_PERSON = (HandoffState.QUEUED, HandoffState.WITH_PERSON)


class NumberCheck:
    """Make sure of the numbers said in one conversation; those meant for a person are the person's to judge."""

    def __init__(self, services: Services, texts: Texts, conversation_id: str, hall: bool = False) -> None:
        """Keep the conversation, and whether it is held where others listen."""
        self._services = services
        self._conversation_id = conversation_id
        self._read_back = ReadBack(texts, services.engine.is_plain_yes)
        self._id_numbers = SpokenIdNumbers(texts)
        self._provisional = ProvisionalWords(services.provisional.texts)
        self.hall = hall

    @property
    def hall(self) -> bool:
        """Tell whether others listen."""
        return self._read_back.hall

    @hall.setter
    def hall(self, hall: bool) -> None:
        self._read_back.hall = hall

    @property
    def so_far(self) -> HeardSoFar:
        """What was said of a number that is not sure yet."""
        return self._read_back.so_far

    @so_far.setter
    def so_far(self, so_far: HeardSoFar) -> None:
        self._read_back.so_far = so_far

    def __call__(self, said: Said) -> Said | SpokenReply:
        """Return the turn as the assistant is to have it, or what to ask instead."""
        stands = self._stands()
        proves = stands is not None and stands.type == ID_NUMBER_END
        if proves and (not self.hall or self._provisional.named(said.text) is not None):
            return said  # what proves a number is not said again; heard wrong, it is asked for once more
        return self._read_back.take(said, stands, self._corrected(said.text, stands))

    def shown(self, text: str, is_draft: bool) -> Shown:
        """Return what the screen shows of what was heard."""
        if not self.hall:
            return Shown(text)
        return self._id_numbers.shown(text, awaited(self._services, self._conversation_id), is_draft)

    def _stands(self) -> Expected | None:
        expected = awaited(self._services, self._conversation_id)
        if expected is None:
            return None
        handoff = self._services.handoffs.active(self._conversation_id)
        return None if handoff is not None and handoff.state in _WITH_PERSON else expected

    def _corrected(self, text: str, stands: Expected | None) -> Expected | None:
        """Return the number that is told while another thing is asked for."""
        if stands is None or asks_for_number(stands):
            return None
        return self._services.engine.number_corrected(self._conversation_id, joined_figures(text), self.so_far.field)
