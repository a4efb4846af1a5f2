"""How fast and loud one is spoken to is kept in bounds, whatever a client asks."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.speech.manner import Manner


@pytest.mark.parametrize(
    ("asked", "speed", "volume"),
    [
        ({}, 0.8, 0.5),
        ({"speed": 1.5}, 1.5, 0.5),
        ({"volume": 1}, 0.8, 1.0),
        ({"speed": 9, "volume": -1}, 2.0, 0.0),
        ({"speed": 0, "volume": 7.5}, 0.5, 1.0),
        ({"speed": float("inf"), "volume": float("-inf")}, 2.0, 0.0),
        ({"speed": 10**400}, 2.0, 0.5),
        ({"speed": float("nan"), "volume": None}, 0.8, 0.5),
        ({"speed": "1.5", "volume": [1]}, 0.8, 0.5),
        ({"speed": True, "volume": False}, 0.8, 0.5),
    ],
)
def test_given_what_a_client_asks_then_it_is_bounded_and_nonsense_is_ignored(
    asked: dict[str, Any], speed: float, volume: float
) -> None:
    assert Manner(0.8, 0.5).changed(asked) == Manner(speed, volume)
