"""The guide for one citizen's case (情形), the question that decides it, and verdicts on numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from knowledge_base.case_facts import DISTRICT, Facts, read_facts
from knowledge_base.fact_words import FactWords
from knowledge_base.guides import Case, Condition, Dimension, Guide, Material, Quantity
from knowledge_base.items import Catalogue, ServiceItem
from knowledge_base.requirements import RequirementVerdict, held_against, requirements
from knowledge_base.text import normalise

__all__ = [
    "DISTRICT",
    "CaseGuide",
    "Facts",
    "Verdict",
    "deciding_dimension",
    "deciding_quantity",
    "eligibility",
    "guide_for",
    "read_facts",
    "required_of",
    "value_told",
]

_LEAST_SHARED = 2
"""characters that a reply must share with what says a value"""

AnyFacts = Mapping[str, Any]


@dataclass(frozen=True)
class CaseGuide:
    """A guide as it stands for a case, and the cases that made it so."""

    guide: Guide
    applied: tuple[Case, ...]


@dataclass(frozen=True)
class Verdict:
    """A number the citizen gave, held against one condition.

    `short_by` is what is missing (or too much) in the quantity's unit, 0 when met. `decisive` is False where
    the condition depends on more than the number.
    """

    condition: Condition
    quantity: Quantity
    value: float
    met: bool
    short_by: float
    decisive: bool


def guide_for(item: ServiceItem, facts: AnyFacts) -> CaseGuide:
    """Return the item's guide for the facts.

    Every case whose `when` holds entirely replaces the fields it names, in the order of the file; then each
    adds its extra materials, so a later replacement does not lose them.
    """
    applied = tuple(case for case in item.cases if case.holds(facts))
    guide = item.guide
    for case in applied:
        guide = replace(guide, **case.overrides)
    extra = [material for case in applied for material in case.extra_materials]
    if not extra:
        return CaseGuide(guide, applied)
    materials: dict[str, Material] = {material.name: material for material in guide.materials or ()}
    for material in extra:
        materials.setdefault(material.name, material)
    return CaseGuide(replace(guide, materials=tuple(materials.values())), applied)


def deciding_dimension(item: ServiceItem, field: str, facts: AnyFacts) -> Dimension | None:
    """Return the undecided dimension whose values change a field of the guide most; None if none does."""
    now = _told(item, facts, field)
    best: tuple[int, Dimension] | None = None
    for dimension in item.dimensions.values():
        if dimension.key in facts:
            continue
        changed = 0
        for value in dimension.values:
            changed += len(now ^ _told(item, {**facts, dimension.key: value}, field))
        if changed and (best is None or changed > best[0]):
            best = (changed, dimension)
    return best[1] if best else None


def deciding_quantity(item: ServiceItem, facts: AnyFacts) -> Quantity | None:
    """Return the number that a condition in force for the facts turns on, if the citizen has told none of them."""
    wanted = [condition.quantity for condition in guide_for(item, facts).guide.conditions if condition.quantity]
    if any(quantity.key in facts for quantity in wanted):
        return None
    return wanted[0] if wanted else None


def _told(item: ServiceItem, facts: AnyFacts, field: str) -> frozenset[object]:
    value = getattr(guide_for(item, facts).guide, field)
    return frozenset(value) if isinstance(value, tuple) else frozenset([value])


def eligibility(item: ServiceItem, facts: AnyFacts, catalogue: Catalogue | None = None) -> tuple[Verdict, ...]:
    """Hold the numbers among the facts against the numeric conditions in force for them.

    With a catalogue, conditions that depend on more than their number are marked as not decisive.
    """
    depends = catalogue.fact_words.depends if catalogue else None
    verdicts = []
    for condition in guide_for(item, facts).guide.conditions:
        quantity = condition.quantity
        if quantity is None:
            continue
        told = facts.get(quantity.key)
        decisive = depends is None or depends.search(condition.text) is None
        for value in told if isinstance(told, list) else [told]:
            if isinstance(value, (int, float)):
                verdicts.append(_held(condition, quantity, float(value), decisive))
    return tuple(verdicts)


def _held(condition: Condition, quantity: Quantity, value: float, decisive: bool) -> Verdict:
    missing = max(0.0, condition.at_least - value) if condition.at_least is not None else 0.0
    excess = max(0.0, value - condition.at_most) if condition.at_most is not None else 0.0
    short_by = max(missing, excess)
    return Verdict(condition, quantity, value, short_by == 0, short_by, decisive)


def value_told(text: str, dimension: Dimension, words: FactWords) -> str | None:
    """Return the value that a reply to the dimension's own question picks, in looser words than `read_facts` takes.

    The question names its alternatives in the order of the values, often in other words than theirs.
    """
    plain = normalise(text)
    alternatives = [part for part in words.alternatives.split(normalise(dimension.question)) if part]
    told = alternatives[-len(dimension.values) :] if len(alternatives) >= len(dimension.values) else []
    scores: dict[str, int] = {}
    for place, (value, cues) in enumerate(dimension.values.items()):
        own = (normalise(value), *cues, *told[place : place + 1])
        scores[value] = max(_longest_shared(plain, said) for said in own)
    best = max(scores.values())
    likeliest = [value for value, score in scores.items() if score == best]
    # The name of one value may stand in that of another (local in non-local): then the plain one was said.
    picked = [value for value in likeliest if not any(other != value and other in value for other in likeliest)]
    return picked[0] if best >= _LEAST_SHARED and len(picked) == 1 else None


def _longest_shared(one: str, other: str) -> int:
    """Return the length of the longest stretch that two texts share."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match(0, len(one), 0, len(other)).size


def required_of(item: ServiceItem, facts: AnyFacts, catalogue: Catalogue) -> tuple[RequirementVerdict, ...]:
    """Hold what the citizen told in words against the conditions in force that ask for one value."""
    guide = guide_for(item, facts)
    decided = frozenset(key for case in guide.applied for key in case.when)
    dimensions = {**catalogue.dimensions, **item.dimensions}
    return held_against(requirements(guide.guide.conditions, dimensions, catalogue.fact_words), facts, decided)
