"""Questions that a passage answers, put to the assistant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from actions.passages import FIELD
from actions.reply import Reply
from assistant.evaluation.entries import PassageQuestion
from assistant.evaluation.estimates import share
from assistant.evaluation.progress import tracked
from assistant.evaluation.report import Failure, Failures, Figure, Section
from assistant.evaluation.trial import Trial

NAME = "passages"


def measure(trial: Trial) -> Section:
    """Ask every question in a fresh conversation."""
    names = {key: passage.name for key, passage in trial.subject.assistant.services.passages.current.items()}
    questions = tracked(trial.title("passages"), trial.part.passages)
    said = [(question, trial.ask(question.text).reply) for question in questions]
    return section(trial.part.name, said, names, trial.known(NAME))


def passage_said(reply: Reply) -> str | None:
    """Return the name of the passage that a reply answers from, or None."""
    return next((cited.item_name for cited in reply.citations if cited.field == FIELD), None)


def section(
    part: str,
    said: Sequence[tuple[PassageQuestion, Reply]],
    names: Mapping[str, str],
    known: frozenset[str] = frozenset(),
) -> Section:
    """Return the shares answered from the right passage, from another one, and with an item."""
    right = [passage_said(reply) == names.get(question.passage) for question, reply in said]
    other = [passage_said(reply) not in (None, names.get(question.passage)) for question, reply in said]
    failures = (
        Failure(
            key=question.text,
            text=question.text,
            reasons=("another passage" if wrong else f"not answered: {reply.status.value}",),
            expected=question.passage,
            got=passage_said(reply) or f"{reply.status.value} {reply.item}",
        )
        for (question, reply), is_right, wrong in zip(said, right, other, strict=True)
        if not is_right
    )
    return Section(
        name=NAME,
        part=part,
        title="Questions that a passage answers, put to the assistant",
        figures=(
            Figure("answered from the right passage", share(right)),
            Figure("answered from another passage", share(other)),
            Figure("answered with an item", share(reply.item is not None for _, reply in said)),
        ),
        failures=Failures.among(failures, (question.text for question, _ in said), known),
    )
