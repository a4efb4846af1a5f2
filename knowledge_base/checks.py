"""What is wrong, or doubtful, in the items and their ways of asking."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge_base.asks import AMBIGUOUS_FILE, Ambiguous
from knowledge_base.distinctness import alike_pairs
from knowledge_base.items import Catalogue, ServiceItem
from knowledge_base.text import bare, normalise

ERROR, WARNING = "error", "warning"
LEAST_ASKS = 25
"""ways of asking an item must have"""
DEEP_QUESTIONS, DEEP_CASES = 4, 2
"""an item with that many common questions is deep, and must have that many cases"""
ASKED_FACETS = ("general", "apply", "materials", "steps", "time", "fee", "place", "conditions")
"""facets every item must be asked about"""
FACETS = frozenset({*ASKED_FACETS, "validity", "track"})
LEAST_MEANINGS = 2
"""items that a question must fit to be ambiguous"""
SAMPLE_SOURCE = "sample"
CATALOGUE_FIELDS = ("name", "department", "audience", "theme", "item_type")
_ARTICLE = re.compile("第[零〇一二三四五六七八九十百千0-9]+[条款项]")

Asks = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True)
class Finding:
    """Something to mend (`error`) or to look at (`warning`)."""

    level: str
    where: str
    """file and item"""
    message: str
    rule: str = ""
    """the key of the same sentence in another language's texts, for what is found in one item"""
    element: str = ""
    """the element of the item that it is about"""
    values: Mapping[str, str] = field(default_factory=dict)
    """what the sentence names"""


def check_items(
    catalogue: Catalogue, asks: Asks, catalogue_csv: Path | None = None, ambiguous: Sequence[Ambiguous] = ()
) -> list[Finding]:
    """Return all findings, errors first; the schema is held by loading the catalogue.

    `catalogue_csv` (item_id, name, department, audience, theme, item_type) is the list that must be complete.
    """
    findings = [
        *(finding for item in catalogue.items.values() for finding in check_guide(item)),
        *(finding for item in catalogue.items.values() for finding in check_asks(item, asks)),
        *_never_asked(catalogue, asks),
        *_unknown_asks(catalogue, asks),
        *_shared_asks(catalogue, asks),
        *_ambiguous(catalogue, ambiguous),
        *_alike(catalogue),
        *(_against_list(catalogue, catalogue_csv) if catalogue_csv else ()),
    ]
    return sorted(findings, key=lambda finding: finding.level != ERROR)


def _where(item: ServiceItem) -> str:
    return f"{item.file}, {item.item_id}"


def check_guide(item: ServiceItem) -> Iterator[Finding]:
    """Yield what is wrong or doubtful in one guide.

    How deep a guide goes and what it quotes is asked of samples alone, which we write; a department answers for others.
    """
    where = _where(item)
    if item.sample:
        yield from _sample(item)
    elif item.checked is None:
        yield Finding(WARNING, where, "is no sample, but was never checked against its source.", "unchecked", "checked")
    limits = item.guide.time_limits
    if limits and limits.legal is not None and limits.promised is not None and limits.promised > limits.legal:
        yield Finding(
            ERROR if item.sample else WARNING,
            where,
            f"promises {limits.promised} working days, more than the legal {limits.legal}.",
            "promise",
            "time_limits.promised",
        )
    for near in item.neighbours:
        if near.item == item.item_id:
            yield Finding(ERROR, where, "is its own neighbour.", "own_neighbour", "neighbours")
    for number, case in enumerate(item.cases, start=1):
        if not case.overrides and not case.extra_materials and not case.note:
            yield Finding(
                ERROR, where, f"case {number} changes nothing.", "idle_case", "cases", {"number": str(number)}
            )


def _sample(item: ServiceItem) -> Iterator[Finding]:
    where = _where(item)
    if item.source != SAMPLE_SOURCE:
        yield Finding(
            ERROR,
            where,
            f"a sample must have source `{SAMPLE_SOURCE}`, not `{item.source}`.",
            "sample_source",
            "source",
        )
    if item.checked is not None:
        yield Finding(
            ERROR,
            where,
            "a sample has no source it was checked against: `checked` must be null.",
            "sample_checked",
            "checked",
        )
    if any(_ARTICLE.search(title) for title in item.legal_basis):
        yield Finding(
            ERROR, where, "legal_basis names an article; laws are named by title only.", "law_article", "legal_basis"
        )
    if any(_ARTICLE.search(text) for text in _guide_texts(item)):
        yield Finding(WARNING, where, "the guide names an article of a law.", "names_article", "")
    if not item.cases:
        yield Finding(WARNING, where, "has no cases.", "no_cases", "cases")
    if not item.questions:
        yield Finding(WARNING, where, "has no common questions.", "no_questions", "questions")
    if not item.neighbours:
        yield Finding(WARNING, where, "has no neighbours.", "no_neighbours", "neighbours")
    if len(item.questions) >= DEEP_QUESTIONS and (len(item.cases) < DEEP_CASES or not item.neighbours):
        yield Finding(
            WARNING, where, f"has many questions, but not {DEEP_CASES} cases and neighbours.", "deep", "cases"
        )
    if not any(material.required for material in item.guide.materials or ()):
        yield Finding(WARNING, where, "asks for no required material.", "no_material", "materials")


def _guide_texts(item: ServiceItem) -> Iterator[str]:
    yield item.summary
    yield from item.guide.steps
    yield from (condition.text for condition in item.guide.conditions)
    yield from (case.note for case in item.cases)
    yield from (question.answer for question in item.questions)


def check_asks(item: ServiceItem, all_asks: Asks) -> Iterator[Finding]:
    """Yield what is wrong or doubtful in one item's ways of asking."""
    where = _where(item)
    asks = all_asks.get(item.item_id, {})
    if not asks and not item.sample:
        return  # as imported: `_never_asked` tells of all of them together
    count = sum(len(sentences) for sentences in asks.values())
    if count < LEAST_ASKS:
        yield Finding(
            ERROR,
            where,
            f"has {count} ways of asking; at least {LEAST_ASKS} are needed.",
            "few_asks",
            "asks",
            {"count": str(count), "least": str(LEAST_ASKS)},
        )
    unknown = sorted(set(asks) - FACETS)
    if unknown:
        yield Finding(
            ERROR,
            where,
            f"has ways of asking under unknown facets: {', '.join(unknown)}.",
            "unknown_facet",
            "asks",
            {"facets": ", ".join(unknown)},
        )
    missing = [facet for facet in ASKED_FACETS if not asks.get(facet)]
    if missing:
        yield Finding(
            WARNING,
            where,
            f"has no ways of asking for: {', '.join(missing)}.",
            "unasked",
            "asks",
            {"facets": ", ".join(missing)},
        )
    name = bare(normalise(item.name))
    for sentences in asks.values():
        for sentence in sentences:
            if bare(normalise(sentence)) == name:
                yield Finding(
                    ERROR,
                    where,
                    f"a way of asking is only the official name: {sentence}",
                    "only_name",
                    "asks",
                    {"sentence": sentence},
                )


def _never_asked(catalogue: Catalogue, asks: Asks) -> Iterator[Finding]:
    unasked = [item for item in catalogue.items.values() if not item.sample and not asks.get(item.item_id)]
    if unasked:
        yield Finding(
            WARNING,
            f"{len(unasked)} item(s)",
            f"have no ways of asking, such as {unasked[0].item_id}; the search knows them by their names alone.",
        )


def _unknown_asks(catalogue: Catalogue, asks: Asks) -> Iterator[Finding]:
    for item_id in asks:
        if item_id not in catalogue.items:
            yield Finding(ERROR, item_id, "has ways of asking, but there is no such item.")


def _ambiguous(catalogue: Catalogue, ambiguous: Sequence[Ambiguous]) -> Iterator[Finding]:
    for question in ambiguous:
        if len(set(question.items)) < LEAST_MEANINGS:
            yield Finding(ERROR, AMBIGUOUS_FILE, f"{question.text} fits one item: it is a way of asking for that.")
        for item_id in set(question.items) - set(catalogue.items):
            yield Finding(ERROR, AMBIGUOUS_FILE, f"{question.text} names {item_id}, but there is no such item.")


def _shared_asks(catalogue: Catalogue, asks: Asks) -> Iterator[Finding]:
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for item_id, facets in asks.items():
        for sentences in facets.values():
            for sentence in sentences:
                said[bare(normalise(sentence))].append((item_id, sentence))
    for places in said.values():
        owners = list(dict.fromkeys(item_id for item_id, _ in places))
        sentence = places[0][1]
        if len(owners) > 1:
            yield Finding(ERROR, ", ".join(owners), f"share a way of asking: {sentence}")
        elif len(places) > 1:
            yield Finding(WARNING, owners[0], f"has a way of asking twice: {sentence}")


def _alike(catalogue: Catalogue) -> Iterator[Finding]:
    for pair in alike_pairs(item for item in catalogue.items.values() if item.sample):
        yield Finding(
            ERROR,
            f"{pair.one}, {pair.other}",
            f"the guides are {pair.likeness:.0%} the same once the names are taken out; tell them apart.",
        )


def _against_list(catalogue: Catalogue, catalogue_csv: Path) -> Iterator[Finding]:
    with catalogue_csv.open(encoding="utf-8", newline="") as lines:
        wanted = {row["item_id"]: row for row in csv.DictReader(lines)}
    for item_id, row in wanted.items():
        item = catalogue.items.get(item_id)
        if item is None:
            yield Finding(ERROR, item_id, "is in the list of items, but has no guide.")
            continue
        for name in CATALOGUE_FIELDS:
            if getattr(item, name) != row[name]:
                yield Finding(ERROR, _where(item), f"{name} is not `{row[name]}` as in the list of items.")
    for item_id in catalogue.items.keys() - wanted.keys():
        yield Finding(WARNING, item_id, "is not in the list of items.")
