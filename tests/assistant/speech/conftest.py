"""A voice whose recogniser is rehearsed; the synthesiser, the end-pointing and the assistant are real."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

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
