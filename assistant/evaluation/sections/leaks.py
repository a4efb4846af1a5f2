"""Evaluation sentences that are, or nearly are, training sentences: there must be none."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluation.estimates import count
from assistant.evaluation.leaks import Leak, kept_apart, leaks
from assistant.evaluation.report import Failure, Failures, Figure, Section
from assistant.evaluation.trial import Trial

NAME = "leaks"


def measure(trial: Trial) -> Section:
    """Hold the part against everything that is trained on."""
    return section(trial.part.name, leaks(kept_apart(trial.part), trial.subject.training))


def section(part: str, found: Sequence[Leak]) -> Section:
    """Return how many leak, and each with its likest training sentence."""
    failures = (
        Failure(
            leak.text, leak.text, ("trained on",), "a sentence of its own", f"{leak.likeness:.0%} alike: {leak.trained}"
        )
        for leak in found
    )
    return Section(
        name=NAME,
        part=part,
        title="Leaks from the training sentences",
        figures=(Figure("leaked sentences", count(len(found))),),
        failures=Failures.among(failures),
    )
