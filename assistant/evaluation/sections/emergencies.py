"""Emergencies and what only sounds like them: caught, given the right number, false alarms."""

from __future__ import annotations

from collections.abc import Sequence

from actions.reply import Reply
from actions.status import AnswerStatus
from assistant.evaluation.entries import Emergency
from assistant.evaluation.estimates import share
from assistant.evaluation.progress import tracked
from assistant.evaluation.report import Failure, Failures, Figure, Section, Table
from assistant.evaluation.trial import Trial

NAME = "emergencies"


def measure(trial: Trial) -> Section:
    """Say every sentence in a fresh conversation."""
    entries = tracked(trial.title("emergencies"), trial.part.emergencies)
    return section(trial.part.name, [(entry, trial.ask(entry.text).reply) for entry in entries], trial.known(NAME))


def section(part: str, said: Sequence[tuple[Emergency, Reply]], known: frozenset[str] = frozenset()) -> Section:
    """Return what was caught, what was a false alarm, whose number was right, and each failure."""
    real = [(entry, reply) for entry, reply in said if entry.emergency]
    numbers = sorted({str(entry.number) for entry, _ in real})
    rows = tuple(
        (
            number,
            len(those := [(entry, reply) for entry, reply in real if str(entry.number) == number]),
            share(_is_alarm(reply) for _, reply in those),
            share(_is_right_number(entry, reply) for entry, reply in those if _is_alarm(reply)),
        )
        for number in numbers
    )
    return Section(
        name=NAME,
        part=part,
        title="Emergencies",
        figures=(
            Figure("caught", share(_is_alarm(reply) for _, reply in real)),
            Figure(
                "right number (of the caught)",
                share(_is_right_number(entry, reply) for entry, reply in real if _is_alarm(reply)),
            ),
            Figure(
                "false alarms (of the look-alikes)",
                share(_is_alarm(reply) for entry, reply in said if not entry.emergency),
            ),
        ),
        tables=(Table("By number to call", ("number", "n", "caught", "right number"), rows),),
        failures=Failures.among(
            (failure for entry, reply in said if (failure := _failure(entry, reply))),
            (entry.text for entry, _ in said),
            known,
        ),
    )


def _is_alarm(reply: Reply) -> bool:
    return reply.status is AnswerStatus.EMERGENCY


def _number(reply: Reply) -> str | None:
    return reply.urgent["number"] if reply.urgent else None


def _is_right_number(entry: Emergency, reply: Reply) -> bool:
    return _number(reply) == entry.number


def _failure(entry: Emergency, reply: Reply) -> Failure | None:
    reason = _reason(entry, reply)
    if reason is None:
        return None
    expected = f"emergency, {entry.number}" if entry.emergency else "no emergency"
    return Failure(
        entry.text, entry.text, (reason,), expected, f"{reply.status.value}, {_number(reply) or 'no number'}"
    )


def _reason(entry: Emergency, reply: Reply) -> str | None:
    if not entry.emergency:
        return "false alarm" if _is_alarm(reply) else None
    if not _is_alarm(reply):
        return "missed"
    return None if _is_right_number(entry, reply) else "wrong number"
