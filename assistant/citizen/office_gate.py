"""Fixed words about one's applications, understood at the gate: a reminder, the answer to what staff ask for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.applications import REMINDER, applications_of
from actions.flows.supplement import supplement_begins
from actions.services import Services
from assistant.nlu.decision import Outcome
from storage.application_states import NEXT_STATES
from storage.receipts import receipt_in
from storage.standing import Standing


@dataclass(frozen=True)
class OfficeTurn:
    """The outcome that the dialogue is given in place of the words, with what it needs to carry it out."""

    outcome: Outcome
    entities: Mapping[str, str] = field(default_factory=dict)
    expecting: Mapping[str, Any] | None = None
    """what the slot of that name holds then"""
    if_about: Collection[str] | None = None
    """the items of which the conversation may be about one, for words that name nothing; None for any"""


class OfficeGate:
    """Most messages are none of these words, and cost one match; the store is asked about the others."""

    def __init__(self, services: Services) -> None:
        """Keep the services whose applications are meant."""
        self._services = services
        self._words = services.back_office.words

    def take(self, conversation_id: str, text: str, standing: Standing) -> OfficeTurn | None:
        """Return what a message comes to, or None for the dialogue to find out.

        Words that only ask for more speed are an answer where an application asks for something, and a question about
        a guide where the conversation is about another item.
        """
        if self._words.begins_supplement(text):
            return self._supplement(conversation_id, receipt_in(text))
        if self._words.reminds_of_application(text):
            return self._reminder(text) if self._open_items(conversation_id) else None
        if self._words.wants_it_sooner(text) and not standing.has_draft:
            items = self._open_items(conversation_id)
            return self._reminder(text, items) if items else None
        return None

    def _supplement(self, conversation_id: str, receipt: str | None) -> OfficeTurn | None:
        waited_for = self._services.back_office.supplements.waited_for(conversation_id)
        if receipt is not None:
            waited_for = tuple(one for one in waited_for if one == receipt)
        if not waited_for:
            return None
        return OfficeTurn(Outcome.MESSAGE, expecting=supplement_begins(waited_for[0]))

    @staticmethod
    def _reminder(text: str, if_about: Collection[str] | None = None) -> OfficeTurn:
        return OfficeTurn(Outcome.TRACK, {REMINDER: receipt_in(text) or ""}, if_about=if_about)

    def _open_items(self, conversation_id: str) -> frozenset[str]:
        """Return the items that the citizen has open applications for."""
        return frozenset(
            one.item_id
            for one in applications_of(self._services, conversation_id)
            if NEXT_STATES[one.state] and one.item_id not in self._services.back_office.filed
        )
