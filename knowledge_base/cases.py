"""The guide for one citizen's case (情形), the question that decides it, and verdicts on numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from knowledge_base.case_facts import DISTRICT, Facts, read_facts
from knowledge_base.guides import Case, Condition, Dimension, Guide, Material, Quantity
from knowledge_base.items import Catalogue, ServiceItem
from knowledge_base.requirements import RequirementVerdict, held_against, requirements

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
]

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
    materials: dict[str, Material] = {material.name: material for material in guide.materials}
    for case in applied:
        for material in case.extra_materials:
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
        value = facts.get(quantity.key) if quantity else None
        if quantity is None or not isinstance(value, (int, float)):
            continue
        missing = max(0.0, (condition.at_least or 0) - value) if condition.at_least is not None else 0.0
        excess = max(0.0, value - condition.at_most) if condition.at_most is not None else 0.0
        short_by = max(missing, excess)
        decisive = depends is None or depends.search(condition.text) is None
        verdicts.append(Verdict(condition, quantity, float(value), short_by == 0, short_by, decisive))
    return tuple(verdicts)


def required_of(item: ServiceItem, facts: AnyFacts, catalogue: Catalogue) -> tuple[RequirementVerdict, ...]:
    """Hold what the citizen told in words against the conditions in force that ask for one value."""
    guide = guide_for(item, facts)
    decided = frozenset(key for case in guide.applied for key in case.when)
    dimensions = {**catalogue.dimensions, **item.dimensions}
    return held_against(requirements(guide.guide.conditions, dimensions, catalogue.fact_words), facts, decided)
