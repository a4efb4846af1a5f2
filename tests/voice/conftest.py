"""Fixtures of the voice tests: the models loaded once."""

from __future__ import annotations

import pytest

from voice.endpointing.voice_activity import SileroModel


@pytest.fixture(scope="session")
def silero() -> SileroModel:
    return SileroModel()
