"""The English words of a guide's fields, lines and fixed values: data/english/labels.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.english.words import is_latin
from knowledge_base.checks import WARNING, Finding
from knowledge_base.items import Catalogue, ServiceItem

LABELS_FILE = "labels.yml"


@dataclass(frozen=True)
class EnglishLabels:
    """What a guide's fields, lines and values are called in English."""

    fields: Mapping[str, str]
    """field of a guide → its label"""
    lines: Mapping[str, str]
    """line of an overview → its text, named fields in braces"""
    values: Mapping[str, str]
    """what guides say again and again → the same in English"""
    pieces: tuple[tuple[str, str], ...]
    """pieces of opening hours → the same in English, the longest first"""
    money: re.Pattern[str]

    @classmethod
    def load(cls, path: Path) -> EnglishLabels:
        """Read the catalogue of labels."""
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        pieces = sorted(raw["pieces"].items(), key=lambda pair: -len(pair[0]))
        return cls(raw["fields"], raw["lines"], raw["values"], tuple(pieces), re.compile(raw["money"]))

    def __call__(self, key: str, **values: object) -> str:
        """Return a field's label (`field_…`, as citations ask for it) or a line, filled in; raise KeyError."""
        if key.startswith("field_"):
            return self.fields[key.removeprefix("field_")]
        return self.lines[key].format(**values)

    def value(self, chinese: str) -> str:
        """Return a value in English where it is a fixed one, else as it is."""
        return self.values.get(chinese) or chinese

    def hours(self, chinese: str) -> str:
        """Return opening hours in English, or as they are where something in them is not known."""
        told = chinese
        for piece, english in self.pieces:
            told = told.replace(piece, english)
        return told if is_latin(told) else chinese

    def amounts(self, fee: str) -> tuple[str, ...]:
        """Return the amounts of money in a fee, each once."""
        return tuple(dict.fromkeys(self.money.findall(fee)))


def check_labels(folder: Path, catalogue: Catalogue) -> list[Finding]:
    """Return which fixed values of the guides have no English in a folder's catalogue of labels."""
    labels = EnglishLabels.load(folder / LABELS_FILE)
    missing = dict.fromkeys(
        value
        for item in catalogue.items.values()
        for value in _fixed_values(item)
        if value and value not in labels.values and not is_latin(value)
    )
    return [Finding(WARNING, f"english/{LABELS_FILE}", f"has no English for: {value}") for value in missing]


def _fixed_values(item: ServiceItem) -> Iterator[str]:
    yield item.department
    yield from item.guide.channels
    for material in item.guide.materials or ():
        yield material.form
        yield material.medium
    for place in item.guide.places:
        yield place.district
