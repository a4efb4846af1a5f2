"""Questions that fit several items, put to the assistant: it should ask back which is meant."""

from __future__ import annotations

from collections.abc import Sequence

from actions.reply import Reply
from actions.status import AnswerStatus
from assistant.evaluation.entries import AmbiguousQuestion
from assistant.evaluation.estimates import share
from assistant.evaluation.progress import tracked
from assistant.evaluation.report import Failure, Failures, Figure, Section
from assistant.evaluation.trial import Trial

NAME = "ambiguous"
_LEAST_CHOICES = 2
"""fitting items that the choices must hold"""


def measure(trial: Trial) -> Section:
    """Ask every question in a fresh conversation."""
    questions = tracked(trial.title("questions that fit several items"), trial.part.ambiguous)
    said = [(question, trial.ask(question.text).reply) for question in questions]
    return section(trial.part.name, said, trial.known(NAME))


def section(part: str, said: Sequence[tuple[AmbiguousQuestion, Reply]], known: frozenset[str] = frozenset()) -> Section:
    """Return the shares asked back about, with which choices, and answered outright."""
    back = [(question, reply) for question, reply in said if reply.status is AnswerStatus.CLARIFIED]
    outright = [(question, reply) for question, reply in said if reply.status is AnswerStatus.ANSWERED]
    failures = (
        Failure(
            key=question.text,
            text=question.text,
            reasons=(f"not asked back: {reply.status.value}",),
            expected=", ".join(question.items),
            got=reply.item or reply.status.value,
        )
        for question, reply in said
        if reply.status is not AnswerStatus.CLARIFIED
    )
    return Section(
        name=NAME,
        part=part,
        title="Questions that fit several items",
        figures=(
            Figure("asked back", share(reply.status is AnswerStatus.CLARIFIED for _, reply in said)),
            Figure(f"choices with {_LEAST_CHOICES} that fit, of those asked back", share(map(_offers_them, back))),
            Figure("answered outright", share(reply.status is AnswerStatus.ANSWERED for _, reply in said)),
            Figure(
                "with one that fits, of those answered",
                share(reply.item in question.items for question, reply in outright),
            ),
        ),
        failures=Failures.among(failures, (question.text for question, _ in said), known),
    )


def _offers_them(asked: tuple[AmbiguousQuestion, Reply]) -> bool:
    question, reply = asked
    return len({choice.item for choice in reply.choices} & set(question.items)) >= _LEAST_CHOICES
