"""What is wrong in a draft of an item, element by element, so that it can be said beside the field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from knowledge_base.checks import ERROR, FACETS, Finding, check_asks, check_guide
from knowledge_base.distinctness import TOO_ALIKE, guide_pairs, likeness
from knowledge_base.item_files import SCHEMA_FILE
from knowledge_base.items import Catalogue, ServiceItem
from knowledge_base.text import bare, normalise

Raw = Mapping[str, Any]
Asks = Mapping[str, Mapping[str, Sequence[str]]]
_PLACEHOLDER = re.compile(r"\[[^\[\]\s]{1,8}\d+\]")
LONGEST_ASK = 120
"""characters; whoever pastes a whole conversation is told so"""


@dataclass(frozen=True)
class DraftProblem:
    """Something to mend (`error`) or to look at (`warning`)."""

    level: str
    element: str
    """where, such as `materials.0.name`; empty for the whole"""
    rule: str
    """the key of its sentence in data/texts/editor.yml"""
    values: tuple[tuple[str, str], ...] = ()
    """what the sentence names"""


class DraftChecker:
    """Hold drafts against the schema, against what they refer to, and against the checks of `wenban items check`."""

    def __init__(self, data_folder: Path, catalogue: Catalogue, asks: Asks) -> None:
        """Take the items and the ways of asking in force; a draft is compared with those of the other items."""
        from jsonschema import Draft202012Validator, FormatChecker

        schema = json.loads((data_folder / SCHEMA_FILE).read_text(encoding="utf-8"))
        item_schema = {"$ref": "#/$defs/item", "$defs": schema["$defs"]}
        self._validator = Draft202012Validator(item_schema, format_checker=FormatChecker())
        self._catalogue = catalogue
        self._asks = asks

    def problems(self, item_id: str, guide: Any, asks: Any) -> tuple[DraftProblem, ...]:
        """Return what is wrong with a draft of an item, errors first.

        The checks of contents run only once the form is right.
        """
        wrong = [*self.misfits(item_id, guide), *_asks_form(asks)]
        if not wrong:
            item = self._catalogue.read_item(guide)
            findings = [*check_guide(item), *check_asks(item, {item_id: asks})]
            wrong = [*(_problem(finding) for finding in findings), *self._against_others(item, asks)]
        return tuple(sorted(dict.fromkeys(wrong), key=lambda problem: problem.level != ERROR))

    def misfits(self, item_id: str, guide: Any) -> tuple[DraftProblem, ...]:
        """Return why an item so written cannot take its place in the catalogue; none when it can."""
        return tuple(self._form(item_id, guide)) or tuple(self._references(guide))

    def _form(self, item_id: str, guide: Any) -> Iterator[DraftProblem]:
        if not isinstance(guide, dict):
            yield _error("", "no_mapping")
            return
        if guide.get("item_id") != item_id:
            yield _error("item_id", "other_item", item=item_id)
        for error in self._validator.iter_errors(guide):
            yield from _schema_problems(error)

    def _references(self, guide: Raw) -> Iterator[DraftProblem]:
        known, quantities = self._catalogue.items, self._catalogue.quantities
        dimensions = self._catalogue.dimensions_for(guide)
        for place, item_id in enumerate(guide.get("related") or ()):
            if item_id not in known:
                yield _error(f"related.{place}", "unknown_item", item=item_id)
        for place, near in enumerate(guide.get("neighbours") or ()):
            if near["item"] not in known:
                yield _error(f"neighbours.{place}.item", "unknown_item", item=near["item"])
        for place, case in enumerate(guide.get("cases") or ()):
            for key, value in case["when"].items():
                if key not in dimensions:
                    yield _error(f"cases.{place}.when", "unknown_dimension", dimension=key)
                elif value not in dimensions[key].values:
                    yield _error(f"cases.{place}.when", "unknown_value", dimension=key, value=value)
            yield from _unknown_quantities(f"cases.{place}.conditions", case.get("conditions") or (), quantities)
        yield from _unknown_quantities("conditions", guide.get("conditions") or (), quantities)

    def _against_others(self, item: ServiceItem, asks: Mapping[str, Sequence[str]]) -> Iterator[DraftProblem]:
        for facet, sentences in asks.items():
            for sentence in sentences:
                owners = self._owners.get(_key(sentence), frozenset()) - {item.item_id}
                for owner in sorted(owners & self._catalogue.items.keys()):
                    name = self._catalogue.items[owner].name
                    yield _error(f"asks.{facet}", "shared_ask", sentence=sentence, item=name)
        own = guide_pairs(item)
        for other, theirs in self._pairs.items():
            if other != item.item_id and likeness(own, theirs) >= TOO_ALIKE:
                yield _error("", "alike", item=self._catalogue.items[other].name)

    @cached_property
    def _pairs(self) -> Mapping[str, frozenset[str]]:
        return {item.item_id: guide_pairs(item) for item in self._catalogue.items.values()}

    @cached_property
    def _owners(self) -> Mapping[str, frozenset[str]]:
        owners: dict[str, frozenset[str]] = {}
        for item_id, facets in self._asks.items():
            for sentence in (sentence for sentences in facets.values() for sentence in sentences):
                key = _key(sentence)
                owners[key] = owners.get(key, frozenset()) | {item_id}
        return owners


@lru_cache(maxsize=65536)
def _key(sentence: str) -> str:
    """Return the form in which two ways of asking are the same; most of them stay the same for long."""
    return bare(normalise(sentence))


def _error(element: str, rule: str, **values: str) -> DraftProblem:
    return DraftProblem(ERROR, element, rule, tuple(sorted(values.items())))


def _problem(finding: Finding) -> DraftProblem:
    return DraftProblem(finding.level, finding.element, finding.rule, tuple(sorted(finding.values.items())))


def _schema_problems(error: Any) -> Iterator[DraftProblem]:
    """Say an error of the schema; of a condition, which is a text or a mapping, say what is wrong with that form."""
    if error.validator == "oneOf":
        branch = 1 if isinstance(error.instance, dict) else 0
        for inner in error.context:
            if inner.schema_path[0] == branch:
                yield from _schema_problems(inner)
        return
    path = [str(part) for part in error.absolute_path]
    if error.validator == "required":
        for name in error.validator_value:
            if name not in error.instance:
                yield _error(".".join([*path, name]), "required")
        return
    if error.validator == "additionalProperties":
        for name in error.instance.keys() - error.schema.get("properties", {}).keys():
            yield _error(".".join([*path, str(name)]), "additionalProperties", name=str(name))
        return
    wanted = error.validator_value
    told = "、".join(str(one) for one in wanted) if isinstance(wanted, list) else str(wanted)
    yield _error(".".join(path), str(error.validator), wanted=told)


def _asks_form(asks: Any) -> Iterator[DraftProblem]:
    if not isinstance(asks, dict):
        yield _error("asks", "asks_form")
        return
    for facet, sentences in asks.items():
        element = f"asks.{facet}"
        if facet not in FACETS:
            yield _error("asks", "unknown_facet", facets=str(facet))
        elif not isinstance(sentences, list) or not all(isinstance(one, str) and one.strip() for one in sentences):
            yield _error(element, "asks_form")
        else:
            for sentence in sentences:
                if _PLACEHOLDER.search(sentence):
                    yield _error(element, "placeholder", sentence=sentence)
                if len(sentence) > LONGEST_ASK:
                    yield _error(element, "long_ask", sentence=sentence[:20], most=str(LONGEST_ASK))


def _unknown_quantities(
    element: str, conditions: Sequence[Any], quantities: Mapping[str, Any]
) -> Iterator[DraftProblem]:
    for place, condition in enumerate(conditions):
        if isinstance(condition, dict) and condition["quantity"] not in quantities:
            yield _error(f"{element}.{place}", "unknown_quantity", quantity=condition["quantity"])
