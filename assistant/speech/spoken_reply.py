"""What of a reply is said aloud, and what is expected to be said then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.services import Services
from actions.status import AnswerStatus
from actions.texts import Texts
from assistant.citizen.awaited import awaited
from assistant.speech.expectations import expectation
from assistant.speech.spoken_digits import must_be_typed
from voice.session.reply import SpokenReply
from voice.synthesis.sentences import sentences

_CHOICES_SAID = 4


def spoken_reply(
    services: Services, texts: Texts, conversation_id: str, reply: Mapping[str, Any], hall: bool = False
) -> SpokenReply:
    """Return a reply, as pages read it, for the ear: its sentences, the choices it offers, and what is awaited.

    What is written holds personal values masked, and so does what is said. The voice speaks Chinese only: a reply in
    another language is left to the screen.
    """
    labels = tuple(choice["label"] for choice in reply["choices"])
    foreign = bool(reply.get("language"))
    said = texts("on_screen") if foreign else reply["text"]
    if labels and not foreign and reply["status"] == AnswerStatus.CLARIFIED.value:
        said = f"{said}\n{texts('choices_aloud', choices='、'.join(labels[:_CHOICES_SAID]))}"
    expected = awaited(services, conversation_id)
    return SpokenReply(
        sentences=tuple(sentences(said)),
        expectation=expectation(expected, labels),
        choices=labels,
        with_person=reply["status"] == AnswerStatus.HANDED_OVER.value,
        by_keypad=must_be_typed(expected, hall),
    )
