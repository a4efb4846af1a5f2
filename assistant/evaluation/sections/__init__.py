"""The sections of a report: each module measures one thing on one part of the set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.evaluation.entries import Part
from assistant.evaluation.report import Section
from assistant.evaluation.sections import (
    ambiguous,
    channels,
    confidence,
    dialogues,
    emergencies,
    intents,
    latencies,
    leaks,
    noise,
    out_of_scope,
    passages,
    public,
    questions,
)
from assistant.evaluation.trial import Subject, Trial


@dataclass(frozen=True)
class PartMeasure:
    """How a section is measured on a part, and which of the part's lists it cannot do without."""

    measure: Callable[[Trial], Section]
    reads: tuple[str, ...] = ("questions",)

    def can_measure(self, part: Part) -> bool:
        """Tell whether the part holds what is read."""
        return all(getattr(part, entries) for entries in self.reads)


OF_PARTS: Mapping[str, PartMeasure] = {
    leaks.NAME: PartMeasure(leaks.measure, reads=()),
    questions.NAME: PartMeasure(questions.measure),
    out_of_scope.NAME: PartMeasure(out_of_scope.measure, reads=("out_of_scope",)),
    emergencies.NAME: PartMeasure(emergencies.measure, reads=("emergencies",)),
    ambiguous.NAME: PartMeasure(ambiguous.measure, reads=("ambiguous",)),
    dialogues.NAME: PartMeasure(dialogues.measure, reads=("dialogues",)),
    passages.NAME: PartMeasure(passages.measure, reads=("passages",)),
    confidence.NAME: PartMeasure(confidence.measure, reads=("questions", "out_of_scope")),
    channels.NAME: PartMeasure(channels.measure),
    noise.NAME: PartMeasure(noise.measure),
    latencies.NAME: PartMeasure(latencies.measure),
}
"""sections measured on each part, in their order"""

OF_SUBJECT: Mapping[str, Callable[[Subject], Section]] = {intents.NAME: intents.measure, public.NAME: public.measure}
"""sections measured on data of their own: the training examples, public data"""
