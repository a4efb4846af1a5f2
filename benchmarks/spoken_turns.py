"""What a client of a spoken session sees of a turn, and the times that lie in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

STAGES = ("end_pointing", "recognition", "turn", "synthesis")
BUSY = ("busy_wait", "recognizer_busy")
_ON_THE_WAY = frozenset({"one_moment", "busy_wait", "one_at_a_time", "rest_on_screen", "voice_lost"})
"""notices that answer nothing"""


@dataclass(frozen=True)
class Told:
    """An event of the session when the client had it; `at` is in seconds of the clock of the measurement."""

    at: float
    kind: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class SpokenTurn:
    """One utterance, from the last sample of speech on; seconds."""

    what: str
    outcome: str
    """reply, the notice that came instead, or unanswered"""
    first_sound: float | None
    stages: Mapping[str, float]
    partial_lags: tuple[float, ...]
    """of each character, from when it was said until a partial transcript held it"""
    untold: int
    """characters that no partial transcript held"""
    busy: int
    """notices that many people speak"""
    first_word: float | None = None
    """seconds until the answer or a notice sounded"""


def turn_of(what: str, events: Sequence[Told], ended_at: float, said_at: Sequence[float]) -> SpokenTurn:
    """Read a turn off what was told since it began; `said_at` are the times at which its characters had been said."""
    answer = next((one for one in events if one.at >= ended_at and _answers(one)), None)
    until = answer.at if answer else float("inf")
    partials = [one for one in events if one.kind == "transcript-partial" and one.at <= until]
    lags = partial_lags([(one.at, one.payload["text"]) for one in partials], said_at)
    sound = next((one for one in events if answer is not None and one.at >= until and _sounds(one, answer)), None)
    return SpokenTurn(
        what=what,
        outcome="unanswered" if answer is None else answer.payload.get("notice", "reply"),
        first_sound=sound.at - ended_at if sound else None,
        stages=_stages(events, ended_at, answer, sound) if answer and sound else {},
        partial_lags=tuple(lags),
        untold=len(said_at) - len(lags),
        busy=sum(one.payload.get("notice") in BUSY for one in events),
        first_word=next((one.at - ended_at for one in events if one.at >= ended_at and _is_word(one, answer)), None),
    )


def partial_lags(partials: Sequence[tuple[float, str]], said_at: Sequence[float]) -> list[float]:
    """Return how long after each character was said a partial transcript was as long; those never held are left out."""
    lags: list[float] = []
    for at, text in partials:
        held = min(sum(character.isalnum() for character in text), len(said_at))
        lags += [at - said for said in said_at[len(lags) : held]]
    return lags


def is_answered(events: Sequence[Told], ended_at: float) -> bool:
    """Tell whether the answer of an utterance has sounded."""
    return turn_of("", events, ended_at, ()).first_sound is not None


def _answers(event: Told) -> bool:
    return event.kind == "reply" or (event.kind == "notice" and event.payload["notice"] not in _ON_THE_WAY)


def _sounds(event: Told, answer: Told) -> bool:
    return event.kind == "audio" and event.payload["reply_id"] == answer.payload.get("reply_id")


def _is_word(event: Told, answer: Told | None) -> bool:
    if event.kind == "audio" and event.payload["reply_id"] is None:
        return True
    return answer is not None and _sounds(event, answer)


def _stages(events: Sequence[Told], ended_at: float, answer: Told, sound: Told) -> dict[str, float]:
    """Return the seconds of each stage; without a reply the time until the notice is recognition's."""
    ended, heard = (
        next((one.at for one in reversed(events) if one.kind == kind and ended_at <= one.at <= answer.at), None)
        for kind in ("speech-ended", "transcript")
    )
    ended = ended_at if ended is None else ended
    heard = answer.at if heard is None else heard
    return dict(zip(STAGES, (ended - ended_at, heard - ended, answer.at - heard, sound.at - answer.at), strict=True))
