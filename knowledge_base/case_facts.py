"""Read what a sentence says of the citizen's own case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge_base.chinese_numbers import read_number
from knowledge_base.fact_words import FactWords
from knowledge_base.guides import Condition, Dimension
from knowledge_base.items import Catalogue, ServiceItem
from knowledge_base.requirements import requirements
from knowledge_base.text import normalise, normalise_written

Numbers = dict[str, float | list[float]]
Facts = dict[str, str | float | list[float]]
DISTRICT = "district"
"""the fact that names the citizen's district, beside dimensions and quantities"""
ANY = "any"
"""what `FactWords.silent` calls every dimension"""
_MONTHS_A_YEAR = 12
Span = tuple[int, int]


def read_facts(text: str, catalogue: Catalogue, item: ServiceItem | None = None) -> Facts:
    """Return the case facts a sentence states: dimension → value, quantity → number, and the district.

    With an item, only the dimensions its cases name (its theme's own included) or its conditions ask for are read,
    and the quantities its conditions know; without one, the shared dimensions and all quantities. What is asked
    about, or said two ways at once, is left out; the ages of several people are a list.
    """
    plain = normalise(text)
    words = catalogue.fact_words
    numbers = _numbers(plain, words)
    dimensions = catalogue.dimensions if item is None else _dimensions_of(item, catalogue)
    facts: Facts = {}
    for derivation in words.derived:
        number = numbers.get(derivation.quantity)
        if isinstance(number, float) and derivation.dimension in dimensions and derivation.holds(number):
            facts[derivation.dimension] = derivation.value
    name_spans = _spans(re.compile(re.escape(normalise_written(item.name))), plain) if item else []
    for dimension in dimensions.values():
        silent = [
            *name_spans,
            *_spans(words.silent.get(ANY), plain),
            *_spans(words.silent.get(dimension.key), plain),
        ]
        said = _value(plain, dimension, words, silent)
        if said is not None and dimension.key not in facts:
            facts[dimension.key] = said
    facts.update(numbers if item is None else _as_the_item_counts(numbers, words, item))
    district = _district(plain, words)
    if district:
        facts[DISTRICT] = district
    return facts


def _spans(pattern: re.Pattern[str] | None, text: str) -> list[Span]:
    return [match.span() for match in pattern.finditer(text)] if pattern else []


def _value(text: str, dimension: Dimension, words: FactWords, silent: list[Span]) -> str | None:
    """Return the one value the text says; a denied value says the other where there are two."""
    said = set()
    for span, value in _mentions(text, dimension, words, silent):
        if words.negated and words.negated.search(text[: span[0]]):
            others = [other for other in dimension.values if other != value]
            if len(others) == 1:
                said.add(others[0])
        else:
            said.add(value)
    return said.pop() if len(said) == 1 else None


def _mentions(text: str, dimension: Dimension, words: FactWords, silent: list[Span]) -> Iterator[tuple[Span, str]]:
    taken: list[Span] = []
    for value, pattern in words.values.get(dimension.key, {}).items():
        for match in pattern.finditer(text):
            taken.append(match.span())
            yield match.span(), value
    for cue, value in dimension.cues:
        start = text.find(cue)
        while start >= 0:
            span = (start, start + len(cue))
            counted = not any(_overlap(span, other) for other in taken)
            if counted and not any(_within(span, one) for one in silent):
                taken.append(span)
                yield span, value
            start = text.find(cue, start + 1)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _numbers(text: str, words: FactWords) -> Numbers:
    """Return each quantity that is stated with exactly one value, or with one for each of several people."""
    found: Numbers = {}
    taken: list[Span] = []
    for quantity, said in words.numbers.items():
        values: list[float] = []
        for pattern in said.patterns:
            for match in pattern.finditer(text):
                value = _amount(match, text, words)
                if value is None or not said.least <= value <= said.most:
                    continue
                if not any(_overlap(match.span(), other) for other in taken):
                    taken.append(match.span())
                    values += [value] if value not in values else []
        if len(values) == 1:
            found[quantity] = values[0]
        elif values and said.each:
            found[quantity] = values
    return found


def _amount(match: re.Match[str], text: str, words: FactWords) -> float | None:
    groups = match.groupdict()
    if "number" in groups:
        start, value = match.start("number"), read_number(groups["number"])
    else:
        if not groups["years"] and not groups["months"]:
            return None
        start = match.start("years") if groups["years"] else match.start("months")
        value = _months(groups["years"], groups["half"], groups["months"])
    if words.hedge_before and words.hedge_before.search(text[:start]):
        return None
    if words.hedge_after and words.hedge_after.match(text[match.end() :]):
        return None
    return value


def _months(years: str | None, half: str | None, months: str | None) -> float | None:
    whole = read_number(years) if years else 0.0
    single = read_number(months) if months else 0.0
    if whole is None or single is None:
        return None
    return whole * _MONTHS_A_YEAR + (_MONTHS_A_YEAR / 2 if half else 0) + single


def _as_the_item_counts(numbers: Numbers, words: FactWords, item: ServiceItem) -> Numbers:
    """Keep the numbers the item's conditions know, each under the name they know it by."""
    known = {condition.quantity.key for condition in all_conditions(item) if condition.quantity}
    counted = {quantity: value for quantity, value in numbers.items() if quantity in known}
    for said, meant in words.same_if_unsaid.items():
        if said in numbers and said not in known and meant in known:
            counted.setdefault(meant, numbers[said])
    return counted


def _dimensions_of(item: ServiceItem, catalogue: Catalogue) -> dict[str, Dimension]:
    asked_for = requirements(tuple(all_conditions(item)), catalogue.dimensions, catalogue.fact_words)
    return {**{one.dimension.key: one.dimension for one in asked_for}, **item.dimensions}


def all_conditions(item: ServiceItem) -> Iterator[Condition]:
    """Yield the item's conditions and those of its cases."""
    yield from item.guide.conditions
    for case in item.cases:
        yield from case.overrides.get("conditions", ())


def _district(text: str, words: FactWords) -> str | None:
    named = {name for name, cues in words.districts.items() if any(cue in text for cue in cues)}
    return named.pop() if len(named) == 1 else None
