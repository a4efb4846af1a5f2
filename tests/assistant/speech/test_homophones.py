"""What a recogniser mishears still finds its item, by the sound of its name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from voice.language.expectation import ANYTHING
from voice.recognition.transcript import Transcript

HOMOPHONES = Path(__file__).parents[2] / "voice" / "language" / "homophones.yml"
RIGHT_AT_LEAST = 0.9

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def misheard() -> list[dict[str, Any]]:
    return list(yaml.safe_load(HOMOPHONES.read_text(encoding="utf-8")))


def item_of(assistant: Any, conversation: Any, understanding: Any, heard: str) -> str | None:
    """Return the item that a misheard question leads to, as a citizen without a past."""
    text = understanding(Transcript(heard, 0.9, seconds=3.0, compute_seconds=0.1), ANYTHING).text
    reply = conversation().say(text)
    return reply.item or (reply.candidates[0]["item"] if reply.candidates else None)


def test_given_more_than_sixty_homophone_mistakes_then_the_right_item_is_found(
    assistant: Any, conversation: Any, understanding: Any, misheard: list[dict[str, Any]]
) -> None:
    assert len(misheard) > 61
    wrong = [
        (one["heard"], found)
        for one in misheard
        if (found := item_of(assistant, conversation, understanding, one["heard"])) != one["item"]
    ]
    assert 1 - len(wrong) / len(misheard) >= RIGHT_AT_LEAST, wrong
