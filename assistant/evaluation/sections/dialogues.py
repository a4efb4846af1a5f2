"""Whole conversations: turns that went as expected, and dialogues without a wrong turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.reply import Reply
from assistant.evaluation.entries import Dialogue, Turn
from assistant.evaluation.estimates import share
from assistant.evaluation.progress import tracked
from assistant.evaluation.report import Failure, Failures, Figure, Section, Table
from assistant.evaluation.trial import Trial

NAME = "dialogues"
_SHOWN = 80
"""characters of a reply that a failure quotes"""


@dataclass(frozen=True)
class Held:
    """One turn as it went."""

    dialogue: str
    number: int
    turn: Turn
    reply: Reply

    @property
    def key(self) -> str:
        """Return the turn's name in the list of known failures."""
        return f"{self.dialogue}/{self.number}"

    @property
    def got(self) -> dict[str, Any]:
        """Return what may be expected of a reply."""
        application = self.reply.application
        return {
            "status": self.reply.status.value,
            "item": self.reply.item,
            "facet": self.reply.facet,
            "state": application.state if application else None,
        }

    @property
    def wrong(self) -> Mapping[str, Any]:
        """Return the expected values that did not come, by field."""
        return {
            name: wanted
            for name, wanted in self.turn.expect.items()
            if self.got.get(name) not in (wanted if isinstance(wanted, list) else [wanted])
        }


def measure(trial: Trial) -> Section:
    """Hold every dialogue."""
    held: list[Held] = []
    for dialogue in tracked(trial.title("dialogues"), trial.part.dialogues):
        held.extend(_hold(trial, dialogue))
    return section(trial.part.name, held, trial.known(NAME))


def _hold(trial: Trial, dialogue: Dialogue) -> Iterator[Held]:
    replies = trial.hold([turn.user for turn in dialogue.turns], dialogue.identity)
    for number, (turn, reply) in enumerate(zip(dialogue.turns, replies, strict=True), start=1):
        yield Held(dialogue.id, number, turn, reply)


def section(part: str, held: Sequence[Held], known: frozenset[str] = frozenset()) -> Section:
    """Return the turns and the dialogues that went right, by turn number too, and every wrong turn."""
    dialogues = dict.fromkeys(turn.dialogue for turn in held)
    spoiled = {turn.dialogue for turn in held if turn.wrong}
    numbers = sorted({turn.number for turn in held})
    rows = tuple(
        (
            number,
            sum(turn.number == number for turn in held),
            share(not turn.wrong for turn in held if turn.number == number),
        )
        for number in numbers
    )
    return Section(
        name=NAME,
        part=part,
        title="Dialogues",
        figures=(
            Figure("turns right", share(not turn.wrong for turn in held)),
            Figure("dialogues wholly right", share(dialogue not in spoiled for dialogue in dialogues)),
        ),
        tables=(Table("By turn", ("turn", "n", "right"), rows),),
        failures=Failures.among((_failure(turn) for turn in held if turn.wrong), (turn.key for turn in held), known),
    )


def _failure(turn: Held) -> Failure:
    return Failure(
        key=turn.key,
        text=turn.turn.user,
        reasons=tuple(turn.wrong),
        expected=", ".join(f"{name} {value}" for name, value in turn.wrong.items()),
        got=", ".join(f"{name} {turn.got.get(name)}" for name in turn.wrong) + f": {turn.reply.text[:_SHOWN]}",
    )
