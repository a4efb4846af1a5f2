"""Sentences that no item answers: how many are answered all the same?"""

from __future__ import annotations

from collections.abc import Sequence

from actions.reply import Reply
from assistant.evaluation.entries import Stranger
from assistant.evaluation.estimates import share
from assistant.evaluation.outcomes import is_committed
from assistant.evaluation.progress import tracked
from assistant.evaluation.report import Failure, Failures, Figure, Section, Table
from assistant.evaluation.sections.passages import passage_said
from assistant.evaluation.trial import Trial

NAME = "out_of_scope"


def measure(trial: Trial) -> Section:
    """Say every sentence in a fresh conversation."""
    strangers = tracked(trial.title("out of scope"), trial.part.out_of_scope)
    return section(
        trial.part.name, [(stranger, trial.ask(stranger.text).reply) for stranger in strangers], trial.known(NAME)
    )


def section(part: str, said: Sequence[tuple[Stranger, Reply]], known: frozenset[str] = frozenset()) -> Section:
    """Return the share answered, by kind too, and each sentence that was answered."""
    kinds = sorted({stranger.kind for stranger, _ in said})
    rows = tuple(
        (
            kind,
            sum(stranger.kind == kind for stranger, _ in said),
            share(is_committed(reply) for stranger, reply in said if stranger.kind == kind),
        )
        for kind in kinds
    )
    failures = (_failure(stranger, reply) for stranger, reply in said if is_committed(reply))
    return Section(
        name=NAME,
        part=part,
        title="Out of scope, put to the assistant",
        figures=(
            Figure("answered with an item", share(is_committed(reply) for _, reply in said)),
            Figure("answered from a passage", share(passage_said(reply) is not None for _, reply in said)),
        ),
        tables=(Table("By kind", ("kind", "n", "answered with an item"), rows),),
        failures=Failures.among(failures, (stranger.text for stranger, _ in said), known),
    )


def _failure(stranger: Stranger, reply: Reply) -> Failure:
    return Failure(
        key=stranger.text,
        text=stranger.text,
        reasons=(f"answered: {stranger.kind}",),
        expected="no item",
        got=f"{reply.status.value} {reply.item}, confidence {reply.confidence:.2f}",
    )
