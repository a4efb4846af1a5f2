"""Conditions told in words that ask for one value of a dimension, held against what the citizen told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from knowledge_base.fact_words import FactWords
from knowledge_base.guides import Condition, Dimension
from knowledge_base.text import normalise_written


@dataclass(frozen=True)
class Requirement:
    """A condition that nobody meets without one value of a dimension."""

    condition: Condition
    dimension: Dimension
    value: str


@dataclass(frozen=True)
class RequirementVerdict:
    """What the citizen told of a dimension, held against the value required."""

    requirement: Requirement
    told: str

    @property
    def met(self) -> bool:
        """Tell whether the value told is the one required."""
        return self.told == self.requirement.value


def requirements(
    conditions: tuple[Condition, ...], dimensions: Mapping[str, Dimension], words: FactWords
) -> Iterator[Requirement]:
    """Yield the conditions with a clause that says a value and nothing else, unless an alternative is named."""
    if words.required is None or words.alternative is None or words.clause is None:
        return
    for condition in conditions:
        text = normalise_written(condition.text)
        if words.alternative.search(text):
            continue
        clauses = [words.required.sub("", clause.strip()) for clause in words.clause.split(text)]
        for dimension in (dimensions[key] for key in words.asked_for if key in dimensions):
            said = {value for cue, value in dimension.cues if cue in clauses}
            if len(said) == 1:
                yield Requirement(condition, dimension, said.pop())


def held_against(
    required: Iterator[Requirement], facts: Mapping[str, Any], decided: frozenset[str]
) -> tuple[RequirementVerdict, ...]:
    """Hold the facts against the requirements; a dimension that a case of the guide decides is left to the case."""
    return tuple(
        RequirementVerdict(one, str(facts[one.dimension.key]))
        for one in required
        if isinstance(facts.get(one.dimension.key), str) and one.dimension.key not in decided
    )
