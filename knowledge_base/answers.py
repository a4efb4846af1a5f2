"""Answers grounded in a guide: every sentence is one of its fields, phrased by a catalogue of texts.

What a guide does not say is not made up: the answer tells so, and whom to ask.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from knowledge_base.cases import (
    DISTRICT,
    deciding_dimension,
    deciding_quantity,
    eligibility,
    guide_for,
    required_of,
)
from knowledge_base.guides import Case, Guide
from knowledge_base.items import Catalogue, ServiceItem
from knowledge_base.phrasing import AnswerTexts, Line, Phrasing
from knowledge_base.questions import closest_question, closest_rules

FIELD_OF_FACET: Mapping[str, str] = {
    "materials": "materials",
    "steps": "steps",
    "time": "time_limits",
    "fee": "fee",
    "place": "places",
    "conditions": "conditions",
    "validity": "result",
}
"""the field whose cases decide the answer; the other facets ask no question"""
_NOTED_FACETS = ("general", "apply", "materials", "steps", "conditions", "place")
"""facets that say the note of a case even where it leaves their field as it is"""
_JUDGED_FACETS = ("general", "apply", "conditions")
"""facets that hold what the citizen told against the conditions"""


@dataclass(frozen=True)
class Sentence:
    """A sentence of an answer and the field of a guide it says."""

    text: str
    item_id: str
    field: str
    source: str
    checked: str | None
    """ISO date on which the field was last held against its source; None for a sample"""


@dataclass(frozen=True)
class CaseQuestion:
    """The one question that decides the case: which value of a dimension holds, or how much a quantity is."""

    about: str
    """the key of the dimension or the quantity"""
    text: str
    options: tuple[str, ...]
    """the values to choose from; none where a number is asked for"""


@dataclass(frozen=True)
class Answer:
    """What is said to one question."""

    sentences: tuple[Sentence, ...]
    question: CaseQuestion | None = None
    applied_cases: tuple[Case, ...] = ()
    sample_notice: str | None = None

    @property
    def statement(self) -> str:
        """Return one sentence a line, without the question."""
        return "\n".join(sentence.text for sentence in self.sentences)

    @property
    def text(self) -> str:
        """Return one sentence a line, the question last."""
        return f"{self.statement}\n{self.question.text}" if self.question else self.statement


class UnknownFacet(ValueError):
    """A facet that no answer is known for."""


def compose(
    item: ServiceItem,
    facet: str,
    facts: Mapping[str, Any],
    catalogue: Catalogue,
    texts: AnswerTexts,
    question: str = "",
) -> Answer:
    """Answer one facet of an item for the case the facts tell.

    First verdicts on what the citizen told, then a common question close to `question`, then the note of the case,
    then the field itself. A fact that is None is one the citizen was asked for and does not know: its cases are told.

    Raises:
        UnknownFacet: the facet is none of those a guide answers.
    """
    if facet not in _SAY:
        raise UnknownFacet(f"There is no facet {facet!r}.")
    say = Phrasing(item, texts)
    case_guide = guide_for(item, facts)
    lines: list[Line] = []
    if facet in _JUDGED_FACETS:
        lines += [say.verdict(verdict) for verdict in eligibility(item, facts, catalogue)]
        lines += [say.requirement(verdict) for verdict in required_of(item, facts, catalogue)]
    common = closest_question(question, item) if question else None
    if common:
        lines.append(say.common_question(common))
    relevant = tuple(case for case in case_guide.applied if _bears_on(case, facet))
    lines += [say.case(case) for case in relevant]
    lines += say.unknown_cases(facts)
    if facet == "conditions" and question and not lines:
        lines += [say.asked_about(line) for line in closest_rules(question, item, case_guide.guide)]
    lines += _SAY[facet](say, _narrowed(case_guide.guide, facts, catalogue))
    return Answer(
        tuple(sentence_of(item, line) for line in lines),
        _case_question(item, facet, facts),
        case_guide.applied,
        texts("sample_notice") if item.sample else None,
    )


def sentence_of(item: ServiceItem, line: Line) -> Sentence:
    """Return a line with the item and the source that it is said from."""
    return Sentence(line.text, item.item_id, line.field, item.source, item.checked)


def _bears_on(case: Case, facet: str) -> bool:
    if facet in _NOTED_FACETS:
        return True
    field = FIELD_OF_FACET.get(facet)
    return field in case.overrides


def _case_question(item: ServiceItem, facet: str, facts: Mapping[str, Any]) -> CaseQuestion | None:
    """Return the question that decides the field, unless the citizen has told a case of this item already."""
    field = FIELD_OF_FACET.get(facet)
    if field is None:
        return None
    if not any(key in facts for key in item.dimensions):
        dimension = deciding_dimension(item, field, facts)
        if dimension is not None:
            return CaseQuestion(dimension.key, dimension.question, tuple(dimension.values))
    quantity = deciding_quantity(item, facts) if facet == "conditions" else None
    return CaseQuestion(quantity.key, quantity.question, ()) if quantity else None


@dataclass(frozen=True)
class _Told:
    """What a facet is said from: the guide for the case, and what the citizen told."""

    guide: Guide
    facts: Mapping[str, Any]
    district: str | None
    """the citizen's, when the guide has places for it"""


def _narrowed(guide: Guide, facts: Mapping[str, Any], catalogue: Catalogue) -> _Told:
    """Leave out the places of other districts, when the guide knows one for the citizen's own."""
    wanted = facts.get(DISTRICT)
    others = catalogue.fact_words.districts.keys() - {wanted}
    near = tuple(place for place in guide.places if place.district not in others)
    if wanted is None or not near:
        return _Told(guide, facts, None)
    return _Told(replace(guide, places=near), facts, wanted)


def _general(say: Phrasing, told: _Told) -> list[Line]:
    return [say.summary(), *say.overview(told.guide)]


def _apply(say: Phrasing, told: _Told) -> list[Line]:
    guide = told.guide
    return [*say.channels(guide), *say.first_steps(guide), *say.first_place(guide)] or say.unsaid("channels")


def _steps(say: Phrasing, told: _Told) -> list[Line]:
    guide = told.guide
    return say.steps(guide) or [*say.unsaid("steps"), *say.channels_line(guide), *say.first_place(guide)]


def _place(say: Phrasing, told: _Told) -> list[Line]:
    places = say.places(told.guide, told.district)
    if not places:
        return [*say.unsaid("places"), *say.channels_line(told.guide)]
    return [*places, *say.channels_line(told.guide), *say.enquiries()]


def _conditions(say: Phrasing, told: _Told) -> list[Line]:
    return [*(say.conditions(told.guide) or say.unsaid("conditions")), *say.open_cases(told.facts)]


def _track(say: Phrasing, told: _Told) -> list[Line]:
    return [*say.tracking(told.guide), *say.time(told.guide)]


_SAY: Mapping[str, Callable[[Phrasing, _Told], list[Line]]] = {
    "general": _general,
    "apply": _apply,
    "materials": lambda say, told: say.materials(told.guide) or say.unsaid("materials"),
    "steps": _steps,
    "time": lambda say, told: say.time(told.guide) or say.unsaid("time_limits"),
    "fee": lambda say, told: say.fee(told.guide) or say.unsaid("fee"),
    "place": _place,
    "conditions": _conditions,
    "validity": lambda say, told: say.validity(told.guide) or say.unsaid("result"),
    "track": _track,
    "basis": lambda say, told: say.basis(),
}
