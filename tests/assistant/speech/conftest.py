"""A voice whose recogniser is rehearsed; the synthesiser, the end-pointing and the assistant are real."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from tests.assistant.speech.client import Line
from tests.assistant.speech.rehearsed import RehearsedModel


@pytest.fixture(scope="session")
def understanding(assistant: Any) -> Any:
    from assistant.speech.understanding import Understanding

    return Understanding.of(assistant.services.catalogue)


@pytest.fixture
def model() -> RehearsedModel:
    return RehearsedModel()


@pytest.fixture
def voice(understanding: Any, model: RehearsedModel) -> Iterator[Any]:
    from assistant.speech.voice import Voice
    from voice.recognition.recognizer import Recognizer
    from voice.synthesis.synthesizer import Synthesizer

    opened = Voice(Recognizer(model), understanding, Synthesizer())
    yield opened
    opened.close()


@pytest.fixture
def channels(assistant: Any, voice: Any, clock: Any) -> tuple[Any, Any]:
    from assistant.citizen.channel import CitizenChannel
    from assistant.citizen.hub import ConversationHub
    from assistant.citizen.identity import ConversationTokens
    from assistant.citizen.limits import RateLimiter
    from assistant.speech.channel import SpeechChannel
    from tests.conftest import MONDAY_MORNING

    clock.now = MONDAY_MORNING
    hub = ConversationHub(assistant.services.transcripts)
    citizens = CitizenChannel(assistant, hub, ConversationTokens(b"key"), RateLimiter())
    return citizens, SpeechChannel(citizens, voice)


@pytest.fixture
async def line(assistant: Any, channels: tuple[Any, Any]) -> AsyncIterator[Line]:
    yield Line(assistant, channels[1], channels[0])


@pytest.fixture
async def stranger(assistant: Any, channels: tuple[Any, Any]) -> AsyncIterator[Line]:
    """A conversation of somebody who is not signed in, and so is asked for every number."""
    yield Line(assistant, channels[1], channels[0], identity=None)
